"""A concern, and what stands in it one under the other. Both are only ever added to."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from casework.safeguarding.clocks import Clock, clocks_of, limits_on
from casework.safeguarding.rules import (
    KNOWS,
    RESULTS,
    ROUTE_CHOICES,
    ROUTES,
    STEP_CHOICES,
    STEPS,
    Route,
    RouteRules,
    Step,
)
from families.people.models import Family
from slf.access.fields import FamilyField
from slf.access.models import Scope
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.clock import now

if TYPE_CHECKING:
    from slf.accounts.models import User

OF_STAFF = Q(route=Route.STAFF)


class ConcernQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the concerns this person may read, or may act on.

        The same that PostgreSQL asks (``sql.py``): one's own, those of families open in this class, and, to whoever
        hears allegations, those that are not about them.
        """
        rights = rights_of(user)
        open_to_all = rights.open_scopes(RecordClass.SAFEGUARDING, can=can)
        only_held = rights.held_scopes(RecordClass.SAFEGUARDING, can=can)
        found = Q(scope__in=open_to_all) | Q(scope__in=only_held, family__in=rights.families_for(can))
        found &= ~OF_STAFF
        if can in {Can.READ, Can.REVIEW_CONCERN} and rights.may(Can.HEAR_ALLEGATION):
            found |= OF_STAFF & (Q(accused=None) | ~Q(accused=user))
        if can is Can.READ:
            found |= Q(written_by=user, moved_from=None)
        return self.filter(found)

    def added_to_by(self, user: "User") -> Self:
        """Return those in which this person may say what was done: their own, of families they work with or decide on.

        Whoever only looks, with a reason or in an emergency, raises a concern of their own.
        """
        rows = self.model._default_manager
        works, decides = (rows.visible_to(user, can=can) for can in (Can.WORK_FAMILY, Can.REVIEW_CONCERN))
        own = Q(written_by=user, moved_from=None)
        return self.filter(own | Q(pk__in=works.values("pk")) | Q(pk__in=decides.values("pk")))

    def going_on(self) -> Self:
        """Return those that still wait: for a review, or for what becomes of what was told to others."""
        entries = ConcernEntry.objects.filter(concern=OuterRef("pk"))
        goes_out = Q(refers=True) | Exists(entries.filter(Q(step=Step.TOLD) | Q(result="refer")))
        reviewed, answered = Exists(entries.filter(step=Step.REVIEWED)), Exists(entries.filter(step=Step.OUTCOME))
        rows = self.exclude(Exists(entries.filter(step=Step.MISTAKE_MADE)))
        return rows.filter(~Q(reviewed) | (goes_out & ~Q(answered)))

    def for_list(self) -> Self:
        entries = ConcernEntry.objects.select_related("by", "answers__by").order_by("pk")
        rows = self.select_related("family__merged_into", "scope__locality", "written_by", "accused")
        return rows.prefetch_related(models.Prefetch("entries", entries)).order_by("-at", "-pk")


