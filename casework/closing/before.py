"""What to look at before a case is closed: what is not done, what ends with it, and what stays open all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from casework.assessments.models import Assessment
from casework.budget.models import BudgetEntry, Spending, summed
from casework.budget.rules import pounds
from casework.cases.models import Case
from casework.closing.services import authors_of_notes
from casework.diary.models import PlannedVisit
from casework.interventions.models import Help
from casework.meetings.models import Meeting, MeetingAction
from casework.plans.models import Action, Plan
from casework.plans.rules import LIVING
from casework.requests.models import ServiceRequest
from casework.stars.models import Reading
from casework.tasks.models import Task
from casework.visits.contact import last_contacts
from casework.visits.rules import CHILD_SEEN_EVERY_DAYS
from families.contesting.models import Contest
from families.households.services import household_on
from families.numbers.services import open_questions as numbers_asked
from families.opening.services import emergencies_to_review
from families.overriding.services import to_review
from families.people.models import Family, Membership
from referrals.allocation.services import present_allocation
from referrals.triage.questions import open_questions
from slf.access.models import Scope, Share
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Point:
    """One thing in a sentence, and where it is seen to."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Before:
    """``undone``: what a reader may miss later; ``ends``: what the closing ends; ``stays``: what it leaves as it is."""

    undone: list[Point]
    ends: list[Point]
    stays: list[Point]


def before_closing(family: Family, *, by: User, on: date) -> Before:
    return Before(
        [*not_done(family, by=by), *not_seen(family, by=by, on=on)],
        list(what_ends(family, by=by, on=on)),
        list(what_stays(family, by=by, on=on)),
    )


def not_done(family: Family, *, by: User) -> Iterator[Point]:
    plan, star = (reverse(name, args=[family.uid]) for name in ("casework:plan", "casework:star"))
    actions = Action.objects.visible_to(by).to_do().filter(family=family).count()
    if actions:
        yield Point(f"{some(actions, 'action')} of the plan {'is' if actions == 1 else 'are'} still to do", plan)
    if Plan.objects.visible_to(by).drafts().filter(family=family).exists():
        yield Point("A version of the plan is a draft that the family has not agreed to", plan)
    if (held := Assessment.objects.visible_to(by).in_hand(family)) is not None:
        state = held.get_state_display().lower()
        yield Point(f"{held.kind_name} {held.number} is not signed off: {state}", held.get_absolute_url())
    for help in Help.objects.visible_to(by).going_on().filter(family=family).select_related("method"):
        where = reverse("casework:help_given", args=[family.uid])
        yield Point(f"“{help.method}” goes on: nobody has said how it ended", where)
    if tasks := Task.objects.visible_to(by).open().filter(family=family).count():
        where = reverse("casework:tasks_of_family", args=[family.uid])
        yield Point(f"{some(tasks, 'task')} {'is' if tasks == 1 else 'are'} still to do, and would stay so", where)
    yield from around_it(family, by=by)
    readings = Reading.objects.visible_to(by).current().filter(family=family).count()
    if readings < 2:
        read = "The star was read only once, so nobody can say what changed" if readings else "The star was never read"
        yield Point(read, star)


def around_it(family: Family, *, by: User) -> Iterator[Point]:
    """Yield what of the team around the family nobody has said the end of."""
    requests, where = ServiceRequest.objects.visible_to(by).open().filter(family=family), "casework:requests"
    for asked in requests.select_related("service"):
        state = asked.get_state_display().lower()
        yield Point(f"“{asked.what}” is {state}: nobody has said what became of it", reverse(where, args=[family.uid]))
    for meeting in Meeting.objects.visible_to(by).planned().filter(family=family):
        yield Point(f"The meeting of {meeting.when} has no finished minutes", meeting.get_absolute_url())
    if actions := MeetingAction.objects.visible_to(by).to_do().filter(family=family).count():
        are = "is" if actions == 1 else "are"
        yield Point(
            f"{some(actions, 'action')} of meetings {are} still to do", reverse("casework:meetings", args=[family.uid])
        )


