"""What PostgreSQL holds of the team: nobody joins a family whose case is closed, and who left has left."""

from slf.access.rules import Can
from slf.access.sql.own_name import any_names, own_names

HOLD = """
create or replace function slf.hold_team_member() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'part', 'phone', 'email', 'organisation', 'is_lead', 'to_on',
                                   'ended_by_id', 'left_because'];
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.to_on is not null or to_jsonb(new) - moves <> to_jsonb(old) - moves then
            raise exception 'who is in a team joins and leaves once' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if new.to_on is not null then
        raise exception 'who joins has not left' using errcode = 'check_violation';
    elsif slf.case_is_over(new.family_id) then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_team_member() owner to slf_definer;
create trigger hold_team_member before insert or update on casework_teammember
    for each row execute function slf.hold_team_member();
revoke delete, truncate on casework_teammember from slf_app;
"""
NAMES = {"casework_teammember": {"added_by_id": Can.WORK_FAMILY, "ended_by_id": Can.WORK_FAMILY}}
FORWARD = [HOLD, *(own_names(table, names) for table, names in NAMES.items())]
REVERSE = (
    "".join(any_names(table) for table in NAMES)
    + "drop trigger if exists hold_team_member on casework_teammember; drop function if exists slf.hold_team_member();"
)
