"""What PostgreSQL refuses about visits, whoever writes: that somebody was seen on a telephone call or by message."""

from casework.visits.rules import MEETS_NOBODY, SEES
from slf.access.sql import definer

KINDS = ", ".join(f"'{kind}'" for kind in sorted(MEETS_NOBODY))
HOW = ", ".join(f"'{how}'" for how in sorted(SEES))

HOLD_SIGHTING = f"""
create or replace function slf.hold_sighting() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    on_a text;
begin
    select v.kind into on_a from public.casework_visit v where v.id = new.visit_id for share;
    if on_a in ({KINDS}) then
        raise exception 'nobody is seen on a telephone call or by message' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
""" + definer("slf.hold_sighting()")  # noqa: S608

HOLD_VISIT = f"""
create or replace function slf.hold_visit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from public.casework_sighting s where s.visit_id = new.id and s.how in ({HOW})) then
        raise exception 'somebody was seen on this visit, so it was no telephone call or message'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
""" + definer("slf.hold_visit()")

TRIGGERS = f"""
create or replace trigger hold_sighting before insert or update of how, visit_id on casework_sighting
    for each row when (new.how in ({HOW})) execute function slf.hold_sighting();
create or replace trigger hold_visit before update of kind on casework_visit
    for each row when (new.kind in ({KINDS}) and new.kind <> old.kind) execute function slf.hold_visit();
"""

FORWARD = [HOLD_SIGHTING, HOLD_VISIT, TRIGGERS]
REVERSE = """
drop trigger if exists hold_sighting on casework_sighting;
drop trigger if exists hold_visit on casework_visit;
drop function if exists slf.hold_sighting(), slf.hold_visit();
"""
