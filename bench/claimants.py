"""Attached families with 40 facts each, made by set-based SQL: attendance, exclusions, offences, benefits, work."""

from datetime import date, timedelta

from django.db import transaction

from bench.county import fill, filling, hire, numbered, place
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import State
from families.hub.services import data_office
from performance.rulebook.reading import scheme_in_use
from performance.rulebook.services import confirm, propose
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.accounts.models import User

SLUG = "harborough"
START = 1_000_000  # the number of the first of these families
ATTACHED_ON, CLAIM_ON = date(2013, 7, 15), date(2014, 10, 15)
FACTS_EACH = 40

# Three children with nine terms each (27), five interventions, two offences, three exclusions, two benefits, one job.
FACTS = """
    insert into families_fact (uid, kind, period, value, source, source_name, source_key, about_key, recorded_on,
                               recorded_at, recorded_by_id, scope_id, family_id, person_id, agency)
    select gen_random_uuid(), f.kind, daterange(f.starts, f.ends), f.value, 'feed', f.kind || '.csv, row ' || n,
           f.kind || ':' || n || ':' || f.key, f.kind || ':' || n || ':' || f.key, f.seen, now(), %(by)s, %(scope)s,
           %(base)s + n, (%(base)s + n) * 10 + f.who,
           case f.kind when 'asb_intervention' then 'csp' when 'offence_proven' then 'police'
                       when 'benefit_spell' then 'dwp' when 'employment_spell' then 'dwp' else 'schools' end
    from generate_series(%(first)s, %(last)s) n cross join lateral (
        select 'attendance_term', t.starts_on, t.ends_on + 1, k, k || ':' || t.id, t.ends_on + 1, jsonb_build_object(
            'term', t.name, 'possible', 124, 'attended', 90, 'fixed_exclusions', 0,
            'unauthorised', case when n %% 3 = 0 and t.starts_on >= '2013-08-01' then 3 else 30 end)
        from performance_schoolterm t cross join generate_series(2, 4) k where t.ends_on < %(on)s
        union all
        select 'asb_intervention', d, d + 1, 0, d::text, d + 1, '{"instrument": "ABC"}'
        from (select date '2013-01-09' + 30 * k as d from generate_series(0, 4) k) days
        union all
        select 'offence_proven', d, d + 1, 2, d::text, d + 1, '{"offence": "Theft from a shop"}'
        from (select date '2013-02-11' + 40 * k as d from generate_series(0, 1) k) days
        union all
        select 'exclusion_fixed', d, d + 1, 3, d::text, d + 1, '{"days": 2}'
        from (select date '2012-11-05' + 70 * k as d from generate_series(0, 2) k) days
        union all
        select 'benefit_spell', '2012-06-01', null, k, k::text, '2013-07-15', '{"benefit": "JSA"}'
        from generate_series(0, 1) k
        union all
        select 'employment_spell', '2014-03-03', case when n %% 5 = 0 then null else date '2014-04-01' end, 1, '',
               '2014-10-01', '{"evidence": "Payslip"}'
    ) f (kind, starts, ends, who, key, seen, value)
"""


def make_office() -> User:
    """Make who prepares claims, every rule confirmed and every agency's file received."""
    with acting_as(None), transaction.atomic():
        data, head = hire("claims.data", Role.DATA), hire("claims.head", Role.HEAD)
    with acting_as(data), transaction.atomic():
        left = [{"rule": row.id} for row in scheme_in_use("P1").rows.values() if not row.settled]
        proposal = propose("P1", left, by=data, document="Measuring only")
    with acting_as(head), transaction.atomic():
        confirm(proposal, by=head)
    with acting_as(data), transaction.atomic():
        files = FeedFile.objects.bulk_create(
            FeedFile(scope=data_office(), feed=feed, name=f"{feed}.csv", content=f"{feed}.csv", sha256=feed,
                     rows_expected=1, uploaded_by=data, received_on=CLAIM_ON - timedelta(days=1),
                     covers=(date(2012, 1, 1), CLAIM_ON), whole_county=True)
            for feed in ("asb", "offences", "benefits")
        )  # fmt: skip
        FeedRow.objects.bulk_create(
            FeedRow(scope=file.scope, file=file, number=2, line=2, raw={}, state=State.KNOWN) for file in files
        )
    return data


def make_claimants(*, first: int, families: int, by: User) -> None:
    """Make attached families numbered from ``first`` on, with their facts."""
    _, scope = place(SLUG)
    values = numbered(START + first, families) | {"scope": scope, "by": by.pk, "on": CLAIM_ON}
    with filling() as cursor:
        fill(cursor, SLUG, first=START + first, families=families, by=by, workers=[], attached_on=ATTACHED_ON)
        cursor.execute(FACTS, values)
        if cursor.rowcount != families * FACTS_EACH:
            message = f"{cursor.rowcount} facts were made for {families} families."
            raise RuntimeError(message)
