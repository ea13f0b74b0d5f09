"""Promising each person the mail of the day, once; what waits for them; turning it off."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from performance.digest import rules
from performance.digest.models import DigestChoice
from performance.digest.rules import Counts
from performance.home.views import parts_for
from slf.access.acting import acting_as
from slf.access.models import Post
from slf.accounts.models import User
from slf.clock import LONDON, is_working_day
from slf.policy.models import value_of
from slf.work.models import Job
from slf.work.services import promise

SEND = "digest.send"


def promise_digests(moment: datetime | None = None) -> int:
    """Promise everybody in post the mail of this working day, once; return how many were promised now."""
    moment = moment or timezone.localtime(timezone=LONDON)
    day = moment.date()
    if not rules.is_time(moment, hour=value_of(rules.HOUR, on=day), is_working_day=is_working_day(day)):
        return 0
    return sum(promise_to(user, day) for user in in_post(day))


def in_post(day: date) -> list[User]:
    """Return who has a post on this day, an account that is open and an address."""
    posts = Post.objects.filter(period__contains=day).values("user")
    people = User.objects.filter(pk__in=posts, is_active=True, is_service=False).exclude(email="")
    return list(people.order_by("pk"))


def promise_to(user: User, day: date) -> bool:
    """Promise it in the name of whom it is for: the work is done under their rights, and is theirs alone to see."""
    with acting_as(user), transaction.atomic():
        if Job.objects.filter(kind=SEND, once_key=key(user, day)).exists() or is_off(user):
            return False
        promise(SEND, by=user, once=key(user, day), day=day)
        return True


def key(user: User, day: date) -> str:
    return f"{day.isoformat()}:{user.pk}"


def waiting_for(user: User, on: date) -> Counts:
    """Return how much of what waits on somebody's My day: the titles of its parts and nothing of what is in them."""
    found: dict[str, int] = {}
    for part in parts_for(user):
        for panel in part.panels:
            if panel.waits and panel.items:
                found[panel.title] = found.get(panel.title, 0) + len(panel.items)
        for tile in part.tiles:
            if tile.waits and isinstance(tile.value, int) and tile.value:
                found[tile.label] = tile.value
    return list(found.items())


def is_off(user: User) -> bool:
    return DigestChoice.objects.filter(user=user, is_off=True).exists()


@transaction.atomic
def choose(*, is_off: bool, by: User) -> DigestChoice:
    """Turn the mail of the day off, or on again. Safe twice."""
    return DigestChoice.objects.update_or_create(user=by, defaults={"is_off": is_off})[0]


def link_to(name: str) -> str:
    return f"{settings.SERVICE_URL}{reverse(name)}"
