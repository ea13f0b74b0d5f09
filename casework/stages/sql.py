"""What PostgreSQL holds of a step up or down: of an open case, in the name of who says it, and added to once."""

from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

TABLE = "casework_carestep"
HOLD = f"""
create or replace function slf.hold_care_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    held casework_case%rowtype;
    answers constant text[] := array['scope_id', 'acknowledged_on', 'acknowledged_who', 'acknowledged_by_id'];
    goes_on constant text[] := array['scope_id', 'went_on_on', 'went_on_because', 'went_on_by_id'];
begin
    if tg_op = 'INSERT' then
        select * into held from casework_case where id = new.case_id for no key update;
        if held.family_id is distinct from new.family_id or held.closed_on is not null then
            raise exception 'a step up or down is of an open case of its own family' using errcode = 'check_violation';
        elsif new.acknowledged_on is not null or new.went_on_on is not null or new.happened_on > new.recorded_on then
            raise exception 'a step is taken before it is answered' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id'
        or (old.acknowledged_on is null and to_jsonb(new) - answers = to_jsonb(old) - answers)
        or (old."then" = 'held' and old.went_on_on is null and to_jsonb(new) - goes_on = to_jsonb(old) - goes_on)
    then
        return new;
    end if;
    raise exception 'a step up or down is acknowledged once and goes on once; its words never change'
        using errcode = 'check_violation';
end
$$;
{definer("slf.hold_care_step()")}
create trigger hold_care_step before insert or update on {TABLE}
    for each row execute function slf.hold_care_step();
revoke delete, truncate on {TABLE} from slf_app;
"""
FORWARD = [
    HOLD,
    own_names(TABLE, {"recorded_by_id": None, "acknowledged_by_id": None, "went_on_by_id": Can.REVIEW_FAMILY}),
]
REVERSE = f"""
{any_names(TABLE)}
drop trigger if exists hold_care_step on {TABLE};
drop function if exists slf.hold_care_step();
"""
