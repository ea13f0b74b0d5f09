"""Plans that are due to be reviewed with the family, for whoever works with it."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from casework.plan_reviews.models import PlanReview
from casework.plan_reviews.rules import EVERY, SOON
from casework.plans.models import Plan
from performance.home.panels import Item, Panel, Part
from performance.home.worker import how_late
from referrals.allocation.models import current_on
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.words import day_in_words

SHOWN = 8


def part(user: User, on: date) -> Part:
    """The plans of this worker's families that are due within a week, the longest overdue first."""
    theirs = current_on(on, through="family__allocations__") & Q(family__allocations__worker=user)
    plans = list(Plan.objects.visible_to(user).in_force().filter(theirs).select_related("family").distinct())
    days = PlanReview.objects.visible_to(user).due_days(plans, every=value_of(EVERY, on=on)) if plans else {}
    due = sorted((days[plan.pk], plan.family.name, plan) for plan in plans if days[plan.pk] <= on + SOON)
    return Part(panels=(Panel("Plans to review", [item(plan, day, on) for day, _, plan in due[:SHOWN]]),))


def item(plan: Plan, day: date, on: date) -> Item:
    href = reverse("casework:plan_reviews", args=[plan.family.uid])
    detail = f"Review of the plan due {day_in_words(day)}"
    return Item(plan.family.name, href, detail=detail, families=(plan.family_id,), **how_late(day, on))
