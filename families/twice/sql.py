"""What the database holds of families known twice: which stands, whose rows are read, who may make them one."""

from families.addresses.sql import KEPT_BACK
from families.kin.sql import FORWARD as KIN
from families.search.sql import SEARCH
from slf.access.rules import Can
from slf.access.sql import (
    BREAK_GLASS,
    FAMILIES_HELD,
    FAMILIES_WORKED,
    LOOKS,
    changed,
    definer,
    roles_that,
    without_trigger,
)
from slf.access.sql.own_name import own_names

# Asked for families, those and the ones that are the same known again; asked for any, all that are one with it.
ENTRIES = (
    """
create or replace function slf.entries_of(asked bigint[]) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select asked || array(select f.id from families_family f where f.merged_into_id = any (asked))
$$;
create or replace function slf.one_with(asked bigint) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.entries_of(array[coalesce((select f.merged_into_id from families_family f where f.id = asked), asked)])
$$;
"""
    + definer("slf.entries_of(bigint[])")
    + definer("slf.one_with(bigint)")
)

# One audience, for as long as they are one: whoever changes who sees the family that stands changes it for both.
POINTER = """
alter table families_family add constraint families_family_one_audience
    foreign key (merged_into_id, scope_id) references families_family (id, scope_id) on update cascade;
create or replace function slf.hold_pointer() returns trigger
language plpgsql as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    end if;
    raise exception 'families are made one by a merge' using errcode = 'insufficient_privilege';
end
$$;
create trigger hold_pointer before update of merged_into_id on families_family for each row
    when (old.merged_into_id is distinct from new.merged_into_id) execute function slf.hold_pointer();
create trigger begin_without_pointer before insert on families_family for each row
    when (new.merged_into_id is not null) execute function slf.hold_pointer();
"""

# What one run claimed for both, told to nobody but those who may make the two one.
CLAIMED = f"""
create or replace function slf.decides_over(family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf.reaches(slf.acting_user()) r
                   where r.scope_id = slf.family_scope(family) and r.role in ({roles_that(Can.RESTRICT_FAMILY)}))
$$;
{definer("slf.decides_over(bigint)")}
create or replace function slf.claimed_in_one_run(one bigint, other bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return slf.decides_over(one) and slf.decides_over(other) and exists (
        select from performance_claim c join performance_claimedperson p on p.claim_id = c.id and p.live
        join performance_claim d on d.run_id = c.run_id and d.family_id = other
        join performance_claimedperson q on q.claim_id = d.id and q.live
        where c.family_id = one);
end
$$;
""" + definer("slf.claimed_in_one_run(bigint, bigint)")

# Both rows are held until the end, in one order: two who make them one the other way round take turns.
MERGE = """
create or replace function slf.merge_family() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    twice families_family%rowtype;
    one families_family%rowtype;
    fixed constant text[] := array['scope_id', 'undone_at', 'undone_on', 'undone_by_id', 'undone_reason'];
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    end if;
    if not (slf.decides_over(new.family_id) and slf.decides_over(new.into_id)) then
        raise exception 'no such family' using errcode = 'insufficient_privilege';
    end if;
    perform from families_family f where f.id in (new.family_id, new.into_id) order by f.id for no key update;
    select * into twice from families_family where id = new.family_id;
    select * into one from families_family where id = new.into_id;
    if not exists (select from slf_scope s where s.id = one.scope_id and s.kind in ('locality', 'shared'))
        or twice.scope_id <> one.scope_id
    then
        raise exception 'both are seen by the same people, of one locality'
            using errcode = 'check_violation', constraint = 'families_familymerge_one_audience';
    end if;
    if tg_op = 'UPDATE' then
        if old.undone_at is not null or new.undone_at is null or to_jsonb(new) - fixed <> to_jsonb(old) - fixed then
            raise exception 'a merge is undone once and never changed'
                using errcode = 'check_violation', constraint = 'families_familymerge_undone_once';
        end if;
        update families_family set merged_into_id = null where id = new.family_id;
        return new;
    end if;
    if new.undone_at is not null or twice.merged_into_id is not null or one.merged_into_id is not null
        or exists (select from families_family f where f.merged_into_id = twice.id)
    then
        raise exception 'no pointer leads to one that leads on'
            using errcode = 'check_violation', constraint = 'families_familymerge_no_chain';
    end if;
    if slf.claimed_in_one_run(twice.id, one.id) then
        raise exception 'one run claims for both'
            using errcode = 'check_violation', constraint = 'families_familymerge_claimed_once';
    end if;
    new.at := now();
    update families_family set merged_into_id = one.id where id = twice.id;
    return new;
end
$$;
alter function slf.merge_family() owner to slf_definer;
create trigger merge_family before insert or update on families_familymerge
    for each row execute function slf.merge_family();
revoke delete, truncate on families_familymerge from slf_app;
"""


