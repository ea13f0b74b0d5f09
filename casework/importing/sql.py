"""What making the rows of a file asks of PostgreSQL: to write in one locality, and to see that it has stopped.

A data officer reads cards and writes evidence. To make families and cases from a file that was tried and confirmed, the
one who confirmed it (or started it again last) may write cards and records in the audience of the file's locality: in
that transaction, until the file is made, and nowhere else. Afterwards so may whoever loads files there, while numbers
of the file wait to be looked up.
"""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import own_names

OPENED = ("read_card", "write_card", "read_record", "write_record", "read_evidence", "write_evidence")

BEGIN_MAKING = f"""
create or replace function slf.begin_making(of_file bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    f casework_importfile%rowtype;
    audience bigint;
    what text;
begin
    select * into f from casework_importfile where id = of_file for no key update;
    select id into audience from slf_scope where kind = 'locality' and locality_id = f.locality_id;
    if f.id is null or audience is null
        or (f.made_at is null and coalesce(f.restarted_by_id, f.confirmed_by_id) is distinct from slf.acting_user())
        or (f.made_at is not null
            and not exists (select from casework_importrow r where r.file_id = f.id and r.numbers_wait))
        or not f.scope_id = any (slf.scopes('write_evidence'))
        or not exists (select from slf.reaches(slf.acting_user()) r
                       where r.scope_id = f.scope_id and r.role in ({roles_that(Can.LOAD_FEED)}))
    then
        raise exception 'no such file to make families from' using errcode = 'insufficient_privilege';
    end if;
    foreach what in array array[{", ".join(f"'{what}'" for what in OPENED)}] loop
        perform set_config('slf.' || what, (slf.scopes(what) || audience)::text, true);
    end loop;
    return audience;
end
$$;
""" + definer("slf.begin_making(bigint)")

# A job is shown to whoever asked for it alone; that the making of a list has stopped, to all of its office.
HAS_STOPPED = """
create or replace function slf.making_has_stopped(of_file bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_importfile f join slf_job j on j.id = f.make_job_id
                   where f.id = of_file and f.made_at is null and j.state = 'failed'
                         and f.scope_id = any (slf.scopes('read_evidence')))
$$;
""" + definer("slf.making_has_stopped(bigint)")


FORWARD = [BEGIN_MAKING]
REVERSE = "drop function if exists slf.begin_making(bigint);"
RESTART = [BEGIN_MAKING, HAS_STOPPED]
NUMBERS_WAIT = [BEGIN_MAKING, "drop function if exists slf.taken_numbers(bigint, text[], text[], text[])"]

# Whoever confirms or restarts a file is let over the wall to make it, so nobody is written there by somebody else.
OWN_NAMES = own_names(
    "casework_importfile",
    dict.fromkeys(("uploaded_by_id", "confirmed_by_id", "restarted_by_id"), Can.LOAD_FEED),
)
