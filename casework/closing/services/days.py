"""Before which day a case cannot be closed, because the record tells of work until then or later."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Q

from casework.cases.models import Case
from casework.closing.rules import Bound
from casework.plans.models import Plan
from casework.plans.rules import LIVING
from families.people.models import Family
from referrals.allocation.models import Allocation
from referrals.intake.models import Referral
from referrals.intake.rules import State as ReferralState
from slf.web.words import day_in_words


def bounds_of(case: Case) -> Iterator[Bound]:
    """Yield the days before which the case cannot be closed: the record tells of work until then or later."""
    yield Bound(case.opened_on, f"The case was opened on {day_in_words(case.opened_on)}.")
    for given in Allocation.objects.filter(family=case.family.shown).select_related("worker"):
        if given.ended_on is None:
            why = f"{given.worker} has the family from {day_in_words(given.began_on)}."
            yield Bound(_day_after(given.began_on), why)
        else:
            yield Bound(given.ended_on, f"{given.worker} has the family until {day_in_words(given.ended_on)}.")
    contact = case.visits.aggregate(day=Max("happened_on"))["day"]
    if contact is not None:
        yield Bound(contact, f"There was a contact on {day_in_words(contact)}.")
    for plan in Plan.objects.filter(family=case.family.shown, state__in=LIVING):
        day = max(plan.started_on, plan.agreed_on or plan.started_on)
        yield Bound(day, f"The plan was last written or agreed to on {day_in_words(day)}.")
    referred = _last_referral(case.family.shown)
    if referred is not None:
        why = f"A referral about the family was accepted on {day_in_words(referred)}."
        yield Bound(_day_after(referred), why)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _last_referral(family: Family) -> date | None:
    """Return when a referral was accepted last. One of the day of a closing, or later, is one after it."""
    of_it = Referral.objects.filter(Q(family=family) | Q(family__merged_into=family), state=ReferralState.ACCEPTED)
    last: date | None = of_it.aggregate(day=Max("decided_on"))["day"]
    return last
