"""Signs on a family's page: that somebody is there by emergency access, that the family is for named people only."""

from datetime import datetime
from typing import Any

from django import template

from families.opening.services import here_until
from families.people.models import Family
from families.restricting.audience import State, state_of

register = template.Library()


@register.inclusion_tag("families/opening/here_by_emergency.html", takes_context=True)
def here_by_emergency(context: template.Context, family: Family) -> dict[str, datetime | None]:
    """Say until when, to whom nothing but emergency access has opened this record."""
    user: Any = context["request"].user
    return {"until": here_until(user, family)}


@register.inclusion_tag("families/restricting/named_only.html", takes_context=True)
def named_only(context: template.Context, family: Family) -> dict[str, Family | State | None]:
    """Say of a restricted family that it is, since when, why and who else may see it."""
    user: Any = context["request"].user
    return {"family": family, "state": state_of(family, user=user) if family.scope.is_restricted else None}
