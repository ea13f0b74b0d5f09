"""The sign on a family's page that somebody is there by emergency access."""

from datetime import datetime
from typing import Any

from django import template

from families.opening.services import here_until
from families.people.models import Family

register = template.Library()


@register.inclusion_tag("families/opening/here_by_emergency.html", takes_context=True)
def here_by_emergency(context: template.Context, family: Family) -> dict[str, datetime | None]:
    """Say until when, to whom nothing but emergency access has opened this record."""
    user: Any = context["request"].user
    return {"until": here_until(user, family)}
