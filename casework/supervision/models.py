"""Supervision: the meeting, each worker's part in it, what stays between the two, what is decided on each family."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse

from casework.carried.models import on_plan
from casework.carried.rules import Kind as Agreed
from casework.supervision.rules import (
    ABOVE,
    DECISIONS,
    KIND_CHOICES,
    LINE_ABOVE,
    LONGEST,
    LONGEST_WHAT,
    ROLE_CHOICES,
    Kind,
)
from slf.access.models import FamilyRecord, OfStaffQuerySet, Scoped, ScopedQuerySet
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, Rights
from slf.history.kept import kept
from slf.policy.models import value_of
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User

UNSIGNED = Q(supervisor_signed_on__isnull=True) | Q(worker_signed_on__isnull=True)
SIGNED = Q(supervisor_signed_on__isnull=False, worker_signed_on__isnull=False)


def over(rights: Rights, table: "dict | object", prefix: str = "") -> Q:
    """Return the condition that somebody stands above the workers of a supervision, as a table of rules says."""
    found = Q(pk__in=[])
    for role, above in dict(table).items():
        scopes = [scope for held, scope in rights.reaches if held in above]
        found |= Q(**{f"{prefix}role": role, f"{prefix}scope__in": scopes})
    return found


class SupervisionQuerySet(ScopedQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the meetings of this person, and those of workers they stand above. Only who leads one acts in it."""
        rights = rights_of(user)
        leads = Q(supervisor=user, scope__in=rights.open_scopes(RecordClass.SUPERVISION, can=Can.REVIEW_FAMILY))
        if can is not Can.READ:
            return self.filter(leads)
        theirs = Exists(SupervisionPart.objects.filter(supervision=OuterRef("pk"), worker=user))
        return self.filter(leads | over(rights, ABOVE) | Q(theirs))

    def held(self) -> Self:
        return self.filter(called_off_on__isnull=True)

    def last_of(self, workers: Iterable[int]) -> dict[int, tuple[date, int]]:
        """Return when each worker had their last line supervision among these, and who led it."""
        rows = self.held().filter(kind=Kind.LINE, parts__worker__in=list(workers))
        last = rows.order_by("parts__worker", "-held_on", "-pk").distinct("parts__worker")
        return {worker: (day, by) for worker, day, by in last.values_list("parts__worker", "held_on", "supervisor")}

    def for_list(self) -> Self:
        return (
            self.select_related("supervisor", "scope__locality")
            .prefetch_related("parts__worker")
            .order_by("-held_on", "-pk")
        )


