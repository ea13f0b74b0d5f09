"""Who answers, who may read that somebody is out, and every step of it: functions alone write these tables.

Whoever is out reads their own row. Whoever answers reads it from the moment on that the person is late, until it is
closed. Nobody else does, whatever post they hold.
"""

from slf.access.policies import ProtectOwned
from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

TURN, OUTING, CALL, WORD = "casework_turn", "casework_outing", "casework_alarmcall", "casework_safeword"
TURNS = (
    own_names(TURN, {"given_by_id": Can.REVIEW_FAMILY, "ended_by_id": Can.REVIEW_FAMILY})
    + f"""
revoke update, delete, truncate on {TURN} from slf_app;
grant update (period, ended_by_id) on {TURN} to slf_app;
"""
)


def inner(signature: str) -> str:
    """Return the SQL that keeps a function for those of the definer's role."""
    return f"alter function {signature} owner to slf_definer; revoke all on function {signature} from public, slf_app;"


# On the roster of the locality, else of the county, else the posts that stand in; never whoever is out themselves.
ANSWERERS = """
create or replace function slf.answerers(of_locality bigint, as_rank text, besides bigint) returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
        select distinct t.user_id from casework_turn t join slf_user u on u.id = t.user_id and u.is_active
        where t.rank = as_rank and t.period @> clock_timestamp() and t.user_id <> besides
          and t.locality_id = of_locality;
    if found then return; end if;
    return query
        select distinct t.user_id from casework_turn t join slf_user u on u.id = t.user_id and u.is_active
        where t.rank = as_rank and t.period @> clock_timestamp() and t.user_id <> besides and t.locality_id is null;
    if found then return; end if;
    return query
        select distinct p.user_id from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where p.period @> slf.today() and p.user_id <> besides and not u.is_service
          and p.role = any (case as_rank when 'first' then array['senior', 'manager'] else array['manager', 'head'] end)
          and (p.locality_id = of_locality or p.locality_id is null);
    if found then return; end if;
    return query
        select distinct p.user_id from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where p.period @> slf.today() and p.user_id <> besides and not u.is_service and p.role = 'head';
end
$$;
""" + definer("slf.answerers(bigint, text, bigint)")

ANSWERS = """
create or replace function slf.answers(outing bigint, of_locality bigint, whose bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.acting_user() <> whose and (
        exists (select from casework_alarmcall c where c.outing_id = outing and c.user_id = slf.acting_user())
        or slf.acting_user() in (select slf.answerers(of_locality, 'first', whose)))
$$;
""" + definer("slf.answers(bigint, bigint, bigint)")

LATE = """closed_at is null and (raised_at is not null or (ended_at is null and due_at <= clock_timestamp()))"""
POLICIES = f"""
alter table {OUTING} enable row level security;
alter table {OUTING} force row level security;
create policy may_read on {OUTING} for select using (
    user_id = (select slf.acting_user()) or ({LATE} and slf.answers(id, locality_id, user_id)));
alter table {CALL} enable row level security;
alter table {CALL} force row level security;
create policy may_read on {CALL} for select using (exists (
    select from {OUTING} o where o.id = outing_id and o.user_id <> (select slf.acting_user())));
revoke insert, update, delete, truncate on {OUTING}, {CALL}, casework_watch from slf_app;
grant select, insert, update, delete on {OUTING}, {CALL}, casework_watch to slf_definer;
grant usage on all sequences in schema public to slf_definer;
"""

CALLED = """
create or replace function slf.call_answerers(of_outing bigint, as_rank text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    insert into casework_alarmcall (outing_id, user_id, rank)
    select o.id, who, as_rank from casework_outing o, slf.answerers(o.locality_id, as_rank, o.user_id) who
    where o.id = of_outing
    on conflict (outing_id, user_id) do nothing
$$;
""" + inner("slf.call_answerers(bigint, text)")

