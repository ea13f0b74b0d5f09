"""The functions PostgreSQL decides access with. Owned by ``slf_definer`` (no log-in, bypasses row security).

Python never hands the database a list of rights: it says who acts, and these functions work out the rest
from posts, scope members and shares.
"""

from slf.access.rules import (
    EMERGENCIES_A_DAY,
    REFUSED_TRIES_A_DAY,
    ROLES,
    SHORTEST_REASON,
    Can,
    RecordClass,
    Role,
)

SETTINGS = ", ".join(f"('{mode}', '{c.value}')" for c in RecordClass for mode in ("read", "write"))


def definer(signature: str) -> str:
    """Return the SQL that hands a function to the definer's role and to the application, and to nobody else."""
    return f"""
        alter function {signature} owner to slf_definer;
        revoke all on function {signature} from public;
        grant execute on function {signature} to slf_app, slf_owner, slf_maintenance;
    """


# Access, like sessions and the view log, goes by the real day in England, whatever the server's own time zone.
TODAY = """
create or replace function slf.today() returns date
language sql stable as $$ select (statement_timestamp() at time zone 'Europe/London')::date $$;
grant execute on function slf.today() to slf_app, slf_definer, slf_maintenance;
"""


def roles_that(can: Can) -> str:
    """Return the roles that allow an act, as a list in SQL: the same table that the doors ask."""
    return ", ".join(f"'{role}'" for role in Role if can in ROLES[role])


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
drop function if exists slf.reaches(bigint);
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
drop function if exists slf.enter(bigint);
create function slf.enter(who bigint, out pairs text[], out families bigint[], out worked bigint[])
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

# What the application's code needs and no more. No row of who may see what is ever deleted; a post and a share get an
# end and a review; a look happened when it is written down. An audience is locked by who takes turns in it, which in
# PostgreSQL wants the right to change something of it: its name, which opens nothing.
NARROW = """
revoke insert, update, delete on slf_scope, slf_scopemember from slf_app;
revoke update, delete on slf_post, slf_share from slf_app;
grant update (name) on slf_scope to slf_app;
grant update (period, ended_by_id) on slf_post to slf_app;
grant update (period, ended_by_id, reviewed_by_id, reviewed_at) on slf_share to slf_app;
create or replace function slf.happens_now() returns trigger
language plpgsql as $$
begin
    if not pg_has_role(current_user, 'slf_owner', 'usage') then
        new.at := clock_timestamp();
    end if;
    return new;
end
$$;
grant execute on function slf.happens_now() to slf_app, slf_definer, slf_maintenance;
drop trigger if exists happens_now on slf_view;
create trigger happens_now before insert on slf_view for each row execute function slf.happens_now();
"""

BROAD = """
drop trigger if exists happens_now on slf_view;
drop function if exists slf.happens_now();
grant insert, update, delete on slf_scope, slf_scopemember, slf_post, slf_share to slf_app;
"""

# Old versions of rows are written by the triggers in the owner's name, and by nobody else. The triggers are made anew
# when a model changes, so this is done again after every migration.
CLOSE_HISTORY = """
do $$
declare found record;
begin
    for found in select p.oid::regprocedure as name from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.proname like 'pgtrigger\\_%'
          and p.prosrc ilike '%insert into "%event"%' and not p.prosecdef
    loop
        execute format('alter function %s security definer set search_path = public, pg_temp', found.name);
    end loop;
    for found in select c.oid::regclass as name from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'pgh_obj_id'
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    loop
        execute format('revoke insert, update, delete, truncate on %s from slf_app', found.name);
    end loop;
end
$$;
"""

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
    -- A locality's audience, one shared with a provider there, or named people: never one of an office.
    if wanted.kind = 'shared' and wanted.locality_id is distinct from coalesce(held.locality_id, wanted.locality_id)
        or (wanted.kind in ('locality', 'shared') and wanted.locality_id is null)
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

