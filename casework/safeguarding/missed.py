"""Clocks of concerns that were missed, for whoever decides: each is told of once, and of no family."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from casework.safeguarding.clocks import Clock
from casework.safeguarding.models import Concern
from casework.safeguarding.rules import Step
from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rights import rights_of
from slf.access.rules import ROLES, Can, Role
from slf.accounts.models import User
from slf.work.models import Job
from slf.work.services import promise

TELL = "concerns.clock_missed"
DECIDE = [role.value for role in Role if {Can.REVIEW_CONCERN, Can.HEAR_ALLEGATION} & ROLES[role]]
NOT_OLDER = timedelta(days=3)
"""What was missed before stands on My day; a mail of it would come too late to be one."""


def promise_to_tell(moment: datetime) -> int:
    """Promise whoever decides a mail for each clock missed since the last look; return how many."""
    posts = Post.objects.filter(period__contains=timezone.localdate(), role__in=DECIDE).values("user")
    people = User.objects.filter(pk__in=posts, is_active=True, is_service=False).exclude(email="")
    return sum(_promise_each(user, moment) for user in people.order_by("pk"))


def _promise_each(user: User, moment: datetime) -> int:
    """Look as the person would, under their rights, and promise in their name."""
    with acting_as(user), transaction.atomic():
        missed = {key(row, clock, user): row for row, clock in missed_for(user, moment)}
        told = Job.objects.filter(kind=TELL, once_key__in=missed).values_list("once_key", flat=True)
        for one in sorted(missed.keys() - set(told)):
            promise(TELL, by=user, once=one, concern=missed[one].pk)
        return len(missed) - len(told)


def missed_for(user: User, moment: datetime) -> Iterator[tuple[Concern, Clock]]:
    """Yield what this person decides on with each clock missed lately; nobody is told of a review they may not do."""
    heads = any(role is Role.HEAD for role, _ in rights_of(user).reaches)
    rows = Concern.objects.visible_to(user, can=Can.REVIEW_CONCERN).going_on().for_list()
    for row in rows:
        if not row.is_of_staff and heads:
            continue
        own = not row.is_of_staff and user.pk in {row.written_by_id, row.first_by_id}
        for clock in row.missed(moment):
            if moment - clock.due <= NOT_OLDER and not (own and clock.step == Step.REVIEWED):
                yield row, clock


def key(row: Concern, clock: Clock, user: User) -> str:
    """Name one clock of one concern to one person: it begins again when what it waits for does."""
    return f"{row.pk}:{clock.step}:{clock.due:%Y%m%d%H%M}:{user.pk}"