# The steps of whoever is out. Each tells whether it was theirs to take.
GO_OUT = """
create or replace function slf.go_out(
    at_locality bigint, about text, to_place text, on_phone text, back timestamptz, waits integer) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made uuid;
begin
    if not exists (select from slf_post p where p.user_id = slf.acting_user() and p.period @> slf.today()
                   and (p.locality_id = at_locality or p.locality_id is null)) then
        raise exception 'nobody goes out for a locality that they hold no post in'
            using errcode = 'insufficient_privilege';
    end if;
    insert into casework_outing (uid, user_id, locality_id, reference, place, phone, due_at, grace, because, outcome)
    values (gen_random_uuid(), slf.acting_user(), at_locality, about, to_place, on_phone, back, waits, '', '')
    returning uid into made;
    return made;
end
$$;
""" + definer("slf.go_out(bigint, text, text, text, timestamptz, integer)")

STAY_OUT = """
create or replace function slf.stay_out(outing uuid, back timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update casework_outing set due_at = back
    where uid = outing and user_id = slf.acting_user() and ended_at is null and raised_at is null
      and back > clock_timestamp();
    return found;
end
$$;
""" + definer("slf.stay_out(uuid, timestamptz)")

# Whoever is called already is called again, and an answer to what was milder counts no more.
RAISE = """
create or replace function slf.raise_alarm(of_outing bigint, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update casework_outing set raised_at = coalesce(raised_at, clock_timestamp()), because = why,
        answered_by_id = null, answered_at = null
    where id = of_outing;
    update casework_alarmcall set mailed_at = null, called_at = clock_timestamp() where outing_id = of_outing;
    perform slf.call_answerers(of_outing, 'first');
end
$$;
""" + inner("slf.raise_alarm(bigint, text)")

BACK = """
create or replace function slf.back_from_outing(outing uuid, duress boolean) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    of_it bigint;
begin
    update casework_outing set ended_at = clock_timestamp()
    where uid = outing and user_id = slf.acting_user() and ended_at is null
    returning id into of_it;
    if of_it is not null and duress then
        perform slf.raise_alarm(of_it, 'duress');
    end if;
    return of_it is not null;
end
$$;
""" + definer("slf.back_from_outing(uuid, boolean)")

HELP = """
create or replace function slf.call_for_help(outing uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    of_it bigint;
begin
    select id into of_it from casework_outing
    where uid = outing and user_id = slf.acting_user() and ended_at is null for update;
    if of_it is not null and not exists (
        select from casework_outing o where o.id = of_it and o.because in ('help', 'duress')) then
        perform slf.raise_alarm(of_it, 'help');
    end if;
    return of_it is not null;
end
$$;
""" + definer("slf.call_for_help(uuid)")

# The steps of whoever answers.
ANSWER = """
create or replace function slf.answer_alarm(outing uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update casework_outing o set answered_by_id = slf.acting_user(), answered_at = clock_timestamp()
    where o.uid = outing and o.raised_at is not null and o.closed_at is null and o.answered_by_id is null
      and slf.answers(o.id, o.locality_id, o.user_id);
    return found;
end
$$;
""" + definer("slf.answer_alarm(uuid)")

CLOSE = """
create or replace function slf.close_alarm(outing uuid, said text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update casework_outing o set closed_by_id = slf.acting_user(), closed_at = clock_timestamp(), outcome = said,
        ended_at = coalesce(o.ended_at, clock_timestamp()),
        answered_by_id = coalesce(o.answered_by_id, slf.acting_user()),
        answered_at = coalesce(o.answered_at, clock_timestamp())
    where o.uid = outing and o.raised_at is not null and o.closed_at is null
      and slf.answers(o.id, o.locality_id, o.user_id);
    return found;
end
$$;
""" + definer("slf.close_alarm(uuid, text)")

