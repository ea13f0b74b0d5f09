"""Beside the form of an action: what was agreed elsewhere and is not on the plan."""

from typing import Any

from django import template

from casework.elsewhere.services import agreed_elsewhere
from casework.plans.models import Goal

register = template.Library()


@register.inclusion_tag("casework/elsewhere/offered.html", takes_context=True)
def not_on_the_plan(context: template.Context, goal: Goal) -> dict[str, Any]:
    """Offer each to begin the form with; nothing where nothing is left."""
    return {"goal": goal, "agreed": agreed_elsewhere(goal.family, by=context["request"].user)}