class Concern(models.Model):
    """What was raised: by whom, when, which way it goes. Its words are its first entry.

    Without ``family`` it is about somebody who is not on the service, and ``scope`` is the team that reads it. What is
    said about staff has neither: it stands in no family's record and in no locality's.
    """

    record_class = RecordClass.SAFEGUARDING
    append_only = True
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = FamilyField("families.Family", null=True, on_delete=models.PROTECT, related_name="concerns")
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=10, choices=ROUTE_CHOICES)
    refers = models.BooleanField(help_text="Its author tells another agency of it at once.")
    written_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    accused = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="When it was raised, on the day the service stands on.")
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    draft_uid = models.UUIDField(null=True, editable=False)
    moved_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")
    first_by = models.ForeignKey(
        "slf.User", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who raised it where it was entered by mistake.",
    )  # fmt: skip
    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope", "-at"]), models.Index(fields=["family"])]
        constraints = [
            models.UniqueConstraint(name="casework_concern_once_per_note", fields=["written_by", "draft_uid"]),
            models.CheckConstraint(
                name="casework_concern_route_known", condition=Q(route__in=[route.value for route in Route])
            ),
            models.CheckConstraint(
                name="casework_concern_of_staff_stands_alone",
                condition=Q(route=Route.STAFF.value, family=None, scope=None)
                | ~Q(route=Route.STAFF.value) & Q(scope__isnull=False, accused=None),
            ),
            models.CheckConstraint(
                name="casework_concern_not_about_oneself",
                condition=Q(accused=None) | ~Q(accused=F("written_by")),
            ),
            models.CheckConstraint(
                name="casework_concern_moved_says_whose",
                condition=Q(moved_from=None, first_by=None) | Q(moved_from__isnull=False, first_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Safeguarding concern: {self.rules.label.lower()}"

    def get_absolute_url(self) -> str:
        return reverse("casework:concern", args=[self.uid])

    @property
    def rules(self) -> RouteRules:
        return ROUTES[Route(self.route)]

    @property
    def is_of_staff(self) -> bool:
        return self.route == Route.STAFF

    @property
    def raised_by(self) -> "User":
        return self.first_by or self.written_by

    @cached_property
    def all_entries(self) -> list["ConcernEntry"]:
        return sorted(self.entries.all(), key=lambda entry: entry.pk)

    @property
    def first(self) -> "ConcernEntry | None":
        """What was raised; None to whom it is not shown any more."""
        return next((entry for entry in self.all_entries if entry.step == Step.RAISED), None)

    @property
    def is_mistaken(self) -> bool:
        return any(entry.step == Step.MISTAKE_MADE for entry in self.all_entries)

    @property
    def said_mistaken(self) -> "ConcernEntry | None":
        """The entry that says it was a mistake, while nobody has decided on that."""
        answered = {entry.answers_id for entry in self.all_entries if entry.answers_id}
        open_ = (entry for entry in self.all_entries if entry.step == Step.MISTAKE and entry.pk not in answered)
        return next(open_, None)

    @property
    def refers_since(self) -> datetime | None:
        """When it was said that another agency is told; None where that is not said."""
        said = [entry.at for entry in self.all_entries if entry.result == "refer" or entry.step == Step.TOLD]
        return min([*([self.at] if self.refers else []), *said], default=None)

    def clocks(self, moment: datetime | None = None) -> list[Clock]:
        if self.is_mistaken:
            return []
        done: dict[Step, datetime] = {}
        for entry in self.all_entries:
            done.setdefault(Step(entry.step), timezone.localtime(entry.at))
        raised = timezone.localtime(self.at)
        refers = self.refers_since and timezone.localtime(self.refers_since)
        rules_now = {"refers": refers, "done": done, "limits": limits_on(raised), "now": moment or now()}
        return clocks_of(Route(self.route), raised, **rules_now)

    def waits(self, moment: datetime | None = None) -> list[Clock]:
        return [clock for clock in self.clocks(moment) if clock.done is None]

    def missed(self, moment: datetime | None = None) -> list[Clock]:
        moment = moment or now()
        return [clock for clock in self.clocks(moment) if clock.is_missed(moment)]

    @property
    def state(self) -> tuple[str, str]:
        """How it stands in words, and the tone of it."""
        if self.is_mistaken:
            return "Entered in error", "neutral"
        moment = now()
        if self.missed(moment):
            return "Overdue", "late"
        if not self.waits(moment):
            return "Done", "good"
        if any(clock.step == Step.REVIEWED for clock in self.waits(moment)):
            return "To be reviewed", "attention"
        return "Under way", "waiting"


class ConcernEntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return what stands in the concerns this person reads. What was a mistake PostgreSQL keeps from most."""
        return self.filter(concern__in=Concern.objects.visible_to(user, can=can))


class ConcernEntry(models.Model):
    """One thing that was said or done, by whom and when."""

    record_class = RecordClass.SAFEGUARDING
    append_only = True
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    step = models.CharField(max_length=14, choices=STEP_CHOICES)
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    who = models.CharField(max_length=300, blank=True, help_text="Whom it is about, or who was told or answered.")
    words = models.TextField(blank=True)
    done = models.TextField(blank=True, help_text="What was done already when it was raised.")
    result = models.CharField(max_length=10, blank=True, help_text="The decision, what became of it, who knows.")
    belongs_to = models.ForeignKey(Family, null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="answer")
    objects = ConcernEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "concern entries"
        constraints = [
            models.UniqueConstraint(
                name="casework_concernentry_raised_once", fields=["concern"], condition=Q(step=Step.RAISED.value)
            ),
            models.UniqueConstraint(
                name="casework_concernentry_mistake_once", fields=["concern"], condition=Q(step=Step.MISTAKE_MADE.value)
            ),
            models.CheckConstraint(
                name="casework_concernentry_step_known", condition=Q(step__in=[step.value for step in Step])
            ),
            models.CheckConstraint(
                name="casework_concernentry_says_something", condition=~Q(words="") | Q(step=Step.MISTAKE_MADE.value)
            ),
            models.CheckConstraint(
                name="casework_concernentry_answers_a_mistake",
                condition=Q(answers=None) ^ Q(step__in=[Step.MISTAKE_LEFT.value, Step.MISTAKE_MADE.value]),
            ),
            models.CheckConstraint(
                name="casework_concernentry_belongs_by_mistake",
                condition=Q(belongs_to=None) | Q(step=Step.MISTAKE.value),
            ),
        ]

    def __str__(self) -> str:
        return STEPS[Step(self.step)].done

    @property
    def family(self) -> Family | None:
        return self.concern.family

    @property
    def family_id(self) -> int | None:
        return self.concern.family_id

    @property
    def result_in_words(self) -> str:
        return RESULTS.get(self.result, "") if self.step != Step.RAISED else KNOWS.get(self.result, "")

    @property
    def is_first(self) -> bool:
        return self.step == Step.RAISED


def families_of(rows: Iterable[Concern]) -> list[int]:
    """Return whose records a list of concerns shows; what is said about staff stands in none."""
    return [row.family_id for row in rows if row.family_id is not None]
