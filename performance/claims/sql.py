"""Whether a person is in a live claim already, asked over the wall: the answer names nobody."""

from slf.access.sql import definer

FORWARD = [
    """
create or replace function slf.claimed_already(asked_scheme text, people bigint[])
returns table (slot text, person_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.slot::text, c.person_id from performance_claimedperson c
    where c.live and c.scheme = asked_scheme and c.person_id = any (people)
$$;
""",
    definer("slf.claimed_already(text, bigint[])"),
]
REVERSE = "drop function if exists slf.claimed_already(text, bigint[])"
