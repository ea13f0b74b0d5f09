"""What PostgreSQL holds of a review: of a version in force and its own goals, in the name of who recorded it."""

from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import own_names

HOLD = f"""
create or replace function slf.hold_plan_review() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_plan p where p.id = new.plan_id and p.state = 'agreed'
                   and p.family_id = any (slf.one_with(new.family_id)) and p.agreed_on <= new.held_on) then
        raise exception 'a review is of the version that the family lives by' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create or replace function slf.hold_goal_review() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_planreview r join casework_goal g on g.plan_id = r.plan_id
                   where r.id = new.review_id and g.id = new.goal_id and r.family_id = new.family_id) then
        raise exception 'a review is of goals of its plan' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
{definer("slf.hold_plan_review()")}
{definer("slf.hold_goal_review()")}
create trigger hold_plan_review before insert on casework_planreview
    for each row execute function slf.hold_plan_review();
create trigger hold_goal_review before insert on casework_goalreview
    for each row execute function slf.hold_goal_review();
"""
FORWARD = [HOLD, own_names("casework_planreview", {"recorded_by_id": Can.WORK_FAMILY})]
REVERSE = """
drop trigger if exists acts_in_own_name on casework_planreview;
drop function if exists slf.hold_goal_review(), slf.hold_plan_review() cascade;
"""
