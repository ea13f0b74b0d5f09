"""The ledger of a submitted run: no line is paid below nothing or above itself, and what follows from each entry.

The application writes none of its tables: its verbs are functions (``sql_verbs``). Triggers measure each entry and say
what follows for the people of the line and the state of the run.
"""

from performance.claims.payments.sql_verbs import NO_VERBS, VERBS
from performance.claims.rules import AFTER_SUBMISSION
from slf.access.sql import definer

AFTER = "(" + ", ".join(f"'{state}'" for state in sorted(AFTER_SUBMISSION)) + ")"
TABLES = ("performance_remittance", "performance_remittanceline", "performance_claimentry")
CLOSED = "; ".join(f"revoke insert, update, delete, truncate on {table} from slf_app" for table in TABLES)
# What a run once said of its payment is said by the ledger of its lines: nobody writes it any more.
NO_COLUMNS = "revoke update (paid_on, payment_reference) on performance_claimrun from slf_app"
COLUMNS = "grant update (paid_on, payment_reference) on performance_claimrun to slf_app"

WHO = f"""
create or replace function slf.does_payments(run bigint, roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from performance_claimrun c join slf.reaches(slf.acting_user()) r on r.scope_id = c.scope_id
                   where c.id = run and r.role = any (roles))
$$;
alter function slf.does_payments(bigint, text[]) owner to slf_definer;
revoke all on function slf.does_payments(bigint, text[]) from public, slf_app;
create or replace function slf.hold_submitted(run bigint, roles text[]) returns performance_claimrun
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare held performance_claimrun%rowtype;
begin
    if not slf.does_payments(run, roles) then
        raise exception 'no such run' using errcode = 'insufficient_privilege';
    end if;
    select * into held from performance_claimrun r where r.id = run for no key update;
    if held.state not in {AFTER} then
        raise exception 'only what was submitted is paid' using errcode = 'check_violation';
    end if;
    return held;
end
$$;
alter function slf.hold_submitted(bigint, text[]) owner to slf_definer;
revoke all on function slf.hold_submitted(bigint, text[]) from public, slf_app;
"""

# Over the wall, as the file that was submitted: a family closed to the office since is still paid for.
MONEY = (
    """
create or replace function slf.run_money(run bigint)
returns table (claim_id bigint, uid uuid, reference text, component text, component_name text, asked numeric,
               paid numeric, released numeric, withdrawn boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return query
        select c.id, c.uid, j.reference::text, c.component::text, c.component_name::text, c.amount,
               coalesce(sum(e.paid), 0), coalesce(sum(e.released), 0),
               coalesce(sum(e.released) filter (where e.kind = 'withdrawn' or e.kind = 'reversal' and e.reverses_id in (
                   select w.id from performance_claimentry w where w.claim_id = c.id and w.kind = 'withdrawn')), 0) > 0
        from performance_claim c join performance_judged j on j.id = c.judged_id
        left join performance_claimentry e on e.claim_id = c.id
        where c.run_id = run group by c.id, j.reference order by c.id;
end
$$;
create or replace function slf.run_money_by(runs bigint[], day date)
returns table (run_id bigint, paid numeric, released numeric, paid_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(asked, 'read') from unnest(runs) asked;
    return query
        select c.run_id, sum(e.paid), sum(e.released), max(e.counts_on) filter (where e.kind = 'paid' and not exists (
            select from performance_claimentry b where b.reverses_id = e.id and b.counts_on <= day))
        from performance_claimentry e join performance_claim c on c.id = e.claim_id
        where c.run_id = any (runs) and e.counts_on <= day group by c.run_id;
end
$$;
create or replace function slf.remittance_lines(asked bigint)
returns table (uid uuid, reference text, component_name text, claimed numeric, amount numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run((select r.run_id from performance_remittance r where r.id = asked), 'read');
    return query
        select c.uid, j.reference::text, c.component_name::text, c.amount, l.amount
        from performance_remittanceline l join performance_claim c on c.id = l.claim_id
        join performance_judged j on j.id = c.judged_id where l.remittance_id = asked order by c.id;
end
$$;
"""
    + definer("slf.run_money(bigint)")
    + definer("slf.run_money_by(bigint[], date)")
    + definer("slf.remittance_lines(bigint)")
)

