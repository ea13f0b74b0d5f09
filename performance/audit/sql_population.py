"""The whole of a run without names, over the wall: every family judged, claimed for or not, closed since or not.

People are codes made from the run and the person: the same person has the same code in one run and another in the next.
"""

from slf.access.sql import definer

LOCALITY = """coalesce((
                select l.name::text from families_belonging b join slf_locality l on l.id = b.locality_id
                where b.family_id = j.family_id
                  and (b.period @> r.claim_on or (b.is_first and lower(b.period) > r.claim_on))
                order by b.period limit 1), 'Not known')"""
CODE = "left(encode(sha256(convert_to(r.uid::text || ':' || (m ->> 'id'), 'UTF8')), 'hex'), 16)"
MEMBERS = "jsonb_array_elements(nullif(j.\"case\", '')::jsonb -> 'household' -> 'members') m"
PEOPLE = f"array(select {CODE} from {MEMBERS} order by 1)"

POPULATION = [
    f"""
create or replace function slf.run_population(run bigint, skip bigint, many bigint)
returns table (judged_id bigint, reference text, locality text, eligible text, component text, answer text,
               blocked text[], claimed boolean, sampled boolean, closed boolean, people text[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return query
        select j.id, j.reference::text, {LOCALITY}, j.answer::text, e.key, e.value ->> 'answer',
            array(select b ->> 'rule' from jsonb_array_elements(e.value -> 'blocked_by') b),
            c.id is not null, t.id is not null, j.scope_id <> all (slf.scopes('read_claim')), {PEOPLE}
        from (select a.* from performance_judged a where a.run_id = run order by a.id offset skip limit many) j
        join performance_claimrun r on r.id = j.run_id
        left join lateral (
            select x.key, x.value from jsonb_each(nullif(j.judgement, '')::jsonb -> 'results') x
            where x.key <> 'attachment'
        ) e on true
        left join performance_claim c on c.judged_id = j.id and c.component = e.key
        left join performance_audittest t on t.claim_id = c.id
        order by j.id, e.key;
end
$$;
""",
    definer("slf.run_population(bigint, bigint, bigint)"),
]

# Of a scheme those families alone that the service began with on its days: ``claims.frozen.attached_within`` in SQL.
COMPLETENESS = [
    """
create or replace function slf.run_completeness(run bigint, out attached integer, out judged integer,
    out eligible integer, out claimed integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    days record;
begin
    perform slf.check_run(run, 'read');
    select coalesce((kept ->> 'from')::date, '-infinity') as first,
        least((kept ->> 'to')::date, r.claim_on) as last into days
        from performance_claimrun r cross join lateral (select r.shared::jsonb -> 'attached') as d (kept)
        where r.id = run;
    select count(distinct coalesce(f.merged_into_id, f.id)) into attached
        from casework_case c join families_family f on f.id = c.family_id
        where c.attached_on between days.first and days.last;
    select count(*), count(*) filter (where j.answer = 'met') into judged, eligible
        from performance_judged j where j.run_id = run;
    claimed := (select count(*) from performance_claim c where c.run_id = run);
end
$$;
""",
    definer("slf.run_completeness(bigint)"),
]

DUPLICATES = [
    f"""
create or replace function slf.run_duplicates(run bigint) returns table (person text, families text[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return query
        select {CODE}, array_agg(distinct j.reference::text order by j.reference::text)
        from performance_judged j join performance_claimrun r on r.id = j.run_id cross join lateral {MEMBERS}
        where j.run_id = run group by r.uid, m ->> 'id' having count(distinct j.reference) > 1 order by 1;
end
$$;
""",
    definer("slf.run_duplicates(bigint)"),
]

# When the family, or somebody of it, took back a consent to claiming since the run was prepared; that is all it says.
CONSENT = [
    """
create or replace function slf.consent_withdrawn_since(claim bigint) returns date
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    found record;
begin
    select c.run_id, c.family_id, r.prepared_at into found
        from performance_claim c join performance_claimrun r on r.id = c.run_id where c.id = claim;
    perform slf.check_run(found.run_id, 'read');
    return (select max(s.said_on) from families_consent s
            where s.family_id = any (slf.one_with(found.family_id)) and s.purpose = 'claim'
              and s.state in ('withdrawn', 'refused') and s.recorded_at > found.prepared_at);
end
$$;
""",
    definer("slf.consent_withdrawn_since(bigint)"),
]

FORWARD = [*POPULATION, *COMPLETENESS, *DUPLICATES, *CONSENT]
REVERSE = """
drop function if exists slf.consent_withdrawn_since(bigint), slf.run_duplicates(bigint),
    slf.run_completeness(bigint), slf.run_population(bigint, bigint, bigint);
"""