# The clock. Two who look at once do no harm: a row is raised by one of them, and nobody is called twice.
LOOK = """
create or replace function slf.look_who_is_late(by_source text, waits interval) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    late bigint;
    raised integer := 0;
begin
    insert into casework_watch (source, looked_at) values (by_source, clock_timestamp())
    on conflict (source) do update set looked_at = excluded.looked_at;
    for late in
        select id from casework_outing
        where ended_at is null and raised_at is null and due_at + grace * interval '1 minute' <= clock_timestamp()
        for update skip locked
    loop
        perform slf.raise_alarm(late, 'overdue');
        raised := raised + 1;
    end loop;
    for late in
        select o.id from casework_outing o
        where o.raised_at is not null and o.closed_at is null and o.answered_at is null
          and not exists (select from casework_alarmcall c where c.outing_id = o.id and c.rank = 'deputy')
          and coalesce((select min(c.called_at) from casework_alarmcall c where c.outing_id = o.id), '-infinity')
              <= clock_timestamp() - waits
    loop
        perform slf.call_answerers(late, 'deputy');
    end loop;
    update casework_alarmcall c set mailed_at = null
    from casework_outing o
    where o.id = c.outing_id and o.closed_at is null and o.answered_at is null
      and c.mailed_at < clock_timestamp() - waits;
    return raised;
end
$$;
""" + definer("slf.look_who_is_late(text, interval)")

MAIL = (
    """
create or replace function slf.calls_to_mail() returns table (call bigint, address text)
language sql volatile security definer set search_path = public, pg_temp as $$
    select c.id, u.email::text from casework_alarmcall c
    join casework_outing o on o.id = c.outing_id and o.closed_at is null and o.answered_at is null
    join slf_user u on u.id = c.user_id and u.is_active and u.email <> ''
    where c.mailed_at is null for update of c skip locked
$$;
create or replace function slf.call_was_mailed(call bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    update casework_alarmcall set mailed_at = clock_timestamp() where id = call
$$;
"""
    + definer("slf.calls_to_mail()")
    + definer("slf.call_was_mailed(bigint)")
)

STOPPED = """
create or replace function slf.who_hears_that_the_clock_stopped(silent interval) returns table (address text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update casework_watch set told_at = clock_timestamp()
    where source = 'beat' and looked_at < clock_timestamp() - silent
      and (told_at is null or told_at < clock_timestamp() - interval '1 hour');
    if found then
        return query
            select distinct u.email::text from slf_post p join slf_user u on u.id = p.user_id and u.is_active
            where p.period @> slf.today() and p.role in ('admin', 'head') and u.email <> '';
    end if;
end
$$;
""" + definer("slf.who_hears_that_the_clock_stopped(interval)")

FORGET = """
create or replace function slf.forget_outings(age interval) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
    with gone as (
        select id from casework_outing
        where coalesce(closed_at, case when raised_at is null then ended_at end) < clock_timestamp() - age),
    calls as (delete from casework_alarmcall c using gone where c.outing_id = gone.id),
    outings as (delete from casework_outing o using gone where o.id = gone.id returning 1)
    select count(*) from outings
$$;
""" + definer("slf.forget_outings(interval)")

FORWARD = [
    TURNS, ANSWERERS, ANSWERS, POLICIES, *ProtectOwned("safeword").statements(WORD), CALLED, GO_OUT, STAY_OUT, RAISE,
    BACK, HELP, ANSWER, CLOSE, LOOK, MAIL, STOPPED, FORGET,
]  # fmt: skip
REVERSE = f"""
{any_names(TURN)}
drop policy if exists may_read on {OUTING};
drop policy if exists may_read on {CALL};
drop function if exists slf.forget_outings(interval), slf.who_hears_that_the_clock_stopped(interval),
    slf.call_was_mailed(bigint), slf.calls_to_mail(), slf.look_who_is_late(text, interval),
    slf.close_alarm(uuid, text), slf.answer_alarm(uuid), slf.call_for_help(uuid),
    slf.back_from_outing(uuid, boolean), slf.raise_alarm(bigint, text), slf.stay_out(uuid, timestamptz),
    slf.go_out(bigint, text, text, text, timestamptz, integer), slf.call_answerers(bigint, text),
    slf.answers(bigint, bigint, bigint), slf.answerers(bigint, text, bigint);
"""
