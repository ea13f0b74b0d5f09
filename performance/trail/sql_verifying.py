"""The trail recomputed from the rows as they stand: both chains, what was written, and each table by its last entry."""

from performance.trail.rules import DISPOSED
from performance.trail.sql import SETTINGS, closed
from slf.access.rules import Can
from slf.access.sql import definer, roles_that

MOST = 20
STALE = "2 days"

# The fingerprint of a run for who verifies it, whoever that is; `slf.run_fingerprint` asks who may read the run.
OF_A_JUDGEMENT = (
    """j.id, j.family_id, j.reference, j.attached_on, j."case", j.judgement, j.digest, j.answer, j.reason"""
)


def digest_of_run(more: str = "") -> str:
    """Return the function, with ``more`` behind what stands of each judgement."""
    return f"""
create or replace function slf.digest_of_run(run bigint) returns text
language sql stable {SETTINGS} as $$
    select encode(sha256(convert_to(jsonb_build_array(r.scheme, r.rules, r.shared, r.engine, r.claim_on, (
        select string_agg(encode(sha256(convert_to((jsonb_build_array(
            {OF_A_JUDGEMENT}
        ){more})::text, 'UTF8')), 'hex'), '' order by j.id) from performance_judged j where j.run_id = r.id
    ), (
        select string_agg(encode(sha256(convert_to(jsonb_build_array(
            c.id, c.judged_id, c.family_id, c.component, c.component_name, c.amount, c.price_rule, (
                select jsonb_agg(jsonb_build_array(p.person_id, p.scheme, p.slot) order by p.id)
                from performance_claimedperson p where p.claim_id = c.id)
        )::text, 'UTF8')), 'hex'), '' order by c.id) from performance_claim c where c.run_id = r.id
    ))::text, 'UTF8')), 'hex')
    from performance_claimrun r where r.id = run
$$;
{closed("slf.digest_of_run(bigint)")}
create or replace function slf.run_fingerprint(run bigint) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform slf.check_run(run, 'read');
    return slf.digest_of_run(run);
end
$$;
{definer("slf.run_fingerprint(bigint)")}
"""


COMPARING = f"""
create or replace function slf.trail_differs(was jsonb, is_now jsonb) returns text[]
language sql immutable as $$
    select case when jsonb_typeof(was) <> 'array' or jsonb_array_length(was) <> jsonb_array_length(is_now)
        then array['*'] else array(
        select distinct c.key
        from jsonb_array_elements(was) with ordinality a(value, n)
        join jsonb_array_elements(is_now) with ordinality b(value, n) using (n)
        cross join jsonb_each(a.value) c
        where b.value ? c.key and b.value -> c.key is distinct from c.value order by 1) end
$$;
{closed("slf.trail_differs(jsonb, jsonb)")}
create or replace function slf.trail_line(content jsonb) returns text
language sql stable {SETTINGS} as $$
    select coalesce(content -> 0 ->> 'reference', (
        select j.reference from performance_judged j where j.id = coalesce((content -> 0 ->> 'judged_id')::bigint, (
            select c.judged_id from performance_claim c where c.id = (content -> 0 ->> 'claim_id')::bigint))), '')
$$;
{closed("slf.trail_line(jsonb)")}
"""
LINE_OF_WARNING = f"""
create or replace function slf.trail_line(content jsonb) returns text
language sql stable {SETTINGS} as $$
    select coalesce(content -> 0 ->> 'reference', (
        select j.reference from performance_judged j where j.id = coalesce(
            (content -> 0 ->> 'judged_id')::bigint,
            (select c.judged_id from performance_claim c where c.id = (content -> 0 ->> 'claim_id')::bigint),
            (select w.judged_id from performance_linewarning w where w.id = (content -> 0 ->> 'warning_id')::bigint)
        )), '')
$$;
{closed("slf.trail_line(jsonb)")}
"""

OF_CHAINS = f"""
create or replace function slf.faults_of_chains()
returns table (run_id bigint, number integer, name text, key bigint, fault text)
language sql stable {SETTINGS} as $$
    select null::bigint, a.number, 'performance_trailanchor', a.number::bigint, 'anchor'
    from (select a.*, row_number() over w as place, coalesce(lag(a.head) over w, '') as before
          from performance_trailanchor a window w as (order by a.number)) a
    where a.number <> a.place or a.previous <> a.before
       or a.head <> slf.trail_link(a.previous, slf.anchor_words(a.number, a.at, a.run_id, a.entries, a.run_head), '')
    union all
    select null, a.number, 'performance_trailanchor', a.number, 'cut' from performance_trailanchor a
    where not exists (select from performance_trailentry e
                      where e.run_id = a.run_id and e.number = a.entries and e.head = a.run_head)
    union all
    select null, c.anchors, 'performance_trailanchor', c.anchors, 'published' from performance_trailcheck c
    where c.faults = '[]' and c.anchors > 0 and not exists (
        select from performance_trailanchor a where a.number = c.anchors and a.head = c.head)
    union all
    select e.run_id, e.number, e.name, e.number, 'entry'
    from (select e.*, row_number() over w as place, coalesce(lag(e.head) over w, '') as before
          from performance_trailentry e window w as (partition by e.run_id order by e.number)) e
    where e.number <> e.place or e.previous <> e.before or e.head <> slf.trail_link(e.previous, slf.trail_words(
        e.number, e.at, e.by_id, e.what, e.says, e.name, e.key, e.digest), '')
    union all
    select e.run_id, e.number, e.name, e.number, 'unanchored'
    from performance_trailentry e join slf.trail_tables() r on r.name = e.name and r.steps
    where e.number > (select coalesce(max(a.entries), 0) from performance_trailanchor a where a.run_id = e.run_id)
    union all
    select e.run_id, e.number, e.name, e.number, case when p.entry_id is null then 'payload_gone' else 'payload' end
    from performance_trailentry e left join performance_trailpayload p on p.entry_id = e.id
    where p.entry_id is null and not exists (
            select from performance_trailentry d
            where d.run_id = e.run_id and d.name = '{DISPOSED}' and d.key >= e.number)
       or encode(sha256(convert_to(p.salt || p.content::text, 'UTF8')), 'hex') <> e.digest
$$;
{closed("slf.faults_of_chains()")}
"""