# For the verbs of a line whose family was closed since: what was entered, without the words somebody wrote.
BEHIND = """
create or replace function slf.line_entries(line uuid)
returns table (uid uuid, kind text, paid numeric, released numeric, remittance text, entered_at timestamptz,
               may_be_reversed boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run((select c.run_id from performance_claim c where c.uid = line), 'read');
    return query
        select e.uid, e.kind::text, e.paid, e.released, coalesce(r.reference, '')::text, e.entered_at,
            e.kind <> 'reversal' and not exists (select from performance_claimentry b where b.reverses_id = e.id)
        from performance_claimentry e join performance_claim c on c.id = e.claim_id
        left join performance_remittance r on r.id = e.remittance_id where c.uid = line order by e.id;
end
$$;
""" + definer("slf.line_entries(uuid)")

# Nothing is entered of an unsubmitted run, of another family, or past the amount of its line. The row of the run is
# held, so the second of two is measured against what the first left.
MEASURE = f"""
create or replace function slf.hold_claim_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    line performance_claim%rowtype;
    earlier performance_claimentry%rowtype;
    state text;
begin
    select * into line from performance_claim c where c.id = new.claim_id;
    select r.state into state from performance_claimrun r where r.id = line.run_id for no key update;
    if line.family_id is distinct from new.family_id or state is null or state not in {AFTER} then
        raise exception 'an entry is of a submitted line of its own family' using errcode = 'check_violation';
    elsif new.counts_on > slf.today() or new.counts_on < (
        select r.submitted_on from performance_claimrun r where r.id = line.run_id)
    then
        raise exception 'an entry counts from the submission to today' using errcode = 'check_violation';
    end if;
    if new.kind = 'reversal' then
        select * into earlier from performance_claimentry e where e.id = new.reverses_id;
        if earlier.claim_id is distinct from new.claim_id or earlier.kind = 'reversal'
            or (new.paid, new.released) is distinct from (-earlier.paid, -earlier.released)
        then
            raise exception 'a reversal undoes one entry to the penny' using errcode = 'check_violation';
        end if;
    end if;
    return new;
end
$$;
alter function slf.hold_claim_entry() owner to slf_definer;
create trigger hold_claim_entry before insert on performance_claimentry
    for each row execute function slf.hold_claim_entry();
create or replace function slf.measure_claim_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    its performance_claim%rowtype;
    sums record;
begin
    select * into its from performance_claim c where c.id = new.claim_id;
    select sum(e.paid) paid, sum(e.released) released into sums
        from performance_claimentry e where e.claim_id = new.claim_id;
    if sums.paid < 0 or sums.released < 0 or sums.paid + sums.released > its.amount then
        raise exception 'a line is never below nothing or above its amount' using errcode = 'check_violation',
            constraint = 'performance_claimentry_within_its_line';
    end if;
    update performance_claimedperson p set live = not p.live
        where p.claim_id = its.id and p.live <> (sums.paid > 0 or sums.released < its.amount);
    return null;
end
$$;
alter function slf.measure_claim_entry() owner to slf_definer;
create constraint trigger measure_claim_entry after insert on performance_claimentry
    for each row execute function slf.measure_claim_entry();
create or replace function slf.follow_claim_entries() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update performance_claimrun r set state = sums.becomes from (
        select t.run_id, case when t.paid = t.asked then 'paid' when t.done = t.asked then 'settled'
            when t.paid > 0 then 'part_paid' else 'submitted' end as becomes
        from (select c.run_id, sum(c.amount) asked, sum(l.paid) paid, sum(l.paid + l.released) done
              from performance_claim c cross join lateral (
                  select coalesce(sum(e.paid), 0) paid, coalesce(sum(e.released), 0) released
                  from performance_claimentry e where e.claim_id = c.id) l
              where c.run_id in (select i.run_id from entered e join performance_claim i on i.id = e.claim_id)
              group by c.run_id) t) sums
    where r.id = sums.run_id and r.state <> sums.becomes;
    return null;
end
$$;
alter function slf.follow_claim_entries() owner to slf_definer;
create trigger follow_claim_entries after insert on performance_claimentry
    referencing new table as entered for each statement execute function slf.follow_claim_entries();
"""

FORWARD = [CLOSED, NO_COLUMNS, WHO, MONEY, BEHIND, MEASURE, *VERBS]
REVERSE = f"""
{COLUMNS};
{NO_VERBS}
drop trigger if exists follow_claim_entries on performance_claimentry;
drop trigger if exists measure_claim_entry on performance_claimentry;
drop trigger if exists hold_claim_entry on performance_claimentry;
drop function if exists slf.follow_claim_entries(), slf.measure_claim_entry(), slf.hold_claim_entry(),
    slf.line_entries(uuid), slf.remittance_lines(bigint), slf.run_money_by(bigint[], date), slf.run_money(bigint),
    slf.hold_submitted(bigint, text[]), slf.does_payments(bigint, text[]);
"""
