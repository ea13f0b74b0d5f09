"""What must be right before the service starts."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from slf.access.acting import APPLICATION
from slf.access.models import Locality
from slf.access.rules import POSTS


@register()
def groups_mean_posts(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a group of the directory that means no role there is."""
    known = {role.value for role in POSTS}
    return [
        Error(
            f"SLF_OIDC_GROUPS gives group {group} no role there is.",
            hint=f"Roles: {', '.join(sorted(known))}.",
            id="slf.E101",
        )
        for group, meaning in settings.SLF_OIDC_GROUPS.items()
        if meaning.get("role") not in known
    ]


@register(Tags.database)
def groups_mean_localities(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report a group of the directory that means a post in a locality there is not."""
    if APPLICATION not in (databases or ()):
        return []
    known = set(Locality.objects.values_list("slug", flat=True))
    return [
        Error(
            f"SLF_OIDC_GROUPS gives group {group} a locality there is not: {meaning['locality']}.",
            hint=f"Localities: {', '.join(sorted(known))}.",
            id="slf.E102",
        )
        for group, meaning in settings.SLF_OIDC_GROUPS.items()
        if meaning.get("locality") and meaning["locality"] not in known
    ]
