"""What PostgreSQL refuses about readings, whoever writes: marks the tool does not take, a correction of another's."""

from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

CHECK_READING = """
create or replace function slf.check_reading() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if jsonb_typeof(new.marks) <> 'object' or new.marks = '{}'::jsonb then
        raise exception 'a reading marks at least one area' using errcode = 'check_violation';
    end if;
    if exists (
        select from jsonb_each_text(new.marks) m
        join public.casework_startool t on t.id = new.tool_id
        left join public.casework_stararea a on a.tool_id = new.tool_id and a.code = m.key
        where a.id is null or jsonb_typeof(new.marks -> m.key) <> 'number'
            or case when m.value ~ '^[0-9]{1,4}$' then m.value::integer not between t.lowest and t.highest else true end
    ) then
        raise exception 'a mark is off the scale, or of an area this star does not have'
            using errcode = 'check_violation';
    end if;
    if new.supersedes_id is not null and not exists (
        select from public.casework_reading r
        where r.id = new.supersedes_id and r.family_id = new.family_id and r.tool_id = new.tool_id
    ) then
        raise exception 'a correction is of the same family and star' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
""" + definer("slf.check_reading()")  # noqa: S608

TRIGGER = """
drop trigger if exists take_marks on casework_reading;
create trigger take_marks before insert or update of marks, tool_id, supersedes_id on casework_reading
    for each row execute function slf.check_reading();
"""

FORWARD = [CHECK_READING, TRIGGER]
REVERSE = """
drop trigger if exists take_marks on casework_reading;
drop function if exists slf.check_reading();
"""

STAR_TABLES = ("casework_startool", "casework_stararea", "casework_starstage")

# A star is taken into use by who keeps lists, in their own name, whole and at once: nothing is added to it afterwards.
LOADED_WHOLE = """
create or replace function slf.star_is_loaded() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') then
        return new;
    end if;
    if tg_table_name = 'casework_startool' then
        if new.loaded_by_id is null then
            raise exception 'who takes a star into use says so' using errcode = 'insufficient_privilege';
        end if;
        new.loaded_at := now();
    elsif not exists (select from casework_startool t where t.id = new.tool_id and t.loaded_at = now()) then
        raise exception 'a star that is in use is not added to' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.star_is_loaded() to slf_app, slf_definer, slf_maintenance;
"""
BEFORE_EACH = "".join(
    f"create trigger loaded_whole before insert on {table} for each row execute function slf.star_is_loaded();\n"
    for table in STAR_TABLES
)
LOADING = LOADED_WHOLE + BEFORE_EACH + own_names("casework_startool", {"loaded_by_id": Can.KEEP_LISTS})
NOT_LOADED = (
    any_names("casework_startool")
    + "".join(f"drop trigger if exists loaded_whole on {table};\n" for table in STAR_TABLES)
    + "drop function if exists slf.star_is_loaded();"
)
