"""Taking down what somebody contests, deciding on it, and keeping that they were told."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from families.contesting.items import Item
from families.contesting.models import Contest
from families.contesting.rules import About, Decision, Kind, about_of, one_month_after
from families.people.models import Family, Person
from families.sharing.services import is_child
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import ONE_DAY, is_working_day
from slf.web.errors import Conflict, NotAllowed

ANOTHER_ADULT = "This is about another adult. Only they can say it."
TO_COME = "This day is still to come."
DECIDED = "This was decided already."
NOT_DECIDED = "This is not decided yet, so there is nothing to tell."
TOO_EARLY = "They cannot have been told before it was decided."
BEFORE_RECEIPT = "This cannot have been decided before it was said."


def due_after(received: date) -> date:
    """Return by when it is answered: a month after, or the first working day after that when it is none."""
    day = one_month_after(received)
    while not is_working_day(day):
        day += ONE_DAY
    return day


def who_may_contest(person: Person | None, *, raised_by: Person, on: date) -> str:
    """Return a sentence when somebody cannot say this: an adult speaks for themselves and for children."""
    if person is None or person == raised_by or is_child(person, on=on):
        return ""
    return ANOTHER_ADULT


@transaction.atomic
def take_down(
    family: Family,
    *,
    kind: Kind,
    raised_by: Person,
    says: str,
    received_on: date,
    by: User,
    on: date,
    item: Item | None = None,
    words: str = "",
) -> Contest:
    """Take down what somebody objects to or says is wrong: an ``item`` of the record, or something in ``words``.

    The clock runs from the day they said it. Said twice of one thing while that is open, it is there once.
    """
    if received_on > on:
        raise NotAllowed(TO_COME)
    person = item.person if item else None
    if problem := who_may_contest(person, raised_by=raised_by, on=received_on):
        raise NotAllowed(problem)
    about, target = about_of(item.key) if item else (About.OTHER, None)
    which = {"family": family, "kind": kind, "about": about, "target": target, "raised_by": raised_by}
    Family.objects.select_for_update(of=("self",), no_key=True).get(pk=family.pk)
    held = Contest.objects.undecided().filter(**which, target__isnull=False).first()
    return held or Contest.objects.create(
        **which, person=person, words=(item.words if item else words)[:300], says=says, received_on=received_on,
        due_on=due_after(received_on), taken_by=by,
    )  # fmt: skip


@transaction.atomic
def decide_contest(contest: Contest, *, decision: Decision, reason: str, by: User, on: date) -> Contest:
    """Decide on it, with what was done or why not. Only once: a second decision is a conflict."""
    contest = _lock(contest)
    if contest.decision:
        if (contest.decision, contest.decided_by_id) == (decision, by.pk):
            return contest
        raise Conflict(DECIDED)
    if on < contest.received_on:
        raise NotAllowed(BEFORE_RECEIPT)
    contest.decision, contest.reason, contest.decided_by, contest.decided_on = decision, reason.strip(), by, on
    contest.save(update_fields=["decision", "reason", "decided_by", "decided_on"])
    return contest


@transaction.atomic
def tell_them(contest: Contest, *, told_on: date, told_how: Contest.How, by: User, on: date) -> Contest:
    """Keep that whoever raised it was told what was decided. Told twice, the first stands."""
    contest = _lock(contest)
    if contest.decided_on is None:
        raise NotAllowed(NOT_DECIDED)
    if told_on > on:
        raise NotAllowed(TO_COME)
    if told_on < contest.decided_on:
        raise NotAllowed(TOO_EARLY)
    if contest.told_on is None:
        contest.told_on, contest.told_how, contest.told_by = told_on, told_how, by
        contest.save(update_fields=["told_on", "told_how", "told_by"])
    return contest


def waiting_for(user: User) -> QuerySet[Contest]:
    """Return what waits for a decision or for being told, where this person decides; the next due first."""
    rows = Contest.objects.visible_to(user, can=Can.DECIDE_SHARING)
    return (rows.undecided() | rows.to_tell()).for_list().order_by("due_on", "pk")


def decided_of(user: User) -> QuerySet[Contest]:
    """Return what was decided on and nobody was told yet, in the families this person works with."""
    rows = Contest.objects.visible_to(user, can=Can.WORK_FAMILY).to_tell()
    return rows.for_list().order_by("due_on", "pk")


def _lock(contest: Contest) -> Contest:
    found: Contest = Contest.objects.select_for_update(of=("self",), no_key=True).get(pk=contest.pk)
    return found
