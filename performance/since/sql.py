"""Who says what changed since: a data officer, in their own name, of the line it is about. It opens with the line."""

from typing import Any

from slf.access.policies import ProtectRecord
from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

TABLE = "performance_linesince"


class ProtectSince(ProtectRecord):
    """Read by who reads the judgement of the line itself."""

    def __init__(self) -> None:
        super().__init__("linesince", "claim")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {}

    def readable(self) -> str:
        return f"({super().readable()}) and exists (select from performance_judged j where j.id = judged_id)"


# Whoever looks again while the evidence is disposed of waits for that, and writes nothing of it back.
HOLD = f"""
revoke delete, truncate on {TABLE} from slf_app;
grant delete on {TABLE} to slf_definer;
create or replace function slf.holds_evidence(judged bigint, run bigint, family bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform from performance_judged j where j.id = judged and j.run_id = run and j.family_id = family
        and j."case" <> '' and j.scope_id = any (slf.scopes('write_claim')) for share;
    return found;
end
$$;
{definer("slf.holds_evidence(bigint, bigint, bigint)")}
create or replace function slf.hold_since() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    elsif not exists (
            select from slf.reaches(slf.acting_user()) r
            where r.scope_id = new.scope_id and r.role in ({roles_that(Can.PREPARE_CLAIM)}))
        or not slf.holds_evidence(new.judged_id, new.run_id, new.family_id)
        or tg_op = 'UPDATE' and (new.judged_id, new.run_id) is distinct from (old.judged_id, old.run_id)
    then
        raise exception 'not yours to say what changed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_since() to slf_app, slf_definer, slf_maintenance;
create trigger hold_since before insert or update on {TABLE} for each row execute function slf.hold_since();
"""
OWN_NAME = own_names(TABLE, {"looked_by_id": Can.PREPARE_CLAIM})
LET_GO = f"""
{any_names(TABLE)}
drop trigger if exists hold_since on {TABLE};
drop function if exists slf.hold_since(), slf.holds_evidence(bigint, bigint, bigint);
grant delete on {TABLE} to slf_app;
"""
