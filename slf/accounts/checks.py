"""What must be right before the service starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from slf.access.rules import Role


@register()
def groups_mean_posts(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a group of the directory that means no role there is."""
    known = {role.value for role in Role}
    return [
        Error(
            f"SLF_OIDC_GROUPS gives group {group} no role there is.",
            hint=f"Roles: {', '.join(sorted(known))}.",
            id="slf.E101",
        )
        for group, meaning in settings.SLF_OIDC_GROUPS.items()
        if meaning.get("role") not in known
    ]
