"""What PostgreSQL holds of requests: what was asked stays, the days come once, and it is about the family's own."""

from families.merging.sql import PERSON, keeps_its_own
from slf.access.rules import Can
from slf.access.sql.own_name import any_names, own_names

HOLD = """
create or replace function slf.hold_service_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moves constant text[] := array['scope_id', 'state', 'offered_on', 'started_on', 'closed_on', 'closed_by_id',
                                   'reason', 'closed_words'];
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.closed_on is not null or to_jsonb(new) - moves <> to_jsonb(old) - moves
            or (old.offered_on is not null and new.offered_on is distinct from old.offered_on)
            or (old.started_on is not null and new.started_on is distinct from old.started_on)
        then
            raise exception 'what was asked stays, and its days are written down once'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if new.state <> 'asked' then
        raise exception 'a request begins by asking' using errcode = 'check_violation';
    elsif slf.case_is_over(new.family_id) then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    elsif new.person_id is not null and not exists (
        select from families_membership m
        where m.person_id = new.person_id and m.family_id = any (slf.one_with(new.family_id)))
    then
        raise exception 'a request is for people of the family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_service_request() owner to slf_definer;
create trigger hold_service_request before insert or update on casework_servicerequest
    for each row execute function slf.hold_service_request();
revoke delete, truncate on casework_servicerequest from slf_app;
"""
NAMES = {"casework_servicerequest": {"asked_by_id": Can.WORK_FAMILY, "closed_by_id": Can.WORK_FAMILY}}
OWN_PEOPLE = [keeps_its_own("casework_servicerequest", *PERSON)]
FORWARD = [HOLD, *OWN_PEOPLE, *(own_names(table, names) for table, names in NAMES.items())]
REVERSE = (
    "".join(any_names(table) for table in NAMES)
    + """
drop trigger if exists as_own_person on casework_servicerequest;
drop trigger if exists hold_service_request on casework_servicerequest;
drop function if exists slf.hold_service_request();
"""
)
