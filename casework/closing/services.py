"""Closing a case, or proposing to; confirming, sending back and withdrawing a proposal; taking a closing back.

Whoever closes has the people who hold the family, the family, its case and its plan to themselves, in this order.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.db import connection, transaction
from django.db.models import Max, Q

from casework.cases.models import Case
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import (
    Outcomes,
    call_off_checks,
    check_outcomes,
    end_needs,
    open_needs_again,
    say_outcomes,
    set_checks,
)
from casework.closing.outcomes import asked_of as asked_of
from casework.closing.outcomes import name_of as name_of
from casework.closing.outcomes import needs_to_say as needs_to_say
from casework.closing.outcomes import record_check as record_check
from casework.closing.rules import Act, Bound, State, Told
from casework.diary.services import end_planned
from casework.plans.models import Plan
from casework.plans.rules import LIVING
from casework.plans.services import end_plans, resume_plans
from casework.transfers.models import Transfer
from casework.visits.models import Visit
from families.people.models import Family
from families.people.services import lock_family
from referrals.allocation.models import Allocation
from referrals.allocation.services import end_allocation, present_allocation, resume_allocation
from referrals.intake.models import Referral
from referrals.intake.rules import State as ReferralState
from slf.access.models import Share
from slf.access.rules import Can
from slf.access.services import one_at_a_time, release_family
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words
from slf.work.services import promise

NOT_YOURS = "Only the seniors and managers of the family's locality close its case."
NOT_YOURS_TO_PROPOSE = "Only who works with the family proposes to close its case."


# Closing -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def close_case(family: Family, told: Told, *, by: User, on: date, outcomes: Outcomes | None = None) -> Closing:
    """Close the case of a family: its plan and its worker's time end with it. The same again is the same."""
    rules.check_told(told, reasons=value_of(rules.REASONS, on=on), on=on)
    family = _have_alone(family, by=by, can=Can.CLOSE_CASE, on=on)
    case = _lock_case(family)
    if case is None:
        return _closed_just_now(family, told, by=by)
    if (waits := _waiting(case)) is not None:
        raise Conflict(rules.ONE_WAITS.format(who=waits.proposed_by))
    said = check_outcomes(family, outcomes or {}, on=on)
    closing = Closing(family=case.family, case=case, **asdict(told))
    return _close(closing, case, family, closes_on=told.closes_on, outcomes=said, by=by, on=on)


@transaction.atomic
def confirm_closing(
    closing: Closing, *, by: User, on: date, closes_on: date | None = None, outcomes: Outcomes | None = None
) -> Closing:
    """Close a case as its worker proposed, or from another day on. Safe twice."""
    family = _have_alone(closing.family.shown, by=by, can=Can.CLOSE_CASE, on=on)
    case = _lock_case(family)
    closing = _lock(closing)
    if closing.state == State.CLOSED and closing.decided_by_id == by.pk:
        return closing
    _next(closing, Act.CONFIRM)
    if closing.proposed_by_id == by.pk:
        raise NotForYou(rules.OWN)
    if case is None:
        raise NotAllowed(rules.NO_CASE)
    said = check_outcomes(family, outcomes or {}, on=on, closing=closing)
    return _close(closing, case, family, closes_on=closes_on or closing.closes_on, outcomes=said, by=by, on=on)


def _close(
    closing: Closing, case: Case, family: Family, *, closes_on: date, outcomes: Outcomes, by: User, on: date
) -> Closing:
    """End what goes on, then close the case: the order the database insists on."""
    moving = Transfer.objects.waiting().filter(family=family).select_related("to_locality").first()
    if moving is not None:
        raise NotAllowed(rules.MOVES.format(to=moving.to_locality))
    allocation = present_allocation(family, on=on)
    rules.check_day(closes_on, bounds=bounds_of(case), on=on)
    if allocation is not None:
        end_allocation(allocation, by=by, on=closes_on)
    for share in _covers(family):
        release_family(family, user=share.user, kind=Share.Kind.COVER, by=by)
    end_planned(family, by=by, on=on)
    closing.allocation, closing.plans = allocation, end_plans(family, by=by, on=closes_on)
    closing.state, closing.closes_on, closing.decided_by, closing.decided_on = State.CLOSED, closes_on, by, on
    closing.save()
    say_outcomes(closing, outcomes, by=by, on=on)
    end_needs(closing)
    set_checks(closing, on=on)
    case.refresh_from_db(fields=["closed_on"])
    promise("closing.tell", by=by, closing=closing.pk, what="closed")
    return closing


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


def _closed_just_now(family: Family, told: Told, *, by: User) -> Closing:
    """Return the closing that this is once more; else say who was first."""
    last: Closing | None = Closing.objects.in_force().for_page().filter(family=family).order_by("-pk").first()
    if last is None:
        raise NotAllowed(rules.NO_CASE)
    if last.decided_by_id == by.pk and all(getattr(last, name) == said for name, said in asdict(told).items()):
        return last
    raise Conflict(settled_in_words(last))


def settled_in_words(closing: Closing) -> str:
    """Say what became of a closing, by whom: "Ann Senior closed this case on 15 October 2014."."""
    who, day = closing.settled
    return rules.SETTLED[State(closing.state)].format(who=who, day=day_in_words(day) if day else "")


