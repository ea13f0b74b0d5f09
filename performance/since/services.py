"""The verbs of "changed since": have the lines of a run looked at again, now or by night."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from performance.claims.models import ClaimRun
from performance.claims.rules import State
from performance.identification.services import night_account
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.clock import LONDON
from slf.web.errors import NotAllowed
from slf.work.models import Job
from slf.work.services import promise

LOOK = "since.look"
OVER = (State.PREPARING, State.PAID, State.SETTLED, State.WITHDRAWN)
"""Runs the night does not look at: not frozen yet, or settled. A data officer may still ask for those that are paid."""
NOTHING_FROZEN = "Nothing is frozen yet, so nothing can have changed since."


@transaction.atomic
def look_now(run: ClaimRun, *, by: User) -> Job:
    """Promise to look at the claimed lines of a run again. Asked twice in a minute, it is looked at once."""
    if run.state == State.PREPARING:
        raise NotAllowed(NOTHING_FROZEN)
    return promise(LOOK, by=by, run=str(run.uid), once=f"{run.uid}:{timezone.now():%Y-%m-%dT%H:%M}")


def look_by_night(moment: datetime | None = None) -> list[Job]:
    """Promise to look at every run that is frozen and not settled, once a night."""
    day = (moment or timezone.localtime(timezone=LONDON)).date()
    by = night_account()
    with acting_as(by), transaction.atomic():
        runs = ClaimRun.objects.visible_to(by).exclude(state__in=OVER).values_list("uid", flat=True)
        return [promise(LOOK, by=by, run=str(uid), once=f"{uid}:{day.isoformat()}") for uid in runs]
