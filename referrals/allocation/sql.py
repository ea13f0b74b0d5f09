"""How many families a worker has, wherever they are: a number crosses the wall, no family does."""

from slf.access.sql import definer

CASELOADS = """
create or replace function slf.caseloads(workers bigint[], on_day date)
returns table (worker_id bigint, mixed bigint, highly_complex bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.worker_id, count(*) filter (where not a.highly_complex), count(*) filter (where a.highly_complex)
    from referrals_allocation a
    where a.worker_id = any (workers) and a.period @> on_day
      and exists (select from slf.reaches(slf.acting_user()) r where r.role in ('senior', 'manager', 'head'))
    group by 1
$$;
"""

FORWARD = [CASELOADS, definer("slf.caseloads(bigint[], date)")]
REVERSE = "drop function if exists slf.caseloads(bigint[], date)"
