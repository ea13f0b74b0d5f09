"""What PostgreSQL holds of a decision on progress: of a need of its own family, proposed first, decided once."""

from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

TABLE = "casework_equivalentprogress"
HOLD = """
create or replace function slf.hold_equivalent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    answers constant text[] := array['scope_id', 'state', 'decided_by_id', 'decided_on', 'grade', 'answer'];
begin
    if tg_op = 'INSERT' then
        if new.state <> 'proposed' or not exists (
            select from families_need n where n.id = new.need_id and n.family_id = new.family_id)
        then
            raise exception 'a decision on progress is of a need of its own family, and proposed first'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
        return new;
    elsif old.state <> 'proposed' or to_jsonb(new) - answers <> to_jsonb(old) - answers then
        raise exception 'a proposal is decided on once, and its words never change' using errcode = 'check_violation';
    elsif new.state = 'withdrawn' and new.decided_by_id <> old.proposed_by_id
        or new.state in ('approved', 'refused') and not slf.signs_assessments(new.scope_id)
    then
        raise exception 'not yours to decide on progress' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
"""
TRIGGER = f"""
create trigger hold_equivalent before insert or update on {TABLE}
    for each row execute function slf.hold_equivalent();
revoke delete, truncate on {TABLE} from slf_app;
"""
FORWARD = [
    HOLD,
    definer("slf.hold_equivalent()"),
    TRIGGER,
    own_names(TABLE, {"proposed_by_id": Can.WORK_FAMILY, "decided_by_id": None}),
]
REVERSE = f"""
{any_names(TABLE)}
drop trigger if exists hold_equivalent on {TABLE};
drop function if exists slf.hold_equivalent();
"""
