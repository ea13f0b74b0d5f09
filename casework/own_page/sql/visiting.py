"""What the person does on their own page: open it with link and PIN, read it, say how it goes, leave.

Nobody acts there, so functions alone open, read and write. Each stands for one thing, looks at the key first, and gives
nothing but the page that was released.
"""

from casework.own_page.rules import ACCOUNT, MOST_SAID_A_DAY
from slf.access.sql import definer

# Who somebody is, under whichever entry; and what they are called in a household that keeps a name of its own.
WHO = f"""
create or replace function slf.entries_of_person(asked bigint) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array_agg(p.id) from families_person p, families_person a
    where a.id = asked and coalesce(p.merged_into_id, p.id) = coalesce(a.merged_into_id, a.id)
$$;
create or replace function slf.called_at_home(family bigint, asked bigint) returns text
language sql stable set search_path = public, pg_temp as $$
    select coalesce(
        (select split_part(m.called, ' ', 1) from families_membership m
         where m.family_id = any (slf.one_with(family)) and m.called <> ''
           and m.person_id = any (slf.entries_of_person(asked))
         order by m.period desc limit 1),
        (select coalesce(nullif(o.known_as, ''), split_part(o.given_names, ' ', 1))
         from families_person p join families_person o on o.id = coalesce(p.merged_into_id, p.id)
         where p.id = asked), 'Somebody')
$$;
{definer("slf.entries_of_person(bigint)")}
grant execute on function slf.called_at_home(bigint, bigint) to slf_app, slf_definer, slf_maintenance;
"""

# What the page shows: of staff who look at it before, as far as they may see it; of the person, all that was released.
SHOWN = """
create or replace function slf.shown_on_own_page(asked bigint) returns jsonb
language sql stable set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'name', slf.called_at_home(o.family_id, o.person_id),
        'version', p.number, 'agreed_on', p.agreed_on, 'ends_on', o.ends_on,
        'goals', coalesce((
            select jsonb_agg(jsonb_build_object('words', g.words, 'actions', coalesce((
                select jsonb_agg(jsonb_build_object(
                    'uid', a.uid, 'what', a.what, 'due_on', a.due_on, 'done_on', a.done_on,
                    'mine', coalesce(a.person_id = any (slf.entries_of_person(o.person_id)), false),
                    'who', case when a.person_id = any (slf.entries_of_person(o.person_id)) then 'You'
                                when a.person_id is not null then slf.called_at_home(o.family_id, a.person_id)
                                when a.worker_id is not null then (
                                    select coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), 'Your worker')
                                    from slf_user u where u.id = a.worker_id)
                                else a.agency end,
                    'said', (select jsonb_build_object('progress', w.progress, 'words', w.words, 'on', w.said_on)
                             from casework_ownpageword w join casework_action e on e.id = w.action_id
                             where e.thread = a.thread and w.family_id = o.family_id
                               and w.person_id = any (slf.entries_of_person(o.person_id))
                             order by w.id desc limit 1)
                    ) order by a.due_on, a.id)
                from casework_action a where a.goal_id = g.id and not a.id = any (o.actions_out)), '[]'::jsonb))
                order by g.id)
            from casework_goal g where g.plan_id = o.plan_id and not g.id = any (o.goals_out)), '[]'::jsonb),
        'said', coalesce((
            select jsonb_agg(jsonb_build_object('mark', w.mark, 'words', w.words, 'on', w.said_on) order by w.id desc)
            from (select * from casework_ownpageword s where s.page_id = o.id and s.action_id is null
                  order by s.id desc limit 5) w), '[]'::jsonb))
    from casework_ownpage o join casework_plan p on p.id = o.plan_id where o.id = asked
$$;
grant execute on function slf.shown_on_own_page(bigint) to slf_app, slf_definer, slf_maintenance;
"""

