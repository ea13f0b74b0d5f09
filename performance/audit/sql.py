"""What PostgreSQL holds of an audit: the frame over the wall, who draws and from what seed, who says what was found.

A family that was closed to named people since a run was made is still part of it: it is in the frame, and the auditor
who drew it opens its claim, its frozen evidence and its test, and nothing else of it.
"""

from performance.claims.sql import HOLD_TEST as HOLD_TEST_BEFORE
from slf.access.rules import Can
from slf.access.sql import definer, roles_that
from slf.access.sql.own_name import any_names, own_names

MAY_AUDIT = f"""exists (select from slf_post p where p.user_id = slf.acting_user()
            and p.role in ({roles_that(Can.AUDIT_CLAIM)}) and p.period @> slf.today())"""

# Where a family belonged on the day of the claim; what is from before it was known belongs where it was found.
FRAME = [
    """
create or replace function slf.run_frame(run bigint)
returns table (claim_id bigint, line uuid, reference text, locality text, component text, component_name text,
               stands_for_progress boolean, self_certified boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return query
        select c.id, c.uid, j.reference::text, coalesce((
                select l.name::text from families_belonging b join slf_locality l on l.id = b.locality_id
                where b.family_id = c.family_id
                  and (b.period @> r.claim_on or (b.is_first and lower(b.period) > r.claim_on))
                order by b.period limit 1), 'Not known'),
            c.component::text, c.component_name::text,
            exists (select from slf.facts_used(j."case", j.judgement) f where f.kind = 'equivalent_progress'),
            c.component = 'continuous_employment' or (c.component = 'sustained_progress' and exists (
                select from slf.facts_used(j."case", j.judgement) f where f.kind = 'employment_spell'))
        from performance_claim c join performance_judged j on j.id = c.judged_id
        join performance_claimrun r on r.id = c.run_id
        where c.run_id = run order by c.id;
end
$$;
""",
    definer("slf.run_frame(bigint)"),
]

# The facts of a case that a step of its judgement rests on; none once they were disposed of.
FACTS_USED = [
    """
create or replace function slf.facts_used(kept text, judgement text) returns table (id text, kind text)
language sql immutable set search_path = public, pg_temp as $$
    select f ->> 'id', f ->> 'kind' from jsonb_array_elements(nullif(kept, '')::jsonb -> 'facts') f
    where f ->> 'kind' in ('equivalent_progress', 'employment_spell') and exists (
        select from jsonb_array_elements(nullif(judgement, '')::jsonb -> 'trace') t
        where t -> 'facts' @> jsonb_build_array(f ->> 'id'))
$$;
grant execute on function slf.facts_used(text, text) to slf_app, slf_definer, slf_maintenance;
""",
]

PUT = [
    f"""
create or replace function slf.put_in_sample(run bigint, round integer, lines uuid[], places integer[], whys text[])
returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from performance_claimrun r where r.id = run and r.state = 'sampled'
                   and r.audited_by_id = slf.acting_user()) or not {MAY_AUDIT} then
        raise exception 'only the auditor who drew the sample puts lines in it'
            using errcode = 'insufficient_privilege';
    end if;
    insert into performance_audittest (uid, run_id, claim_id, family_id, scope_id, place, round, locality, why,
        eligibility, eligibility_note, approach, approach_note, evidence, evidence_note, result, note)
    select gen_random_uuid(), run, c.id, c.family_id, c.scope_id, wanted.place, put_in_sample.round, f.locality,
        wanted.why, '', '', '', '', '', '', '', ''
    from unnest(lines, places, whys) wanted (line, place, why)
    join performance_claim c on c.uid = wanted.line and c.run_id = run
    join slf.run_frame(run) f on f.claim_id = c.id;
end
$$;
""",
    definer("slf.put_in_sample(bigint, integer, uuid[], integer[], text[])"),
]

# For the rest of the transaction: the claims, frozen evidence and tests of the samples that the auditor drew, whoever
# may see their families by now. No other class of those records opens.
OPEN_OWN = [
    f"""
create or replace function slf.open_own_samples() returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    sampled bigint[];
begin
    if not {MAY_AUDIT} then
        return;
    end if;
    sampled := array(select distinct t.scope_id from performance_audittest t
                     join performance_claimrun r on r.id = t.run_id
                     where r.audited_by_id = slf.acting_user() and r.state <> 'withdrawn');
    perform set_config('slf.' || mode || '_claim', array(
        select distinct unnest(slf.scopes(mode || '_claim') || sampled) order by 1)::text, true)
    from unnest(array['read', 'write']) mode;
end
$$;
""",
    definer("slf.open_own_samples()"),
]

HOLD_DRAW = """
create or replace function slf.hold_draw() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') then
        return new;
    elsif not exists (select from performance_claimrun r where r.id = new.run_id and r.state = 'sampled'
                      and r.audited_by_id = slf.acting_user() and r.seed = new.seed and r.seed <> '')
        or new.round <> 1 + (select count(*) from performance_sampledraw d where d.run_id = new.run_id)
        or exists (select from performance_sampledraw d where d.run_id = new.run_id
                   and (d.frame <> new.frame or d.least <> new.least or d.share >= new.share))
    then
        raise exception 'a sample is drawn once, by its seed, and goes on in the same order'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
grant execute on function slf.hold_draw() to slf_app, slf_definer, slf_maintenance;
create trigger hold_draw before insert on performance_sampledraw for each row execute function slf.hold_draw();
"""

# The tests: put there by the drawing alone; what is found, by the auditor who drew, until the run is passed.
FOUND = (
    "eligibility", "eligibility_note", "approach", "approach_note", "evidence", "evidence_note", "result", "note",
    "tested_by_id", "tested_at",
)  # fmt: skip
NEW, OLD = (", ".join(f"{row}.{column}" for column in FOUND) for row in ("new", "old"))
HOLD_TEST = f"""
create or replace function slf.hold_test() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if pg_has_role(current_user, 'slf_owner', 'usage') or pg_has_role(current_user, 'slf_definer', 'usage') then
        return new;
    elsif tg_op = 'INSERT' then
        raise exception 'a line comes into the sample by its drawing' using errcode = 'insufficient_privilege';
    elsif ({NEW})
        is distinct from ({OLD})
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
grant update ({", ".join(FOUND)}) on performance_audittest to slf_app;
"""
BEFORE = HOLD_TEST_BEFORE.partition("create trigger")[0]

FORWARD = [
    *FACTS_USED, *FRAME, *PUT, *OPEN_OWN, HOLD_DRAW, HOLD_TEST,
    own_names("performance_sampledraw", {"drawn_by_id": Can.AUDIT_CLAIM}),
]  # fmt: skip
REVERSE = (
    any_names("performance_sampledraw")
    + BEFORE
    + """
drop trigger if exists hold_draw on performance_sampledraw;
drop function if exists slf.hold_draw(), slf.open_own_samples(),
    slf.put_in_sample(bigint, integer, uuid[], integer[], text[]), slf.run_frame(bigint), slf.facts_used(text, text);
"""
)
