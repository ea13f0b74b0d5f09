"""Attachments follow their referral; and which stored files belong to no row, asked over every wall."""

from referrals.intake.sql import follow, unfollow
from slf.access.sql import definer

TABLE = "referrals_attachment"

# Whoever asks sees no row of others, so the answer must not depend on who asks: a file would be thrown away.
WITHOUT_ROW = """
create or replace function slf.files_without_row(names text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
    select stored from unnest(names) stored
    where not exists (select from referrals_attachment a where a.content = stored)
$$;
"""

FORWARD = [follow(TABLE), WITHOUT_ROW, definer("slf.files_without_row(text[])")]
REVERSE = "drop function if exists slf.files_without_row(text[]);" + unfollow(TABLE)
