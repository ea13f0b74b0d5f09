"""What PostgreSQL holds of marks: they are of an entry and of people of their own family, and follow one another."""

from casework.provenance.rules import TABLES
from families.merging.sql import PERSON, keeps_its_own, own_people
from slf.access.rules import Can
from slf.access.sql.own_name import any_names, own_names

WHERE = " ".join(
    f"when '{about}' then exists (select from {table} t where t.uid = new.entry and t.family_id = any (here))"
    for about, table in TABLES.items()
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
