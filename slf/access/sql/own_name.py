"""Who stands as the one who did something: whoever acts, holding a post that may. One trigger for every such column.

Where it takes two or three people, each then writes their own name, not one of them all.
"""

from collections.abc import Mapping

from slf.access.rules import Can
from slf.access.sql.grants import roles_that

# Named by the trigger: the column, and behind a colon the roles that may. A name once written is not taken away either.
# Functions of the definer ask for themselves who acts.
IN_OWN_NAME = """
create or replace function slf.in_own_name() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    named text;
    column_of text;
    roles text[];
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    end if;
    foreach named in array tg_argv loop
        column_of := split_part(named, ':', 1);
        roles := string_to_array(nullif(split_part(named, ':', 2), ''), ',');
        continue when to_jsonb(new) -> column_of is not distinct from
            case tg_op when 'INSERT' then 'null'::jsonb else to_jsonb(old) -> column_of end;
        if (to_jsonb(new) ->> column_of)::bigint is distinct from me or not (roles is null or exists (
            select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
            where u.id = me and p.role = any (roles) and p.period @> slf.today()))
        then
            raise exception 'everybody writes their own name: % of %', column_of, tg_table_name
                using errcode = 'insufficient_privilege';
        end if;
    end loop;
    return new;
end
$$;
grant execute on function slf.in_own_name() to slf_app, slf_definer, slf_maintenance;
"""
IN_ANY_NAME = "drop function if exists slf.in_own_name();"


def own_names(table: str, names: Mapping[str, Can | None]) -> str:
    """Return the trigger that keeps some columns of a table to who acts and holds a post that may.

    ``None`` asks for no post. By its name it comes before every other trigger of the table.
    """
    rules = ", ".join(f"'{column}'" if can is None else f"'{column}:{_roles(can)}'" for column, can in names.items())
    return f"""
create trigger acts_in_own_name before insert or update of {", ".join(names)} on {table}
    for each row execute function slf.in_own_name({rules});
"""


# Of a row that several people write, whoever changes its words stands in it from then on, and nobody who did not.
CHANGED_IN_OWN_NAME = """
create or replace function slf.changed_in_own_name() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if not (pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage'))
        and to_jsonb(new) - 'scope_id' is distinct from to_jsonb(old) - 'scope_id'
        and (to_jsonb(new) ->> tg_argv[0])::bigint is distinct from slf.acting_user()
    then
        raise exception 'everybody writes their own name: % of %', tg_argv[0], tg_table_name
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.changed_in_own_name() to slf_app, slf_definer, slf_maintenance;
"""


def changes_own_name(table: str, column: str) -> str:
    """Return the trigger that wants whoever changes a row of a table in one of its columns."""
    return f"""
create trigger changed_in_own_name before update on {table}
    for each row execute function slf.changed_in_own_name('{column}');
"""


def any_names(table: str) -> str:
    return f"drop trigger if exists acts_in_own_name on {table};"


def _roles(can: Can) -> str:
    return roles_that(can).replace("'", "").replace(" ", "")


# A family is opened to somebody, and emergency access to it reviewed, by who says so. A share goes on again when it is
# given anew, so who ended it before is free to go.
SHARES = own_names("slf_share", {"given_by_id": None, "reviewed_by_id": Can.REVIEW_ACCESS})
