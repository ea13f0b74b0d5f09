"""The chunks of a run that is being prepared: cut once, then each is judged by the worker that locks it first.

A worker that dies lets go of its chunk, and the next one takes it. They are gone once the run is frozen.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, Sum

from performance.claims.assembly import attached_cases
from performance.claims.frozen import attached_within
from performance.claims.models import Chunk, ClaimRun
from performance.pbr.rules import Period
from slf.access.models import ScopedQuerySet
from slf.accounts.models import User

SIZE = 250


def cut(run: ClaimRun, *, by: User) -> int:
    """Cut the attached families of a run into chunks, unless that is done; return how many chunks there are."""
    if already := of(run, by=by).count():
        return already
    cases = attached_cases(by=by, on=run.claim_on, within=attached_within(run))
    families = [family for family, _ in cases]
    together = [families[start : start + SIZE] for start in range(0, len(families), SIZE)]
    Chunk.objects.bulk_create(
        Chunk(run=run, scope_id=run.scope_id, number=number, first=some[0], last=some[-1], families=len(some))
        for number, some in enumerate(together, start=1)
    )
    return len(together)


def take(run: ClaimRun, *, by: User) -> Chunk | None:
    """Lock the first chunk that is not judged and that nobody else is judging; None when there is none."""
    left = of(run, by=by).filter(earned__isnull=True)
    return left.select_for_update(skip_locked=True, no_key=True).order_by("number").first()


def cases_of(chunk: Chunk, *, by: User, on: date, within: Period) -> Sequence[tuple[int, date]]:
    cases = attached_cases(by=by, on=on, within=within)
    return list(cases.filter(family_id__gte=chunk.first, family_id__lte=chunk.last))


def are_left(run: ClaimRun, *, by: User) -> bool:
    return of(run, by=by).filter(earned__isnull=True).exists()


def progress(run: ClaimRun, *, by: User) -> tuple[int, int]:
    """Return how many families are judged, by whichever worker, and how many there are."""
    judged = Sum("families", filter=Q(earned__isnull=False), default=0)
    told = of(run, by=by).aggregate(judged=judged, all=Sum("families", default=0))
    return told["judged"], told["all"]


def of(run: ClaimRun, *, by: User) -> ScopedQuerySet:
    return Chunk.objects.visible_to(by).filter(run=run)
