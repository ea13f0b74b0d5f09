"""The whole population of a run without names: for completeness and duplicates, blocked and unclaimed lines too."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from performance.claims.checking import Places, checks_of
from performance.claims.checks import State
from performance.claims.models import ClaimRun, Judged
from performance.claims.rules import CALLED
from performance.claims.shown import SAID
from performance.claims.whole_run import ask
from slf.accounts.models import User

COLUMNS = ("Family", "Locality", "Eligible", "Route", "Result", "Kept out by", "Claimed", "In the sample", "People")
CLOSED = "Closed to named people since"
AT_ONCE = 250
"""Of how many families what was frozen is held at a time."""


class Row(NamedTuple):
    """One result of one family, or a family of whom no result was looked at."""

    judged: int
    reference: str
    locality: str
    eligible: str
    component: str | None
    answer: str | None
    blocked: Sequence[str]
    claimed: bool
    sampled: bool
    closed: bool
    people: Sequence[str]
    checks: Sequence[int] = ()

    @property
    def route(self) -> str:
        return CALLED.get(self.component or "", "None looked at")

    @property
    def was_eligible(self) -> str:
        return SAID[self.eligible]

    @property
    def said(self) -> str:
        return SAID.get(self.answer or "", "None")

    @property
    def kept_out_by(self) -> str:
        if self.claimed or self.answer != "met":
            return ""
        numbers = listed("Check", self.checks)
        rules = listed("Rule", self.blocked)
        return "; ".join(filter(None, [numbers, rules])) or (
            CLOSED if self.closed else "Somebody is claimed for already"
        )

    @property
    def cells(self) -> tuple[Any, ...]:
        return (
            self.reference, self.locality, self.was_eligible, self.route, self.said, self.kept_out_by, self.claimed,
            self.sampled, " ".join(self.people),
        )  # fmt: skip


def listed(what: str, which: Sequence[Any]) -> str:
    return f"{what}{'s' if len(which) > 1 else ''} {', '.join(map(str, which))}" if which else ""


class Completeness(NamedTuple):
    """How the families that the service works with become lines."""

    attached: int
    judged: int
    eligible: int
    claimed: int

    @property
    def missing(self) -> int:
        return self.attached - self.judged


def completeness_of(run: ClaimRun) -> Completeness:
    return Completeness(*ask("select attached, judged, eligible, claimed from slf.run_completeness(%s)", run.pk)[0])


def duplicates_in(run: ClaimRun) -> list[tuple[str, list[str]]]:
    """Return the codes of people who are in more than one family of a run, with the families."""
    return [(person, list(families)) for person, families in ask("select * from slf.run_duplicates(%s)", run.pk)]


def rows_of(run: ClaimRun, *, user: User, skip: int = 0, many: int | None = None) -> list[Row]:
    """Return every result of some families of a run; which check keeps out what was met is asked of those alone."""
    found = [Row(*row) for row in ask("select * from slf.run_population(%s, %s, %s)", run.pk, skip, many)]
    asked = {row.judged for row in found if row.answer == "met" and not row.claimed and not row.closed}
    blocks = dict(blocking(run, asked, user=user)) if asked else {}
    return [row._replace(checks=blocks.get((row.judged, row.component), ())) for row in found]


def blocking(run: ClaimRun, judged: Iterable[int], *, user: User) -> Iterator[tuple[tuple[int, str], list[int]]]:
    """Yield the numbers of the checks that keep out each result of some families, some of them at a time."""
    places, stops = Places(user, []), (State.BLOCKS, State.NOT_KNOWN)
    left, rows = sorted(judged), Judged.objects.visible_to(user).filter(run=run).prefetch_related("claims")
    for start in range(0, len(left), AT_ONCE):
        for row in rows.filter(pk__in=left[start : start + AT_ONCE]):
            for component, checks in checks_of(row, run, places).items():
                numbers = [each.number for each in checks.told if each.level == "block" and each.state in stops]
                yield (row.pk, component), numbers
