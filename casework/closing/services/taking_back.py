"""Taking back a closing that was a mistake."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from casework.cases.models import Case
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import call_off_checks, open_needs_again
from casework.closing.rules import Act, State
from casework.closing.services.turns import have_alone, lock_closing, next_state
from casework.plans.services import resume_plans
from casework.visits.models import Visit
from families.people.models import Family
from referrals.allocation.services import resume_allocation
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import NotAllowed
from slf.web.words import day_in_words
from slf.work.services import promise


@transaction.atomic
def take_back_closing(closing: Closing, *, because: str, by: User, on: date) -> Closing:
    """Take back a closing that was a mistake: the case, its worker's time and its plan go on as before. Safe twice.

    Where the worker cannot have the family any more, it waits for another one.
    """
    rules.check_words(taken_back_because=because)
    family = have_alone(closing.family.shown, by=by, can=Can.CLOSE_CASE, on=on, besides=closing.allocation)
    closing = lock_closing(closing)
    if closing.state == State.TAKEN_BACK and closing.taken_back_by_id == by.pk:
        return closing
    next_state(closing, Act.TAKE_BACK)
    if refusal := not_to_be_taken_back(closing, on=on):
        raise NotAllowed(refusal)
    closing.state = State.TAKEN_BACK
    closing.taken_back_by, closing.taken_back_on, closing.taken_back_because = by, on, because.strip()
    closing.save(update_fields=["state", "taken_back_by", "taken_back_on", "taken_back_because"])
    if closing.allocation is not None:
        resume_allocation(closing.allocation, by=by)
    resume_plans(family, closing.plans, by=by)
    open_needs_again(closing)
    call_off_checks(closing)
    alone = Visit.objects.filter(family=family, case=None, happened_on__gte=closing.closes_on)
    alone.update(case=closing.case)
    promise("closing.tell", by=by, closing=closing.pk, what="taken_back")
    return closing


def not_to_be_taken_back(closing: Closing, *, on: date) -> str:
    """Return why a closing stands: it is too long ago, or something else began since. Nothing when it may go."""
    within = value_of(rules.TAKE_BACK_WITHIN, on=on)
    if closing.decided_on is None or not rules.may_be_taken_back(closing.decided_on, within=within, on=on):
        return rules.TOO_LATE.format(days=within)
    family = Family.objects.select_related("merged_into").get(pk=closing.family_id)
    if family.merged_into is not None:
        return rules.MADE_ONE.format(family.merged_into, family.merged_into.reference)
    later = Case.objects.filter(family=family).exclude(pk=closing.case_id)
    another = later.filter(Q(closed_on__isnull=True) | Q(opened_on__gte=closing.closes_on)).first()
    return rules.ANOTHER_CASE.format(day=day_in_words(another.opened_on)) if another else ""
