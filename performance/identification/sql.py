"""What PostgreSQL holds of identification: who begins a run, what may be told of it later, and that no row changes."""

from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

RUN, ROWS = "performance_identificationrun", ("performance_identified", "performance_foundperson")

# A run stays for good, with its numbers; a row of it is written once and goes when its day has come, not before.
HOLD = """
revoke update, delete, truncate on performance_identificationrun from slf_app;
grant update (job_id, finished_at, said, counts, deleted_on) on performance_identificationrun to slf_app;
revoke update, truncate on performance_identified, performance_foundperson from slf_app;
create or replace function slf.hold_identification() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    elsif tg_op = 'INSERT' then
        if num_nonnulls(new.finished_at, new.deleted_on) > 0 then
            raise exception 'a run begins with nothing found' using errcode = 'insufficient_privilege';
        end if;
    elsif old.deleted_on is not null
        or old.finished_at is not null
            and (new.counts, new.said, new.finished_at) is distinct from (old.counts, old.said, old.finished_at)
        or new.deleted_on is not null and (
            exists (select from performance_identified i where i.run_id = new.id)
            or exists (select from performance_foundperson p where p.run_id = new.id))
    then
        raise exception 'what a run found is told once' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_identification() to slf_app, slf_definer, slf_maintenance;
create trigger hold_identification before insert or update on performance_identificationrun
    for each row execute function slf.hold_identification();
create or replace function slf.add_identified() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or exists (
        select from performance_identificationrun r where r.id = new.run_id and r.finished_at is null)
    then
        return new;
    end if;
    raise exception 'a run that is finished finds nobody more' using errcode = 'insufficient_privilege';
end
$$;
grant execute on function slf.add_identified() to slf_app, slf_definer, slf_maintenance;
"""
ADDED = "".join(
    f"create trigger add_identified before insert on {table} for each row execute function slf.add_identified();\n"
    for table in ROWS
)
LET_GO = (
    "".join(f"drop trigger if exists add_identified on {table};\n" for table in ROWS)
    + """
drop trigger if exists hold_identification on performance_identificationrun;
drop function if exists slf.hold_identification(), slf.add_identified();
grant update, delete on performance_identificationrun, performance_identified, performance_foundperson to slf_app;
"""
)
# Some of those who were found may be closed to named people by now: what is past its day goes, in sight or not.
DELETE = [
    f"""
create or replace function slf.delete_identified(run bigint) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    families bigint;
    people bigint;
begin
    if not exists (select from slf.reaches(slf.acting_user()) r where r.role in ({roles_that(Can.PREPARE_CLAIM)}))
        or not exists (select from performance_identificationrun r where r.id = run and r.delete_on <= slf.today())
    then
        raise exception 'the day of these lists has not come' using errcode = 'insufficient_privilege';
    end if;
    delete from performance_identified i where i.run_id = run;
    get diagnostics families = row_count;
    delete from performance_foundperson p where p.run_id = run;
    get diagnostics people = row_count;
    return families + people;
end
$$;
""",
    definer("slf.delete_identified(bigint)"),
    "grant delete on performance_identified, performance_foundperson to slf_definer",
    "revoke delete on performance_identified, performance_foundperson from slf_app",
]
NO_DELETE = """
drop function if exists slf.delete_identified(bigint);
grant delete on performance_identified, performance_foundperson to slf_app;
"""
FORWARD = [HOLD, ADDED, own_names(RUN, {"asked_by_id": Can.PREPARE_CLAIM})]
REVERSE = any_names(RUN) + LET_GO
