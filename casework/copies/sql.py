"""What PostgreSQL holds of copies: who reads, asks for, releases and gives one, and that its words never change."""

from families.merging.sql import PERSON, keeps_its_own
from slf.access.policies import ProtectHistory, ProtectRecord
from slf.access.rules import Can
from slf.access.sql.own_name import any_names, own_names

OF_STAFF = "scope_id <> all ((select slf.partner_scopes())::bigint[])"


class ProtectCopy(ProtectRecord):
    """Read with the record by those who work here: it may tell what is kept from a partner."""

    def readable(self) -> str:
        return f"{super().readable()} and {OF_STAFF}"


class ProtectCopyHistory(ProtectHistory):
    """Old versions: as readable as the row."""

    def readable(self) -> str:
        return f"{super().readable()} and {OF_STAFF}"


HOLD = """
create or replace function slf.hold_chronology_copy() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
    before text := case when tg_op = 'UPDATE' then old.state else '' end;
    moves text[] := array['scope_id', 'state'];
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage')
        or (tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id') then
        return new;
    end if;
    moves := moves || case before || '>' || new.state
        when 'waiting>released' then array['decided_by_id', 'decided_on', 'content', 'entries', 'left_out']
        when 'waiting>sent_back' then array['decided_by_id', 'decided_on', 'answer']
        when 'released>sent_back' then array['decided_by_id', 'decided_on', 'answer']
        when 'released>given' then array['given_by_id', 'given_on'] end;
    if tg_op = 'INSERT' and new.state = 'waiting' and new.decided_by_id is null and new.given_by_id is null then
        return new;
    elsif tg_op = 'INSERT' or moves is null or to_jsonb(new) - moves <> to_jsonb(old) - moves then
        raise exception 'a copy is asked for, released by somebody else, and given; its words never change'
            using errcode = 'check_violation';
    elsif new.state in ('released', 'sent_back') and not slf.releases_own_pages(new.scope_id) then
        raise exception 'not yours to release' using errcode = 'insufficient_privilege';
    elsif new.state = 'given' and not slf.hands_own_pages_over(new.scope_id) then
        raise exception 'not yours to give' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_chronology_copy() to slf_app, slf_definer, slf_maintenance;
create trigger hold_chronology_copy before insert or update on casework_chronologycopy
    for each row execute function slf.hold_chronology_copy();
revoke delete, truncate on casework_chronologycopy from slf_app;
"""
NAMES = {"asked_by_id": Can.WORK_FAMILY, "decided_by_id": Can.DECIDE_SHARING, "given_by_id": Can.WORK_FAMILY}
FORWARD = [
    HOLD, own_names("casework_chronologycopy", NAMES), keeps_its_own("casework_chronologycopy", *PERSON),
]  # fmt: skip
REVERSE = (
    "drop trigger if exists as_own_person on casework_chronologycopy;"
    + any_names("casework_chronologycopy")
    + """
drop trigger if exists hold_chronology_copy on casework_chronologycopy;
drop function if exists slf.hold_chronology_copy();
"""
)
