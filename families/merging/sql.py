"""What the database holds of people who were entered twice: who is made one with whom, and whose a row is."""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import own_names

# Both rows are held until the end, in one order: two who make them one the other way round take turns. No pointer
# leads to one that leads on, both are seen by the same people, and whoever does it reviews families there.
MERGE = f"""
create or replace function slf.merge_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    twice families_person%rowtype;
    one families_person%rowtype;
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    if not exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = slf.family_scope(new.family_id) and r.role in ({roles_that(Can.REVIEW_FAMILY)}))
    then
        raise exception 'no such person' using errcode = 'insufficient_privilege';
    end if;
    perform from families_person p where p.id in (new.person_id, new.into_id) order by p.id for no key update;
    if tg_op = 'UPDATE' then
        if old.undone_at is not null or new.undone_at is null
            or (to_jsonb(new) - '{{scope_id,undone_at,undone_on,undone_by_id,undone_reason}}'::text[])
               <> (to_jsonb(old) - '{{scope_id,undone_at,undone_on,undone_by_id,undone_reason}}'::text[])
        then
            raise exception 'a merge is undone once and never changed'
                using errcode = 'check_violation', constraint = 'families_personmerge_undone_once';
        end if;
        update families_person set merged_into_id = null where id = new.person_id;
        return new;
    end if;
    select * into twice from families_person where id = new.person_id;
    select * into one from families_person where id = new.into_id;
    if new.undone_at is not null or twice.merged_into_id is not null or one.merged_into_id is not null
        or exists (select from families_person p where p.merged_into_id = twice.id)
    then
        raise exception 'no pointer leads to one that leads on'
            using errcode = 'check_violation', constraint = 'families_personmerge_no_chain';
    end if;
    if twice.adopted_on is not null or one.adopted_on is not null
        or not (twice.scopes @> one.scopes and twice.scopes <@ one.scopes)
        or not exists (select from families_membership m
                       where m.family_id = new.family_id and m.person_id = twice.id)
    then
        raise exception 'both are seen by the same people'
            using errcode = 'check_violation', constraint = 'families_personmerge_one_audience';
    end if;
    new.at := now();
    update families_person set merged_into_id = one.id where id = twice.id;
    return new;
end
$$;
alter function slf.merge_person() owner to slf_definer;
create trigger merge_person before insert or update on families_personmerge
    for each row execute function slf.merge_person();
revoke delete, truncate on families_personmerge from slf_app;
"""

# A row names its person as they are entered in its own family, whoever of the two was chosen: it is read by those who
# may see that family, and stays where it was written when the two are taken apart.
PERSON_IN = """
create or replace function slf.person_in(family bigint, who bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce((
        select m.person_id from families_person p join families_membership m on m.person_id = p.id
        where p.merged_into_id = who and m.family_id = family
          and not exists (select from families_membership o where o.family_id = family and o.person_id = who)
        order by m.id limit 1), who)
$$;
""" + definer("slf.person_in(bigint, bigint)")


def own_people(*columns: str) -> str:
    """Return the function of a trigger that does so for some columns; it sorts before what checks the row."""
    name = f"slf.own_{'_and_'.join(columns)}"
    lines = "".join(f"    new.{column} := slf.person_in(new.family_id, new.{column});\n" for column in columns)
    return f"""
create or replace function {name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
{lines}    return new;
end
$$;
alter function {name}() owner to slf_definer;
"""


def keeps_its_own(table: str, *columns: str) -> str:
    named = ", ".join(columns)
    return (
        f"create trigger as_own_person before insert or update of {named} on {table} "
        f"for each row execute function slf.own_{'_and_'.join(columns)}()"
    )


PERSON, TWO, CHILD = ("person_id",), ("person_id", "other_id"), ("child_id", "holder_id")
SAID = ("person_id", "said_by_id")
TABLES = {
    "families_need": PERSON, "families_statement": PERSON, "families_fact": PERSON, "families_agreement": PERSON,
    "families_householdchange": PERSON, "families_personname": PERSON, "families_aboutanswer": PERSON,
    "families_consent": SAID, "families_relationship": TWO, "families_responsibility": CHILD,
}  # fmt: skip
FORWARD = [
    MERGE,
    PERSON_IN,
    *(own_people(*columns) for columns in (PERSON, TWO, CHILD, SAID)),
    *(keeps_its_own(table, *columns) for table, columns in TABLES.items()),
]
REVERSE = (
    "".join(f"drop trigger if exists as_own_person on {table};" for table in TABLES)
    + "".join(f"drop function if exists slf.own_{'_and_'.join(columns)}();" for columns in (PERSON, TWO, CHILD, SAID))
    + """
drop function if exists slf.person_in(bigint, bigint);
drop trigger if exists merge_person on families_personmerge;
drop function if exists slf.merge_person();
"""
)

# Who made them one and who took them apart.
OWN_NAMES = own_names("families_personmerge", {"by_id": None, "undone_by_id": None})
