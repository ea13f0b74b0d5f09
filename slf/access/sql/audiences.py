"""Whose a row is: audiences, the triggers that keep rows true to them, and the one way a family changes its own."""

from slf.access.rules import Can
from slf.access.sql.grants import definer, roles_that

FAMILY_SCOPE = """
create or replace function slf.family_scope(family bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select scope_id from families_family where id = family
$$;
""" + definer("slf.family_scope(bigint)")

TRIGGERS = """
create or replace function slf.fill_scope() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    new.scope_id := (select scope_id from families_family where id = new.family_id);
    return new;
end
$$;
alter function slf.fill_scope() owner to slf_definer;
create or replace function slf.hold_scope() returns trigger
language plpgsql as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    end if;
    raise exception 'a scope changes only through slf.move_family' using errcode = 'insufficient_privilege';
end
$$;
"""

PERSON_SCOPES = (
    """
create or replace function slf.person_scopes(person bigint) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select scopes from families_person where id = person
$$;
"""
    + definer("slf.person_scopes(bigint)")
    + """
create or replace function slf.spread_scopes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update families_person p
    set scopes = coalesce((select array_agg(distinct m.scope_id order by m.scope_id)
                           from families_membership m where m.person_id = p.id), '{}')
    where p.id in (coalesce(new.person_id, old.person_id), coalesce(old.person_id, new.person_id));
    return null;
end
$$;
alter function slf.spread_scopes() owner to slf_definer;
drop trigger if exists spread_scopes on families_membership;
create trigger spread_scopes after insert or delete or update of person_id, scope_id on families_membership
    for each row execute function slf.spread_scopes();
"""
)

# Members come with a new audience alone: nobody is added to one that families stand in.
MAKE_SCOPE = """
create or replace function slf.make_scope(kind text, name text, key text, home bigint, members jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare made bigint;
begin
    if kind not in ('locality', 'shared', 'restricted', 'partner') then
        raise exception 'no such kind of audience' using errcode = 'insufficient_privilege';
    end if;
    insert into slf_scope (kind, name, locality_id, audience_key) values (kind, left(name, 200), home, key)
        on conflict (audience_key) do nothing returning id into made;
    insert into slf_scopemember (scope_id, locality_id, user_id, role, given_by_id)
        select made, case when m.what = 'locality' then m.id end, case when m.what = 'user' then m.id end,
               m.role, slf.acting_user()
        from jsonb_to_recordset(members) m (what text, id bigint, role text) where made is not null;
end
$$;
""" + definer("slf.make_scope(text, text, text, bigint, jsonb)")

# To or from named people it takes the right to restrict, else the right to share. A partner's audience and another
# family's emergency are no place for a family. The family's history says who moved it, and from where to where.
MOVE_FAMILY = f"""
create or replace function slf.move_family(family bigint, to_scope bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held slf_scope%rowtype;
    wanted slf_scope%rowtype;
    narrow boolean;
begin
    perform from families_family where id = family for no key update;
    select s.* into held from slf_scope s join families_family f on f.scope_id = s.id where f.id = family;
    select * into wanted from slf_scope where id = to_scope;
    -- The family's locality's audience, one shared with a provider there, or named people: never one of an office. To
    -- another locality a family goes by a hand-over that is accepted there.
    if wanted.kind in ('locality', 'shared') and (
        wanted.locality_id is null or wanted.locality_id <> coalesce(held.locality_id, wanted.locality_id))
    then
        raise exception 'no such family' using errcode = 'insufficient_privilege';
    end if;
    narrow := 'restricted' in (held.kind, wanted.kind) or (held.kind = 'emergency' and held.locality_id is null);
    if held.id is null or wanted.id is null or wanted.kind not in ('locality', 'shared', 'restricted')
        or not held.id = any (slf.scopes('write_card'))
        or not exists (
            select from slf.reaches(slf.acting_user()) r where r.scope_id = held.id and (
                (narrow and r.role in ({roles_that(Can.RESTRICT_FAMILY)}))
                or (not narrow and r.role in ({roles_that(Can.SHARE_FAMILY)}))))
    then
        raise exception 'no such family' using errcode = 'insufficient_privilege';
    end if;
    update families_family set scope_id = to_scope where id = family;
end
$$;
""" + definer("slf.move_family(bigint, bigint)")
