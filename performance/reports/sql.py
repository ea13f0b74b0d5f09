"""A report is read by those who may see every locality in it; PostgreSQL says which those are, and its digest."""

from typing import Any

from slf.access.policies import Protect, mine
from slf.access.rules import Can
from slf.access.sql.own_name import any_names, own_names

KEEP = Can.KEEP_REGISTER
"""Whoever keeps the register says which reports are made: the data office and the head of service."""


class ProtectReport(Protect):
    """Read, and added, by those whose posts open that part of the record in every locality the report is of."""

    def __init__(self, model_name: str) -> None:
        super().__init__(model_name, "claim", append_only=True)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name], {}

    def readable(self) -> str:
        parts = " ".join(f"when '{part}' then scopes <@ {mine('read', part)}" for part in ("claim", "supervision"))
        return f"cardinality(scopes) > 0 and case rests_on {parts} else false end"

    insertable = readable


# A manager reviews the lines of a claim in one locality, and reads no report of claims.
OF_CLAIMS_TO_THE_OFFICE = (
    f"alter policy may_read on performance_keptreport using (({ProtectReport('keptreport').readable()}) "
    "and (rests_on <> 'claim' or (select slf.in_claims_office())))"
)
HOLD = """
create or replace function slf.hold_report() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    new.made_at := now();
    new.scopes := array(
        select s.id from slf_scope s
        where s.kind = 'locality' and (new.locality_id is null or s.locality_id = new.locality_id) order by s.id);
    if not exists (select from slf_job j where j.id = new.job_id and j.asked_by_id = new.asked_by_id
                   and j.created_at = new.asked_at) then
        raise exception 'a report is made by the job that was asked for it' using errcode = 'insufficient_privilege';
    elsif new.digest is distinct from encode(sha256(convert_to(new.content, 'UTF8')), 'hex') then
        raise exception 'the digest of a report is of its content' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_report() to slf_app, slf_definer, slf_maintenance;
create trigger hold_report before insert on performance_keptreport
    for each row execute function slf.hold_report();
"""
LET_GO = "drop trigger if exists hold_report on performance_keptreport; drop function if exists slf.hold_report();"
NAMES = {"performance_keptreport": {"asked_by_id": None}}
OWN_NAMES = "".join(own_names(table, names) for table, names in NAMES.items())
ANY_NAMES = "".join(any_names(table) for table in NAMES)

SCHEDULES = """
revoke update, delete, truncate on performance_reportschedule from slf_app;
grant update (ended_by_id, ended_at) on performance_reportschedule to slf_app;
create or replace function slf.hold_report_schedule() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if (tg_op = 'INSERT' and new.ended_at is not null or tg_op = 'UPDATE' and old.ended_at is not null)
        and not pg_has_role(current_user, 'slf_owner', 'usage')
    then
        raise exception 'what has ended of a schedule does not change' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_report_schedule() to slf_app, slf_definer, slf_maintenance;
create trigger hold_report_schedule before insert or update on performance_reportschedule
    for each row execute function slf.hold_report_schedule();
"""
NO_SCHEDULES = """
drop trigger if exists hold_report_schedule on performance_reportschedule;
drop function if exists slf.hold_report_schedule();
grant update, delete on performance_reportschedule to slf_app;
"""
KEPT_BY = {"performance_reportschedule": {"set_by_id": KEEP, "ended_by_id": KEEP}}

FORWARD_SCHEDULES = [SCHEDULES, *(own_names(table, names) for table, names in KEPT_BY.items())]
REVERSE_SCHEDULES = "".join(any_names(table) for table in KEPT_BY) + NO_SCHEDULES
FORWARD = [HOLD, OWN_NAMES]
REVERSE = ANY_NAMES + LET_GO
