"""Who may call which function and write which table: the application owns nothing and gets what its code needs."""

from slf.access.rules import ROLES, Can, Role


def definer(signature: str) -> str:
    """Return the SQL that hands a function to the definer's role and to the application, and to nobody else."""
    return f"""
        alter function {signature} owner to slf_definer;
        revoke all on function {signature} from public;
        grant execute on function {signature} to slf_app, slf_owner, slf_maintenance;
    """


def roles_that(can: Can) -> str:
    """Return the roles that allow an act, as a list in SQL: the same table that the doors ask."""
    return ", ".join(f"'{role}'" for role in Role if can in ROLES[role])


# What the application's code needs and no more. No row of who may see what is ever deleted; a post and a share get an
# end and a review; a look happened when it is written down. An audience is locked by who takes turns in it, which in
# PostgreSQL wants the right to change something of it: its name, which opens nothing.
NARROW = """
revoke insert, update, delete on slf_scope, slf_scopemember from slf_app;
revoke update, delete on slf_post, slf_share from slf_app;
grant update (name) on slf_scope to slf_app;
grant update (period, ended_by_id) on slf_post to slf_app;
grant update (period, ended_by_id, reviewed_by_id, reviewed_at) on slf_share to slf_app;
create or replace function slf.happens_now() returns trigger
language plpgsql as $$
begin
    if not pg_has_role(current_user, 'slf_owner', 'usage') then
        new.at := clock_timestamp();
    end if;
    return new;
end
$$;
grant execute on function slf.happens_now() to slf_app, slf_definer, slf_maintenance;
drop trigger if exists happens_now on slf_view;
create trigger happens_now before insert on slf_view for each row execute function slf.happens_now();
"""

BROAD = """
drop trigger if exists happens_now on slf_view;
drop function if exists slf.happens_now();
grant insert, update, delete on slf_scope, slf_scopemember, slf_post, slf_share to slf_app;
"""

# Old versions of rows are written by the triggers in the owner's name, and by nobody else. The triggers are made anew
# when a model changes, so this is done again after every migration.
CLOSE_HISTORY = """
do $$
declare found record;
begin
    for found in select p.oid::regprocedure as name from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.proname like 'pgtrigger\\_%'
          and p.prosrc ilike '%insert into "%event"%' and not p.prosecdef
    loop
        execute format('alter function %s security definer set search_path = public, pg_temp', found.name);
    end loop;
    for found in select c.oid::regclass as name from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'pgh_obj_id'
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    loop
        execute format('revoke insert, update, delete, truncate on %s from slf_app', found.name);
    end loop;
end
$$;
"""

ROLE_TABLES = """
revoke insert, update, delete on slf_opening from slf_app;
"""
