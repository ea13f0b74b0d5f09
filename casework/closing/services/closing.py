"""Closing a case, or confirming that it is closed as its worker proposed."""

from dataclasses import asdict
from datetime import date

from django.db import IntegrityError, connection, transaction

from casework.cases.models import Case
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import Outcomes, check_outcomes, end_needs, say_outcomes, set_checks
from casework.closing.rules import State, Told
from casework.closing.services.days import bounds_of
from casework.closing.services.turns import (
    covers_of,
    have_alone,
    insist,
    lock_case,
    lock_closing,
    look,
    no_open_case,
    settled_in_words,
    stage_by,
)
from casework.diary.services import end_planned
from casework.plans.services import end_plans
from casework.stages.services import standing_now
from casework.transitions.rules import TRANSITIONS, Move, Stage, late
from families.people.models import Family
from referrals.allocation.services import end_allocation, present_allocation
from slf.access.models import Share
from slf.access.services import release_family
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotForYou
from slf.work.services import promise


@transaction.atomic
def close_case(family: Family, told: Told, *, by: User, on: date, outcomes: Outcomes | None = None) -> Closing:
    """Close the case of a family: its plan and its worker's time end with it. The same again is the same."""
    rules.check_told(told, reasons=value_of(rules.REASONS, on=on), on=on)
    family = have_alone(Move.CLOSE, family, by=by, on=on)
    case = lock_case(family)
    if case is None:
        return _closed_just_now(family, told, by=by)
    there, words = look(family, outcomes or {}, on=on)
    stage, more = standing_now(case)
    insist(Move.CLOSE, stage=stage, there=there, **words, **more)
    said = check_outcomes(family, outcomes or {}, on=on)
    closing = Closing(family=case.family, case=case, **asdict(told))
    return _close(closing, case, family, closes_on=told.closes_on, outcomes=said, by=by, on=on)


@transaction.atomic
def confirm_closing(
    closing: Closing, *, by: User, on: date, closes_on: date | None = None, outcomes: Outcomes | None = None
) -> Closing:
    """Close a case as its worker proposed, or from another day on. Safe twice."""
    family = have_alone(Move.CONFIRM, closing.family.shown, by=by, on=on)
    case = lock_case(family)
    closing = lock_closing(closing)
    if closing.state == State.CLOSED and closing.decided_by_id == by.pk:
        return closing
    if said_so := late(Move.CONFIRM, stage_by(closing), settled=settled_in_words(closing)):
        raise Conflict(said_so)
    if closing.proposed_by_id == by.pk:
        raise NotForYou(TRANSITIONS[Move.CONFIRM].second)
    if case is None:
        raise no_open_case(family)
    there, words = look(family, outcomes or {}, on=on, closing=closing)
    insist(Move.CONFIRM, stage=Stage.CLOSING, there=there, **words)
    said = check_outcomes(family, outcomes or {}, on=on, closing=closing)
    return _close(closing, case, family, closes_on=closes_on or closing.closes_on, outcomes=said, by=by, on=on)


def _close(
    closing: Closing, case: Case, family: Family, *, closes_on: date, outcomes: Outcomes, by: User, on: date
) -> Closing:
    """End what goes on, then close the case: the order the database insists on."""
    allocation = present_allocation(family, on=on)
    rules.check_day(closes_on, bounds=bounds_of(case), on=on)
    if allocation is not None:
        end_allocation(allocation, by=by, on=closes_on)
    for share in covers_of(family):
        release_family(family, user=share.user, kind=Share.Kind.COVER, by=by)
    end_planned(family, by=by, on=on)
    closing.allocation, closing.plans = allocation, end_plans(family, by=by, on=closes_on)
    closing.state, closing.closes_on, closing.decided_by, closing.decided_on = State.CLOSED, closes_on, by, on
    closing.save()
    say_outcomes(closing, outcomes, by=by, on=on)
    look_at_outcomes_now()
    end_needs(closing)
    set_checks(closing, on=on)
    case.refresh_from_db(fields=["closed_on"])
    promise("closing.tell", by=by, closing=closing.pk, what="closed")
    return closing


def _closed_just_now(family: Family, told: Told, *, by: User) -> Closing:
    """Return the closing that this is once more; else say who was first."""
    last: Closing | None = Closing.objects.in_force().for_page().filter(family=family).order_by("-pk").first()
    if last is None:
        raise no_open_case(family)
    if last.decided_by_id == by.pk and all(getattr(last, name) == said for name, said in asdict(told).items()):
        return last
    raise Conflict(settled_in_words(last))


def look_at_outcomes_now() -> None:
    """Have the database look now whether each need has its outcome: what is found later is not of this closing."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("set constraints closes_with_outcomes immediate")
        except IntegrityError as unsaid:
            raise Conflict(rules.FOUND_MEANWHILE) from unsaid
        cursor.execute("set constraints closes_with_outcomes deferred")


def authors_of_notes(family: Family) -> list[int]:
    """Return who has a note about this family that was not sent, to somebody who may close its case."""
    with connection.cursor() as cursor:
        cursor.execute("select author from slf.authors_of_notes(%s) order by 1", [family.pk])
        return [author for (author,) in cursor.fetchall()]
