"""The rows of each report: a fixed number of queries whatever there is, limited to what the asker may see."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum

from performance.claims.frozen import thaw_scheme
from performance.claims.models import Claim, ClaimRun
from performance.claims.rules import State
from performance.claims.settings import JUMP
from performance.claims.submission import SUBMITTABLE
from performance.claims.whole_run import ask
from performance.pbr.rules import run_total
from performance.reports.asking import Asked, Rows
from performance.reports.rules.claims import Lines
from performance.reports.rules.jumps import COUNTY, RunClaims, Runs
from performance.reports.rules.money import RunMoney
from slf.policy.models import value_of

IN_NO_REPORT = (State.PREPARING, State.WITHDRAWN)
WHOLE = """
    select r.id, l.component_name, count(*), sum(l.amount)
    from performance_claimrun r cross join lateral slf.run_lines(r.id) l where r.id = any(%s) group by 1, 2
"""
LEDGER = "select * from slf.run_money_by(%s, %s)"


class Settled(NamedTuple):
    """What the ledger of a run says by a day: paid, rejected or taken back, and when money last arrived."""

    paid: Decimal = Decimal(0)
    released: Decimal = Decimal(0)
    paid_on: date | None = None


def runs_of(asked: Asked, *, with_rules: bool = False) -> list[ClaimRun]:
    """Return the frozen runs of claims of these days that the asker may see; their rules only where they are used."""
    found = ClaimRun.objects.visible_to(asked.by).filter(claim_on__range=(asked.since, asked.until))
    found = found.exclude(state__in=IN_NO_REPORT).defer("shared", *(() if with_rules else ("rules",)))
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


def claims_by_locality(asked: Asked) -> Rows:
    runs = runs_of(asked)
    counted = claims_of(asked, runs).order_by().values_list("run", "scope__locality__name", "component_name")
    seen = list(counted.annotate(n=Count("pk"), amount=Sum("amount")))
    rows = [*seen, *(out_of_sight(runs, seen) if asked.locality is None else ())]
    by_key = {run.pk: run for run in runs}
    lines = [
        Lines(by_key[run].scheme_name, place, result, by_key[run].state in SUBMITTABLE, number, amount)
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


def money_by_run(asked: Asked) -> Rows:
    runs = runs_of(asked, with_rules=True)
    worth: dict[int, tuple[int, list[Decimal]]] = {run.pk: (0, []) for run in runs}
    for run, _, number, amount in ask(WHOLE, list(worth)):
        worth[run] = worth[run][0] + number, [*worth[run][1], amount]
    settled = {run: Settled(*sums) for run, *sums in ask(LEDGER, list(worth), asked.on)}
    rows = [as_money(run, *worth[run.pk], settled.get(run.pk, Settled())) for run in runs]
    return Rows(rows, [as_source(run) for run in runs])


def as_money(run: ClaimRun, claims: int, amounts: list[Decimal], settled: Settled) -> RunMoney:
    total = run_total(thaw_scheme(run.rules), amounts)
    paid_on = settled.paid_on.isoformat() if settled.paid_on else ""
    return RunMoney(
        run.claim_on.isoformat(), run.scheme_name, run.get_state_display(), run.state in SUBMITTABLE, claims, total,
        settled.paid, settled.released, paid_on,
    )  # fmt: skip


def claims_against_earlier(asked: Asked) -> Rows:
    runs = runs_of(replace(asked, since=date.min))
    counted = claims_of(asked, runs).order_by().values_list("run", "scope__locality__name").annotate(n=Count("pk"))
    places: dict[int, dict[str, int]] = defaultdict(dict)
    for run, place, number in counted:
        places[run][place] = number
    if asked.locality is None:
        for run, number in totals_of(runs).items():
            places[run][COUNTY] = number
    found = [
        RunClaims(run.claim_on.isoformat(), run.scheme_name, run.claim_on >= asked.since, run.state in SUBMITTABLE,
                  places[run.pk])
        for run in runs
    ]  # fmt: skip
    return Rows(Runs(found, value_of(JUMP, on=asked.on)), [as_source(run) for run in runs])


def totals_of(runs: list[ClaimRun]) -> dict[int, int]:
    """Return how many results each run claims, whether or not its families are in sight."""
    numbers: dict[int, int] = Counter()
    for run, _, number, _ in ask(WHOLE, [run.pk for run in runs]):
        numbers[run] += number
    return numbers
