"""What PostgreSQL holds of a disposal: the day, the money, two people, and the one function by which evidence goes.

The day is the real one in England, whatever day the service stands on.
"""

from performance.claims.disposal.rules import GONE, SHORTEST
from performance.claims.settings import KEPT
from slf.access.rules import Can
from slf.access.sql import definer, roles_that

TABLE = "performance_disposal"
CONFIRMERS = ", ".join(dict.fromkeys(f"{roles_that(Can.AUDIT_CLAIM)}, {roles_that(Can.SIGN_CLAIM)}".split(", ")))
KEEPERS = f"{roles_that(Can.PREPARE_CLAIM)}, {CONFIRMERS}"


def inner(signature: str) -> str:
    """Return the SQL that keeps a function to those of the definer."""
    return f"alter function {signature} owner to slf_definer;\nrevoke all on function {signature} from public, slf_app;"


# From a 29 February it is the 1 March of a year that has none: what PostgreSQL adds would be a day early.
KEPT_UNTIL = """
create or replace function slf.kept_until(closed date, years integer) returns date
language sql immutable set search_path = public, pg_temp as $$
    select t.day + (extract(day from t.day) < extract(day from closed))::integer
    from (select (closed + make_interval(years => kept_until.years))::date as day) t
$$;
""" + inner("slf.kept_until(date, integer)")

# Settled is what is paid in full or let go of, from the day on which the last entry of its ledger was made, however
# long ago its money arrived; or what was withdrawn. No day that the application writes counts before the day of the
# claim.
CLOSED = """
create or replace function slf.run_closed_on(run bigint) returns date
language sql stable security definer set search_path = public, pg_temp as $$
    select case when d.day is not null then greatest(r.claim_on, d.day) end
    from performance_claimrun r cross join lateral (select case
        when r.state = 'withdrawn' then (r.withdrawn_at at time zone 'Europe/London')::date
        when r.state in ('paid', 'settled') then coalesce((
            select greatest(max(e.counts_on), max((e.entered_at at time zone 'Europe/London')::date))
            from performance_claimentry e join performance_claim c on c.id = e.claim_id
            where c.run_id = r.id), r.paid_on) end as day) d
    where r.id = run
$$;
""" + inner("slf.run_closed_on(bigint)")

YEARS = f"slf.number_set('{KEPT.key}', slf.today(), {KEPT.default})::integer"
DAYS = f"""
create or replace function slf.disposal_days()
returns table (run_id bigint, closed_on date, years integer, due_on date, is_due boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
        select r.id, c.day, y.n, slf.kept_until(c.day, y.n), slf.kept_until(c.day, y.n) <= slf.today()
        from performance_claimrun r cross join lateral (select slf.run_closed_on(r.id) as day) c
        cross join (select {YEARS} as n) y
        where c.day is not null and slf.in_claims_office() and r.scope_id = any (slf.scopes('read_claim'))
          and not exists (select from {TABLE} d where d.run_id = r.id and d.state = 'disposed')
        order by 4, r.id;
end
$$;
""" + definer("slf.disposal_days()")

