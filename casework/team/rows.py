"""The team in one screen, and the families whose work drifts: both from one look at every open case.

A number of queries that does not grow with the families or the workers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean
from uuid import UUID

from casework.drift.known import Seen, open_cases, seen
from casework.drift.rules import DRIFT, Found, Sign, drifts, pressing
from casework.supervision.agenda import supervised
from casework.supervision.line import Line, lines
from casework.supervision.rules import WORKERS_EACH
from families.people.models import Family
from referrals.allocation.rules import Caseload
from referrals.allocation.services import caseloads
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of

WEEK = 7


def everything(user: User, *, on: date) -> list[Seen]:
    """Return how the work with each family stands whose work this person reviews."""
    cases = open_cases(user, on=on, can=Can.REVIEW_FAMILY)
    return list(seen(cases, supervised(cases, user=user, on=on), user=user, on=on).values())


# The drift list ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drifting:
    """One family of the drift list, with why it is on it."""

    stands: Seen
    why: list[Found]

    @property
    def signs(self) -> set[Sign]:
        return {one.sign for one in self.why}


@dataclass(frozen=True)
class Drift:
    """The list as it was asked for, and how many there are of each reason and with each worker."""

    rows: list[Drifting]
    reasons: dict[Sign, int]
    all: int


def drift_list(user: User, *, on: date, reason: Sign | None = None, worker: UUID | None = None) -> Drift:
    """Return the families whose work drifts, the most pressing first; of one reason, or with one worker, if asked.

    The figure of a reason is the length of the list that it opens, for the worker that is chosen.
    """
    whose = set() if worker is None else set(User.objects.filter(uid=worker).values_list("pk", flat=True))
    found = [Drifting(one, why) for one in everything(user, on=on) if (why := drifts(one.signs))]
    with_them = [one for one in found if worker is None or (one.stands.work and one.stands.work.worker_id in whose)]
    reasons = {sign: sum(sign in one.signs for one in with_them) for sign in DRIFT}
    rows = [one for one in with_them if reason is None or reason in one.signs]
    rows.sort(key=lambda one: (pressing(one.why), one.stands.family))
    return Drift(rows, reasons, len(with_them))


def named(rows: Sequence[Drifting], *, user: User) -> list[tuple[Family, Drifting]]:
    """Return the families of a page of the list beside their rows."""
    families = Family.objects.visible_to(user).select_related("scope__locality")
    by_id = families.in_bulk([one.stands.family for one in rows])
    return [(by_id[one.stands.family], one) for one in rows if one.stands.family in by_id]


def workers_of(rows: Iterable[Seen]) -> dict[int, str]:
    return {one.work.worker_id: one.work.worker for one in rows if one.work}


# The team ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """One worker of the team: caseload, how long its cases are open, the longest silence, what drifts, supervision."""

    line: Line
    caseload: Caseload
    families: list[Seen]
    on: date

    @property
    def worker(self) -> User:
        return self.line.worker

    @property
    def weeks(self) -> list[int]:
        return [(self.on - one.opened_on).days // WEEK for one in self.families]

    @property
    def oldest(self) -> int | None:
        return max(self.weeks, default=None)

    @property
    def average(self) -> int | None:
        return round(mean(self.weeks)) if self.weeks else None

    @property
    def silent_days(self) -> int | None:
        """Return for how long the family that waited longest has had no contact, counted from when it was opened."""
        days = [(self.on - (one.contact.happened_on if one.contact else one.opened_on)).days for one in self.families]
        return max(days, default=None)

    @property
    def silent(self) -> int:
        return sum(any(found.sign is Sign.SILENT for found in one.signs) for one in self.families)

    @property
    def drifting(self) -> int:
        return sum(bool(drifts(one.signs)) for one in self.families)


@dataclass(frozen=True)
class Team:
    """Everybody somebody supervises, and who of those who supervise has more workers than a setting says."""

    members: list[Member]
    too_many: list[tuple[User, int]]
    most: int


def team_of(user: User, *, on: date) -> Team:
    found = lines(user, on=on)
    loads = caseloads([line.worker for line in found], on=on)
    theirs: dict[int, list[Seen]] = defaultdict(list)
    for one in everything(user, on=on):
        if one.work:
            theirs[one.work.worker_id].append(one)
    members = [Member(line, loads[line.worker.pk], theirs[line.worker.pk], on) for line in found]
    most = value_of(WORKERS_EACH, on=on)
    return Team(members, too_many_of(found, most=most), most)


def too_many_of(found: Iterable[Line], *, most: int) -> list[tuple[User, int]]:
    """Return who supervised more workers last than one person should."""
    counted: dict[int, int] = defaultdict(int)
    for line in found:
        if line.by is not None:
            counted[line.by] += 1
    over = {pk: number for pk, number in counted.items() if number > most}
    people = User.objects.filter(pk__in=over).order_by("first_name", "pk") if over else []
    return [(person, over[person.pk]) for person in people]
