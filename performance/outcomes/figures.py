"""Every figure of the dashboard and the rows behind it: one queryset each, counted for the figure, shown as the list.

A figure that is a count of anything but its own list cannot be written here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casework.cases.models import Case
from casework.plans.models import Plan
from casework.stars.models import Reading
from casework.visits.models import Sighting, Visit
from families.people.models import Family, Membership
from performance.outcomes.rules import QUIET_DAYS, year_of
from referrals.allocation.models import Allocation
from referrals.enquiries.models import Enquiry
from referrals.intake.models import Referral
from referrals.intake.rules import REFUSED, State
from slf.access.models import Locality
from slf.accounts.models import User


@dataclass(frozen=True)
class Asked:
    """Who asks, for which locality (None: every one they may see), and as at which day."""

    user: User
    locality: Locality | None
    on: date

    def of(self, model: type) -> Any:
        """Return the model's own kind of queryset, of the locality asked about."""
        rows = model.objects.visible_to(self.user)
        return rows.filter(scope__locality=self.locality) if self.locality else rows

    @property
    def year(self) -> tuple[date, date]:
        return year_of(self.on)


@dataclass(frozen=True)
class Figure:
    """One figure: its name, what exactly it counts, and the rows behind it."""

    code: str
    group: str
    label: str
    definition: str
    rows: Callable[[Asked], QuerySet]


def received(asked: Asked) -> QuerySet:
    return asked.of(Referral).exclude(state=State.DRAFT).filter(sent_on__range=asked.year)


def from_families(asked: Asked) -> QuerySet:
    return received(asked).filter(own__isnull=False)


def waiting(asked: Asked) -> QuerySet:
    return asked.of(Referral).filter(state=State.RECEIVED)


def overdue(asked: Asked) -> QuerySet:
    return waiting(asked).filter(due_on__lt=asked.on)


def accepted(asked: Asked) -> QuerySet:
    return asked.of(Referral).filter(state=State.ACCEPTED, decided_on__range=asked.year)


def sent_to_esf(asked: Asked) -> QuerySet:
    return asked.of(Referral).filter(state=State.ESF, decided_on__range=asked.year)


def signposted(asked: Asked) -> QuerySet:
    return asked.of(Referral).filter(state=State.SIGNPOSTED, decided_on__range=asked.year)


def awaiting_reply(asked: Asked) -> QuerySet:
    return asked.of(Referral).filter(state=State.ASKED)


def incomplete_at_first(asked: Asked) -> QuerySet:
    return received(asked).exclude(first_missing=[])


def came_back(asked: Asked) -> QuerySet:
    return received(asked).filter(Exists(Enquiry.objects.visible_to(asked.user).filter(referral=OuterRef("pk"))))


def refused(asked: Asked) -> QuerySet:
    return received(asked).filter(agreement=REFUSED)


def open_cases(asked: Asked) -> QuerySet:
    return asked.of(Case).open_on(asked.on)


def closed_cases(asked: Asked) -> QuerySet:
    return asked.of(Case).filter(closed_on__range=asked.year)


def unallocated(asked: Asked) -> QuerySet:
    current = Allocation.objects.visible_to(asked.user).current(on=asked.on).filter(family=OuterRef("pk"))
    any_case = has(Case.objects.visible_to(asked.user), family="pk")
    return asked.of(Family).standing().filter(~Exists(current), ~any_case)


def has(rows: QuerySet, *, family: str = "family") -> Q:
    """Return the condition that a family has such rows, or another one does that is the same family known again.

    Two look-ups by key for each family: with ``THE_FAMILY`` on both sides a county would be compared with itself.
    """
    return Q(Exists(rows.filter(family=OuterRef(family)))) | Q(
        Exists(rows.filter(family__merged_into=OuterRef(family)))
    )


def highly_complex(asked: Asked) -> QuerySet:
    return asked.of(Allocation).current(on=asked.on).filter(highly_complex=True)


def the_one(name: str) -> models.Case:
    """Return the key of the one that a row's ``name`` is, should it be there twice: whoever is counts once.

    PostgreSQL takes ``coalesce`` for something that may leak, and looks nothing up by it behind row security.
    """
    again = f"{name}__merged_into"
    merged = models.When(**{f"{again}__isnull": False}, then=F(again))
    return models.Case(merged, default=F(name), output_field=models.BigIntegerField())


THE_ONE_PERSON, THE_FAMILY = the_one("person"), the_one("family")


def visits_this_month(asked: Asked) -> QuerySet:
    return asked.of(Visit).filter(happened_on__range=(asked.on.replace(day=1), asked.on))


def long_open(asked: Asked) -> QuerySet:
    """Return the open cases that are old enough for a visit to be missed: the clock starts with the case."""
    return open_cases(asked).filter(opened_on__lte=asked.on - timedelta(days=QUIET_DAYS))


