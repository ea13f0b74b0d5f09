"""Shares of single families: the guardian rows derived from them, and what ends with a post."""

from slf.access.sql.grants import definer

# Of these families, those in whose audience no post of the person is on a day.
LEFT_BEHIND = """
create or replace function slf.left_behind(who bigint, on_day date, among bigint[]) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(f.id), '{}') from families_family f
    where f.id = any (among) and not exists (
        select from slf_post p join slf_scopemember m on m.scope_id = f.scope_id and (
            m.locality_id = p.locality_id or (p.locality_id is null and m.locality_id is not null)
            or (m.user_id = who and m.role = p.role))
        where p.user_id = who and p.period @> on_day)
$$;
""" + definer("slf.left_behind(bigint, date, bigint[])")

# Of families in whatever locality: nobody who comes back, or goes elsewhere, finds them still open. Whoever ends a post
# need not see those families.
END_HOLDINGS = """
create or replace function slf.end_holdings(who bigint, ender bigint, on_day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    families bigint[] := slf.left_behind(who, on_day, array(select family_id from slf_share where user_id = who));
    moment timestamptz := greatest(clock_timestamp(), on_day::timestamp at time zone 'Europe/London');
begin
    update slf_share set period = tstzrange(lower(period), greatest(moment, lower(period))), ended_by_id = ender
        where user_id = who and family_id = any (families) and kind <> 'emergency'
          and (upper(period) is null or upper(period) > moment);
end
$$;
""" + definer("slf.end_holdings(bigint, bigint, date)")

# From all shares of the person, not from those that whoever acts may see.
DERIVE_SHARES = """
create or replace function slf.derive_shares(who bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from slf_familyuserobjectpermission g where g.user_id = who and not exists (
        select from slf_share s where s.user_id = who and s.family_id = g.content_object_id
            and s.period @> statement_timestamp());
    insert into slf_familyuserobjectpermission (user_id, permission_id, content_object_id)
        select distinct who, p.id, s.family_id
        from slf_share s, auth_permission p join django_content_type c on c.id = p.content_type_id
        where s.user_id = who and s.period @> statement_timestamp()
          and p.codename = 'view_family' and c.app_label = 'families' and c.model = 'family'
        on conflict do nothing;
end
$$;
grant delete on slf_familyuserobjectpermission to slf_definer;
""" + definer("slf.derive_shares(bigint)")
