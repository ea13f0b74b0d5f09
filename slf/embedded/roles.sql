-- The roles of the service, for whoever runs the PostgreSQL server (17 or later). Run it as a superuser inside the
-- service's database, and again after an upgrade: it changes only what differs. Passwords are not set here.
--
--   slf_owner        logs in, owns tables and functions, migrates; sees every row, so that data migrations and new
--                    foreign keys see what is there (docs/adr/0002)
--   slf_app          logs in, owns nothing, bound by row security: web, workers, beat
--   slf_definer      nobody logs in as it; owns the functions that may look over the wall, and nothing else
--   slf_maintenance  logs in, sees everything: pg_dump and data migrations, by named people only

do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('slf_owner', 'login createdb bypassrls'),
            ('slf_app', 'login nocreatedb nobypassrls'),
            ('slf_definer', 'nologin nocreatedb bypassrls'),
            ('slf_maintenance', 'login nocreatedb bypassrls')
        ) as roles (name, may)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            execute format('create role %I', wanted.name);
        end if;
        execute format('alter role %I nosuperuser nocreaterole noreplication %s', wanted.name, wanted.may);
    end loop;
end
$$;

grant slf_definer to slf_owner with inherit true, set true;

do $$
begin
    execute format('alter database %I owner to slf_owner', current_database());
    if current_database() <> 'template1' then
        execute format('revoke all on database %I from public', current_database());
        execute format('grant connect, temporary on database %I to slf_owner, slf_app, slf_maintenance',
                       current_database());
    end if;
end
$$;

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- The service keeps no large objects: nobody fills the disk with them.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;

create schema if not exists slf;
alter schema slf owner to slf_owner;
alter schema public owner to slf_owner;
revoke create on schema public from public;
grant usage on schema public, slf to slf_app, slf_maintenance;
grant usage, create on schema public, slf to slf_definer;

alter default privileges for role slf_owner grant select, insert, update, delete on tables to slf_app, slf_maintenance;
alter default privileges for role slf_owner grant select, insert, update on tables to slf_definer;
alter default privileges for role slf_owner grant usage, select on sequences to slf_app, slf_definer, slf_maintenance;
alter default privileges for role slf_owner revoke execute on functions from public;
alter default privileges for role slf_owner grant execute on functions to slf_app, slf_definer, slf_maintenance;
