"""Families that need somebody else, because whoever works with them or decides about them knows them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from families.interests.models import Interest
from families.interests.services import WHO_DECIDE
from referrals.allocation.models import Allocation
from slf.access.models import Post
from slf.access.rules import Can
from slf.accounts.models import User

DECIDER_SHOWN = timedelta(days=28)
"""How long it is shown that somebody who decides knows a family. Source: ``EXAMPLE``."""


def to_look_into(user: User, *, on: date) -> QuerySet[Interest, Any]:
    """Return the conflicts of interest this person has to do something about, those with work first (``works``).

    A family stays in it until it has another worker, or the conflict is ended.
    """
    given = Allocation.objects.visible_to(user).current(on=on)
    works = given.filter(family__one_with=OuterRef("family"), worker=OuterRef("user"))
    posts = Post.objects.filter(user=OuterRef("user"), role__in=WHO_DECIDE, period__contains=timezone.localdate())
    rows = Interest.objects.visible_to(user, can=Can.ALLOCATE).in_force().annotate(works=Exists(works))
    lately = Q(Exists(posts), began_on__gt=on - DECIDER_SHOWN) & ~Q(user=user)
    return rows.filter(Q(works=True) | lately).select_related("family", "user").order_by("-works", "-began_on", "-pk")
