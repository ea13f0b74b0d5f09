"""What PostgreSQL holds of safeguarding: who reads a concern, that it is only added to, and who may say what in it.

What is said about staff has no family and no audience, so nothing that asks by one of them finds it: no chronology, no
count, no look at a record. It is read by its author and by who hears allegations, but for whoever it is about.
"""

from slf.access.policies import Protect, mine
from slf.access.rules import OPENS, Can, RecordClass
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import own_names

WHOLE = ", ".join(
    f"'{role}'"
    for role, opens in OPENS.items()
    if RecordClass.SAFEGUARDING in opens.read and RecordClass.SAFEGUARDING not in opens.held
)
"""Roles that read every concern of their audience, and not only of families they hold."""

ME = "(select slf.acting_user())"
READS = f"""(
    ({{c}}written_by_id = {ME} and {{c}}moved_from_id is null)
    or ({{c}}scope_id = any ({mine("read", "safeguarding")}) and (
        {{c}}scope_id = any ((select slf.concern_scopes())::bigint[])
        or {{c}}family_id = any ((select slf.concern_families())::bigint[])))
    or ({{c}}route = 'staff' and (select slf.hears_allegations()) and {{c}}accused_id is distinct from {ME})
)"""


class ProtectConcern(Protect):
    """Read by its author and by whom it must reach; written by anybody, about a family whose card they see."""

    def readable(self) -> str:
        return READS.format(c="")

    def insertable(self) -> str:
        return f"written_by_id = {ME}"

    def statements(self, table: str) -> list[str]:
        return [
            *super().statements(table),
            f"create trigger hold_scope before update of scope_id on {table} for each row "
            "when (old.scope_id is distinct from new.scope_id) execute function slf.hold_scope()",
            f"alter table {table} add constraint {table}_family_scope foreign key (family_id, scope_id) "
            "references families_family (id, scope_id) on update cascade",
        ]

    def undo(self, table: str) -> list[str]:
        return [
            f"alter table {table} drop constraint if exists {table}_family_scope",
            f"drop trigger if exists hold_scope on {table}",
            *super().undo(table),
        ]


class ProtectEntry(Protect):
    """Read with its concern; of a mistake only that it was one, but for who looks after the record."""

    def readable(self) -> str:
        return "slf.reads_entry(concern_id, step)"

    def insertable(self) -> str:
        return f"by_id = {ME}"


READERS = (
    f"""
create or replace function slf.concern_scopes() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array(select distinct r.scope_id from slf.reaches(slf.acting_user()) r where r.role in ({WHOLE}))
$$;
create or replace function slf.concern_families() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.entries_of(array(select slf.families_held(slf.acting_user())))
$$;
create or replace function slf.hears_allegations() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
                   where u.id = slf.acting_user() and p.period @> slf.today()
                     and p.role in ({roles_that(Can.HEAR_ALLEGATION)}))
$$;
create or replace function slf.reads_concern(concern bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_concern c where c.id = concern and {READS.format(c="c.")})
$$;
create or replace function slf.is_mistaken(concern bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_concernentry e where e.concern_id = concern and e.step = 'mistake_made')
$$;
create or replace function slf.reads_mistaken(concern bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from casework_concern c where c.id = concern and (
            (c.route = 'staff' and slf.hears_allegations())
            or c.scope_id in (select r.scope_id from slf.reaches(slf.acting_user()) r
                              where r.role in ({roles_that(Can.RESTRICT_FAMILY)}))))
$$;
create or replace function slf.reads_entry(concern bigint, step text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.reads_concern(concern) and (
        step = 'mistake_made' or not slf.is_mistaken(concern) or slf.reads_mistaken(concern))
$$;
create or replace function slf.reviews_concern(concern bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.reads_concern(concern) and exists (
        select from casework_concern c where c.id = concern and (
            (c.route = 'staff' and slf.hears_allegations())
            or c.scope_id in (select r.scope_id from slf.reaches(slf.acting_user()) r
                              where r.role in ({roles_that(Can.REVIEW_CONCERN)}))))
$$;
create or replace function slf.wait_for_concern(concern bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if slf.reads_concern(concern) then
        perform from casework_concern where id = concern for no key update;
    end if;
end
$$;
"""
    + definer("slf.concern_scopes()")
    + definer("slf.concern_families()")
    + definer("slf.hears_allegations()")
    + definer("slf.reads_concern(bigint)")
    + definer("slf.reads_entry(bigint, text)")
    + definer("slf.wait_for_concern(bigint)")
    + """
alter function slf.is_mistaken(bigint) owner to slf_definer;
alter function slf.reads_mistaken(bigint) owner to slf_definer;
alter function slf.reviews_concern(bigint) owner to slf_definer;
revoke all on function slf.is_mistaken(bigint), slf.reads_mistaken(bigint), slf.reviews_concern(bigint)
    from public, slf_app;
"""
)

