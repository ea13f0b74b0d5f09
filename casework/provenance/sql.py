"""What PostgreSQL holds of marks: they are of an entry and of people of their own family, and follow one another."""

from casework.provenance.rules import TABLES, About, Agency
from families.merging.sql import PERSON, keeps_its_own, own_people
from slf.access.policies import mine
from slf.access.rules import PARTNERS, Can
from slf.access.sql import changed, definer, without_trigger
from slf.access.sql.own_name import any_names, own_names

FIRST = (About.VISIT, About.NEED, About.READING, About.DOCUMENT)
"""What could be marked from the beginning: those tables name the family themselves."""
WHERE = " ".join(
    f"when '{about}' then exists (select from {table} t where t.uid = new.entry and t.family_id = any (here))"
    for about, table in TABLES.items()
    if about in FIRST
)
HOLD = f"""
create or replace function slf.hold_provenance() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here bigint[] := slf.one_with(new.family_id);
begin
    if not coalesce(case new.about {WHERE} end, false)
        or (new.told_by_id is not null and not exists (
            select from families_membership m where m.person_id = new.told_by_id and m.family_id = any (here)))
    then
        raise exception 'marks are of an entry and of people of their own family' using errcode = 'check_violation';
    end if;
    if new.supersedes_id is not null and not exists (
        select from casework_provenance p
        where p.id = new.supersedes_id and (p.about, p.entry) = (new.about, new.entry))
    then
        raise exception 'marks follow those of the same entry' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_provenance() owner to slf_definer;
create trigger hold_provenance before insert on casework_provenance
    for each row execute function slf.hold_provenance();

create or replace function slf.hold_kept_away() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here bigint[] := slf.one_with(new.family_id);
begin
    if not exists (select from casework_provenance p where p.id = new.provenance_id and p.family_id = new.family_id
                   and p.marked_by_id = slf.acting_user())
        or exists (select from casework_provenance p where p.supersedes_id = new.provenance_id)
        or (new.person_id is not null and not exists (
            select from families_membership m where m.person_id = new.person_id and m.family_id = any (here)))
    then
        raise exception 'whoever marks an entry says at once who must not learn of it'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_kept_away() owner to slf_definer;
create trigger hold_kept_away before insert on casework_provenancekeptfrom
    for each row execute function slf.hold_kept_away();
"""
NAMES = {"marked_by_id": Can.ADD_CONTACT}
TOLD = ("told_by_id",)
OWN_PEOPLE = [
    own_people(*TOLD),
    keeps_its_own("casework_provenance", *TOLD),
    keeps_its_own("casework_provenancekeptfrom", *PERSON),
]
NOT_OWN_PEOPLE = """
drop trigger if exists as_own_person on casework_provenance;
drop trigger if exists as_own_person on casework_provenancekeptfrom;
drop function if exists slf.own_told_by_id();
"""
FORWARD = [HOLD, own_names("casework_provenance", NAMES)]
REVERSE = (
    any_names("casework_provenance")
    + """
drop trigger if exists hold_kept_away on casework_provenancekeptfrom;
drop trigger if exists hold_provenance on casework_provenance;
drop function if exists slf.hold_kept_away(), slf.hold_provenance();
"""
)

# What is marked further, who reads a mark, and what is kept from a partner who reads a family's record: worked out once
# for a query, and for whoever holds no post of a partner at the cost of one look at their posts.

THEIRS = ", ".join(f"'{role}'" for role in sorted(PARTNERS))
KEPT = "((select slf.kept_from_me())::uuid[])"
PARTNER_SCOPES = "((select slf.partner_scopes())::bigint[])"

