"""Whose calendar asks: nobody is signed in then, so a function looks the address up."""

from slf.access.policies import ProtectOwned
from slf.access.sql import definer

TABLE = "casework_calendarfeed"
OWNER = """
create or replace function slf.owner_of_feed(asked text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select f.user_id from casework_calendarfeed f join slf_user u on u.id = f.user_id and u.is_active
    where f.digest = asked and f.revoked_at is null
$$;
""" + definer("slf.owner_of_feed(text)")
GRANTS = f"""
revoke update, delete, truncate on {TABLE} from slf_app;
grant update (revoked_at) on {TABLE} to slf_app;
"""
FORWARD = [*ProtectOwned("calendarfeed").statements(TABLE), OWNER, GRANTS]
REVERSE = "drop function if exists slf.owner_of_feed(text);"