# The audience is the family's, or a locality's own where the family is not on the service. A concern that comes from
# another family's record is the one that was entered there by mistake, brought by whoever confirmed that.
HOLD_CONCERN = """
create or replace function slf.hold_concern() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    from_there casework_concern%rowtype;
begin
    new.entered_at := clock_timestamp();
    if new.route = 'staff' and new.moved_from_id is not null then
        raise exception 'what is said about staff is raised by its author' using errcode = 'check_violation';
    elsif new.route = 'staff' then
        return new;
    end if;
    if new.family_id is not null then
        new.scope_id := (select f.scope_id from families_family f where f.id = new.family_id);
        if new.scope_id is null or not new.scope_id = any (slf.scopes('read_card')) then
            raise exception 'no such family' using errcode = 'insufficient_privilege';
        end if;
    elsif not exists (select from slf_scope s where s.id = new.scope_id and s.kind = 'locality') then
        raise exception 'a team reads it' using errcode = 'check_violation';
    end if;
    if new.moved_from_id is not null then
        select * into from_there from casework_concern where id = new.moved_from_id;
        if (new.route, new.first_by_id, new.at, new.refers) is distinct from
            (from_there.route, coalesce(from_there.first_by_id, from_there.written_by_id), from_there.at,
             from_there.refers)
            or not exists (
                select from casework_concernentry e join casework_concernentry m on m.id = e.answers_id
                where e.concern_id = from_there.id and e.step = 'mistake_made' and e.by_id = new.written_by_id
                  and m.belongs_to_id = any (slf.one_with(new.family_id)))
        then
            raise exception 'it is brought as it was, by whoever confirmed the mistake'
                using errcode = 'check_violation';
        end if;
    end if;
    return new;
end
$$;
alter function slf.hold_concern() owner to slf_definer;
create trigger hold_concern before insert on casework_concern
    for each row execute function slf.hold_concern();
"""

