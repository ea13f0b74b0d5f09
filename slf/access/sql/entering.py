"""Who acts, and what they reach: worked out inside the transaction from posts, scope members and shares."""

from slf.access.rules import Can, RecordClass
from slf.access.sql.grants import definer, roles_that

SETTINGS = ", ".join(f"('{mode}', '{c.value}')" for c in RecordClass for mode in ("read", "write"))

# Access, like sessions and the view log, goes by the real day in England, whatever the server's own time zone.
TODAY = """
create or replace function slf.today() returns date
language sql stable as $$ select (statement_timestamp() at time zone 'Europe/London')::date $$;
grant execute on function slf.today() to slf_app, slf_definer, slf_maintenance;
"""

# A named person is in the audience only while they hold the post they were named in: nobody takes access along. Who is
# in by emergency access is there in that part alone, as long as some post of theirs lets them ask for it.
NAMED = f"""
create or replace function slf.named(who bigint) returns table (role text, scope_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.role::text, m.scope_id
    from slf_scopemember m
    join slf_user u on u.id = m.user_id and u.is_active
    where m.user_id = who and (m.until is null or m.until > statement_timestamp())
      and exists (select from slf_post p where p.user_id = who and p.period @> slf.today() and (
            p.role = m.role or (m.role = 'emergency' and p.role in ({roles_that(Can.BREAK_GLASS)}))))
$$;
""" + definer("slf.named(bigint)")

REACHES = """
create or replace function slf.reaches(who bigint) returns table (role text, scope_id bigint, by_name boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.role::text, m.scope_id, m.role <> ''
    from slf_post p
    join slf_user u on u.id = p.user_id and u.is_active
    join slf_scopemember m on m.locality_id = p.locality_id or (p.locality_id is null and m.locality_id is not null)
    where p.user_id = who and p.period @> slf.today() and (m.until is null or m.until > statement_timestamp())
      and (m.role = p.role or (m.role = '' and (
            exists (select from slf_opening o where o.role = p.role and not o.named_only)
            or not exists (select from slf_opening o where o.role = p.role))))
    union
    select n.role, n.scope_id, true from slf.named(who) n
$$;
""" + definer("slf.reaches(bigint)")

FAMILIES_HELD = """
create or replace function slf.families_held(who bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select s.family_id from slf_share s where s.user_id = who and s.period @> statement_timestamp()
    union
    select f.id from slf.named(who) n join families_family f on f.scope_id = n.scope_id
$$;
""" + definer("slf.families_held(bigint)")

# Not those that were opened, with a reason or in an emergency: they are open to be read and for a contact to be added.
FAMILIES_WORKED = """
create or replace function slf.families_worked(who bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select s.family_id from slf_share s
    where s.user_id = who and s.kind not in ('opened', 'emergency') and s.period @> statement_timestamp()
    union
    select f.id from slf.named(who) n join families_family f on f.scope_id = n.scope_id where n.role <> 'emergency'
$$;
""" + definer("slf.families_worked(bigint)")

# What it tells the policies by settings, it also returns: Python asks nothing again in the same transaction.
ENTER = f"""
create or replace function slf.enter(who bigint, out pairs text[], out families bigint[], out worked bigint[])
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    pairs := array(select concat_ws(':', r.role, r.scope_id, r.by_name::text) from slf.reaches(who) r);
    families := array(select slf.families_held(who));
    worked := array(select slf.families_worked(who));
    perform set_config('slf.user', coalesce(who::text, ''), true);
    perform set_config('slf.' || c.mode || '_' || c.record_class, coalesce(h.scopes, '{{}}'), true)
    from (values {SETTINGS}) c (mode, record_class)
    left join (
        select o.mode, o.record_class, array_agg(distinct split_part(pair, ':', 2)::bigint)::text as scopes
        from unnest(pairs) pair join slf_opening o
          on o.role = split_part(pair, ':', 1) and (not o.named_only or split_part(pair, ':', 3) = 'true')
        group by 1, 2
    ) h using (mode, record_class);
end
$$;
""" + definer("slf.enter(bigint)")

SCOPES = """
create or replace function slf.scopes(what text) returns bigint[]
language plpgsql stable as $$
begin
    if coalesce(current_setting('slf.user', true), '') = '' then
        raise exception 'nobody is acting: protected rows are read inside acting_as(user)'
            using errcode = 'insufficient_privilege';
    end if;
    return coalesce(nullif(current_setting('slf.' || what, true), ''), '{}')::bigint[];
end
$$;
grant execute on function slf.scopes(text) to slf_app, slf_definer, slf_maintenance;
create or replace function slf.acting_user() returns bigint
language sql stable as $$ select nullif(current_setting('slf.user', true), '')::bigint $$;
grant execute on function slf.acting_user() to slf_app, slf_definer, slf_maintenance;
"""
