"""The rows of the reports about families: each as the last run of a scheme judged and froze it."""

import json
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from performance.claims.frozen import thaw_scheme
from performance.claims.models import ClaimRun, Judged
from performance.claims.rules import CALLED
from performance.claims.settings import PLEDGED
from performance.claims.whole_run import ask
from performance.outcomes.figures import FIGURES
from performance.outcomes.figures import Asked as AskedOfFigures
from performance.outcomes.services import count_at_once
from performance.reports.asking import Asked, Rows
from performance.reports.models import ReturnReference
from performance.reports.reading import as_source, claims_of, runs_of
from performance.reports.rules import national
from performance.reports.rules.cohort import Year
from performance.reports.rules.results import Judgements
from performance.reports.settings import SHARE
from slf.accounts.models import User
from slf.policy.models import value_of

# Read under row security: what the asker may not see is not counted.
ANSWERS = """
    select j.run_id, l.name, r.key, j.answer, r.value ->> 'answer', count(*)
    from performance_judged j
    join slf_scope s on s.id = j.scope_id
    join slf_locality l on l.id = s.locality_id and l.id = coalesce(%s, l.id)
    cross join lateral jsonb_each(nullif(j.judgement, '')::jsonb -> 'results') r
    where j.run_id = any(%s)
    group by 1, 2, 3, 4, 5
"""
LETTERS, LONG = "23456789BCDFGHJKMNPQRSTVWXYZ", 10
"""What a reference of the return is made of: no letters that are read wrongly or make words."""


def last_runs(asked: Asked) -> list[ClaimRun]:
    """Return the last frozen run of each scheme in these days."""
    return list({run.scheme: run for run in runs_of(asked, with_rules=True)}.values())


def judged_in(runs: Iterable[ClaimRun], asked: Asked) -> QuerySet[Any]:
    found = Judged.objects.counted_for(asked.by).filter(run__in=list(runs), scope__locality__isnull=False)
    return found.filter(scope__locality=asked.locality) if asked.locality else found


def results_met(asked: Asked) -> Rows:
    runs = {run.pk: run for run in last_runs(asked)}
    counted = ask(ANSWERS, asked.locality.pk if asked.locality else None, list(runs))
    found = [
        Judgements(runs[run].scheme_name, place, CALLED[result], eligible, answer, number)
        for run, place, result, eligible, answer, number in counted
        if result in CALLED
    ]
    claims = claims_of(asked, list(runs.values())).order_by().values_list("run", "scope__locality__name", "component")
    claimed = {
        (runs[run].scheme_name, place, CALLED[result]): number
        for run, place, result, number in claims.annotate(n=Count("pk"))
    }
    return Rows((found, claimed), [as_source(run) for run in runs.values()])


def families_by_year(asked: Asked) -> Rows:
    runs = {run.pk: run for run in last_runs(asked)}
    when = {"y": ExtractYear("attached_on"), "m": ExtractMonth("attached_on")}
    months = judged_in(runs.values(), asked).order_by().annotate(**when)
    counted = months.values_list("run", "y", "m").annotate(n=Count("pk"), met=Count("pk", filter=Q(answer="met")))
    years: dict[tuple[int, int], tuple[int, int]] = {}
    for run, year, month, number, met in counted:
        key = run, year if month >= 4 else year - 1
        before = years.get(key, (0, 0))
        years[key] = before[0] + number, before[1] + met
    found = [
        Year(thaw_scheme(runs[run].rules), date(year, 4, 1), number, met, pledged(year))
        for (run, year), (number, met) in sorted(years.items(), key=lambda item: (runs[item[0][0]].scheme, item[0][1]))
    ]
    return Rows(found, [as_source(run) for run in runs.values()])


def pledged(year: int) -> int | None:
    """Return how many families were pledged for the year from that April on; None where nobody has said."""
    return value_of(PLEDGED, on=date(year + 1, 3, 31)) or None


def families_of_the_return(asked: Asked) -> Rows:
    """Draw some families of each run, by the references frozen with them, and give each one for the return."""
    runs, share = {run.pk: run for run in last_runs(asked)}, value_of(SHARE, on=asked.on)
    keys = dict(judged_in(runs.values(), asked).exclude(case="").values_list("pk", "reference"))
    year = national.year_of(asked.until)
    drawn = set(national.sample(keys.values(), year=year, share=share))
    chosen = list(judged_in(runs.values(), asked).filter(pk__in=[pk for pk, key in keys.items() if key in drawn]))
    known = references(chosen, by=asked.by)
    families = [
        national.Judged(
            known[row.family_id], runs[row.run_id].scheme_name, row.attached_on, runs[row.run_id].claim_on,
            json.loads(row.case), json.loads(row.judgement),
        )
        for row in chosen
    ]  # fmt: skip
    return Rows(national.Return(families, len(keys), share, CALLED), [as_source(run) for run in runs.values()])


def references(rows: Iterable[Judged], *, by: User) -> dict[int, str]:
    """Return the reference of each family for the return; one that has none is given one, by chance and for good."""
    wanted = {row.family_id for row in rows}
    mine = ReturnReference.objects.visible_to(by).filter(family__in=wanted)
    known = dict(mine.values_list("family_id", "reference"))
    new = [ReturnReference(family_id=pk, reference=a_reference()) for pk in sorted(wanted - known.keys())]
    ReturnReference.objects.bulk_create(new, ignore_conflicts=True)  # not a door: of families just read
    return dict(mine.values_list("family_id", "reference"))


def a_reference() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LONG))


def figures(asked: Asked) -> Rows:
    found = count_at_once(FIGURES.values(), AskedOfFigures(asked.by, asked.locality, asked.on))
    rows = [(each.figure.label, each.figure.group, each.number, each.figure.definition) for each in found]
    return Rows(rows, [])
