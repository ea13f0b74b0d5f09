"""The dashboard's reading: figures counted, workers' load, months compared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import TruncMonth

from casework.stars.models import Reading
from casework.visits.models import Visit
from performance.outcomes.figures import FIGURES, Asked, Figure
from performance.outcomes.rules import months_before
from referrals.allocation.models import Allocation
from referrals.intake.models import Referral
from referrals.intake.rules import State

MONTHS = 12


@dataclass(frozen=True)
class Counted:
    """A figure with its number."""

    figure: Figure
    number: int


def count_all(asked: Asked) -> dict[str, list[Counted]]:
    """Return every figure counted, by group."""
    return by_group(count_at_once(FIGURES.values(), asked))


def count_at_once(figures: Iterable[Figure], asked: Asked) -> list[Counted]:
    """Return some figures counted, in their order: one query for all of them, at any size."""
    figures = list(figures)
    first, *others = [counting(figure, asked) for figure in figures]
    numbers = dict(first.union(*others, all=True))
    return [Counted(figure, numbers.get(figure.code, 0)) for figure in figures]


def counting(figure: Figure, asked: Asked) -> QuerySet[Any, Any]:
    """Return ``(code, number)`` of one figure, as a part of a union."""
    counted: QuerySet[Any, Any] = figure.rows(asked).order_by().values_list(Value(figure.code)).annotate(n=Count("pk"))
    return counted


def by_group(counted: Iterable[Counted]) -> dict[str, list[Counted]]:
    groups: dict[str, list[Counted]] = {}
    for each in counted:
        groups.setdefault(each.figure.group, []).append(each)
    return groups


def by_month(rows: QuerySet[Any], field: str, *, on: date) -> list[int]:
    """Return how many rows fell in each of the last twelve months."""
    months = months_before(on, MONTHS)
    counts = rows.filter(**{f"{field}__gte": months[0], f"{field}__lte": on}).order_by()
    found = dict(counts.annotate(month=TruncMonth(field)).values_list("month").annotate(n=Count("pk")))
    return [found.get(month, 0) for month in months]


def referrals_by_month(asked: Asked) -> list[int]:
    return by_month(asked.of(Referral).exclude(state=State.DRAFT), "sent_on", on=asked.on)


def visits_by_month(asked: Asked) -> list[int]:
    return by_month(asked.of(Visit), "happened_on", on=asked.on)


@dataclass(frozen=True)
class Load:
    """One worker's families: mixed and highly complex."""

    worker: str
    mixed: int
    highly_complex: int


def loads(asked: Asked) -> list[Load]:
    """Return each worker's families now, the heaviest first."""
    rows = asked.of(Allocation).current(on=asked.on).select_related("worker")
    held = Counter((str(row.worker), row.highly_complex) for row in rows)
    workers = sorted({worker for worker, _ in held})
    return sorted(
        (Load(w, held[w, False], held[w, True]) for w in workers), key=lambda load: -load.mixed - load.highly_complex
    )


def star_change(asked: Asked) -> tuple[float, float, int] | None:
    """Return the average of first and of latest readings over families read twice, and how many those are."""
    families = [reading.whose for reading in FIGURES["reread"].rows(asked)]
    pairs = Reading.objects.visible_to(asked.user).pairs(families).values()
    both = [(first.average, latest.average) for first, latest in pairs if first.pk != latest.pk]
    if not both:
        return None
    firsts, latests = zip(*both, strict=True)
    return sum(firsts) / len(both), sum(latests) / len(both), len(both)