HOLDS_ENTRY = """
create or replace function slf.hold_concern_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    of_concern casework_concern%rowtype;
    there casework_concernentry%rowtype;
begin
    new.entered_at := clock_timestamp();
    select * into of_concern from casework_concern where id = new.concern_id for no key update;
    if of_concern.id is null or not (slf.reads_concern(new.concern_id) or of_concern.written_by_id = me) then
        raise exception 'no such concern' using errcode = 'insufficient_privilege';
    end if;
    if slf.is_mistaken(new.concern_id) then
        raise exception 'nothing is added to a mistake' using errcode = 'check_violation';
    end if;
    if new.step <> 'raised' and of_concern.written_by_id <> me and of_concern.route <> 'staff' and not exists (
        select from slf.reaches(me) r where r.scope_id = of_concern.scope_id and r.role in ({adders}))
    then
        raise exception 'whoever only looks adds nothing' using errcode = 'insufficient_privilege';
    end if;
    if new.step = 'raised' then
        if of_concern.written_by_id <> me then
            raise exception 'its author says what the concern is' using errcode = 'insufficient_privilege';
        end if;
        select * into there from casework_concernentry
            where concern_id = of_concern.moved_from_id and step = 'raised';
        if of_concern.moved_from_id is not null
            and (new.words, new.who, new.done, new.result)
                is distinct from (there.words, there.who, there.done, there.result)
        then
            raise exception 'it is brought in the same words' using errcode = 'check_violation';
        end if;
    elsif new.step in ('reviewed', 'mistake_left', 'mistake_made') and not slf.reviews_concern(new.concern_id) then
        raise exception 'not yours to decide' using errcode = 'insufficient_privilege';
    elsif new.step = 'reviewed' and of_concern.route <> 'staff'
        and me = any (array[of_concern.written_by_id, of_concern.first_by_id])
    then
        raise exception 'somebody else reviews it' using errcode = 'insufficient_privilege';
    end if;
    if new.step = 'mistake' and (of_concern.route = 'staff' and new.belongs_to_id is not null or exists (
        select from casework_concernentry m where m.concern_id = new.concern_id and m.step = 'mistake'
          and not exists (select from casework_concernentry a where a.answers_id = m.id)))
    then
        raise exception 'one mistake at a time' using errcode = 'check_violation';
    end if;
    if new.answers_id is not null and not exists (
        select from casework_concernentry m where m.id = new.answers_id and m.concern_id = new.concern_id
          and m.step = 'mistake' and m.by_id <> me)
    then
        raise exception 'two people say that it was a mistake' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.hold_concern_entry() owner to slf_definer;
""".replace("{adders}", f"{roles_that(Can.WORK_FAMILY)}, {roles_that(Can.REVIEW_CONCERN)}")
HOLD_ENTRY = (
    HOLDS_ENTRY
    + """
create trigger hold_concern_entry before insert on casework_concernentry
    for each row execute function slf.hold_concern_entry();
"""
)

# Not even functions that look over the wall change a word; where the family moves, its concerns go with it.
ONLY_ADDED_TO = """
create or replace function slf.only_added_to() returns trigger
language plpgsql as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    raise exception '% is only added to', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
grant execute on function slf.only_added_to() to slf_app, slf_definer, slf_maintenance;
create trigger only_added_to before update or delete on casework_concern
    for each row execute function slf.only_added_to();
create trigger only_added_to before update or delete on casework_concernentry
    for each row execute function slf.only_added_to();
"""

OWN_NAMES = own_names("casework_concern", {"written_by_id": None}) + own_names("casework_concernentry", {"by_id": None})

# The author of a concern does not see who else works in its audience, or who is about whom.
TOLD = f"""
create or replace function slf.told_of_concern(concern bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct u.id from casework_concern c
    join slf_user u on u.is_active and not u.is_service and u.id <> slf.acting_user()
    where c.id = concern and slf.reads_concern(c.id) and case when c.route = 'staff'
        then u.id is distinct from c.accused_id and exists (
            select from slf_post p where p.user_id = u.id and p.period @> slf.today()
              and p.role in ({roles_that(Can.HEAR_ALLEGATION)}))
        else exists (select from slf.reaches(u.id) r
                     where r.scope_id = c.scope_id and r.role in ({roles_that(Can.REVIEW_CONCERN)})) end
$$;
""" + definer("slf.told_of_concern(bigint)")

FUNCTIONS = [READERS, TOLD]
FUNCTIONS_REVERSE = """
drop function if exists slf.told_of_concern(bigint), slf.wait_for_concern(bigint), slf.reviews_concern(bigint),
    slf.reads_entry(bigint, text),
    slf.reads_mistaken(bigint), slf.is_mistaken(bigint), slf.reads_concern(bigint), slf.hears_allegations(),
    slf.concern_families(), slf.concern_scopes() cascade;
"""
FORWARD = [HOLD_CONCERN, HOLD_ENTRY, ONLY_ADDED_TO, OWN_NAMES]
REVERSE = """
drop trigger if exists acts_in_own_name on casework_concern;
drop trigger if exists acts_in_own_name on casework_concernentry;
drop trigger if exists only_added_to on casework_concern;
drop trigger if exists only_added_to on casework_concernentry;
drop trigger if exists hold_concern_entry on casework_concernentry;
drop trigger if exists hold_concern on casework_concern;
drop function if exists slf.only_added_to(), slf.hold_concern_entry(), slf.hold_concern();
"""
