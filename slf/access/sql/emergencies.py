"""Emergency access: a family opened for 24 hours with a reason, and closed again."""

from slf.access.rules import EMERGENCIES_A_DAY, REFUSED_TRIES_A_DAY, SHORTEST_REASON, Can
from slf.access.sql.grants import definer, roles_that

# Whoever knows the family opens nothing of it, and is answered like somebody who asked for a missing one.
NOT_WHO_KNOWS = """\
        if slf.knows(who, target.id) then
            target := null;
        end if;
"""

# One try of a person after the other, so that what is counted stays true; how many it may be is decided before the
# reference is looked at, so that no answer tells whether the family exists. Each is written down, whatever came of it.
BREAK_GLASS = f"""
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
{NOT_WHO_KNOWS}    end if;
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
