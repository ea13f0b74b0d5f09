"""Why can I see this? Answered from the rights that enforce it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from slf.access.models import Share
from slf.access.rights import rights_of
from slf.access.rules import OPENS, RecordClass, Role
from slf.accounts.models import User
from slf.clock import shown
from slf.web.words import moment_in_words


def rights_in_words(user: User, family: Any) -> list[str]:
    """Return one sentence for each post and share through which the user reaches this family; empty when none."""
    rights = rights_of(user)
    audience = family.scope.name
    posts = [
        f"{Role(role).label}: {audience}{_how_far(role)}"
        for role in sorted(rights.roles_over(family.scope_id) - {Role.EMERGENCY})
    ]
    return posts + [_share_in_words(share) for share in shares_in_force(user, family)]


def shares_in_force(user: User, family: Any) -> QuerySet[Share]:
    """Return the user's shares of this family that count now."""
    return Share.objects.filter(user=user, family=family, period__contains=timezone.now())


def _how_far(role: Role) -> str:
    """Return how much of a family such a post opens by itself, where that is not its record."""
    in_full = OPENS[role].read - OPENS[role].held
    if RecordClass.RECORD in in_full:
        return ""
    return " (card and meetings)" if RecordClass.MEETING in in_full else " (card only)"


def _share_in_words(share: Share) -> str:
    until = f" until {moment_in_words(shown(share.period.upper))}" if share.period.upper else ""
    return f"{share.get_kind_display()}{until}{f': {share.reason}' if share.reason else ''}"