def not_seen(family: Family, *, by: User, on: date) -> Iterator[Point]:
    """Yield the children who were not seen for too long, by name."""
    every, visits = value_of(CHILD_SEEN_EVERY_DAYS, on=on), reverse("casework:visits", args=[family.uid])
    contacts, seen = last_contacts([family.pk], user=by)
    if family.pk not in contacts:
        yield Point("No contact with the family is recorded", visits)
    children = [member for member in household_on(family, on, by=by) if member.part == Membership.Part.CHILD]
    last = {member.name: seen.get((family.pk, member.person.pk)) for member in children}
    if never := [name for name, day in last.items() if day is None]:
        yield Point(f"It is not recorded that {listed(never)} {'were' if never[1:] else 'was'} ever seen", visits)
    for name, day in last.items():
        if day is not None and (on - day).days > every:
            yield Point(f"{name} was last seen on {day_in_words(day)}", visits)


def what_ends(family: Family, *, by: User, on: date) -> Iterator[Point]:
    allocation = present_allocation(family, on=on)
    if allocation is not None:
        yield Point(f"{allocation.worker} works with the family no more, and has room for another one")
    covers = Share.objects.of(family).not_over().filter(kind=Share.Kind.COVER).select_related("user")
    for share in covers:
        yield Point(f"{share.user} covers no more")
    for plan in Plan.objects.visible_to(by).filter(family=family, state__in=LIVING).order_by("number"):
        what = "the draft" if plan.is_draft else "agreed"
        yield Point(f"Version {plan.number} of the plan, {what}, ends. It stays to be read", plan.get_absolute_url())
    if planned := PlannedVisit.objects.visible_to(by).open().filter(family=family).count():
        yield Point(f"{some(planned, 'planned visit')} {'is' if planned == 1 else 'are'} cancelled")
        return
    contact = last_contacts([family.pk], user=by)[0].get(family.pk)
    if contact and contact.next_visit_on and contact.next_visit_on > on:
        yield Point(f"The visit planned for {day_in_words(contact.next_visit_on)} is planned no more")


def what_stays(family: Family, *, by: User, on: date) -> Iterator[Point]:
    """Yield what goes on although the case is closed: nobody is let off an answer, a review or a note by closing."""
    contested = Contest.objects.visible_to(by).filter(family=family).filter(Q(decision="") | Q(told_on=None)).count()
    if contested:
        where = reverse("families:contests", args=[family.uid])
        yield Point(f"{some(contested, 'contested matter')} to decide or to tell: the month runs on", where)
    yield from money_held(family, by=by)
    yield from to_be_looked_into(family, by=by)
    notes = len(authors_of_notes(family)) if rights_of(by).may(Can.CLOSE_CASE, family.scope_id) else 0
    if notes:
        people = "1 person has a note" if notes == 1 else f"{notes} people have notes"
        yield Point(f"{people} about the family not yet sent. It is kept, and can still be sent; they are told")
    if Scope.objects.filter(pk=family.scope_id, kind=Scope.Kind.SHARED).exists():
        yield Point("Whoever the family is shared with outside the team goes on seeing it")


def money_held(family: Family, *, by: User) -> Iterator[Point]:
    """Yield what was approved and not paid, and what nobody has decided about."""
    where = reverse("casework:budget", args=[family.uid])
    rows = Spending.objects.visible_to(by).filter(family=family)
    held = summed(BudgetEntry.objects.visible_to(by).filter(family=family)).held
    if held:
        yield Point(f"{pounds(held)} is approved and not paid yet. It can still be paid, or be freed", where)
    if waiting := rows.waiting().count():
        yield Point(f"{some(waiting, 'request')} for money that nobody has decided about", where)


def to_be_looked_into(family: Family, *, by: User) -> Iterator[Point]:
    for rows, what, name in (
        (emergencies_to_review(by), "Emergency access to it waits to be reviewed", "access:emergencies"),
        (to_review(by), "What was shown all the same waits to be reviewed", "families:overrides"),
        (numbers_asked(by), "A number is asked about", "families:numbers"),
        (open_questions(by), "It is asked whether a referral elsewhere is about the family", "referrals:questions"),
    ):
        if of_family(rows, family).exists():
            yield Point(what, reverse(name))


def of_family(rows: QuerySet, family: Family) -> QuerySet:
    return rows.filter(Q(family=family.pk) | Q(family__merged_into=family.pk))


def listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def some(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def case_of(family: Family, *, by: User) -> Case | None:
    """Return the case that is open, else the one that was open last."""
    rows = Case.objects.visible_to(by).filter(family=family).select_related("opened_by")
    found: Case | None = rows.filter(closed_on=None).first() or rows.order_by("-closed_on", "-pk").first()
    return found
