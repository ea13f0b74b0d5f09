"""Who could work with a family, in the order they are suggested, each with the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Max

from families.about.models import AboutAnswer
from families.about.rules import BESIDE_ENGLISH, languages_in_words
from families.addresses.models import Home
from families.interests.services import who_know
from families.localities.distance import miles_to_the_nearest
from families.people.models import Family, Membership
from referrals.allocation.models import Allocation
from referrals.allocation.rules import FORECAST, Caseload, Circumstances, Reason
from referrals.allocation.services import caseloads, present_allocation, without_family, workers_for
from referrals.workers.models import WorkPattern
from referrals.workers.services import away_on, patterns_of
from slf.accounts.models import User

NO_FAMILY = Caseload()


@dataclass(frozen=True)
class Candidate:
    """A worker the family could be given to."""

    worker: User
    caseload: Caseload
    has_family: bool = False
    is_suggested: bool = False
    knows_them: bool = False
    others: Caseload = NO_FAMILY
    reasons: Sequence[Reason] = ()

    def with_family(self, *, highly_complex: bool) -> Caseload:
        """Return the caseload that giving them this family makes."""
        return self.others.with_one_more(highly_complex=highly_complex)

    @property
    def with_mixed(self) -> Caseload:
        return self.with_family(highly_complex=False)

    @property
    def with_highly_complex(self) -> Caseload:
        return self.with_family(highly_complex=True)


def candidates(family: Family, *, by: User, on: date) -> list[Candidate]:
    """Return the workers who could have this family in the order of ``rules.ORDER``; the first who can is suggested."""
    present = present_allocation(family, on=on)
    found = Team.of(family, by=by, on=on).circumstances(present)
    ranked = sorted(found, key=lambda worker: (found[worker].order, str(worker), worker.pk))
    had = present.worker_id if present else None
    best = next((one for one in ranked if one.pk != had and found[one].may_be_suggested), None)
    make = partial(_candidate, present=present)
    return [make(worker, found[worker], is_suggested=worker == best) for worker in ranked]


def _candidate(worker: User, known: Circumstances, *, present: Allocation | None, is_suggested: bool) -> Candidate:
    has_family = present is not None and present.worker_id == worker.pk
    others = without_family(present, known.now, worker=worker)
    return Candidate(worker, known.now, has_family, is_suggested, known.knows_them, others, tuple(known.reasons()))


@dataclass(frozen=True)
class Team:
    """What is known of the workers who could have a family: asked once for all of them."""

    workers: Sequence[User]
    now: Mapping[int, Caseload]
    later: Mapping[int, Caseload]
    away: Mapping[int, date]
    worked: Mapping[int, date]
    patterns: Mapping[int, WorkPattern]
    districts: frozenset[str]
    spoken: frozenset[str]
    know: frozenset[int]

    @classmethod
    def of(cls, family: Family, *, by: User, on: date) -> "Team":
        workers = list(workers_for(family))
        away = {pk: leave.last_day for pk, leave in away_on(workers, on=on).items()}
        return cls(
            workers, caseloads(workers, on=on), caseloads(workers, on=on + FORECAST), away,
            worked_before(family, by=by, on=on), patterns_of(workers), districts_of(family, by=by, on=on),
            languages_of(family, by=by, on=on),
            who_know(family, by=by),
        )  # fmt: skip

    def circumstances(self, present: Allocation | None) -> dict[User, Circumstances]:
        return {worker: self._of(worker, present) for worker in self.workers}

    def _of(self, worker: User, present: Allocation | None) -> Circumstances:
        now, pattern = self.now[worker.pk], self.patterns.get(worker.pk)
        return Circumstances(
            makes=without_family(present, now, worker=worker).with_one_more(highly_complex=False),
            later=self.later[worker.pk],
            now=now,
            away_until=self.away.get(worker.pk),
            worked_until=self.worked.get(worker.pk),
            starts_from=pattern.district if pattern else "",
            miles=miles_to_the_nearest(pattern.district, self.districts) if pattern else None,
            days=pattern.days_in_words if pattern else "",
            languages=pattern.languages_in_words if pattern else "",
            shared=languages_in_words(self.spoken.intersection(pattern.languages)) if pattern else "",
            wanted=bool(self.spoken),
            knows_them=worker.pk in self.know,
        )


def worked_before(family: Family, *, by: User, on: date) -> dict[int, date]:
    """Return the last day of those who had the family before, by the worker's key."""
    rows = Allocation.objects.visible_to(by).filter(family=family, ended_on__lte=on)
    return dict(rows.order_by().values_list("worker").annotate(Max("ended_on")))


def districts_of(family: Family, *, by: User, on: date) -> frozenset[str]:
    """Return the districts (LE11) the household lives in. A protected address is no hint of anything."""
    homes = Home.objects.visible_to(by).filter(family=family).on(on).in_the_open()
    return frozenset(code.split(" ")[0] for code in homes.values_list("postcode", flat=True) if code)


def languages_of(family: Family, *, by: User, on: date) -> frozenset[str]:
    """Return the codes of the languages, beside English, that the household speaks at home."""
    household = Membership.objects.visible_to(by).filter(family=family).on(on).values("person")
    said = AboutAnswer.objects.visible_to(by).in_force().filter(family=family, kind="first_language")
    return frozenset(said.filter(person__in=household).values_list("answer", flat=True)) & BESIDE_ENGLISH.keys()
