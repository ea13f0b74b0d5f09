"""The register takes two people in the database too: each in their own name, with a post that keeps it."""

from slf.access.rules import Can
from slf.access.sql import changed
from slf.access.sql.own_name import any_names, own_names

TABLES = ("families_basis", "families_gateway")
COLUMNS = ("proposed_by_id", "confirmed_by_id", "ended_by_id")

# What nobody proposed came with the service and counts at once. A row's time gets no other way, and never longer.
HOLD = """
create or replace function slf.hold_register_row() returns trigger
language plpgsql as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') then
        return new;
    end if;
    if tg_op = 'INSERT' and new.proposed_by_id is null then
        raise exception 'somebody proposes a row' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and new.period <> old.period
        and (not old.period @> new.period or new.ended_by_id is distinct from slf.acting_user())
    then
        raise exception 'a row only ends, by who ends it' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_register_row() to slf_app, slf_definer, slf_maintenance;
"""
HELD = "".join(
    own_names(table, dict.fromkeys(COLUMNS, Can.KEEP_REGISTER))
    + f"create trigger hold_row before insert or update on {table} for each row "
    "execute function slf.hold_register_row();\n"
    for table in TABLES
)
FORWARD = [HOLD, HELD]
REVERSE = (
    "".join(f"{any_names(table)} drop trigger if exists hold_row on {table};" for table in TABLES)
    + "drop function if exists slf.hold_register_row();"
)

# Why a row ended, and from when on it counts, is said by whose name stands beside it.
SAID_BY_WHO_SIGNS = changed(
    HOLD,
    (
        "    return new;\nend\n",
        """    if tg_op = 'UPDATE' and (
        new.ended_because <> old.ended_because and new.ended_by_id is distinct from slf.acting_user()
        or new.confirmed_on is distinct from old.confirmed_on and new.confirmed_by_id is distinct from slf.acting_user()
        or new.confirmed_by_id <> old.confirmed_by_id)
    then
        raise exception 'everybody writes beside their own name' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
""",
    ),
)