# Whether a page opens on a day. They have lived there without a break since it was asked for.
STANDS = """
create or replace function slf.own_page_stands(o casework_ownpage, day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select o.state = 'open' and o.locked_at is null and o.ends_on > day and not slf.case_is_over(o.family_id)
       and exists (select from casework_plan p where p.id = o.plan_id and p.state = 'agreed')
       and exists (select from slf_scope s where s.id = o.scope_id and s.kind not in ('restricted', 'taken_back')
                   and (s.kind <> 'emergency' or s.locality_id is not null))
       and exists (select from families_membership m where m.family_id = any (slf.one_with(o.family_id))
                   and m.person_id = any (slf.entries_of_person(o.person_id)) and m.part in ('parent', 'adult', 'child')
                   and m.period @> day and lower(m.period) <= o.asked_on)
$$;
alter function slf.own_page_stands(casework_ownpage, date) owner to slf_definer;
revoke all on function slf.own_page_stands(casework_ownpage, date) from public, slf_app;
"""

HAND_OVER = """
create or replace function slf.hand_own_page_over(
    asked bigint, secret text, salted text, pinned text, wrong_allowed int, minutes int, link_way text, pin_way text,
    day date, last date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare o casework_ownpage%rowtype;
begin
    select * into o from casework_ownpage where id = asked for no key update;
    if not found or not slf.hands_own_pages_over(o.scope_id) then
        raise exception 'not yours to hand over' using errcode = 'insufficient_privilege';
    end if;
    o.locked_at := null;
    o.ends_on := coalesce(o.ends_on, last);
    if not slf.own_page_stands(o, day) then
        return false;
    end if;
    delete from casework_ownpagekey where page_id = asked;
    insert into casework_ownpagekey (page_id, token, salt, pin, tries, wrong, awake_minutes)
        values (asked, secret, salted, pinned, wrong_allowed, 0, minutes);
    update casework_ownpage set handed_by_id = slf.acting_user(), handed_on = day, ends_on = o.ends_on,
        link_by = link_way, pin_by = pin_way, locked_at = null where id = asked;
    return true;
end
$$;
""" + definer("slf.hand_own_page_over(bigint, text, text, text, int, int, text, text, date, date)")

# By the link, once, or by the browser that opened it before; with the PIN either way. Whatever is wrong, it says no. A
# link that is typed is the one that counts: on a telephone that two share, nobody's PIN is tried on the other's page.
MEANT = """(secret is null and cookie = held) or (token = secret and (used_at is null or cookie = held))"""
OPEN = f"""
create or replace function slf.open_own_page(secret text, held text, pinned text, fresh text, day date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    k casework_ownpagekey%rowtype;
    o casework_ownpage%rowtype;
begin
    select p.* into o from casework_ownpage p where p.id = (
        select page_id from casework_ownpagekey where {MEANT}) for no key update;
    select * into k from casework_ownpagekey
        where page_id = o.id and ({MEANT}) for update;
    if k.id is null or not slf.own_page_stands(o, day) then
        return false;
    end if;
    if k.pin <> encode(sha256(convert_to(k.salt || pinned, 'UTF8')), 'hex') then
        update casework_ownpagekey set wrong = wrong + 1 where id = k.id;
        if k.wrong + 1 >= k.tries then
            update casework_ownpage set locked_at = clock_timestamp() where id = o.id;
            insert into slf_job (uid, kind, asked_by_id, arguments, queue, state, done, sentence, result_url, error,
                                 attempts, errors)
                values (gen_random_uuid(), 'own_page.tell_locked', o.handed_by_id, jsonb_build_object('page', o.id),
                        'default', 'waiting', 0, '', '', '', 0, 0);
        end if;
        return false;
    end if;
    update casework_ownpagekey set wrong = 0, used_at = coalesce(used_at, clock_timestamp()), cookie = fresh,
        awake_until = clock_timestamp() + make_interval(mins => awake_minutes) where id = k.id;
    update casework_ownpage set opened_at = clock_timestamp() where id = o.id and opened_at is null;
    return true;
end
$$;
""" + definer("slf.open_own_page(text, text, text, text, date)")

