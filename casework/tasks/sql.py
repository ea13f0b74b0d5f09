"""What PostgreSQL holds of tasks: who sets one, for whom, and that it is changed by its steps alone."""

from slf.access.rules import OPENS, Can, RecordClass, Role
from slf.access.sql import definer
from slf.access.sql.grants import roles_that
from slf.access.sql.own_name import any_names, own_names

TABLE, STEPS = "casework_task", "casework_taskstep"
SETS = f"{roles_that(Can.WORK_FAMILY)}, {roles_that(Can.REVIEW_FAMILY)}"
HELD = ", ".join(f"'{role}'" for role in Role if RecordClass.RECORD in OPENS[role].held)

# The same answer as ``visible_to``: the scope is reached in a part that opens the record, and where that part opens
# only the families one works with, this one is one of them. Emergency access and a look with a reason are no work.
READS = f"""
create or replace function slf.works_in_record(who bigint, family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from families_family f join slf.reaches(who) r on r.scope_id = f.scope_id
        join slf_opening o on o.role = r.role and o.mode = 'read' and o.record_class = 'record'
            and (not o.named_only or r.by_name)
        where f.id = family and r.role <> 'emergency' and r.role in ({SETS})
          and (r.role not in ({HELD}) or slf.one_with(family) && array(select slf.families_worked(who))))
$$;
{definer("slf.works_in_record(bigint, bigint)")}
create or replace function slf.stands_above_record(who bigint, family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.works_in_record(who, family) and exists (
        select from families_family f join slf.reaches(who) r on r.scope_id = f.scope_id
        where f.id = family and r.role in ({roles_that(Can.REVIEW_FAMILY)}))
$$;
{definer("slf.stands_above_record(bigint, bigint)")}
"""

# Whom a task can be for. Told to whoever sees the family themselves.
COLLEAGUES = """
create or replace function slf.colleagues_of_family(family bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select u.id from slf_user u, families_family f
    where f.id = family and u.is_active and not u.is_service and slf.works_in_record(slf.acting_user(), family)
      and exists (select from slf_post p where p.user_id = u.id and p.period @> slf.today()
                  and (p.locality_id is null
                       or exists (select from slf_scopemember m where m.scope_id = f.scope_id
                                  and (m.locality_id = p.locality_id or m.user_id = u.id))))
      and slf.works_in_record(u.id, family)
$$;
""" + definer("slf.colleagues_of_family(bigint)")

# Open tasks of whoever cannot see to them any more: asked once for each owner, not for each task.
ADRIFT = f"""
create or replace function slf.tasks_adrift() returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    with mine as (
        select distinct r.scope_id from slf.reaches(slf.acting_user()) r
        where r.role in ({roles_that(Can.REVIEW_FAMILY)})),
    open as materialized (
        select t.id, t.owner_id, t.family_id, t.scope_id from {TABLE} t join mine using (scope_id)
        where t.state = 'open'),
    owners as materialized (select distinct owner_id from open),
    reached as materialized (
        select o.owner_id, r.scope_id, r.role in ({HELD}) as only_held from owners o, slf.reaches(o.owner_id) r
        join slf_opening g on g.role = r.role and g.mode = 'read' and g.record_class = 'record'
            and (not g.named_only or r.by_name)
        where r.role <> 'emergency' and r.role in ({SETS})),
    worked as materialized (select o.owner_id, w.family from owners o, slf.families_worked(o.owner_id) w (family))
    select t.id from open t where not exists (
        select from reached r where r.owner_id = t.owner_id and r.scope_id = t.scope_id and (
            not r.only_held or exists (select from worked w where w.owner_id = t.owner_id
                                       and w.family = any (slf.one_with(t.family_id)))))
$$;
""" + definer("slf.tasks_adrift()")

HOLD = f"""
create or replace function slf.hold_task() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' <> to_jsonb(old) - 'scope_id' and pg_trigger_depth() < 2 then
            raise exception 'a task is changed by its steps' using errcode = 'insufficient_privilege';
        end if;
        return new;
    elsif new.state <> 'open' or new.due_on < new.set_on then
        raise exception 'a task is set before anything becomes of it' using errcode = 'check_violation';
    elsif not slf.works_in_record(slf.acting_user(), new.family_id) then
        raise exception 'not yours to set a task' using errcode = 'insufficient_privilege';
    elsif not slf.works_in_record(new.owner_id, new.family_id) then
        raise exception 'a task is for somebody who sees the family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
{definer("slf.hold_task()")}
create trigger hold_task before insert or update on {TABLE} for each row execute function slf.hold_task();
revoke delete, truncate on {TABLE} from slf_app;
"""

# Whoever takes a step says how the task stood: of two at once, the second is refused.
STEP = f"""
create or replace function slf.take_task_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    held {TABLE}%rowtype;
begin
    select * into held from {TABLE} where id = new.task_id for no key update;
    if held.family_id is distinct from new.family_id or held.state <> 'open'
        or (new.step = 'handed_on' and new.owner_before_id <> held.owner_id)
        or (new.step = 'put_off' and (new.due_before <> held.due_on or new.due_on <= held.due_on))
    then
        raise exception 'a step is taken with an open task as it stands' using errcode = 'check_violation';
    elsif not (slf.works_in_record(me, held.family_id)
               and (me in (held.owner_id, held.set_by_id) or slf.stands_above_record(me, held.family_id)))
    then
        raise exception 'not yours to settle' using errcode = 'insufficient_privilege';
    elsif new.step = 'handed_on' and not slf.works_in_record(new.owner_id, held.family_id) then
        raise exception 'a task is for somebody who sees the family' using errcode = 'check_violation';
    end if;
    update {TABLE} set
        owner_id = coalesce(new.owner_id, owner_id),
        due_on = coalesce(new.due_on, due_on),
        state = case when new.step in ('done', 'dropped') then new.step else 'open' end,
        settled_on = case when new.step in ('done', 'dropped') then new."on" end
    where id = held.id;
    return new;
end
$$;
{definer("slf.take_task_step()")}
create trigger take_task_step before insert on {STEPS} for each row execute function slf.take_task_step();
"""

FORWARD = [
    READS, COLLEAGUES, ADRIFT, HOLD, STEP, own_names(TABLE, {"set_by_id": None}), own_names(STEPS, {"by_id": None}),
]  # fmt: skip
REVERSE = f"""
{any_names(STEPS)}
{any_names(TABLE)}
drop trigger if exists take_task_step on {STEPS};
drop trigger if exists hold_task on {TABLE};
drop function if exists slf.take_task_step(), slf.hold_task(), slf.tasks_adrift(),
    slf.colleagues_of_family(bigint), slf.stands_above_record(bigint, bigint), slf.works_in_record(bigint, bigint);
"""
