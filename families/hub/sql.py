"""What loading asks of PostgreSQL over the wall.

Whether it was given up: the job is its asker's own, but a colleague may begin it again. And since when somebody is
known in any household at all, hidden ones too: else what happened in one would be told to the next.
"""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that

GIVEN_UP = """
create or replace function slf.feed_file_given_up(file bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from families_feedfile f join slf_job j on j.id = f.job_id
        where f.id = file and f.scope_id = any (slf.scopes('write_evidence')) and j.state = 'failed'
    )
$$;
"""

FIRST_KNOWN = """
create or replace function slf.first_known(people bigint[])
returns table (person_id bigint, first_known date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from slf.reaches(slf.acting_user()) r where r.role in (those_who_load)) then
        raise exception 'only who loads files asks who was known when' using errcode = 'insufficient_privilege';
    end if;
    return query select m.person_id, min(lower(m.period)) from families_membership m
        where m.person_id = any (people) group by m.person_id;
end
$$;
""".replace("those_who_load", roles_that(Can.LOAD_FEED))

FORWARD = [GIVEN_UP, definer("slf.feed_file_given_up(bigint)"), FIRST_KNOWN, definer("slf.first_known(bigint[])")]
REVERSE = "drop function if exists slf.feed_file_given_up(bigint), slf.first_known(bigint[])"