READERS = (
    f"""
create or replace function slf.partner_scopes() returns bigint[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
begin
    if not exists (select from slf_post p where p.user_id = me and p.role in ({THEIRS})) then
        return '{{}}';
    end if;
    return array(select r.scope_id from slf.reaches(me) r group by r.scope_id having bool_and(r.role in ({THEIRS})));
end
$$;
create or replace function slf.kept_from_me() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    theirs bigint[] := slf.partner_scopes();
begin
    if theirs = '{{}}' then
        return '{{}}';
    end if;
    return array(
        select p.entry from casework_provenancekeptfrom k join casework_provenance p on p.id = k.provenance_id
        where k.agency = '{Agency.ESF}' and k.scope_id = any (theirs)
          and not exists (select from casework_provenance later where later.supersedes_id = p.id));
end
$$;
create or replace function slf.ids_kept_from_me(about text) returns bigint[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    kept uuid[] := slf.kept_from_me();
begin
    return case when kept = '{{}}' then '{{}}'::bigint[]
        when about = 'need' then array(select n.id from families_need n where n.uid = any (kept))
        else array(select v.id from casework_visit v where v.uid = any (kept)) end;
end
$$;
create or replace function slf.reads_mark(about text, entry uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select about <> 'concern' or exists (
        select from casework_concernentry e where e.uid = entry and slf.reads_entry(e.concern_id, e.step))
$$;
create or replace function slf.reads_marks(asked bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_provenance p where p.id = asked and slf.reads_mark(p.about, p.entry))
$$;
create or replace function slf.goal_is_kept_from(goal bigint, asked bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from casework_goalneed t join families_need n on n.id = t.need_id
        join casework_provenance p on p.about = 'need' and p.entry = n.uid
        join casework_provenancekeptfrom k on k.provenance_id = p.id
        where t.goal_id = goal and k.person_id = any (slf.entries_of_person(asked))
          and not exists (select from casework_provenance later where later.supersedes_id = p.id))
$$;
"""
    + definer("slf.partner_scopes()")
    + definer("slf.kept_from_me()")
    + definer("slf.ids_kept_from_me(text)")
    + definer("slf.reads_mark(text, uuid)")
    + definer("slf.reads_marks(bigint)")
    + definer("slf.goal_is_kept_from(bigint, bigint)")
)
NOT_READ = """
drop function if exists slf.goal_is_kept_from(bigint, bigint), slf.reads_marks(bigint), slf.reads_mark(text, uuid),
    slf.ids_kept_from_me(text), slf.kept_from_me(), slf.partner_scopes();
"""

# A concern and what is added to it, as far as whoever marks it reads it and nobody called it a mistake; a decision.
MORE = """
        when 'concern' then exists (
            select from casework_concernentry e join casework_concern c on c.id = e.concern_id
            where e.uid = new.entry and c.family_id = any (here) and slf.reads_entry(c.id, e.step)
              and not slf.is_mistaken(c.id))
        when 'decision' then exists (
            select from casework_decision d where d.uid = new.entry and d.family_id = any (here)
              and d.scope_id <> all (slf.partner_scopes()))
        end, false)"""
HOLDS_MORE = changed(without_trigger(HOLD), (" end, false)", MORE))
HOLDS_FIRST = without_trigger(HOLD)

READ_RECORD = f"scope_id = any ({mine('read', 'record')})"
READABLE = {
    "casework_visit": f"uid <> all ({KEPT})",
    "casework_visitevent": f"uid <> all ({KEPT})",
    "casework_reading": f"uid <> all ({KEPT})",
    "families_need": f"uid <> all ({KEPT})",
    "families_needevent": f"uid <> all ({KEPT})",
    "casework_sighting": "visit_id <> all ((select slf.ids_kept_from_me('visit'))::bigint[])",
    "families_statement": "coalesce(need_id <> all ((select slf.ids_kept_from_me('need'))::bigint[]), true)",
    "casework_goalneed": "need_id <> all ((select slf.ids_kept_from_me('need'))::bigint[])",
    "casework_needoutcome": "need_id <> all ((select slf.ids_kept_from_me('need'))::bigint[])",
    "casework_provenance": f"entry <> all ({KEPT}) and (about not in ('concern', 'decision') "
    f"or (slf.reads_mark(about, entry) and scope_id <> all ({PARTNER_SCOPES})))",
    "casework_provenancekeptfrom": "slf.reads_marks(provenance_id) "
    f"and (agency = '' or scope_id <> all ({PARTNER_SCOPES}))",
}
"""What is asked further of a row of each table before it is read."""


def base(table: str) -> str:
    """Return what was asked of a row before: old versions ask by their family."""
    events = f"slf.family_scope(family_id) = any ({mine('read', 'record')})"
    return events if table.endswith("event") else READ_RECORD


POLICIES = [f"alter policy may_read on {table} using ({base(table)} and {more})" for table, more in READABLE.items()]
POLICIES_BEFORE = ";\n".join(f"alter policy may_read on {table} using ({base(table)})" for table in READABLE)

KEPT_FORWARD = [READERS, HOLDS_MORE, *POLICIES]
KEPT_REVERSE = ";\n".join([POLICIES_BEFORE, HOLDS_FIRST, NOT_READ])

# A session of help tells of the visit on which it was given: that there was one, and who was there.
OF_A_VISIT = "coalesce(visit_id <> all ((select slf.ids_kept_from_me('visit'))::bigint[]), true)"
SESSIONS = ("casework_helpsession", "casework_helpsessionevent")
SESSIONS_KEPT = [f"alter policy may_read on {table} using ({base(table)} and {OF_A_VISIT})" for table in SESSIONS]
SESSIONS_READ = ";\n".join(f"alter policy may_read on {table} using ({base(table)})" for table in SESSIONS)
