"""Taking back a closing that was a mistake."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from casework.cases.models import Case
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import call_off_checks, open_needs_again
from casework.closing.rules import State
from casework.closing.services.turns import have_alone, lock_closing, settled_in_words, stage_by
from casework.plans.services import resume_plans
from casework.transitions.rules import Move, Need, lacking, late
from casework.visits.models import Visit
from families.people.models import Family
from referrals.allocation.services import resume_allocation
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words
from slf.work.services import promise


@transaction.atomic
def take_back_closing(closing: Closing, *, because: str, by: User, on: date) -> Closing:
    """Take back a closing that was a mistake: the case, its worker's time and its plan go on as before. Safe twice.

    Where the worker cannot have the family any more, it waits for another one.
    """
    rules.check_words(taken_back_because=because)
    family = have_alone(Move.TAKE_BACK, closing.family.shown, by=by, on=on, besides=closing.allocation)
    closing = lock_closing(closing)
    if closing.state == State.TAKEN_BACK and closing.taken_back_by_id == by.pk:
        return closing
    if said := late(Move.TAKE_BACK, stage_by(closing), settled=settled_in_words(closing)):
        raise Conflict(said)
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
    family = Family.objects.select_related("merged_into").get(pk=closing.family_id)
    later = Case.objects.filter(family=family).exclude(pk=closing.case_id)
    another = later.filter(Q(closed_on__isnull=True) | Q(opened_on__gte=closing.closes_on)).first()
    decided_on = closing.decided_on
    there = {
        Need.IN_TIME: decided_on is not None and rules.may_be_taken_back(decided_on, within=within, on=on),
        Need.APART: family.merged_into is None,
        Need.NO_NEW_CASE: another is None,
    }
    opened = day_in_words(another.opened_on) if another else ""
    words = {"days": within, "one": family.shown, "reference": family.shown.reference, "opened": opened}
    lacks = lacking(Move.TAKE_BACK, there, **words)
    return lacks[1] if lacks else ""
