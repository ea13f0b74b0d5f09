"""What a worker may do before it knows who asked: functions in PostgreSQL, owned by ``slf_definer``.

Rows are otherwise their asker's own (row security, set here too). A job is never deleted.
"""

from slf.access.policies import ProtectOwned
from slf.access.sql import definer

PROTECTED = {"slf_job": ProtectOwned("job", "asked_by_id"), "slf_oncekey": ProtectOwned("oncekey")}

FUNCTIONS = ("slf.claim_job(uuid, interval)", "slf.beat_job(uuid, integer)", "slf.abandoned_jobs(interval)",
             "slf.forget_once_keys(interval)")  # fmt: skip

# Takes a job that is due, or whose worker has been silent for longer than the lease. A row that a living worker
# has locked in a step is skipped, so a step may last longer than the lease. The attempt returned is the fence.
CLAIM = """
create or replace function slf.claim_job(job uuid, lease interval) returns table (asked_by bigint, attempt integer)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with taken as (
        select id from public.slf_job
        where uid = job and (
            (state = 'waiting' and due_at <= clock_timestamp())
            or (state = 'running' and heartbeat_at < clock_timestamp() - lease))
        for no key update skip locked)
    update public.slf_job j
    set state = 'running', attempts = j.attempts + 1, heartbeat_at = clock_timestamp(),
        errors = j.errors + (j.state = 'running')::integer,
        started_at = coalesce(j.started_at, clock_timestamp())
    from taken where j.id = taken.id
    returning j.asked_by_id, j.attempts
$$;
"""

# A locked row is one whose worker is in a step: alive, and the step writes the heartbeat itself.
BEAT = """
create or replace function slf.beat_job(job uuid, attempt integer) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with mine as (
        select id from public.slf_job where uid = job and state = 'running' and attempts = attempt
        for no key update skip locked)
    update public.slf_job j set heartbeat_at = clock_timestamp() from mine where j.id = mine.id
$$;
"""

# Sends again after 10 seconds, then at twice the age, at most a minute apart: an emptied broker loses nothing,
# and a long queue does not fill with copies.
ABANDONED = """
create or replace function slf.abandoned_jobs(lease interval) returns table (uid uuid, queue varchar)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with lost as (
        select id from public.slf_job
        where state in ('waiting', 'running') and due_at <= clock_timestamp() and case state
            when 'waiting' then sent_at < due_at or sent_at < clock_timestamp()
                - greatest(interval '10 seconds', least(sent_at - due_at, interval '1 minute'))
            else heartbeat_at < clock_timestamp() - lease
                and sent_at < clock_timestamp() - interval '10 seconds' end
        order by due_at limit 500
        for no key update skip locked)
    update public.slf_job j set sent_at = clock_timestamp() from lost where j.id = lost.id
    returning j.uid, j.queue
$$;
"""

FORGET = """
create or replace function slf.forget_once_keys(age interval) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (delete from public.slf_oncekey where created_at < clock_timestamp() - age returning 1)
    select count(*) from gone
$$;
"""

GRANTS = """
revoke delete, truncate on public.slf_job from slf_app;
grant delete on public.slf_oncekey to slf_definer;
"""

POLICIES = [statement for table, own in PROTECTED.items() for statement in own.statements(table)]
FORWARD = [CLAIM, BEAT, ABANDONED, FORGET, *map(definer, FUNCTIONS), *POLICIES, GRANTS]

REVERSE = ";\n".join(
    [
        "revoke delete on public.slf_oncekey from slf_definer",
        *(statement for table, own in PROTECTED.items() for statement in own.undo(table)),
        *(f"drop function if exists {function}" for function in FUNCTIONS),
    ]
)
