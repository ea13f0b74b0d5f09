"""What the database holds about restricted families: who may take a step, and what a head of service is told over the
wall of families that nobody decides on any more."""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that

# Somebody decides on an audience while a person named in it holds, in force, the post they are named in.
DECIDED = (
    f"""
create or replace function slf.is_decided(named text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from unnest(named) n
        join slf_post p on p.user_id = split_part(n, ':', 1)::bigint and p.role = split_part(n, ':', 2)
        join slf_user u on u.id = p.user_id and u.is_active
        where p.role in ({roles_that(Can.RESTRICT_FAMILY)}) and p.period @> slf.today())
$$;
"""
    + definer("slf.is_decided(text[])")
    + """
create or replace function slf.named_in(audience bigint) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(m.user_id || ':' || m.role), '{}') from slf_scopemember m
    where m.scope_id = audience and m.user_id is not null and m.role <> 'emergency'
$$;
"""
    + definer("slf.named_in(bigint)")
)

# Restricted whether or not emergency access is open, and nobody who is named decides: they have all left.
LEFT = (
    """
create or replace function slf.is_left(audience bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from slf_scope s
        where s.id = audience and s.locality_id is null and s.kind in ('restricted', 'emergency')
          and not slf.is_decided(slf.named_in(s.id)))
$$;
"""
    + definer("slf.is_left(bigint)")
    + """
create or replace function slf.families_left()
returns table (uid uuid, reference text, named text[], number integer)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.uid, f.reference::text, slf.named_in(f.scope_id),
        coalesce((select max(r.number) from families_restrictionstep r where r.family_id = f.id), 0)::integer
    from families_family f join slf_scope s on s.id = f.scope_id
    where s.locality_id is null and s.kind in ('restricted', 'emergency')
      and slf.heads_service() and slf.is_left(f.scope_id)
    order by f.reference
$$;
"""
    + definer("slf.families_left()")
    + """
create or replace function slf.restricted_families() returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select case when slf.heads_service() then (
        select count(*) from families_family f join slf_scope s on s.id = f.scope_id
        where s.locality_id is null and s.kind in ('restricted', 'emergency')) else 0 end
$$;
"""
    + definer("slf.restricted_families()")
)

# The back of the services: whatever is sent to the database, a step is taken by somebody who decides on the family (a
# head of service, where nobody does), and never leaves it without one.
STEP = f"""
create or replace function slf.check_restriction_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare audience bigint := slf.family_scope(new.family_id);
begin
    if new.by_id is distinct from slf.acting_user() or not (
        exists (select from slf.reaches(slf.acting_user()) r
                where r.scope_id = audience and r.role in ({roles_that(Can.RESTRICT_FAMILY)}))
        or (slf.heads_service() and slf.is_left(audience)))
    then
        raise exception 'no such family' using errcode = 'insufficient_privilege';
    end if;
    if new.kind <> 'lifted' and not slf.is_decided(new.named::text[]) then
        raise exception 'nobody who is named decides' using errcode = 'check_violation';
    end if;
    new.at := clock_timestamp();
    return new;
end
$$;
alter function slf.check_restriction_step() owner to slf_definer;
create trigger check_step before insert on families_restrictionstep
    for each row execute function slf.check_restriction_step();
"""