# Proposing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def propose_closing(family: Family, told: Told, *, by: User, on: date, outcomes: Outcomes | None = None) -> Closing:
    """Propose to close a case: until a senior has confirmed it, everything stays. The same again is the same."""
    rules.check_told(told, reasons=value_of(rules.REASONS, on=on), on=on)
    held = Family.objects.visible_to(by, can=Can.PROPOSE_CLOSING).filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(NOT_YOURS_TO_PROPOSE)
    family = _standing(lock_family(held))
    case = _lock_case(family)
    if case is None:
        raise NotAllowed(rules.NO_CASE)
    if (waits := _waiting(case)) is not None:
        if waits.proposed_by_id == by.pk and all(getattr(waits, name) == said for name, said in asdict(told).items()):
            return waits
        raise Conflict(rules.ONE_WAITS.format(who=waits.proposed_by))
    said = check_outcomes(family, outcomes or {}, on=on)
    rules.check_day(told.closes_on, bounds=bounds_of(case), on=on)
    made: Closing = Closing.objects.create(
        family=case.family, case=case, state=State.PROPOSED, proposed_by=by, proposed_on=on, **asdict(told)
    )
    say_outcomes(made, said, by=by, on=on)
    promise("closing.tell_seniors", by=by, closing=made.pk)
    return made


@transaction.atomic
def send_back_closing(closing: Closing, *, answer: str, by: User, on: date) -> Closing:
    """Send a proposal back with a reason: the case stays open. Safe twice."""
    rules.check_words(answer=answer)
    if not Closing.objects.visible_to(by, can=Can.CLOSE_CASE).filter(pk=closing.pk).exists():
        raise NotForYou(NOT_YOURS)
    closing = _lock(closing)
    if closing.state == State.SENT_BACK and (closing.decided_by_id, closing.answer) == (by.pk, answer.strip()):
        return closing
    state = _next(closing, Act.SEND_BACK)
    if closing.proposed_by_id == by.pk:
        raise NotForYou(rules.OWN_TO_WITHDRAW)
    closing.state, closing.answer = state, answer.strip()
    closing.decided_by, closing.decided_on = by, on
    closing.save(update_fields=["state", "answer", "decided_by", "decided_on"])
    promise("closing.tell", by=by, closing=closing.pk, what="sent_back")
    return closing


@transaction.atomic
def withdraw_closing(closing: Closing, *, by: User, on: date) -> Closing:
    """Take one's own proposal back before anybody has decided. Safe twice."""
    closing = _lock(closing)
    if closing.proposed_by_id != by.pk:
        raise NotForYou(rules.NOT_THEIRS)
    if closing.state == State.WITHDRAWN:
        return closing
    closing.state = _next(closing, Act.WITHDRAW)
    closing.decided_by, closing.decided_on = by, on
    closing.save(update_fields=["state", "decided_by", "decided_on"])
    return closing


# Taking back -------------------------------------------------------------------------------------------------------


@transaction.atomic
def take_back_closing(closing: Closing, *, because: str, by: User, on: date) -> Closing:
    """Take back a closing that was a mistake: the case, its worker's time and its plan go on as before. Safe twice.

    Where the worker cannot have the family any more, it waits for another one.
    """
    rules.check_words(taken_back_because=because)
    family = _have_alone(closing.family.shown, by=by, can=Can.CLOSE_CASE, on=on, besides=closing.allocation)
    closing = _lock(closing)
    if closing.state == State.TAKEN_BACK and closing.taken_back_by_id == by.pk:
        return closing
    _next(closing, Act.TAKE_BACK)
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


# What every verb needs ---------------------------------------------------------------------------------------------


def _have_alone(family: Family, *, by: User, can: Can, on: date, besides: Allocation | None = None) -> Family:
    """Take turns with whoever gives this family to somebody, changes who holds it, or makes it one with another."""
    before = present_allocation(family, on=on)
    given = [one for one in (before, besides) if one is not None]
    people = {one.worker_id: one.worker for one in given} | {share.user_id: share.user for share in _covers(family)}
    for key in sorted(people):
        one_at_a_time(people[key])  # people before families, as everywhere
    held = Family.objects.visible_to(by, can=can).filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(NOT_YOURS)
    family = _standing(lock_family(held))
    now = present_allocation(family, on=on)
    if now is not None and now.worker_id not in people:
        raise Conflict(rules.CHANGED_HANDS.format(worker=now.worker))
    return family


def _standing(family: Family) -> Family:
    if family.merged_into_id is not None:
        raise NotAllowed(rules.ONE_WITH.format(family.shown, family.shown.reference))
    return family


def _covers(family: Family) -> list[Share]:
    rows = Share.objects.of(family).not_over().filter(kind=Share.Kind.COVER)
    return list(rows.select_related("user").order_by("pk"))


def _lock_case(family: Family) -> Case | None:
    rows = Case.objects.filter(family=family, closed_on=None).select_related("family__merged_into")
    found: Case | None = rows.select_for_update(of=("self",), no_key=True).first()
    return found


def _waiting(case: Case) -> Closing | None:
    found: Closing | None = Closing.objects.waiting().filter(case=case).select_related("proposed_by").first()
    return found


def _lock(closing: Closing) -> Closing:
    rows = Closing.objects.for_page().select_for_update(of=("self",), no_key=True)
    held: Closing = rows.get(pk=closing.pk)
    return held


def _next(closing: Closing, act: Act) -> State:
    """Return the state after an act, or say who was first."""
    state = rules.next_state(closing.state, act)
    if state is None:
        raise Conflict(settled_in_words(closing))
    return state


def authors_of_notes(family: Family) -> list[int]:
    """Return who has a note about this family that was not sent, to somebody who may close its case."""
    with connection.cursor() as cursor:
        cursor.execute("select author from slf.authors_of_notes(%s) order by 1", [family.pk])
        return [author for (author,) in cursor.fetchall()]
