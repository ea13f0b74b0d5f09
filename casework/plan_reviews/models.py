"""Reviews of a plan: what the family says, how each goal went, when the next one is. Only ever added to."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from casework.plan_reviews.rules import LONGEST, WENT_NAMES, due_on
from casework.plans.models import Goal, Plan
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.web.words import day_in_words


class PlanReviewQuerySet(FamilyRecordQuerySet):
    def for_page(self):
        return self.select_related("family", "plan", "recorded_by").prefetch_related("goals__goal")

    def due_days(self, plans: Iterable[Plan], *, every: int) -> dict[int, date]:
        """Return ``{plan id: when it is due}`` of agreed versions."""
        agreed = {plan.pk: plan.agreed_on for plan in plans if plan.agreed_on is not None}
        rows = self.filter(plan__in=agreed).order_by("plan_id", "-held_on", "-pk").distinct("plan_id")
        following = dict(rows.values_list("plan_id", "next_on"))
        return {plan: due_on(day, following.get(plan), every=every) for plan, day in agreed.items()}


class PlanReview(FamilyRecord):
    """One look at an agreed version with the family."""

    append_only = True
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    family_says = models.CharField(max_length=LONGEST)
    next_on = models.DateField(help_text="When the plan is looked at next.")
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    objects = PlanReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "held_on"], name="casework_planreview_once_a_day"),
            models.CheckConstraint(name="casework_planreview_next_later", condition=Q(next_on__gt=F("held_on"))),
            models.CheckConstraint(name="casework_planreview_says_something", condition=~Q(family_says="")),
        ]

    def __str__(self) -> str:
        return f"Review of {self.plan}, {day_in_words(self.held_on)}"


class GoalReview(FamilyRecord):
    """How one goal went."""

    append_only = True
    review = models.ForeignKey(PlanReview, on_delete=models.PROTECT, related_name="goals")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="reviews")
    went = models.CharField(max_length=7, choices=list(WENT_NAMES.items()))
    words = models.CharField(max_length=LONGEST, blank=True)

    class Meta:
        ordering = ["goal_id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "goal"], name="casework_goalreview_once"),
            models.CheckConstraint(name="casework_goalreview_known", condition=Q(went__in=list(WENT_NAMES))),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.get_went_display()}"

    @property
    def in_words(self) -> str:
        return f"{self.get_went_display()}{f': {self.words}' if self.words else ''}"