HOLD = f"""
create or replace function slf.holds_one_of(roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from slf_post p join slf_user u on u.id = p.user_id and u.is_active
        where p.user_id = slf.acting_user() and p.role = any (roles) and p.period @> slf.today())
$$;
{inner("slf.holds_one_of(text[])")}
create or replace function slf.hold_disposal() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me bigint := slf.acting_user();
    closed date := slf.run_closed_on(new.run_id);
    decision text[] := '{{state,decided_by_id,decided_at,decided_because,families,scope_id}}';
begin
    if tg_op = 'UPDATE' and (old.state <> 'proposed' or to_jsonb(new) - decision <> to_jsonb(old) - decision)
    then
        raise exception 'a disposal is decided once' using errcode = 'insufficient_privilege';
    elsif tg_op = 'UPDATE' and new.state = 'kept' then
        if new.decided_by_id is distinct from me or not slf.holds_one_of(array[{KEEPERS}]) then
            raise exception 'not yours to keep' using errcode = 'insufficient_privilege';
        end if;
        return new;
    elsif closed is null or slf.kept_until(closed, {YEARS}) > slf.today() then
        raise exception 'the day of this evidence has not come' using errcode = 'insufficient_privilege';
    elsif tg_op = 'INSERT' and (new.state <> 'proposed' or new.proposed_by_id is distinct from me
            or new.closed_on <> closed or new.due_on <> slf.kept_until(closed, new.years)
            or new.years <> {YEARS} or not slf.holds_one_of(array[{roles_that(Can.PREPARE_CLAIM)}]))
        or tg_op = 'UPDATE' and (new.state <> 'disposed' or new.decided_by_id is distinct from me
            or new.proposed_by_id = me or not slf.holds_one_of(array[{CONFIRMERS}]))
    then
        raise exception 'it takes two people to dispose of evidence' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
{inner("slf.hold_disposal()")}
create or replace trigger hold_disposal before insert or update on {TABLE}
    for each row execute function slf.hold_disposal();
revoke insert, update, delete, truncate on {TABLE} from slf_app;
"""

PROPOSE = f"""
create or replace function slf.propose_disposal(run bigint, why text) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made bigint;
begin
    perform slf.check_run(run, 'write');
    if length(trim(why)) < {SHORTEST} then
        raise exception 'say why' using errcode = 'check_violation';
    end if;
    insert into {TABLE} (uid, scope_id, run_id, state, closed_on, years, due_on, reason, proposed_by_id, proposed_at,
        decided_because, families)
    select gen_random_uuid(), r.scope_id, r.id, 'proposed', coalesce(slf.run_closed_on(r.id), r.claim_on), y.n,
        slf.kept_until(coalesce(slf.run_closed_on(r.id), r.claim_on), y.n), trim(why), slf.acting_user(),
        clock_timestamp(), '', 0
    from performance_claimrun r cross join (select {YEARS} as n) y where r.id = run
    returning id into made;
    return made;
end
$$;
""" + definer("slf.propose_disposal(bigint, text)")

KEEP = f"""
create or replace function slf.keep_evidence(disposal bigint, why text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run((select d.run_id from {TABLE} d where d.id = disposal), 'read');
    if length(trim(why)) < {SHORTEST} then
        raise exception 'say why' using errcode = 'check_violation';
    end if;
    update {TABLE} d set state = 'kept', decided_by_id = slf.acting_user(), decided_at = clock_timestamp(),
        decided_because = trim(why) where d.id = disposal and d.state = 'proposed';
    return found;
end
$$;
""" + definer("slf.keep_evidence(bigint, text)")

