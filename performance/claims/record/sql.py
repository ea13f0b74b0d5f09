"""What casework tells a claim run, over the wall: whoever prepares claims reads no record of a family.

Only for families whose evidence they may read, only as it was known at the end of the day of the claim. Dates, kinds
and people alone; of a decision on progress who made it, in which post, and for which reason of the list. What is marked
as kept from somebody, taken back, struck out or not decided is left out.
"""

from families.people.rules import LIVES_THERE
from slf.access.sql import definer

THERE = ", ".join(f"'{part}'" for part in sorted(LIVES_THERE))

RECORD = [
    """
create or replace function slf.record_for_claim(run bigint, asked bigint[], everything boolean)
returns table (one bigint, what text, entry text, about text, said text, starts date, ends date, seen date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    on_day date;
    at timestamptz;
begin
    perform slf.check_run(run, 'write');
    select r.claim_on, r.created_at into on_day, at from performance_claimrun r where r.id = run;
    return query
    with here as materialized (
        select f.id, coalesce(f.merged_into_id, f.id) one from families_family f
        where (f.id = any (asked) or f.merged_into_id = any (asked)) and f.scope_id = any (slf.scopes('read_evidence'))
    ), confided as materialized (
        select p.entry uid from casework_provenance p join here h on h.id = p.family_id
        where exists (select from casework_provenancekeptfrom k where k.provenance_id = p.id)
          and not exists (select from casework_provenance later where later.supersedes_id = p.id)
    ), needs as materialized (
        select h.one, n.id, n.uid, n.kind, n.started_on, n.ended_on, p.uid person
        from families_need n join here h on h.id = n.family_id left join families_person p on p.id = n.person_id
        where everything and n.started_on <= on_day and not exists (select from confided c where c.uid = n.uid)
    ), plans as materialized (
        select h.one, p.id, p.uid, p.agreed_on from casework_plan p join here h on h.id = p.family_id
        where everything and p.agreed_on <= on_day and p.state in ('agreed', 'replaced', 'ended')
    ), closings as materialized (
        select h.one, c.id, c.case_id, c.closes_on, c.decided_on
        from casework_closing c join here h on h.id = c.family_id
        where everything and c.state = 'closed' and c.decided_on <= on_day
    )
    select n.one, 'need', n.uid::text, n.person::text, n.kind::text, n.started_on,
           case when n.ended_on <= on_day then n.ended_on end, n.started_on
    from needs n
    union all
    select n.one, 'outcome', n.uid::text, null, o.outcome::text, least(c.closes_on, o.said_on), null::date,
           greatest(c.closes_on, o.said_on)
    from closings c join casework_needoutcome o on o.closing_id = c.id join needs n on n.id = o.need_id
    union all
    select n.one, 'check', n.uid::text, null, s.stands::text, s.checked_on, null::date, s.checked_on
    from closings c join casework_sustainmentcheck s on s.closing_id = c.id
    join casework_needoutcome o on o.closing_id = c.id and o.outcome = 'met' join needs n on n.id = o.need_id
    where s.state = 'made' and s.checked_on <= on_day
    union all
    select n.one, 'review', n.uid::text, null, case when bool_and(g.went = 'reached') then 'reached' else 'not' end,
           r.held_on, null::date, r.held_on
    from plans p join casework_planreview r on r.plan_id = p.id and r.held_on <= on_day and r.recorded_at <= at
    join casework_goalreview g on g.review_id = r.id join casework_goalneed t on t.goal_id = g.goal_id
    join needs n on n.id = t.need_id
    group by n.one, n.uid, r.held_on
    union all
    select n.one, 'decision', n.uid::text, null, jsonb_build_object(
               'because', e.because, 'grade', e.grade,
               'approver', coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.username))::text,
           e.decided_on, null::date, e.decided_on
    from casework_equivalentprogress e join needs n on n.id = e.need_id join slf_user u on u.id = e.decided_by_id
    where e.state = 'approved' and e.decided_on <= on_day
    union all
    select p.one, 'plan', p.uid::text, null, n.uid::text, p.agreed_on, null::date, p.agreed_on
    from plans p left join casework_goal g on g.plan_id = p.id left join casework_goalneed t on t.goal_id = g.id
    left join needs n on n.id = t.need_id
    union all
    select h.one, 'assessment', a.uid::text, null, (not exists (
               select from families_membership m left join families_person p on p.id = m.person_id
               where m.family_id = a.family_id and m.part in (THERE) and m.period @> a.finished_on
                 and not exists (
                     select from casework_assessmentanswer w left join families_person q on q.id = w.person_id
                     where w.assessment_id = a.id and w.value <> ''
                       and coalesce(q.merged_into_id, q.id) = coalesce(p.merged_into_id, p.id))))::text,
           a.finished_on, null::date, a.signed_on
    from casework_assessment a join here h on h.id = a.family_id
    where everything and a.state = 'signed' and a.signed_on <= on_day
    union all
    select h.one, 'lead', l.uid::text, null, '', lower(l.period), (upper(l.period) - 1), lower(l.period)
    from referrals_allocation l join here h on h.id = l.family_id
    where everything and lower(l.period) <= on_day
    union all
    select h.one, 'case', c.uid::text, null, '', c.opened_on, case when c.closed_on <= on_day then c.closed_on end,
           coalesce(k.decided_on, c.closed_on)
    from casework_case c join here h on h.id = c.family_id left join closings k on k.case_id = c.id
    where everything and c.opened_on <= on_day
    union all
    select met.one, 'contact', '', null, '', met.happened_on, null::date, met.happened_on
    from (
        select h.one, v.happened_on from casework_visit v join here h on h.id = v.family_id
        where v.happened_on <= on_day and v.recorded_at <= at and v.kind <> 'message'
          and not exists (select from confided c where c.uid = v.uid)
        union
        select h.one, s.happened_on from casework_helpsession s join here h on h.id = s.family_id
        where s.happened_on <= on_day and s.recorded_at <= at and s.struck_on is null
    ) met
    union all
    select h.one, 'kept', '', null, '', greatest(min(c.opened_on), max(b.brought_on)), null::date, on_day
    from casework_case c join here h on h.id = c.family_id left join casework_broughtover b on b.family_id = h.id
    where c.opened_on <= on_day group by h.one
    union all
    select h.one, 'pregnancy', m.uid::text, p.uid::text, '', greatest(lower(m.period), lower(k.period)),
           (upper(m.period) - 1), least(on_day, upper(m.period) - 1)
    from families_membership m join here h on h.id = m.family_id
    join families_relationship k on k.family_id = m.family_id and k.other_id = m.person_id and k.kind = 'birth'
    join families_person p on p.id = k.person_id and p.gender = 'female'
    where everything and m.part = 'expected' and lower(m.period) <= on_day
    union all
    select h.one, 'school', m.uid::text, p.uid::text, '', lower(m.period), (upper(m.period) - 1),
           least(on_day, upper(m.period) - 1)
    from families_membership m join here h on h.id = m.family_id join families_person p on p.id = m.person_id
    where everything and m.school <> '' and lower(m.period) <= on_day
      and p.born_on between on_day - interval '25 years' and on_day - interval '16 years';
end
$$;
""".replace("THERE", THERE),
    definer("slf.record_for_claim(bigint, bigint[], boolean)"),
]
FORWARD = RECORD
REVERSE = "drop function if exists slf.record_for_claim(bigint, bigint[], boolean)"