AWAKE = """
create or replace function slf.awake_own_page(held text, day date) returns casework_ownpage
language plpgsql security definer set search_path = public, pg_temp as $$
declare o casework_ownpage%rowtype;
begin
    select p.* into o from casework_ownpage p
        where p.id = (select page_id from casework_ownpagekey where cookie = held) for no key update;
    if o.id is null or not slf.own_page_stands(o, day) then
        return null;
    end if;
    update casework_ownpagekey set awake_until = clock_timestamp() + make_interval(mins => awake_minutes)
        where page_id = o.id and cookie = held and awake_until > clock_timestamp();
    if not found then
        return null;
    end if;
    return o;
end
$$;
alter function slf.awake_own_page(text, date) owner to slf_definer;
revoke all on function slf.awake_own_page(text, date) from public, slf_app;
"""

READ = f"""
create or replace function slf.read_own_page(held text, day date, "from" inet) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    o casework_ownpage%rowtype := slf.awake_own_page(held, day);
begin
    if o.id is null then
        return null;
    end if;
    insert into slf_view (at, user_id, family_id, family_ids, what, door, address, "right", why)
        select clock_timestamp(), u.id, o.family_id, array[o.family_id],
               left('Own page of the plan, shown to ' || coalesce(p.given_names || ' ' || p.family_name, ''), 120),
               '/our-plan/', "from", left('Own page, released by ' || coalesce((
                    select trim(concat_ws(' ', d.first_name, d.last_name)) from slf_user d where d.id = o.decided_by_id
               ), ''), 200), ''
        from slf_user u, families_person p where u.username = '{ACCOUNT}' and u.is_service and p.id = o.person_id;
    return slf.shown_on_own_page(o.id);
end
$$;
{definer("slf.read_own_page(text, date, inet)")}
"""

# Of an action only whoever's it is says how far it is. The same words again at once are the words said before.
SAY = f"""
create or replace function slf.say_on_own_page(held text, told jsonb, day date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    o casework_ownpage%rowtype := slf.awake_own_page(held, day);
    about bigint;
    last casework_ownpageword%rowtype;
begin
    if o.id is null then
        return false;
    end if;
    if told->>'action' is not null then
        select a.id into about from casework_action a join casework_goal g on g.id = a.goal_id
            where a.uid = (told->>'action')::uuid and g.plan_id = o.plan_id and not g.id = any (o.goals_out)
              and not a.id = any (o.actions_out) and a.person_id = any (slf.entries_of_person(o.person_id));
        if about is null then
            return false;
        end if;
    end if;
    select * into last from casework_ownpageword w where w.page_id = o.id and w.action_id is not distinct from about
        order by w.id desc limit 1;
    if last.id is not null and last.progress = coalesce(told->>'progress', '')
        and last.words = coalesce(told->>'words', '') and last.said_on = day
        and last.mark is not distinct from (told->>'mark')::smallint then
        return true;
    end if;
    if (select count(*) from casework_ownpageword w where w.page_id = o.id
        and w.said_at > clock_timestamp() - interval '1 day') >= {MOST_SAID_A_DAY} then
        return false;
    end if;
    insert into casework_ownpageword
        (uid, family_id, page_id, person_id, action_id, progress, mark, words, said_on, said_at)
        values (gen_random_uuid(), o.family_id, o.id, o.person_id, about, coalesce(told->>'progress', ''),
                (told->>'mark')::smallint, coalesce(told->>'words', ''), day, clock_timestamp());
    return true;
end
$$;
{definer("slf.say_on_own_page(text, jsonb, date)")}
create or replace function slf.leave_own_page(held text) returns void
language sql security definer set search_path = public, pg_temp as $$
    update casework_ownpagekey set awake_until = null where cookie = held
$$;
{definer("slf.leave_own_page(text)")}
"""
