"""A family that is worked with and has agreed to a plan, and the own page of one of its parents."""

from django.utils import timezone

from casework.own_page.rules import Screen
from casework.own_page.services import ask_for_page, hand_over_page, release_page
from tests.casework.closing.factories import TODAY, worked
from tests.casework.plans.factories import agreed, parents
from tests.referrals.intake.factories import in_the_name_of

SAFE = Screen(asked_alone=True, device="own", could_be_harmed=False, safe_times="While Kyle is at work")
WAYS = {"link_by": "shown", "pin_by": "said"}


def with_plan(worker, **family):
    made = worked(worker, **family)
    agreed(made, goals=2)
    return made


def asked(family, worker, *, person=None, screen=SAFE, on=TODAY, **out):
    with in_the_name_of(worker):
        return ask_for_page(family, person or parents(family)[0], screen, by=worker, on=on, **out)


def released(family, worker, senior, *, on=TODAY, **out):
    page = asked(family, worker, on=on, **out)
    with in_the_name_of(senior):
        return release_page(page, by=senior, on=on)


def handed(page, worker, *, on=TODAY):
    with in_the_name_of(worker):
        return hand_over_page(page, by=worker, on=on, at=timezone.localtime(), **WAYS)


def answers(family, **other):
    """Return what the form of asking sends."""
    said = {"person": str(parents(family)[0].uid), "asked_alone": "yes", "device": "own", "could_be_harmed": "no"}
    return said | other
