"""Allocating a family: its worker, and its case, which opens with the first one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from casework.cases.models import Case, Handover
from casework.cases.rules import wrong_with_handover
from casework.transitions.rules import LACKS, TRANSITIONS, Facts, Move, Need, Stage, can_of, lacking, stage_of
from families.people.models import Family
from families.people.services import lock_family
from families.sharing.services import agreement_in_force
from referrals.allocation.models import Allocation
from referrals.allocation.services import give_family, present_allocation
from referrals.intake.models import Referral
from referrals.intake.rules import State
from slf import clock
from slf.access.models import Share
from slf.access.services import hold_family, one_at_a_time
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou
from slf.web.words import day_in_words

JUST_GIVEN = "{worker} was given this family a moment ago. Look again before you decide."


@dataclass(frozen=True)
class HandoverNote:
    """What the next worker is told, and the day both visit the family together, if they do."""

    must_know: str = ""
    joint_visit_on: date | None = None


NOTHING_TOLD = HandoverNote()


@transaction.atomic
def allocate_family(
    family: Family,
    *,
    worker: User,
    by: User,
    on: date,
    highly_complex: bool = False,
    reason: str = "",
    note: HandoverNote = NOTHING_TOLD,
) -> Allocation:
    """Give a family to a worker and open its case if none is open. Again, with another worker, it is a handover.

    More than a full caseload takes a ``reason``; a handover a ``note``, but for one that puts right what was decided
    the same day.
    """
    before = present_allocation(family, on=on)
    waited_for = {worker, before.worker} if before else {worker}
    for person in sorted(waited_for, key=lambda one: one.pk):
        one_at_a_time(person)  # people before families, as everywhere: two who wait for each other wait for ever
    family = lock_family(Family.objects.visible_to(by, can=can_of(Move.ALLOCATE)).get(pk=family.pk))
    if said := not_to_be_given(family, on=on):
        raise NotAllowed(said)
    former = present_allocation(family, on=on)
    if former and former.worker not in waited_for:
        raise NotAllowed(JUST_GIVEN.format(worker=former.worker))
    _open_case(family, by=by, on=on)
    allocation = give_family(family, worker=worker, by=by, on=on, highly_complex=highly_complex, reason=reason)
    if former and hands_over(former, to=worker, on=on):
        _hand_over(family, former=former.worker, to=worker, note=note, by=by, on=on)
    return allocation


GIVEN_FROM = {Stage.NO_CASE: Move.ALLOCATE, Stage.CLOSED: Move.ALLOCATE_AGAIN}


def not_to_be_given(family: Family, *, on: date) -> str:
    """Return why the table lets nobody have a family now: made one with another, closed, or not agreed."""
    closed = case_closed(family, on=on)
    there = {
        Need.STANDS: family.merged_into_id is None,
        Need.REFERRED: closed is None or referred_since(family, closed),
        Need.AGREED: agreement_in_force(family, on=on) is not None,
    }
    words = {"one": family.shown, "reference": family.shown.reference, "closed": day_in_words(closed) if closed else ""}
    lacks = lacking(GIVEN_FROM.get(stage_on(family, on=on), Move.HAND_OVER), there, **words)
    return lacks[1] if lacks else ""


def closed_and_not_referred_again(family: Family, *, on: date) -> str:
    """Return why a family cannot be given to anybody, where its case is closed and no new referral was accepted."""
    day = case_closed(family, on=on)
    if day is None or referred_since(family, day):
        return ""
    return LACKS[Need.REFERRED].format(closed=day_in_words(day))


def insist_on_who(move: Move, family: Family, *, by: User) -> None:
    """Refuse whom the table does not let take a step with this family."""
    if not Family.objects.visible_to(by, can=can_of(move)).filter(pk=family.pk).exists():
        raise NotForYou(TRANSITIONS[move].not_yours)


def stage_on(family: Family, *, on: date) -> Stage:
    """Return whether a family has no case, one that goes on, or one that is closed: all that is asked before a plan,
    an assessment or a worker.
    """
    cases = list(Case.objects.filter(family=family, opened_on__lte=on).values_list("closed_on", flat=True))
    return stage_of(Facts(has_case=bool(cases), is_open=any(day is None or day > on for day in cases)))


def case_closed(family: Family, *, on: date) -> date | None:
    """Return since when a family's case is closed; nothing where one is open or none ever was."""
    closed: Case | None = Case.objects.filter(family=family).closed_last(on=on)
    return closed.closed_on if closed else None


def referred_since(family: Family, day: date) -> bool:
    """Tell whether a referral was accepted into a family on a day or later, or into the same family known again."""
    of_it = Referral.objects.filter(Q(family=family) | Q(family__merged_into=family))
    return bool(of_it.filter(state=State.ACCEPTED, decided_on__gte=day).exists())


def hands_over(former: Allocation, *, to: User, on: date) -> bool:
    """Tell whether giving the family to a worker is a handover: nobody hands over what they were given that day."""
    return bool(former.worker_id != to.pk and former.period.lower < on)


def _hand_over(family: Family, *, former: User, to: User, note: HandoverNote, by: User, on: date) -> None:
    """Keep what the next worker is told. Until the joint visit is over the former worker still has the record."""
    for sentence in wrong_with_handover(must_know=note.must_know, joint_visit_on=note.joint_visit_on, on=on).values():
        raise NotAllowed(f"{sentence}.")
    Handover.objects.create(
        family=family, former=former, next=to, happened_on=on, must_know=note.must_know.strip(),
        joint_visit_on=note.joint_visit_on, made_by=by,
    )  # fmt: skip
    if note.joint_visit_on:
        reason = f"Joint visit with {to}"
        until = end_of_day(note.joint_visit_on)
        hold_family(family, user=former, kind=Share.Kind.COVER, by=by, reason=reason, until=until)


def end_of_day(day: date) -> datetime:
    """Return when a day of the service is over in real time: shares go by the one, visits by the other."""
    midnight = timezone.localdate() + (day - clock.today()) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(midnight, time.min))


def workers_had(family: Family, *, by: User, on: date) -> int:
    """Return how many workers a family has had by a day: the measure of how steady its worker was."""
    had = Allocation.objects.visible_to(by).filter(family=family, began_on__lte=on)
    return int(had.aggregate(n=Count("worker", distinct=True))["n"])


def _open_case(family: Family, *, by: User, on: date) -> None:
    """Open the case. The family counts as attached from the first day on which it had agreed and had a worker."""
    goes_on = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    if not Case.objects.filter(goes_on, family=family).exists():
        Case.objects.create(family=family, opened_on=on, attached_on=on, opened_by=by)
