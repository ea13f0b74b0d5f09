"""Warnings are made when a run is frozen, signed off by who may, and hold the signature of the run until all are."""

from performance.warnings.rules import ASKS, OF_A_LINE, OF_A_RUN, OPEN, SHORTEST
from slf.access.sql import definer

WARN = f"array[{', '.join(map(str, sorted(ASKS)))}]"
TABLES = ("performance_linewarning", "performance_runwarning", "performance_linesignoff", "performance_runsignoff")
NOBODYS = "".join(f"revoke insert, update, delete, truncate on {table} from slf_app;\n" for table in TABLES)
EVERYBODYS = "".join(f"grant insert on {table} to slf_app;\n" for table in TABLES)
GRANT = "grant update (answers) on performance_claimrun to slf_app;\n"
TAKE = "revoke update (answers) on performance_claimrun from slf_app;\n"


def listed(names) -> str:
    return ", ".join(f"'{name}'" for name in names)


# What was answered stands with the judgement and the run; here it becomes what has to be signed off.
FREEZE = f"""
create or replace function slf.freeze_warnings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into performance_linewarning (uid, family_id, scope_id, run_id, judged_id, component, check_number, sentence)
        select gen_random_uuid(), c.family_id, c.scope_id, c.run_id, c.judged_id, c.component, (w ->> 0)::int, w ->> 2
        from performance_claim c join performance_judged j on j.id = c.judged_id
        cross join lateral jsonb_array_elements(nullif(j.checks, '')::jsonb -> c.component) w
        where c.run_id = new.id and w ->> 1 = 'warns' and (w ->> 0)::int = any ({WARN}) order by c.id;
    insert into performance_runwarning (uid, scope_id, run_id, check_number, sentence)
        select gen_random_uuid(), new.scope_id, new.id, (w ->> 0)::int, w ->> 2
        from jsonb_array_elements(nullif(new.answers, '')::jsonb) w
        where w ->> 1 = 'warns' and (w ->> 0)::int = any ({WARN});
    return null;
end
$$;
alter function slf.freeze_warnings() owner to slf_definer;
create trigger freeze_warnings after update of state on performance_claimrun
    for each row when (old.state = 'preparing' and new.state = 'prepared') execute function slf.freeze_warnings();
"""

LEFT = """
create or replace function slf.count_warnings_left(run bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select (
        select count(*) from performance_linewarning w where w.run_id = run and (
            select s.signed from performance_linesignoff s where s.warning_id = w.id
            order by s.turn desc limit 1) is not true
    ) + (
        select count(*) from performance_runwarning w where w.run_id = run and (
            select s.signed from performance_runsignoff s where s.warning_id = w.id
            order by s.turn desc limit 1) is not true)
$$;
alter function slf.count_warnings_left(bigint) owner to slf_definer;
revoke all on function slf.count_warnings_left(bigint) from public, slf_app;
create or replace function slf.warnings_left(run bigint) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from performance_claimrun r where r.id = run
                   and r.scope_id = any (slf.scopes('read_claim'))) then
        raise exception 'no such run' using errcode = 'insufficient_privilege';
    end if;
    return slf.count_warnings_left(run);
end
$$;
""" + definer("slf.warnings_left(bigint)")

HOLD = """
create or replace function slf.hold_warnings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.state = 'signed' and old.state <> 'signed' and slf.count_warnings_left(new.id) > 0 then
        raise exception 'a warning is not signed off' using errcode = 'insufficient_privilege';
    elsif new.answers <> old.answers and not (old.state = 'preparing' and new.state = 'prepared') then
        raise exception 'what the checks answered is frozen with the run' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function slf.hold_warnings() owner to slf_definer;
create trigger hold_warnings before update on performance_claimrun
    for each row execute function slf.hold_warnings();
"""

# The rows of the runs are held meanwhile, so that nobody signs a run while a sign-off is taken back.
SIGN_OFF = f"""
create or replace function slf.sign_off_warnings(of_lines bigint[], of_runs bigint[], sign boolean, why text)
returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    of_a_line integer;
    of_all integer;
begin
    perform from performance_claimrun r where r.id in (
        select w.run_id from performance_linewarning w where w.id = any (of_lines)
        union select w.run_id from performance_runwarning w where w.id = any (of_runs)) order by r.id for no key update;
    if me is null or length(trim(why)) < {SHORTEST} or exists (
        select from performance_linewarning w join performance_claimrun r on r.id = w.run_id
        where w.id = any (of_lines) and (r.prepared_by_id = me or r.state not in ({listed(OPEN)}) or not exists (
            select from slf.reaches(me) x where x.scope_id = w.scope_id and x.role in ({listed(OF_A_LINE)})))
    ) or exists (
        select from performance_runwarning w join performance_claimrun r on r.id = w.run_id
        where w.id = any (of_runs) and (r.prepared_by_id = me or r.state not in ({listed(OPEN)}) or not exists (
            select from slf.reaches(me) x where x.role in ({listed(OF_A_RUN)})))
    ) then
        raise exception 'not yours to sign off' using errcode = 'insufficient_privilege';
    end if;
    insert into performance_linesignoff (uid, family_id, scope_id, warning_id, turn, signed, reason, by_id, at)
        select gen_random_uuid(), w.family_id, w.scope_id, w.id, coalesce(l.turn, 0) + 1, sign, trim(why), me,
            clock_timestamp()
        from performance_linewarning w left join lateral (
            select s.turn, s.signed from performance_linesignoff s where s.warning_id = w.id
            order by s.turn desc limit 1) l on true
        where w.id = any (of_lines) and coalesce(l.signed, false) <> sign order by w.id;
    get diagnostics of_a_line = row_count;
    insert into performance_runsignoff (uid, scope_id, warning_id, turn, signed, reason, by_id, at)
        select gen_random_uuid(), w.scope_id, w.id, coalesce(l.turn, 0) + 1, sign, trim(why), me, clock_timestamp()
        from performance_runwarning w left join lateral (
            select s.turn, s.signed from performance_runsignoff s where s.warning_id = w.id
            order by s.turn desc limit 1) l on true
        where w.id = any (of_runs) and coalesce(l.signed, false) <> sign order by w.id;
    get diagnostics of_all = row_count;
    return of_a_line + of_all;
end
$$;
""" + definer("slf.sign_off_warnings(bigint[], bigint[], boolean, text)")

NOT_WHO_KNOWS = (
    "create trigger not_who_knows_them before insert on performance_linesignoff "
    "for each row execute function slf.refuse_who_knows('by_id')"
)
KNOWN_OR_NOT = "drop trigger if exists not_who_knows_them on performance_linesignoff"

FORWARD = [NOBODYS, GRANT, FREEZE, LEFT, HOLD, SIGN_OFF]
REVERSE = (
    """
drop trigger if exists hold_warnings on performance_claimrun;
drop trigger if exists freeze_warnings on performance_claimrun;
drop function if exists slf.sign_off_warnings(bigint[], bigint[], boolean, text), slf.hold_warnings(),
    slf.warnings_left(bigint), slf.count_warnings_left(bigint), slf.freeze_warnings();
"""
    + TAKE
    + EVERYBODYS
)