# First who and when, then what the trail has of the run, then the rows; what stays is chained again, as it stands.
# Old versions of audit sheets are append-only for everybody: their trigger is passed over here, and here alone.
DISPOSE = f"""
create or replace function slf.clear_run(of_run bigint) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    cleared integer;
begin
    update performance_judged j set "case" = '', judgement = '', checks = '', reason = '' where j.run_id = of_run;
    get diagnostics cleared = row_count;
    delete from performance_linesince s where s.run_id = of_run;
    update performance_linesignoff s set reason = '{GONE}' from performance_linewarning w
        where w.id = s.warning_id and w.run_id = of_run;
    update performance_linewarning w set sentence = '{GONE}' where w.run_id = of_run;
    update performance_audittest t set
        eligibility_note = case when t.eligibility_note = '' then '' else '{GONE}' end,
        approach_note = case when t.approach_note = '' then '' else '{GONE}' end,
        evidence_note = case when t.evidence_note = '' then '' else '{GONE}' end,
        note = case when t.note = '' then '' else '{GONE}' end
        where t.run_id = of_run and (t.eligibility_note, t.approach_note, t.evidence_note, t.note) <> ('', '', '', '');
    perform set_config('pgtrigger.ignore', (select array_agg(g.tgname::text)::text from pg_trigger g
        where g.tgrelid = 'performance_audittestevent'::regclass and not g.tgisinternal
          and g.tgname like 'pgtrigger_append_only%'), true);
    update performance_audittestevent t set
        eligibility_note = case when t.eligibility_note = '' then '' else '{GONE}' end,
        approach_note = case when t.approach_note = '' then '' else '{GONE}' end,
        evidence_note = case when t.evidence_note = '' then '' else '{GONE}' end,
        note = case when t.note = '' then '' else '{GONE}' end
        where t.run_id = of_run and (t.eligibility_note, t.approach_note, t.evidence_note, t.note) <> ('', '', '', '');
    perform set_config('pgtrigger.ignore', '{{}}', true);
    return cleared;
end
$$;
{inner("slf.clear_run(bigint)")}
create or replace function slf.chain_run_again(of_run bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    each record;
    keys bigint[];
begin
    for each in select t.name, t.key, t.run from slf.trail_tables() t order by t.place loop
        execute format('select array_agg(distinct t.%I) from %I t where (%s) = $1', each.key, each.name, each.run)
            into keys using of_run;
        if keys is not null then
            perform slf.chain_rows(each.name, keys, 'kept');
        end if;
    end loop;
    perform slf.anchor_trail(of_run);
end
$$;
{inner("slf.chain_run_again(bigint)")}
create or replace function slf.dispose(disposal bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    of_run bigint;
begin
    select d.run_id into of_run from {TABLE} d where d.id = disposal and d.state = 'proposed' for update;
    if of_run is null then
        return false;
    end if;
    perform slf.check_run(of_run, 'read');
    update {TABLE} d set state = 'disposed', decided_by_id = slf.acting_user(), decided_at = clock_timestamp(),
        families = (select count(*) from performance_judged j where j.run_id = of_run) where d.id = disposal;
    perform slf.dispose_of_trail(of_run, 'Disposal ' || disposal);
    perform slf.clear_run(of_run);
    perform slf.chain_run_again(of_run);
    return true;
end
$$;
""" + definer("slf.dispose(bigint)")

# Whoever verifies the trail reads what of it is gone: the office, and the clock.
DISPOSALS = f"""
create or replace function slf.called(who bigint) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) from slf_user u where u.id = who
$$;
{inner("slf.called(bigint)")}
create or replace function slf.trail_disposals()
returns table (scheme text, claim_on date, at timestamptz, proposed_by text, confirmed_by text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if slf.acting_user() is not null and not slf.in_claims_office() then
        raise exception 'internal audit verifies the trail, and the clock' using errcode = 'insufficient_privilege';
    end if;
    return query
        select r.scheme::text, r.claim_on, e.at, slf.called(d.proposed_by_id), slf.called(d.decided_by_id)
        from performance_trailentry e join performance_claimrun r on r.id = e.run_id
        left join {TABLE} d on d.run_id = r.id and d.state = 'disposed'
        where e.name = 'performance_trailpayload' order by e.at, e.id;
end
$$;
""" + definer("slf.trail_disposals()")

WHEN = [KEPT_UNTIL, CLOSED, DAYS, HOLD, PROPOSE]
FORWARD = [*WHEN, KEEP, DISPOSE, DISPOSALS]
REVERSE = f"""
drop trigger if exists hold_disposal on {TABLE};
drop function if exists slf.trail_disposals(), slf.called(bigint), slf.dispose(bigint), slf.chain_run_again(bigint),
    slf.clear_run(bigint), slf.keep_evidence(bigint, text), slf.propose_disposal(bigint, text), slf.hold_disposal(),
    slf.holds_one_of(text[]), slf.disposal_days(), slf.run_closed_on(bigint),
    slf.kept_until(date, integer);
grant insert, update, delete on {TABLE} to slf_app;
"""