def quiet(asked: Asked) -> QuerySet:
    since = asked.on - timedelta(days=QUIET_DAYS)
    recent = Visit.objects.visible_to(asked.user).filter(happened_on__gt=since, happened_on__lte=asked.on)
    return long_open(asked).filter(~has(recent))


def children_not_seen(asked: Asked) -> QuerySet:
    seen = Sighting.objects.visible_to(asked.user).annotate(whom=THE_ONE_PERSON).filter(
        whom=OuterRef("whom"), how__in=["seen", "alone"],
        visit__happened_on__gt=asked.on - timedelta(days=QUIET_DAYS),
    )  # fmt: skip
    cases = long_open(asked).values("family")
    children = asked.of(Membership).on(asked.on).filter(
        Q(family__in=cases) | Q(family__merged_into__in=cases), part=Membership.Part.CHILD
    )  # fmt: skip
    return children.annotate(whom=THE_ONE_PERSON, whose=THE_FAMILY).filter(~has(seen, family="whose"))


def plans_agreed(asked: Asked) -> QuerySet:
    return asked.of(Plan).filter(agreed_on__range=asked.year, number=1)


def with_reading(asked: Asked) -> QuerySet:
    return open_cases(asked).filter(
        has(Reading.objects.visible_to(asked.user).current().filter(taken_on__lte=asked.on))
    )


def with_two_readings(asked: Asked) -> QuerySet:
    readings = Reading.objects.visible_to(asked.user).current().filter(taken_on__lte=asked.on)
    first = readings.filter(taken_on__lt=OuterRef("taken_on"))
    after = Q(taken_on__gt=OuterRef("taken_on")) | Q(taken_on=OuterRef("taken_on"), pk__gt=OuterRef("pk"))
    taken = asked.of(Reading).current().filter(taken_on__lte=asked.on).annotate(whose=THE_FAMILY)
    found = taken.filter(has(first, family="whose"), ~has(readings.filter(after), family="whose"))
    return found.order_by("family_id")


FIGURES: dict[str, Figure] = {
    figure.code: figure
    for figure in (
        Figure("received", "Demand", "Referrals received", "Referrals sent since 1 April of this year.", received),
        Figure(
            "own",
            "Demand",
            "From families themselves",
            "Referrals sent since 1 April of this year by a family itself.",
            from_families,
        ),
        Figure("accepted", "Demand", "Referrals accepted", "Referrals accepted since 1 April of this year.", accepted),
        Figure(
            "esf", "Demand", "Sent to the ESF provider", "Families sent to it since 1 April of this year.", sent_to_esf
        ),
        Figure("signposted", "Demand", "Signposted", "Referrals signposted since 1 April of this year.", signposted),
        Figure(
            "asked", "Demand", "Waiting for a reply", "Referrals whose referrer was asked for more.", awaiting_reply
        ),
        Figure(
            "incomplete",
            "Demand",
            "Incomplete at first",
            "Referrals sent since 1 April of this year in which something was missing when they were first to be sent.",
            incomplete_at_first,
        ),
        Figure(
            "came_back",
            "Demand",
            "Came back with questions",
            "Referrals sent since 1 April of this year about which the referrer was asked for more.",
            came_back,
        ),
        Figure(
            "refused",
            "Demand",
            "Family refused",
            "Referrals sent since 1 April of this year that the family had refused when they were sent.",
            refused,
        ),
        Figure("waiting", "Demand", "Waiting for a decision", "Referrals received and not decided.", waiting),
        Figure(
            "overdue", "Demand", "Past their date", "Waiting referrals whose decision was due before today.", overdue
        ),
        Figure("open", "Caseload", "Families worked with", "Cases open today.", open_cases),
        Figure("closed", "Caseload", "Cases closed", "Cases closed since 1 April of this year.", closed_cases),
        Figure("unallocated", "Caseload", "Without a worker", "Families accepted and never allocated.", unallocated),
        Figure("complex", "Caseload", "Highly complex", "Families allocated today as highly complex.", highly_complex),
        Figure(
            "visits",
            "Visits",
            "Visits this month",
            "Visits that happened since the first of this month.",
            visits_this_month,
        ),
        Figure(
            "quiet",
            "Visits",
            "No visit lately",
            f"Cases open for {QUIET_DAYS} days or more without a visit in that time.",
            quiet,
        ),
        Figure(
            "unseen",
            "Visits",
            "Children not seen lately",
            f"Children of cases open for {QUIET_DAYS} days or more not seen in that time.",
            children_not_seen,
        ),
        Figure(
            "plans",
            "Outcomes",
            "Families that agreed a plan",
            "First plans agreed since 1 April of this year.",
            plans_agreed,
        ),
        Figure(
            "read",
            "Outcomes",
            "Families with a star reading",
            "Open cases with at least one star reading.",
            with_reading,
        ),
        Figure("reread", "Outcomes", "Read again", "Families with two or more star readings.", with_two_readings),
    )
}
