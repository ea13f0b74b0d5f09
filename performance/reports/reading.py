"""The rows of each report: a fixed number of queries whatever there is, limited to what the asker may see."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from performance.claims.models import Claim, ClaimRun
from performance.claims.rules import State
from performance.claims.submission import SUBMITTABLE
from performance.claims.whole_run import ask
from performance.pbr.schemes import load
from performance.reports.asking import Asked, Rows
from performance.reports.rules.claims import Lines

IN_NO_REPORT = (State.PREPARING, State.WITHDRAWN)
WHOLE = """
    select r.id, l.component_name, count(*), sum(l.amount)
    from performance_claimrun r cross join lateral slf.run_lines(r.id) l where r.id = any(%s) group by 1, 2
"""


def runs_of(asked: Asked) -> list[ClaimRun]:
    """Return the frozen runs of claims of these days that the asker may see, without the rules frozen in them."""
    found = ClaimRun.objects.visible_to(asked.by).filter(claim_on__range=(asked.since, asked.until))
    found = found.exclude(state__in=IN_NO_REPORT).defer("rules", "shared")
    return list(found.order_by("claim_on", "scheme", "pk"))


def as_source(run: ClaimRun) -> dict[str, str]:
    """Return a run as a report names what it rests on."""
    return {
        "run": str(run.uid), "scheme": run.scheme, "claim_on": run.claim_on.isoformat(), "state": run.state,
        "engine": run.engine, "digest": run.digest,
    }  # fmt: skip


def claims_of(asked: Asked, runs: list[ClaimRun]) -> QuerySet[Any]:
    """Return the claims of some runs whose families are in a locality that the asker may see."""
    found = Claim.objects.visible_to(asked.by).filter(run__in=runs, scope__locality__isnull=False)
    return found.filter(scope__locality=asked.locality) if asked.locality else found


def name_of(run: ClaimRun) -> str:
    return load(run.scheme).name


def claims_by_locality(asked: Asked) -> Rows:
    runs = runs_of(asked)
    counted = claims_of(asked, runs).order_by().values_list("run", "scope__locality__name", "component_name")
    seen = list(counted.annotate(n=Count("pk"), amount=Sum("amount")))
    rows = [*seen, *(out_of_sight(runs, seen) if asked.locality is None else ())]
    by_key = {run.pk: run for run in runs}
    lines = [
        Lines(name_of(by_key[run]), place, result, by_key[run].state in SUBMITTABLE, number, amount)
        for run, place, result, number, amount in rows
    ]
    return Rows(lines, [as_source(run) for run in runs])


def out_of_sight(runs: list[ClaimRun], seen: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return what the runs claim beyond what is shown by locality, so that the report adds up to the runs."""
    shown: dict[tuple[int, str], tuple[int, Decimal]] = {}
    for run, _, result, number, amount in seen:
        before = shown.get((run, result), (0, Decimal(0)))
        shown[run, result] = before[0] + number, before[1] + amount
    left = []
    for run, result, number, amount in ask(WHOLE, [run.pk for run in runs]):
        here = shown.get((run, result), (0, Decimal(0)))
        if number > here[0]:
            left.append((run, "", result, number - here[0], amount - here[1]))
    return left