def with_entries(function: str) -> str:
    """Return a function of who holds which families with those that are the same as one of them."""
    begins, body = function.split("as $$", 1)
    held, ends = body.split("$$;", 1)
    also = "select f.id from families_family f join held h on f.merged_into_id = h.id"
    return f"{begins}as $$\n    with held (id) as ({held}) select id from held union {also}\n$$;{ends}"


def standing_alone(function: str) -> str:
    """Return a function of who holds which families where one that is one with another is held by way of that alone.

    What somebody holds of the entry by itself opens nothing as long as the two are one.
    """
    begins, body = function.split("as $$", 1)
    held, ends = body.split("$$;", 1)
    return f"""{begins}as $$
    with held (id) as ({held})
    select h.id from held h where not exists (
        select from families_family f where f.id = h.id and f.merged_into_id is not null)
    union select f.id from families_family f join held h on f.merged_into_id = h.id
$$;{ends}"""


# Whoever looked at the family that stood has seen what was written of the other one: both say so, taken apart as well.
LOOKED_AT_BOTH = """
create or replace function slf.look_at_both() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    looked_at bigint[] := slf.entries_of(new.family_ids);
begin
    if cardinality(looked_at) > cardinality(new.family_ids) then
        new.family_ids := array(select distinct unnest(looked_at) order by 1);
    end if;
    return new;
end
$$;
alter function slf.look_at_both() owner to slf_definer;
create trigger look_at_both before insert on slf_view for each row
    when (new.family_ids <> '{}') execute function slf.look_at_both();
"""
HELD_BY_WHAT_STANDS = [standing_alone(FAMILIES_HELD), standing_alone(FAMILIES_WORKED), LOOKED_AT_BOTH]
HELD_BY_BOTH = "\n".join(
    [
        with_entries(FAMILIES_HELD),
        with_entries(FAMILIES_WORKED),
        "drop trigger if exists look_at_both on slf_view; drop function if exists slf.look_at_both();",
    ]
)
MARKED = "left join families_family same on same.id = {0}.family_id and same.merged_into_id is not null"
ONE = "coalesce(same.merged_into_id, {0}.family_id)"
FOUND_ONCE = changed(
    SEARCH,
    (
        "array(select distinct l.family_id from of_the_last l)",
        f"slf.entries_of(array(select distinct {ONE.format('l')} from of_the_last l {MARKED.format('l')}))",
    ),
    (
        "select h.family_id, h.number, h.person_id, min(h.way) way from all_hits h",
        f"select {ONE.format('h')} family_id, h.number, h.person_id, min(h.way) way "
        f"from all_hits h {MARKED.format('h')}",
    ),
)
OPENED_AS_ONE = changed(
    BREAK_GLASS,
    (
        "where reference = asked_reference and not sealed for no key update",
        "where not sealed and id = (\n            select coalesce(f.merged_into_id, f.id) from families_family f "
        "where f.reference = asked_reference and not f.sealed) for no key update",
    ),
)
KIN_OF_BOTH = changed(
    without_trigger(KIN),
    ("m.family_id = new.family_id", "m.family_id = any ((select slf.one_with(new.family_id))::bigint[])"),
)
LOOKS_AT_BOTH = changed(
    LOOKS,
    (
        "(v.family_ids @> array[family] or v.family_id = family)",
        "(v.family_ids && (select slf.entries_of(array[family])) "
        "or v.family_id = any ((select slf.entries_of(array[family]))::bigint[]))",
    ),
)
READ_AS_ONE = [
    with_entries(FAMILIES_HELD),
    with_entries(FAMILIES_WORKED),
    changed(
        KEPT_BACK,
        ("m.family_id = of_family", "m.family_id = any ((select slf.entries_of(array[of_family]))::bigint[])"),
    ),
    FOUND_ONCE,
    OPENED_AS_ONE,
    KIN_OF_BOTH,
    LOOKS_AT_BOTH,
]
READ_AS_TWO = [FAMILIES_HELD, FAMILIES_WORKED, KEPT_BACK, SEARCH, BREAK_GLASS, without_trigger(KIN), LOOKS]
FORWARD = [ENTRIES, POINTER, CLAIMED, MERGE, *READ_AS_ONE]
REVERSE = (
    "\n".join(READ_AS_TWO)
    + """
drop trigger if exists merge_family on families_familymerge;
drop trigger if exists hold_pointer on families_family;
drop trigger if exists begin_without_pointer on families_family;
drop function if exists slf.merge_family(), slf.claimed_in_one_run(bigint, bigint), slf.decides_over(bigint),
    slf.hold_pointer(), slf.one_with(bigint), slf.entries_of(bigint[]);
alter table families_family drop constraint if exists families_family_one_audience;
"""
)

# Who made them one and who took them apart.
OWN_NAMES = own_names("families_familymerge", {"by_id": None, "undone_by_id": None})
