"""What PostgreSQL refuses about readings, whoever writes: marks the tool does not take, a correction of another's."""

from slf.access.sql import definer

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
