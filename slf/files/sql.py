"""What PostgreSQL holds of files: which belong to no row, and that a verdict of the scanner stands."""

from slf.access.sql import definer
from slf.files.rules import HELD_IN

# Whoever asks sees no row of others, so the answer must not depend on who asks: a file would be thrown away. A table
# that is not made yet holds nothing.
WITHOUT_ROW = f"""
create or replace function slf.stored_without_row(names text[]) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    held_in text;
begin
    foreach held_in in array array[{", ".join(f"'{table}'" for table in HELD_IN.values())}] loop
        continue when to_regclass('public.' || held_in) is null;
        execute format('select array(select n from unnest($1) n '
                       'where not exists (select from %I t where t.content = n))', held_in) using names into names;
    end loop;
    return query select unnest(names);
end
$$;
""" + definer("slf.stored_without_row(text[])")

HOLD_VERDICT = """
revoke delete, truncate on slf_heldfile from slf_app;
revoke update, delete, truncate on slf_foundfile from slf_app;
create or replace function slf.hold_verdict() returns trigger
language plpgsql as $$
begin
    if (tg_op = 'INSERT' and new.state <> 'waiting')
        or (tg_op = 'UPDATE' and (
            (new.stored, new.what) is distinct from (old.stored, old.what)
            or (old.state <> 'waiting' and (new.state, new.found) is distinct from (old.state, old.found))))
    then
        raise exception 'a file waits until it was looked at, and then what was found stands'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_verdict() to slf_app, slf_definer, slf_maintenance;
create trigger hold_verdict before insert or update on slf_heldfile for each row execute function slf.hold_verdict();
"""

FORWARD = [WITHOUT_ROW, HOLD_VERDICT]
REVERSE = """
drop function if exists slf.stored_without_row(text[]);
drop trigger if exists hold_verdict on slf_heldfile;
drop function if exists slf.hold_verdict();
grant update, delete on slf_heldfile, slf_foundfile to slf_app;
"""
