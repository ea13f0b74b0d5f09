"""Own pages of the plan: one that waits for a senior, and one that was taken away again. No link is made or printed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from casework.own_page.rules import Screen
from casework.own_page.services import ask_for_page, end_page, members_for_a_page, release_page
from casework.plans.models import Action, Plan
from families.people.models import Family
from families.restricting.audience import worker_of
from performance.demo.closings import is_plain
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

AT_SCHOOL = Screen(
    asked_alone=True, device="own", could_be_harmed=False, safe_times="While the children are at school",
    not_shown="That she asked about her rent: her mother must not hear of it.",
)  # fmt: skip
ANY_TIME = Screen(asked_alone=True, device="shared", could_be_harmed=False)
NEW_PHONE = "She has a new telephone and her cousin has the old one."


def ask_for_pages(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker ask for two pages; a senior releases one, and it is taken away."""
    worker, senior = accounts["fsw.charnwood"], accounts["senior.charnwood"]
    with acting_as(worker), transaction.atomic():
        theirs = [each.row for each in charnwood if has_plan(each.row) and worker_of(each.row) == worker][:2]
        pages = [ask(family, screen, by=worker, on=today) for family, screen in zip(theirs, (AT_SCHOOL, ANY_TIME))]  # noqa: B905
    for page in pages[1:]:
        with acting_as(senior), transaction.atomic():
            release_page(page, by=senior, on=today)
        with acting_as(worker), transaction.atomic():
            end_page(page, words=NEW_PHONE, by=worker)


def has_plan(family: Family) -> bool:
    return is_plain(family) and Plan.objects.in_force().filter(family=family).exists()


def ask(family: Family, screen: Screen, *, by: User, on: date):
    """Ask for the first who may have one, without what a worker does for the family."""
    person = members_for_a_page(family, on=on)[0].person
    others = Action.objects.filter(family=family, goal__plan__state="agreed", worker=by).values_list("pk", flat=True)
    return ask_for_page(family, person, screen, actions_out=list(others[:1]), by=by, on=on)