# One try of a person after the other, so that what is counted stays true; how many it may be is decided before the
# reference is looked at, so that no answer tells whether the family exists. Each is written down, whatever came of it.
BREAK_GLASS = f"""
drop function if exists slf.break_glass(text, text, text);
create or replace function slf.break_glass(
    asked_reference text, why text, out opened bigint, out too_many boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    target families_family%rowtype;
    who bigint := slf.acting_user();
    held slf_scope%rowtype;
    wider bigint;
    moment timestamptz;
    ends timestamptz;
    outcome text := 'refused';
begin
    perform from slf_user where id = who for no key update;
    moment := clock_timestamp();
    ends := moment + interval '24 hours';
    select count(*) filter (where t.outcome = 'opened') >= {EMERGENCIES_A_DAY}
            or count(*) filter (where t.outcome = 'refused') >= {REFUSED_TRIES_A_DAY}
        into too_many
        from slf_emergencytry t where t.user_id = who and t.at > moment - interval '24 hours';
    if too_many then
        outcome := 'held_back';
    elsif length(trim(why)) >= {SHORTEST_REASON} and exists (
        select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where p.user_id = who and p.role in ({roles_that(Can.BREAK_GLASS)}) and p.period @> slf.today())
    then
        select * into target from families_family where reference = asked_reference and not sealed for no key update;
    end if;
    if target.id is not null then
        opened := target.id;
        outcome := 'opened';
        if not exists (select from slf.reaches(who) r join slf_opening o on o.role = r.role and o.mode = 'read'
                       where r.scope_id = target.scope_id and o.record_class = 'record') then
            select * into held from slf_scope where id = target.scope_id;
            wider := held.id;
            if held.kind <> 'emergency' then
                insert into slf_scope (kind, name, locality_id, audience_key, widens_id)
                    values ('emergency', left(held.name || ' and emergency access', 200), held.locality_id,
                            'emergency:' || target.id || ':' || gen_random_uuid(), held.id)
                    returning id into wider;
                insert into slf_scopemember (scope_id, locality_id, user_id, role, until, given_by_id)
                    select wider, locality_id, user_id, role, until, given_by_id
                    from slf_scopemember where scope_id = held.id;
                update families_family set scope_id = wider where id = target.id;
            end if;
            insert into slf_scopemember (scope_id, user_id, role, until, given_by_id)
                values (wider, who, 'emergency', ends, who);
        end if;
        insert into slf_share (user_id, family_id, kind, period, reason, given_by_id)
            select who, target.id, 'emergency', tstzrange(moment, ends), why, who
            where not exists (select from slf_share s where s.user_id = who and s.family_id = target.id
                              and s.kind = 'emergency' and upper(s.period) > moment);
        outcome := case when found then 'opened' else 'again' end;
    end if;
    insert into slf_emergencytry (user_id, at, reference, reason, outcome, family_id)
        select who, moment, left(asked_reference, 40), left(why, 500), outcome, target.id where who is not null;
end
$$;
""" + definer("slf.break_glass(text, text)")

HEADS_SERVICE = """
create or replace function slf.heads_service() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
                   where u.id = slf.acting_user() and p.role = 'head' and p.period @> slf.today())
$$;
""" + definer("slf.heads_service()")

# The family is locked before its audience is looked at, as break_glass does: access that is renewed meanwhile stays.
# An audience that something still names is kept, and tried again the next time.
CLOSE_EMERGENCIES = """
create or replace function slf.close_emergencies() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    wide record;
    closed integer := 0;
begin
    set constraints all immediate;
    for wide in select id, widens_id from slf_scope where kind = 'emergency' order by id loop
        perform from families_family where scope_id = wide.id for no key update;
        continue when exists (
            select from slf_scopemember where scope_id = wide.id and user_id is not null and until > clock_timestamp());
        begin
            update families_family set scope_id = wide.widens_id where scope_id = wide.id;
            delete from slf_scopemember where scope_id = wide.id;
            delete from slf_scope where id = wide.id;
            closed := closed + 1;
        exception when foreign_key_violation then
            raise warning 'audience % is named by a row that does not follow its family', wide.id;
        end;
    end loop;
    return closed;
end
$$;
grant delete on slf_scope, slf_scopemember to slf_definer;
""" + definer("slf.close_emergencies()")

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

