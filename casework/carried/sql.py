"""What PostgreSQL holds of what was carried over: both ends are of its family, and it is done in one's own name."""

from casework.carried.rules import TABLES
from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

TABLE = "casework_carried"
WHERE = " ".join(
    f"when '{kind}' then exists (select from {table} t where t.uid = new.source and t.family_id = any (here))"
    for kind, table in TABLES.items()
)
HOLD = f"""
create or replace function slf.hold_carried() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here bigint[] := slf.one_with(new.family_id);
begin
    if not coalesce(case new.kind {WHERE} end, false)
        or not exists (
            select from casework_action a join casework_goal g on g.id = a.goal_id
            join casework_plan p on p.id = g.plan_id
            where a.thread = new.thread and a.family_id = new.family_id and p.state = 'draft')
    then
        raise exception 'what is carried over becomes an action of a draft of its own family'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
{definer("slf.hold_carried()")}
create trigger hold_carried before insert on {TABLE} for each row execute function slf.hold_carried();
"""
FORWARD = [HOLD, own_names(TABLE, {"carried_by_id": Can.WORK_FAMILY})]
REVERSE = f"""
{any_names(TABLE)}
drop trigger if exists hold_carried on {TABLE};
drop function if exists slf.hold_carried();
"""
