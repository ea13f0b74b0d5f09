"""Steps toward work: written down with what shows them, corrected or taken back by a later row."""

from datetime import date

from django.db import transaction

from casework.provider import progress
from casework.provider.models import Provision, WorkProgress
from casework.provider.progress import STILL, Evidence, Told, Toward
from casework.provider.rules import WrongProvision
from casework.provider.services import begin_provision, hold
from slf.accounts.models import User
from slf.web.errors import Conflict

CORRECTED = "This was corrected already. Correct the row that stands."
RESTS_ON_IT = "That they are still in work rests on this. Correct that first."


@transaction.atomic
def record_progress(provision: Provision, told: Told, *, by: User, on: date) -> WorkProgress:
    """Write down one step toward work and what shows it. The same again is the same."""
    held = hold(provision, by=by)
    if held.waits or not held.may_progress:
        raise Conflict(held.standing.words)
    work_on = work_of(held, by=by)
    progress.check_told(told, work_on=work_on, after=held.sent_on, on=on)
    there: WorkProgress | None = WorkProgress.objects.visible_to(by).standing().filter(
        provision=held, step=told.step, happened_on=told.happened_on
    ).first()  # fmt: skip
    if there is not None:
        return there
    return _add(held, told, work_on=work_on, by=by, on=on)


@transaction.atomic
def begin_and_attach(provision: Provision, *, begun_on: date, by: User, on: date) -> Provision:
    """Write down that the provision began, and with it that they are attached to it. Safe twice, corrected or not."""
    held = begin_provision(provision, begun_on=begun_on, by=by, on=on)
    if not WorkProgress.objects.visible_to(by).filter(provision=held, step=Toward.ESF_ATTACHED).exists():
        told = Told(Toward.ESF_ATTACHED, begun_on, Evidence.PROVIDER, str(by), on)
        record_progress(held, told, by=by, on=on)
    return held


@transaction.atomic
def correct_progress(row: WorkProgress, told: Told, *, by: User, on: date) -> WorkProgress:
    """Put a later row in the place of one that was wrong: the same step, on another day or shown by something else."""
    held, stood = _wait_for(row, by=by)
    if told.step != stood.step:
        raise WrongProvision(progress.NO_STEP, field="step")
    if stood.step == Toward.WORK and told.happened_on != stood.happened_on:
        _refuse_if_rested_on(stood, by=by)
    work_on = work_of(held, by=by)
    progress.check_told(told, work_on=work_on, after=held.sent_on, on=on)
    return _add(held, told, work_on=work_on, by=by, on=on, supersedes=stood)


@transaction.atomic
def take_back_progress(row: WorkProgress, *, words: str, by: User, on: date) -> WorkProgress:
    """Say by a later row that a step did not happen. It stays to be read, and shows nothing any more."""
    if not words.strip():
        raise WrongProvision(progress.WHY_BACK, field="words")
    held, stood = _wait_for(row, by=by)
    if stood.step == Toward.WORK:
        _refuse_if_rested_on(stood, by=by)
    told = Told(stood.step, stood.happened_on, stood.evidence, stood.seen_by, stood.seen_on, words)
    return _add(held, told, work_on=stood.began_on, by=by, on=on, supersedes=stood, is_withdrawn=True)


def work_of(provision: Provision, *, by: User) -> date | None:
    """Return the first day of the work somebody has now: the latest that stands."""
    rows = WorkProgress.objects.visible_to(by).standing().filter(provision=provision, step=Toward.WORK)
    last: WorkProgress | None = rows.order_by("-happened_on").first()
    return last.happened_on if last else None


def _refuse_if_rested_on(stood: WorkProgress, *, by: User) -> None:
    rests = WorkProgress.objects.visible_to(by).standing().filter(provision=stood.provision, began_on=stood.happened_on)
    if rests.exists():
        raise Conflict(RESTS_ON_IT)


def _wait_for(row: WorkProgress, *, by: User) -> tuple[Provision, WorkProgress]:
    held = hold(row.provision, by=by)
    stood: WorkProgress | None = WorkProgress.objects.visible_to(by).standing().filter(pk=row.pk).first()
    if stood is None:
        raise Conflict(CORRECTED)
    return held, stood


def _add(
    held: Provision, told: Told, *, work_on: date | None, by: User, on: date,
    supersedes: WorkProgress | None = None, is_withdrawn: bool = False,
) -> WorkProgress:  # fmt: skip
    made = WorkProgress(
        family_id=held.family_id, provision=held, step=told.step, happened_on=told.happened_on,
        began_on=work_on if told.step in STILL else None, evidence=told.evidence, seen_by=told.seen_by.strip(),
        seen_on=told.seen_on, words=told.words.strip(), recorded_by=by, recorded_on=on, supersedes=supersedes,
        is_withdrawn=is_withdrawn,
    )  # fmt: skip
    made.save()
    return made