# Each column by name and times in UTC: a column added later, or the time zone of whoever asks, changes no digest.
# Form 1, the row as PostgreSQL writes it, is what days sealed before have.
SEALS = """
drop function if exists slf.digest_of_views(date, text), slf.seal_views(date);
create or replace function slf.digest_of_views(sealed_day date, previous text, form integer default 2) returns text
language sql stable security definer set search_path = public, pg_temp set timezone = 'UTC' as $$
    select encode(sha256(convert_to(previous || coalesce(string_agg(
        case form when 1 then v::text else jsonb_build_array(
            v.id, to_char(v.at, 'YYYY-MM-DD HH24:MI:SS.US'), v.user_id, v.family_id, v.family_ids, v.what, v.door,
            host(v.address), v."right", v.why)::text end,
        E'\\n' order by v.id), ''), 'UTF8')), 'hex')
    from slf_view v where (v.at at time zone 'Europe/London')::date = sealed_day
$$;
create or replace function slf.seal_views() returns table (day date, digest text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    last text;
    unsealed date;
begin
    if slf.acting_user() is not null then
        raise exception 'the clock seals the view log, nobody else' using errcode = 'insufficient_privilege';
    end if;
    lock table slf_viewseal in share row exclusive mode;
    for unsealed in
        select passed::date
        from generate_series(
            (select (min(v.at) at time zone 'Europe/London')::date from slf_view v)::timestamp,
            (slf.today() - 1)::timestamp, interval '1 day') passed
        where not exists (select from slf_viewseal s where s.day = passed::date)
        order by 1
    loop
        last := coalesce((select s.digest from slf_viewseal s order by s.id desc limit 1), '');
        return query insert into slf_viewseal as s (day, views, previous, digest, sealed_at, form)
            select unsealed, count(*), last, slf.digest_of_views(unsealed, last, 2), clock_timestamp(), 2
            from slf_view v where (v.at at time zone 'Europe/London')::date = unsealed
            returning s.day, s.digest::text;
    end loop;
end
$$;
create or replace function slf.broken_seals() returns setof date
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query select s.day from slf_viewseal s
        where s.digest <> slf.digest_of_views(s.day, s.previous, s.form)
           or s.previous <> coalesce(
               (select p.digest from slf_viewseal p where p.id < s.id order by p.id desc limit 1), '')
        order by 1;
end
$$;
revoke insert, update, delete on slf_viewseal from slf_app;
""" + "".join(
    definer(f) for f in ("slf.digest_of_views(date, text, integer)", "slf.seal_views()", "slf.broken_seals()")
)

# Array operators are not leakproof: under row security their index is not used. Here it is, for one family.
LOOKS = (
    f"""
create or replace function slf.looks_at(family bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select v.id from slf_view v
    where (v.family_ids @> array[family] or v.family_id = family) and exists (
        select from slf.reaches(slf.acting_user()) r
        where r.scope_id = slf.family_scope(family) and r.role in ({roles_that(Can.REVIEW_ACCESS)}))
$$;
create or replace function slf.lists_mine(families bigint[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from families_family f
                   where f.id = any (families) and f.scope_id = any (slf.scopes('read_card')))
$$;
"""
    + definer("slf.looks_at(bigint)")
    + definer("slf.lists_mine(bigint[])")
)

ROLE_TABLES = """
revoke insert, update, delete on slf_opening from slf_app;
"""

FORWARD = [
    TODAY,
    NAMED,
    REACHES,
    FAMILIES_HELD,
    FAMILIES_WORKED,
    ENTER,
    SCOPES,
    FAMILY_SCOPE,
    TRIGGERS,
    PERSON_SCOPES,
    MAKE_SCOPE,
    MOVE_FAMILY,
    BREAK_GLASS,
    HEADS_SERVICE,
    CLOSE_EMERGENCIES,
    DERIVE_SHARES,
    LEFT_BEHIND,
    END_HOLDINGS,
    SEALS,
    LOOKS,
    ROLE_TABLES,
]

REVERSE = """
drop trigger if exists spread_scopes on families_membership;
drop function if exists slf.lists_mine(bigint[]), slf.looks_at(bigint), slf.broken_seals(),
    slf.seal_views(), slf.digest_of_views(date, text, integer),
    slf.end_holdings(bigint, bigint, date), slf.left_behind(bigint, date, bigint[]),
    slf.derive_shares(bigint), slf.close_emergencies(),
    slf.break_glass(text, text), slf.heads_service(),
    slf.make_scope(text, text, text, bigint, jsonb), slf.move_family(bigint, bigint), slf.spread_scopes(),
    slf.person_scopes(bigint), slf.hold_scope(), slf.fill_scope(),
    slf.families_held(bigint), slf.families_worked(bigint),
    slf.family_scope(bigint), slf.acting_user(), slf.scopes(text), slf.enter(bigint), slf.reaches(bigint),
    slf.named(bigint), slf.today() cascade;
"""
