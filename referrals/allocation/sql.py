"""How many families a worker has, wherever they are: a number crosses the wall, no family does."""

from families.interests.sql import accepts_who_knows, refuses_who_knows
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

# Of families in whatever locality. Only how many of which locality comes back.
END = """
create or replace function slf.end_allocations(who bigint, on_day date, service_day date)
returns table (locality_id bigint, families bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    alone bigint[] := slf.left_behind(
        who, on_day, array(select family_id from referrals_allocation where worker_id = who));
begin
    return query
        with ended as (
            update referrals_allocation
            set period = daterange(lower(period), greatest(service_day, lower(period) + 1))
            where worker_id = who and family_id = any (alone)
              and (upper(period) is null or upper(period) > greatest(service_day, lower(period) + 1))
            returning family_id)
        select s.locality_id, count(*)
        from ended e join families_family f on f.id = e.family_id join slf_scope s on s.id = f.scope_id
        group by 1;
end
$$;
"""
FORWARD = [
    CASELOADS,
    definer("slf.caseloads(bigint[], date)"),
    END,
    definer("slf.end_allocations(bigint, date, date)"),
]
REVERSE = "drop function if exists slf.caseloads(bigint[], date), slf.end_allocations(bigint, date, date)"

# Nobody is given a family they know, whichever way into the database it comes.
NOT_WHO_KNOWS = refuses_who_knows("referrals_allocation", "worker_id", over="lower(new.period)")
ACCEPTS_WHO_KNOWS = accepts_who_knows("referrals_allocation")
