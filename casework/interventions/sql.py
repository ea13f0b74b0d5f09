"""What PostgreSQL holds of help: of whose plan it is, what of it moves, and that a session is within its days."""

from families.merging.sql import PERSON, keeps_its_own
from slf.access.rules import Can
from slf.access.sql import roles_that
from slf.access.sql.own_name import any_names, own_names

HOLD_HELP = """
create or replace function slf.hold_help() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    ends constant text[] := array['scope_id', 'state', 'ended_on', 'ended_by_id', 'result', 'result_words'];
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.state <> 'going' or new.state <> 'ended' or to_jsonb(new) - ends <> to_jsonb(old) - ends then
            raise exception 'help begins and ends once; its words never change' using errcode = 'check_violation';
        elsif exists (select from casework_helpsession s
                      where s.help_id = new.id and s.struck_on is null and s.happened_on > new.ended_on) then
            raise exception 'a session was later' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if new.state <> 'going' or not exists (
        select from casework_method m where m.id = new.method_id and m.kind = new.kind and m.starts_on <= new.begun_on
            and coalesce(m.ends_on, new.begun_on) >= new.begun_on)
    then
        raise exception 'help is of the catalogue of its day' using errcode = 'check_violation';
    elsif slf.case_is_over(new.family_id) then
        raise exception 'the case of the family is closed' using errcode = 'check_violation';
    elsif new.goal_id is not null and not exists (
        select from casework_goal g join casework_plan p on p.id = g.plan_id
        where g.id = new.goal_id and p.state <> 'draft' and g.family_id = any (slf.one_with(new.family_id)))
    then
        raise exception 'help is for the family''s own plan' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_help() owner to slf_definer;
create trigger hold_help before insert or update on casework_help for each row execute function slf.hold_help();
revoke delete, truncate on casework_help from slf_app;
"""

HOLD_SESSION = """
create or replace function slf.hold_help_session() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    strikes constant text[] := array['scope_id', 'struck_on', 'struck_by_id', 'struck_because'];
    its casework_help%rowtype;
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then
            return new;
        elsif old.struck_on is not null or to_jsonb(new) - strikes <> to_jsonb(old) - strikes then
            raise exception 'a session is struck out once; its words never change' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    select * into its from casework_help where id = new.help_id for no key update;
    if its.family_id is distinct from new.family_id or new.struck_on is not null
        or new.happened_on < its.begun_on or new.happened_on > coalesce(its.ended_on, new.happened_on)
        or (new.visit_id is not null and not exists (
            select from casework_visit v where v.id = new.visit_id and v.family_id = any (slf.one_with(new.family_id))))
    then
        raise exception 'a session is of help to its own family, within its days' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_help_session() owner to slf_definer;
create trigger hold_help_session before insert or update on casework_helpsession
    for each row execute function slf.hold_help_session();
revoke delete, truncate on casework_helpsession from slf_app;
"""

# Who it is for and who took part are of the family; a catalogue entry that was used stays.
HOLD_PEOPLE = """
create or replace function slf.hold_help_people() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    others bigint := case tg_table_name
        when 'casework_helpperson' then (
            select family_id from casework_help where id = (to_jsonb(new) ->> 'help_id')::bigint)
        else (select family_id from casework_helpsession where id = (to_jsonb(new) ->> 'session_id')::bigint) end;
begin
    if others is distinct from new.family_id or not exists (
        select from families_membership m
        where m.person_id = new.person_id and m.family_id = any (slf.one_with(new.family_id)))
    then
        raise exception 'help is for people of the family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_help_people() owner to slf_definer;
create trigger hold_help_people before insert on casework_helpperson
    for each row execute function slf.hold_help_people();
create trigger hold_help_people before insert on casework_helpsessionperson
    for each row execute function slf.hold_help_people();
revoke delete, truncate on casework_method from slf_app;
"""

# The catalogue is written by who keeps lists, and shipped by who owns the tables.
HOLD_METHOD = f"""
create or replace function slf.hold_method() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and new.kind <> old.kind then
        raise exception 'what was given by it stays what it was' using errcode = 'check_violation';
    end if;
    if pg_has_role(current_user, 'slf_owner', 'usage') or exists (
        select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where u.id = slf.acting_user() and p.role in ({roles_that(Can.KEEP_LISTS)}) and p.period @> slf.today())
    then
        return new;
    end if;
    raise exception 'not yours to keep' using errcode = 'insufficient_privilege';
end
$$;
grant execute on function slf.hold_method() to slf_app, slf_definer, slf_maintenance;
create trigger hold_method before insert or update on casework_method
    for each row execute function slf.hold_method();
"""

NAMES = {
    "casework_help": {"begun_by_id": Can.WORK_FAMILY, "ended_by_id": Can.WORK_FAMILY},
    "casework_helpsession": {"recorded_by_id": Can.WORK_FAMILY, "struck_by_id": Can.WORK_FAMILY},
}
OWN_NAMES = "".join(own_names(table, names) for table, names in NAMES.items())

FORWARD = [HOLD_HELP, HOLD_SESSION, HOLD_PEOPLE, HOLD_METHOD, OWN_NAMES]
REVERSE = (
    "".join(any_names(table) for table in NAMES)
    + """
drop trigger if exists hold_method on casework_method;
drop trigger if exists hold_help_people on casework_helpsessionperson;
drop trigger if exists hold_help_people on casework_helpperson;
drop trigger if exists hold_help_session on casework_helpsession;
drop trigger if exists hold_help on casework_help;
drop function if exists slf.hold_method(), slf.hold_help_people(), slf.hold_help_session(), slf.hold_help();
"""
)

NAMING_PEOPLE = ("casework_helpperson", "casework_helpsessionperson")
OWN_PEOPLE = [keeps_its_own(table, *PERSON) for table in NAMING_PEOPLE]
ANY_PEOPLE = "".join(f"drop trigger if exists as_own_person on {table};" for table in NAMING_PEOPLE)
