"""What concerns a run as a whole, over the wall: a family restricted since the run was made is still part of it.

Each function answers only the office that may read (or write) the run itself, and names nobody. A manager, who reviews
the lines of a locality, asks nothing over the wall.
"""

from performance.claims.sql_steps import HOLD_RUN
from slf.access.rules import Can
from slf.access.sql import definer
from slf.access.sql.own_name import any_names, own_names

# Whoever was entered twice is claimed for once: asked by any of their rows, the one person is the answer.
CLAIMED_ALREADY = [
    """
create or replace function slf.claimed_already(asked_scheme text, people bigint[])
returns table (slot text, person_id bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if slf.scopes('write_claim') = '{}' then
        raise exception 'only who prepares claims asks who is claimed for' using errcode = 'insufficient_privilege';
    end if;
    return query
        with ones as (
            select distinct coalesce(p.merged_into_id, p.id) id from families_person p where p.id = any (people)
        ), entries as (
            select o.id one, o.id from ones o
            union all select o.id, p.id from ones o join families_person p on p.merged_into_id = o.id
        )
        select distinct c.slot::text, e.one from entries e join performance_claimedperson c on c.person_id = e.id
        where c.live and c.scheme = asked_scheme;
end
$$;
""",
    definer("slf.claimed_already(text, bigint[])"),
]

CHECK_RUN = [
    """
create or replace function slf.check_run(run bigint, mode text) returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not slf.in_claims_office() or not exists (select from performance_claimrun r where r.id = run
                   and r.scope_id = any (slf.scopes(mode || '_claim'))) then
        raise exception 'no such run' using errcode = 'insufficient_privilege';
    end if;
end
$$;
""",
    definer("slf.check_run(bigint, text)"),
]

# Each row by its own digest, then those in order: a run of any size fits, and no column is left out.
FINGERPRINT = [
    """
create or replace function slf.run_fingerprint(run bigint) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return (
        select encode(sha256(convert_to(jsonb_build_array(r.scheme, r.rules, r.shared, r.engine, r.claim_on, (
            select string_agg(encode(sha256(convert_to(jsonb_build_array(
                j.id, j.family_id, j.reference, j.attached_on, j."case", j.judgement, j.digest, j.answer, j.reason
            )::text, 'UTF8')), 'hex'), '' order by j.id) from performance_judged j where j.run_id = r.id
        ), (
            select string_agg(encode(sha256(convert_to(jsonb_build_array(
                c.id, c.judged_id, c.family_id, c.component, c.component_name, c.amount, c.price_rule, (
                    select jsonb_agg(jsonb_build_array(p.person_id, p.scheme, p.slot) order by p.id)
                    from performance_claimedperson p where p.claim_id = c.id)
            )::text, 'UTF8')), 'hex'), '' order by c.id) from performance_claim c where c.run_id = r.id
        ))::text, 'UTF8')), 'hex')
        from performance_claimrun r where r.id = run);
end
$$;
""",
    definer("slf.run_fingerprint(bigint)"),
]

LINES = [
    """
create or replace function slf.run_lines(run bigint)
returns table (reference text, component_name text, amount numeric, price_rule text, attached_on date, digest text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return query
        select j.reference::text, c.component_name::text, c.amount, c.price_rule::text, j.attached_on, j.digest::text
        from performance_claim c join performance_judged j on j.id = c.judged_id
        where c.run_id = run order by c.id;
end
$$;
""",
    definer("slf.run_lines(bigint)"),
]

BEING_JUDGED = [
    """
create or replace function slf.run_is_being_judged(run bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return exists (select from performance_claimrun r join slf_job j on j.id = r.job_id
                   where r.id = run and j.state in ('waiting', 'running'));
end
$$;
""",
    definer("slf.run_is_being_judged(bigint)"),
]

LET_GO = [
    """
create or replace function slf.let_go_of_claimed_people(run bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'write');
    update performance_claimedperson p set live = false
    from performance_claim c join performance_claimrun r on r.id = c.run_id
    where p.claim_id = c.id and p.live and r.id = run and r.state = 'withdrawn';
end
$$;
""",
    definer("slf.let_go_of_claimed_people(bigint)"),
]

FORWARD = [*CLAIMED_ALREADY, *CHECK_RUN, *FINGERPRINT, *LINES, *BEING_JUDGED, *LET_GO]
SIGNATURES = ("let_go_of_claimed_people(bigint)", "run_is_being_judged(bigint)", "run_lines(bigint)",
              "run_fingerprint(bigint)", "check_run(bigint, text)", "claimed_already(text, bigint[])")  # fmt: skip
REVERSE = "; ".join(f"drop function if exists slf.{signature}" for signature in SIGNATURES)

# What a run's rows may still be told after they are made: no more than its verbs tell them.
CHANGEABLE = {
    "performance_claimrun": (
        "state", "job_id", "prepared_at", "digest", "seed", "audited_by_id", "audited_at", "signed_by_id", "signed_at",
        "paid_on", "payment_reference", "withdrawn_by_id", "withdrawn_at", "withdrawn_because",
    ),
    "performance_audittest": ("result", "note", "tested_by_id", "tested_at"),
    "performance_claimedperson": (),
}  # fmt: skip
NARROW = "; ".join(
    f"revoke update, delete on {table} from slf_app"
    + (f"; grant update ({', '.join(columns)}) on {table} to slf_app" if columns else "")
    for table, columns in CHANGEABLE.items()
)
WIDE = "; ".join(f"grant update, delete on {table} to slf_app" for table in CHANGEABLE)

# It takes five to claim: each writes their own name. The last two came later, in sql_steps.
NAMES = {
    "performance_claimrun": {
        "prepared_by_id": Can.PREPARE_CLAIM, "audited_by_id": Can.AUDIT_CLAIM, "signed_by_id": Can.SIGN_CLAIM,
        "withdrawn_by_id": Can.PREPARE_CLAIM,
    },
    "performance_audittest": {"tested_by_id": Can.AUDIT_CLAIM},
}  # fmt: skip
BY_WHO_DOES_IT = "".join(own_names(table, names) for table, names in NAMES.items())
BY_ANYBODY = "".join(any_names(table) for table in NAMES)

HOLD_TEST = """
create or replace function slf.hold_test() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') then
        return new;
    elsif tg_op = 'INSERT' then
        if new.result <> '' or new.note <> '' or new.tested_by_id is not null then
            raise exception 'a test begins with nothing found' using errcode = 'insufficient_privilege';
        end if;
    elsif (new.result, new.note, new.tested_by_id, new.tested_at)
        is distinct from (old.result, old.note, old.tested_by_id, old.tested_at)
        and not (new.tested_by_id is not distinct from slf.acting_user() and exists (
            select from performance_claimrun r
            where r.id = new.run_id and r.state = 'sampled' and r.audited_by_id = new.tested_by_id))
    then
        raise exception 'only the auditor who drew the sample says what they found'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_test() to slf_app, slf_definer, slf_maintenance;
create trigger hold_test before insert or update on performance_audittest
    for each row execute function slf.hold_test();
"""
HOLD_STEPS = HOLD_RUN + HOLD_TEST
ANY_STEPS = """
drop trigger if exists hold_test on performance_audittest;
drop trigger if exists hold_run on performance_claimrun;
drop function if exists slf.hold_test(), slf.hold_run();
"""