@kept
class Supervision(Scoped):
    """One meeting. ``role``: as what its workers are supervised; the same for all of a group."""

    record_class = RecordClass.SUPERVISION
    supervisor = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    kind = models.CharField(max_length=8, choices=KIND_CHOICES)
    held_on = models.DateField()
    called_off_on = models.DateField(null=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    objects = SupervisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope", "-held_on"], name="casework_supervision_in_order")]
        constraints = [
            models.CheckConstraint(
                name="casework_supervision_known",
                condition=Q(kind__in=[kind.value for kind in Kind], role__in=[role.value for role in ABOVE]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {day_in_words(self.held_on)}"

    def get_absolute_url(self) -> str:
        return reverse("casework:supervision", args=[self.uid])


class SupervisionPartQuerySet(ScopedQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        return self.filter(supervision__in=Supervision.objects.visible_to(user, can=can))

    def own_of(self, user: "User") -> Self:
        """Return the parts whose own words this person may read: the two, and the line above."""
        rights = rights_of(user)
        leads = Q(
            supervision__supervisor=user, supervision__in=Supervision.objects.visible_to(user, can=Can.REVIEW_FAMILY)
        )
        return self.filter(Q(worker=user) | leads | over(rights, LINE_ABOVE, "supervision__"))

    def to_sign(self, user: "User") -> Self:
        """Return the parts that wait for this person's signature."""
        led = Q(supervision__supervisor=user, supervisor_signed_on__isnull=True)
        return self.filter(led | Q(worker=user, worker_signed_on__isnull=True), supervision__called_off_on__isnull=True)

    def for_page(self) -> Self:
        return self.select_related("supervision__supervisor", "supervision__scope__locality", "worker")


@kept
class SupervisionPart(Scoped):
    """What one worker has of a meeting. It is settled once both have signed, each for themselves."""

    record_class = RecordClass.SUPERVISION
    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="parts")
    worker = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    supervisor_signed_on = models.DateField(null=True)
    worker_signed_on = models.DateField(null=True)
    objects = SupervisionPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="casework_supervisionpart_once", fields=["supervision", "worker"]),
        ]
        indexes = [models.Index(fields=["worker"])]

    def __str__(self) -> str:
        return f"{self.worker}: {self.supervision}"

    def get_absolute_url(self) -> str:
        return self.supervision.get_absolute_url()

    @property
    def is_settled(self) -> bool:
        return self.supervisor_signed_on is not None and self.worker_signed_on is not None

    @property
    def settled_on(self) -> date | None:
        if self.supervisor_signed_on is None or self.worker_signed_on is None:
            return None
        return max(self.supervisor_signed_on, self.worker_signed_on)

    def waits_for(self, user: "User") -> bool:
        """Tell whether this person's signature is missing."""
        led = self.supervision.supervisor_id == user.pk and self.supervisor_signed_on is None
        return led or (self.worker_id == user.pk and self.worker_signed_on is None)


class OwnPartQuerySet(models.QuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        return self.filter(part__in=SupervisionPart.objects.own_of(user))


@kept
class OwnPart(models.Model):
    """A worker's own part of a meeting: between the two, and the line above. Nobody else reads it."""

    part = models.OneToOneField(SupervisionPart, on_delete=models.PROTECT, related_name="own")
    wellbeing = models.TextField(max_length=LONGEST, blank=True)
    workload = models.TextField(max_length=LONGEST, blank=True)
    development = models.TextField(max_length=LONGEST, blank=True)
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    objects = OwnPartQuerySet.as_manager()

    def __str__(self) -> str:
        return f"What {self.part.worker} and {self.part.supervision.supervisor} keep to themselves"


class DecisionQuerySet(OfStaffQuerySet):
    def last_of(self, families: Iterable[int]) -> dict[int, date]:
        """Return when each family was last decided on."""
        rows = self.of_each(families).order_by().values("stands").annotate(day=Max("decided_on"))
        return dict(rows.values_list("stands", "day"))

    def for_page(self) -> Self:
        actions = AgreedAction.objects.select_related("owner", "done_by").annotate(on_plan=on_plan(Agreed.SUPERVISION))
        rows = self.select_related("worker", "decided_by", "family")
        return rows.prefetch_related(models.Prefetch("actions", actions))


@kept
class Decision(FamilyRecord):
    """What was decided on a family in supervision: a row of its record. ``signed_on``: when both had signed."""

    part = models.ForeignKey(SupervisionPart, on_delete=models.PROTECT, related_name="decisions")
    worker = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=12, help_text="A code of the setting “super_decisions”.")
    note = models.TextField(max_length=LONGEST, blank=True)
    decided_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    signed_on = models.DateField(null=True, help_text="Written by the database when both have signed.")
    revision = models.PositiveIntegerField(default=1)
    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="casework_decision_once", fields=["part", "family"]),
            models.CheckConstraint(name="casework_decision_says_what", condition=~Q(decision="")),
        ]
        indexes = [models.Index(fields=["family", "-decided_on"])]

    def __str__(self) -> str:
        return f"{self.family}: {self.words}"

    @property
    def words(self) -> str:
        """What was decided, in the words of the list; one that is retired is still said."""
        return value_of(DECISIONS).label(self.decision)


class AgreedActionQuerySet(OfStaffQuerySet):
    def to_do(self) -> Self:
        """Return what is not done, but for what is an action of the plan that the family lives by."""
        return self.filter(~on_plan(Agreed.SUPERVISION), done_on__isnull=True).order_by("due_on", "pk")

    def late_of(self, families: Iterable[int], *, on: date) -> dict[int, int]:
        rows = self.to_do().of_each(families).filter(due_on__lt=on).order_by()
        return dict(rows.values("stands").annotate(n=Count("pk")).values_list("stands", "n"))


@kept
class AgreedAction(FamilyRecord):
    """Something agreed in supervision about a family: what, who, by when. It stands on My day until it is done."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=LONGEST_WHAT)
    owner = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    came_of_it = models.CharField(max_length=LONGEST_WHAT, blank=True)
    on_plan = False
    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="casework_agreedaction_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="casework_agreedaction_done_by_somebody",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], condition=Q(done_on__isnull=True), name="casework_agreedaction_to_do")
        ]

    def __str__(self) -> str:
        return self.what
