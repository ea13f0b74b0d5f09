"""Whether the loading of a file was given up: the job is its asker's own, but a colleague may begin it again."""

from slf.access.sql import definer

GIVEN_UP = """
create or replace function slf.feed_file_given_up(file bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from families_feedfile f join slf_job j on j.id = f.job_id
        where f.id = file and f.scope_id = any (slf.scopes('write_evidence')) and j.state = 'failed'
    )
$$;
"""

FORWARD = [GIVEN_UP, definer("slf.feed_file_given_up(bigint)")]
REVERSE = "drop function if exists slf.feed_file_given_up(bigint)"