# What was disposed of is compared with nothing. A column that is younger than its row's entry is no fault of the row.
OF_ROWS = f"""
create or replace function slf.faults_of_rows(tab text)
returns table (run_id bigint, number integer, key bigint, fault text, columns text[], line text)
language plpgsql stable {SETTINGS} as $$
begin
    return query execute format(
        'with latest as materialized (
            select distinct on (e.key) e.key, e.run_id, e.number, p.content, p.entry_id is null as gone
            from performance_trailentry e left join performance_trailpayload p on p.entry_id = e.id
            where e.name = %L order by e.key, e.number desc
        ), live as materialized (%s), unlike as (
            select coalesce(l.run_id, v.run_id) as run_id, l.number, coalesce(l.key, v.key) as key,
                l.content as was, v.content as is_now
            from latest l full join live v on v.key = l.key
            where l.gone is not true and l.content is distinct from v.content
        )
        select u.run_id, u.number, u.key,
            case when u.was is null then ''added'' when u.is_now is null then ''removed'' else ''altered'' end,
            slf.trail_differs(u.was, u.is_now), slf.trail_line(coalesce(u.was, u.is_now))
        from unlike u where u.was is null or u.is_now is null or slf.trail_differs(u.was, u.is_now) <> ''{{}}''',
        tab, slf.trail_select(tab, false));
end
$$;
{closed("slf.faults_of_rows(text)")}
"""

ALL = f"""
create or replace function slf.trail_faults() returns table (
    run_id bigint, number integer, name text, key bigint, fault text, columns text[], line text)
language sql stable {SETTINGS} as $$
    select f.run_id, f.number, f.name, f.key, f.fault, '{{}}'::text[], '' from slf.faults_of_chains() f
    union all
    select f.run_id, f.number, t.name, f.key, f.fault, f.columns, f.line
    from slf.trail_tables() t cross join lateral slf.faults_of_rows(t.name) f
    union all
    select r.id, null, 'performance_claimrun', r.id, 'fingerprint', '{{}}', ''
    from performance_claimrun r
    where r.digest <> '' and r.digest <> slf.digest_of_run(r.id) and not exists (
        select from performance_trailentry d where d.run_id = r.id and d.name = '{DISPOSED}')
$$;
{closed("slf.trail_faults()")}
create or replace function slf.verify_trail() returns table (
    at timestamptz, runs integer, entries integer, anchors integer, head text, faults jsonb)
language plpgsql volatile {SETTINGS} as $$
begin
    if slf.acting_user() is not null and not exists (
        select from slf_post p where p.user_id = slf.acting_user() and p.role in ({roles_that(Can.AUDIT_CLAIM)})
          and p.period @> slf.today())
    then
        raise exception 'internal audit verifies the trail, and the clock' using errcode = 'insufficient_privilege';
    end if;
    return query
    with found as (
        select coalesce(jsonb_agg(jsonb_build_object(
            'fault', f.fault, 'name', f.name, 'key', f.key, 'columns', f.columns, 'line', f.line,
            'scheme', r.scheme, 'claim_on', r.claim_on) order by f.place), '[]') as faults
        from (select t.*, row_number() over (order by t.run_id nulls first, t.number nulls last, t.name, t.key) as place
              from slf.trail_faults() t) f
        left join performance_claimrun r on r.id = f.run_id where f.place <= {MOST}
    ), last as (
        select a.number, a.head, a.scope_id from performance_trailanchor a order by a.number desc limit 1
    ), kept as (
        insert into performance_trailcheck as c (scope_id, at, by_id, runs, entries, anchors, head, faults)
        select s.scope_id, clock_timestamp(), slf.acting_user(), (select count(*) from performance_claimrun),
            (select count(*) from performance_trailentry), coalesce(l.number, 0), coalesce(l.head, ''), f.faults
        from found f cross join (select r.scope_id from performance_claimrun r order by r.id desc limit 1) s
        left join last l on true
        returning c.at, c.runs, c.entries, c.anchors, c.head::text, c.faults
    )
    select k.* from kept k;
end
$$;
{definer("slf.verify_trail()")}
create or replace function slf.trail_alarm() returns table (at timestamptz, failed boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.at, c.faults <> '[]' from (select * from performance_trailcheck order by id desc limit 1) c
    where c.faults <> '[]' or c.at < now() - interval '{STALE}'
$$;
{definer("slf.trail_alarm()")}
"""

# A line from before its answers were frozen has the digest it had.
DIGEST_WITH_CHECKS = digest_of_run(" || case when j.checks = '' then '[]' else jsonb_build_array(j.checks) end")

FORWARD = [digest_of_run(), COMPARING, OF_CHAINS, OF_ROWS, ALL]
REVERSE = """
drop function if exists slf.trail_alarm(), slf.verify_trail(), slf.trail_faults(), slf.faults_of_rows(text),
    slf.faults_of_chains(), slf.trail_line(jsonb), slf.trail_differs(jsonb, jsonb);
"""
