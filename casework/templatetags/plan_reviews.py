"""On the plan's page: when it is due to be reviewed, and what the last review said."""

from typing import Any

from django import template

from casework.plan_reviews.models import PlanReview
from casework.plan_reviews.services import due_on
from casework.plans.models import Plan
from slf.clock import today

register = template.Library()


@register.inclusion_tag("casework/plan_reviews/due.html", takes_context=True)
def review_due(context: template.Context, plan: Plan) -> dict[str, Any]:
    """Under the plan in force: ``{% review_due plan %}``."""
    user = context["request"].user
    last = PlanReview.objects.visible_to(user).filter(plan=plan).for_page().first()
    return {"plan": plan, "due": due_on(plan, by=user, on=today()), "last": last, "today": today()}