# A head of service names somebody for a family out of their sight. One step after the other, as everywhere: null when
# it is not there, is decided on, or changed since it was looked at.
NAME_FOR_LEFT = """
create or replace function slf.name_for_left(
    family uuid, to_scope bigint, named text[], why text, seen integer, done date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held families_family%rowtype;
    last integer;
begin
    select * into held from families_family f where f.uid = family for no key update;
    select coalesce(max(r.number), 0) into last from families_restrictionstep r where r.family_id = held.id;
    if held.id is null or not slf.heads_service() or not slf.is_left(held.scope_id) or last <> seen
        or not exists (select from slf_scope s where s.id = to_scope and s.kind = 'restricted'
                       and slf.named_in(s.id) @> named and named @> slf.named_in(s.id))
    then
        return null;
    end if;
    insert into families_restrictionstep
        (uid, family_id, scope_id, number, kind, reason, named, sealed, by_id, done_on, at)
        values (gen_random_uuid(), held.id, held.scope_id, last + 1, 'named', why, named, held.sealed,
                slf.acting_user(), done, clock_timestamp());
    update families_family set scope_id = to_scope where id = held.id;
    return held.id;
end
$$;
""" + definer("slf.name_for_left(uuid, bigint, text[], text, integer, date)")

# Where a restricted family goes back to: the last audience of a locality that its own history knows. One that came out
# of a restricted family has always been restricted: the history of the family it came out of knows.
CAME_FROM = """
create or replace function slf.came_from(family bigint) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not slf.family_scope(family) = any (slf.scopes('read_card')) then
        return null;
    end if;
    return (
        with recursive line (id, back) as (
            select family, 0
            union
            select c.came_from_id, l.back + 1 from line l
            join families_householdchange c on c.family_id = l.id and c.did = 'began' and c.came_from_id is not null
            where l.back < 20
        )
        select s.id from line l
        join families_familyevent e on e.pgh_obj_id = l.id join slf_scope s on s.id = e.scope_id
        where s.kind in ('locality', 'shared') order by l.back, e.pgh_id desc limit 1);
end
$$;
""" + definer("slf.came_from(bigint)")

# Who reaches the card of the families of one audience; told to those who decide on families.
SEERS = f"""
create or replace function slf.seers_of(audience bigint) returns table (user_id bigint, role text)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct u.id, r.role
    from slf_user u cross join lateral slf.reaches(u.id) r
    join slf_opening o on o.role = r.role and o.mode = 'read' and o.record_class = 'card'
        and (not o.named_only or r.by_name)
    where u.is_active and not u.is_service and r.scope_id = audience
      and exists (select from slf.reaches(slf.acting_user()) me where me.role in ({roles_that(Can.RESTRICT_FAMILY)}))
$$;
""" + definer("slf.seers_of(bigint)")

# Why a family was restricted is for who decides that, also once it is lifted and the locality sees the family again;
# the people named read why it is closed now.
READ_BY_WHO_DECIDES = f"""
create or replace function slf.decided_scopes() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct r.scope_id), '{{}}') from slf.reaches(slf.acting_user()) r
    where r.role in ({roles_that(Can.RESTRICT_FAMILY)})
$$;
{definer("slf.decided_scopes()")}
create or replace function slf.closes_now(family bigint, step integer) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf_scope s where s.id = slf.family_scope(family) and s.locality_id is null
                   and s.kind in ('restricted', 'emergency'))
       and not exists (select from families_restrictionstep r
                       where r.family_id = family and r.kind = 'lifted' and r.number >= step)
$$;
{definer("slf.closes_now(bigint, integer)")}
create policy only_who_decides on families_restrictionstep as restrictive for select
    using (scope_id = any ((select slf.decided_scopes())::bigint[]) or slf.closes_now(family_id, number));
"""
READ_BY_ALL = """
drop policy if exists only_who_decides on families_restrictionstep;
drop function if exists slf.closes_now(bigint, integer), slf.decided_scopes();
"""

FORWARD = [DECIDED, LEFT, STEP, NAME_FOR_LEFT, CAME_FROM, SEERS]
REVERSE = """
drop trigger if exists check_step on families_restrictionstep;
drop function if exists slf.check_restriction_step(), slf.seers_of(bigint), slf.came_from(bigint),
    slf.name_for_left(uuid, bigint, text[], text, integer, date), slf.restricted_families(), slf.families_left(),
    slf.is_left(bigint), slf.named_in(bigint), slf.is_decided(text[]);
"""
