"""A family's plan in versions: goals in its own words, who does what by when, and what each adult said to it.

What an agreed version says is held by triggers (``casework.plans.sql``); only the progress of its actions moves.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.plans import rules
from casework.plans.rules import LIVING, ActionState, PlanState
from families.needs.models import Need
from families.people.models import Family, Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept


class PlanQuerySet(FamilyRecordQuerySet):
    def in_force(self) -> Self:
        """Return the versions families have agreed to and live by: at most one each."""
        return self.filter(state=PlanState.AGREED)

    def drafts(self) -> Self:
        return self.filter(state=PlanState.DRAFT)

    def ended(self) -> Self:
        return self.filter(state=PlanState.ENDED)

    def to_work_on(self, family: Family) -> "Plan | None":
        """Return the version a worker has in hand: the draft, else the agreed one."""
        return self.filter(family=family, state__in=LIVING).order_by("-number").first()

    def numbered(self, family: Family, number: int | None, *, of: uuid.UUID) -> "Plan | None":
        """Return a version by its number; of two families that are one, that of the one that is asked ``of``."""
        own = models.Case(models.When(family__uid=of, then=0), default=1)
        return self.filter(family=family, number=number).order_by(own, "-pk").first()

    def agreed_by(self, day: date) -> Self:
        """Return versions agreed to on or before a day, the replaced ones included: evidence of planning."""
        return self.filter(agreed_on__lte=day)

    def for_page(self) -> Self:
        """Return plans with all that the page, the paper and the API show."""
        actions = Action.objects.select_related("person__merged_into", "worker", "done_by")
        answers = PlanAnswer.objects.select_related("person__merged_into", "recorded_by", "scan")
        needs = Need.objects.select_related("person__merged_into")
        return self.select_related("family", "started_by").prefetch_related(
            models.Prefetch("goals__needs", needs),
            models.Prefetch("goals__actions", actions),
            models.Prefetch("answers", answers),
        )


@kept
class Plan(FamilyRecord):
    """One version of a family's plan. ``revision`` counts its changes while it is a draft."""

    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=rules.PLAN_STATE_NAMES.items(), default=PlanState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    started_on = models.DateField()
    started_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    agreement_rule = models.CharField(max_length=40, blank=True, help_text="The rule that said who had to agree.")
    ended_on = models.DateField(null=True, blank=True, help_text="The day the case was closed with which it ended.")
    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="casework_plan_number_once"),
            models.UniqueConstraint(fields=["family"], condition=Q(state="draft"), name="casework_plan_one_draft"),
            models.UniqueConstraint(fields=["family"], condition=Q(state="agreed"), name="casework_plan_one_in_force"),
            models.CheckConstraint(
                name="casework_plan_agreed_says_when",
                condition=Q(state__in=["draft", "dropped", "ended"], agreed_on__isnull=True, agreement_rule="")
                | (
                    Q(state__in=["agreed", "replaced", "ended"], agreed_on__gte=F("started_on")) & ~Q(agreement_rule="")
                ),
            ),
            models.CheckConstraint(
                name="casework_plan_ended_says_when",
                condition=(Q(state="ended") & Q(ended_on__gte=F("started_on")))
                | (~Q(state="ended") & Q(ended_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"Plan for {self.family}, version {self.number}"

    def get_absolute_url(self) -> str:
        return f"{reverse('casework:plan', args=[self.family.uid])}?version={self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT


@kept
class Goal(FamilyRecord):
    """What the family wants to be different, in its own words, and the needs it answers."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=300)
    needs = models.ManyToManyField(Need, through="GoalNeed", related_name="goals")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="casework_goal_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return self.words


@kept
class GoalNeed(FamilyRecord):
    """One need that a goal answers."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ties")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="ties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "need"], name="casework_goalneed_once")]

    def __str__(self) -> str:
        return f"{self.goal}: {self.need}"


class ActionQuerySet(FamilyRecordQuerySet):
    def to_do(self) -> Self:
        """Return what is still to do in plans that families have agreed to, the most urgent first."""
        return self.filter(state=ActionState.OPEN, goal__plan__state=PlanState.AGREED).order_by("due_on", "pk")

    def late(self, *, on: date) -> Self:
        return self.to_do().filter(due_on__lt=on)

    def next_step(self, family: Family) -> "Action | None":
        return self.to_do().filter(family=family).select_related("person__merged_into", "worker").first()

    def next_steps(self, families: Iterable[int]) -> dict[int, "Action"]:
        """Return ``{family id: next step}`` in one query, however many families."""
        found = self.to_do().of_each(families).order_by("family_id", "due_on", "pk").distinct("family_id")
        rows = found.select_related("person__merged_into", "worker")
        return {action.stands: action for action in sorted(rows, key=lambda one: (one.due_on, one.pk), reverse=True)}


@kept
class Action(FamilyRecord):
    """Who does what by when. The owner is a member of the family, a worker, or another service.

    The same action in a later version of the plan has the same ``thread``; its progress is theirs together.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="actions")
    thread = models.UUIDField(default=uuid.uuid4, editable=False)
    what = models.CharField(max_length=300)
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    worker = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    agency = models.CharField(max_length=80, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=4, choices=rules.ACTION_STATE_NAMES.items(), default=ActionState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["family", "state", "due_on"]), models.Index(fields=["thread"])]
        constraints = [
            models.CheckConstraint(name="casework_action_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="casework_action_one_owner",
                condition=Q(person__isnull=False, worker__isnull=True, agency="")
                | Q(person__isnull=True, worker__isnull=False, agency="")
                | (Q(person__isnull=True, worker__isnull=True) & ~Q(agency="")),
            ),
            models.CheckConstraint(
                name="casework_action_done_says_when",
                condition=Q(state="open", done_on__isnull=True, done_by__isnull=True)
                | Q(state="done", done_on__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def owner(self) -> Person | models.Model | str:
        return self.person or self.worker or self.agency


class PlanAnswer(FamilyRecord):
    """What one adult said to a version of the plan, as it read then. Only ever added to: the last word counts."""

    append_only = True
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField(help_text="The plan as it read when they were asked.")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="plan_answers")
    said = models.CharField(max_length=8, choices=rules.SAID_NAMES.items())
    how = models.CharField(max_length=10, choices=rules.HOW_NAMES.items())
    reason = models.CharField(max_length=500, blank=True)
    signature = models.TextField(blank=True, max_length=rules.LONGEST_DRAWING, help_text="As it was drawn or typed.")
    said_on = models.DateField()
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_plananswer_known",
                condition=Q(said__in=[s.value for s in rules.Said], how__in=[h.value for h in rules.How]),
            ),
            models.CheckConstraint(
                name="casework_plananswer_refusal_says_why", condition=Q(said="agreed") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="casework_plananswer_signed_as_it_says", condition=Q(how__in=["drawn", "typed"]) ^ Q(signature="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_said_display()}"

    @property
    def drawn(self) -> str:
        """The signature as lines, where it was drawn."""
        return self.signature if self.how == rules.How.DRAWN else ""

    @property
    def scanned(self) -> "AnswerScan | None":
        return getattr(self, "scan", None)


def stored_as(scan: "AnswerScan", given: str) -> str:
    return f"plans/{scan.uid}"


class AnswerScan(FamilyRecord):
    """The paper that somebody signed, as it was scanned: a PDF or a picture."""

    append_only = True
    answer = models.OneToOneField(PlanAnswer, on_delete=models.PROTECT, related_name="scan")
    name = models.CharField(max_length=100, help_text="As it is shown and saved: made safe.")
    content = models.FileField(upload_to=stored_as, max_length=100, unique=True)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    added_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_answerscan_kind",
                condition=Q(content_type__in=["application/pdf", "image/jpeg", "image/png"]) & Q(size__gt=0),
            )
        ]

    def __str__(self) -> str:
        return self.name
