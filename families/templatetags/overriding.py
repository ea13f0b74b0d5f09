"""What was left out of a family's evidence and is shown all the same: on the family's own pages."""

from typing import Any

from django import template

from families.overriding.services import overrides_of
from families.people.models import Family

register = template.Library()


@register.inclusion_tag("families/overriding/now.html", takes_context=True)
def shown_by_override(context: template.Context, family: Family) -> dict[str, Any]:
    """Say what is shown by override now, to whom, until when and why."""
    user: Any = context["request"].user
    return {"rows": overrides_of(family, user=user).counting()}


@register.inclusion_tag("families/overriding/ever.html", takes_context=True)
def ever_shown_by_override(context: template.Context, family: Family) -> dict[str, Any]:
    """List all that ever was shown so, the latest first."""
    user: Any = context["request"].user
    return {"rows": overrides_of(family, user=user), "family": family, "may_decide": False}
