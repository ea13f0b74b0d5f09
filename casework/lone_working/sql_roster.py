"""What PostgreSQL holds of the roster: whoever is on it reads where somebody is who is late."""

from casework.lone_working.sql import TURN
from slf.access.rules import Can
from slf.access.sql import roles_that

# That of a locality is kept by who supervises there, that of the county by a head.
HOLD_TURN = f"""
create or replace function slf.hold_turn() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') or exists (
        select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where u.id = slf.acting_user() and p.period @> slf.today() and case when new.locality_id is null
            then p.role = 'head' else p.role in ({roles_that(Can.REVIEW_FAMILY)})
                and (p.locality_id = new.locality_id or p.locality_id is null) end)
    then
        return new;
    end if;
    raise exception 'not your roster' using errcode = 'insufficient_privilege';
end
$$;
grant execute on function slf.hold_turn() to slf_app, slf_definer, slf_maintenance;
create trigger hold_turn before insert or update on {TURN} for each row execute function slf.hold_turn();
"""
NOT_HELD = f"drop trigger if exists hold_turn on {TURN}; drop function if exists slf.hold_turn();"
