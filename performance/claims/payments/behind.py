"""Lines of families that were closed to named people since: by reference and result, and no word about the family.

Their money is still asked for, so a data officer enters what became of them. The door is the run.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404

from performance.claims.models import Claim, ClaimRun
from performance.claims.payments.rules import KIND_NAMES, Kind
from performance.claims.payments.services import LineOfRun, let_go, lines_of_run, refuse_unsubmitted, reverse
from performance.claims.rules import pounds
from performance.claims.whole_run import ask
from slf.accounts.models import User
from slf.clock import shown
from slf.web.words import day_in_words

REJECTED = "The department rejects what is outstanding of it"
WITHDRAWN = "We take it back: what was paid of it is reversed"


class Entered(NamedTuple):
    """What was done to such a line, without the words that somebody wrote."""

    uid: UUID
    kind: str
    paid: Decimal
    released: Decimal
    remittance: str
    entered_at: datetime
    may_be_reversed: bool

    @property
    def name(self) -> str:
        return KIND_NAMES[Kind(self.kind)]

    @property
    def pounds(self) -> str:
        return pounds(abs(self.paid or self.released))

    @property
    def words(self) -> str:
        return f"{self.name}, {self.pounds}, entered on {day_in_words(shown(self.entered_at).date())}"


def lines_behind(run: ClaimRun, *, by: User) -> list[LineOfRun]:
    """Return the lines of a submitted run whose families are closed to whoever asks."""
    refuse_unsubmitted(run)
    seen = set(Claim.objects.visible_to(by).filter(run=run).values_list("uid", flat=True))
    return [line for line in lines_of_run(run) if line.uid not in seen]


def line_behind(run: ClaimRun, uid: UUID, *, by: User) -> LineOfRun:
    """Return one of them. A line in sight has a page of its own, so here there is none."""
    for line in lines_behind(run, by=by):
        if line.uid == uid:
            return line
    raise Http404


def entries_behind(line: LineOfRun) -> list[Entered]:
    """Return what was done to such a line, the first first."""
    return [Entered(*row) for row in ask("select * from slf.line_entries(%s)", line.uid)]


def may_become(line: LineOfRun, entries: Sequence[Entered]) -> list[tuple[str, str]]:
    """Return what may be said of the line now, each with its words; an entry to be reversed by its identifier."""
    left = [(Kind.REJECTED.value, REJECTED)] if line.money.outstanding else []
    if line.money.outstanding or line.money.paid:
        left.append((Kind.WITHDRAWN.value, WITHDRAWN))
    return left + [(str(each.uid), f"Reverse: {each.words}") for each in entries if each.may_be_reversed]


@transaction.atomic
def settle_behind(line: LineOfRun, *, what: str, reason: str, by: User) -> None:
    """Say that the line is rejected or taken back, or reverse one entry of it. Raises ``Http404`` for another's."""
    if what in {Kind.REJECTED, Kind.WITHDRAWN}:
        let_go(line.uid, kind=Kind(what), reason=reason)
    elif what in {str(each.uid) for each in entries_behind(line)}:
        reverse(UUID(what), reason=reason)
    else:
        raise Http404
