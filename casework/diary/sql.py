"""What PostgreSQL holds of planned visits: planned, settled once, and done by a visit of the family alone."""

from slf.access.sql.own_name import any_names, own_names

TABLE = "casework_plannedvisit"
NAMES = own_names(TABLE, {"planned_by_id": None, "settled_by_id": None})

# Whoever closes a case holds its row: a visit planned meanwhile waits, and is then refused.
HOLD_PLANNED = """
create or replace function slf.hold_planned_visit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'changed_at', 'kind', 'due_on', 'due_at', 'minutes', 'about',
                                   'worker_id'];
    settles constant text[] := array['scope_id', 'changed_at', 'state', 'settled_by_id', 'settled_on', 'reason',
                                     'said'];
begin
    if tg_op = 'INSERT' then
        perform from casework_case c where c.family_id = any (slf.one_with(new.family_id)) for share;
        if new.state <> 'planned' then
            raise exception 'a visit is planned before anything becomes of it' using errcode = 'check_violation';
        elsif slf.case_is_over(new.family_id) then
            raise exception 'the case of the family is closed' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    elsif old.state <> 'planned' or (case new.state
        when 'planned' then to_jsonb(new) - moves <> to_jsonb(old) - moves
        else to_jsonb(new) - settles <> to_jsonb(old) - settles end)
    then
        raise exception 'a planned visit is moved while it is planned, and settled once'
            using errcode = 'check_violation';
    elsif new.state = 'done' and not exists (select from casework_visit v where v.planned_id = new.id) then
        raise exception 'a planned visit is done by its visit' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_planned_visit() owner to slf_definer;
create trigger hold_planned_visit before insert or update on casework_plannedvisit
    for each row execute function slf.hold_planned_visit();
revoke delete, truncate on casework_plannedvisit from slf_app;
"""

HAPPENED = """
create or replace function slf.planned_visit_happened() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update casework_plannedvisit p
    set state = 'done', settled_by_id = new.recorded_by_id, settled_on = new.happened_on,
        changed_at = clock_timestamp()
    where p.id = new.planned_id and p.state = 'planned' and p.family_id = any (slf.one_with(new.family_id));
    if not found then
        raise exception 'that is no visit planned with this family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.planned_visit_happened() owner to slf_definer;
create trigger planned_visit_happened after insert on casework_visit
    for each row when (new.planned_id is not null) execute function slf.planned_visit_happened();
create or replace function slf.hold_visit_to_its_plan() returns trigger
language plpgsql as $$
begin
    raise exception 'which planned visit it was is said when it is recorded' using errcode = 'check_violation';
end
$$;
create trigger hold_visit_to_its_plan before update of planned_id on casework_visit
    for each row when (old.planned_id is distinct from new.planned_id) execute function slf.hold_visit_to_its_plan();
"""

FORWARD = [NAMES, HOLD_PLANNED, HAPPENED]
REVERSE = f"""
drop trigger if exists hold_visit_to_its_plan on casework_visit;
drop trigger if exists planned_visit_happened on casework_visit;
drop trigger if exists hold_planned_visit on casework_plannedvisit;
drop function if exists slf.hold_visit_to_its_plan(), slf.planned_visit_happened(), slf.hold_planned_visit();
{any_names(TABLE)}
"""
