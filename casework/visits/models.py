"""A visit, and of each member of the household whether they were seen."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.cases.models import Case
from casework.diary.models import PlannedVisit, is_outside_hours
from casework.provenance.models import without_kept
from casework.provenance.rules import About
from casework.visits import rules
from casework.visits.rules import How
from families.people.models import Family, Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can
from slf.history.kept import kept
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User


class VisitQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the visits of families open to them; to a partner alone without what is kept from the partner."""
        return without_kept(super().visible_to(user, can=can), user, About.VISIT)

    def for_list(self) -> Self:
        seen = Sighting.objects.select_related("person__merged_into")
        return self.select_related("recorded_by", "planned").prefetch_related(models.Prefetch("sightings", seen))

    def newest_first(self) -> Self:
        return self.order_by("-happened_on", "-began_at", "-pk")


@kept
class Visit(FamilyRecord):
    """One contact with a family. ``draft_uid`` is the note it came from: one note makes one visit."""

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=10, choices=rules.KIND_NAMES.items())
    happened_on = models.DateField()
    began_at = models.TimeField(null=True, blank=True)
    note = models.TextField()
    changed = models.TextField(blank=True, db_default="", help_text="What is different since the last contact.")
    next_step = models.TextField(blank=True, db_default="", help_text="What was agreed to do next.")
    grade = models.CharField(max_length=10, choices=rules.GRADE_NAMES.items(), blank=True)
    next_visit_on = models.DateField(null=True, blank=True)
    planned = models.OneToOneField(
        PlannedVisit, null=True, blank=True, on_delete=models.PROTECT, related_name="visit", editable=False
    )
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="visits")
    recorded_at = models.DateTimeField(auto_now_add=True)
    draft_uid = models.UUIDField(null=True, blank=True, editable=False)
    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["family", "-happened_on"])]
        constraints = [
            models.UniqueConstraint(fields=["recorded_by", "draft_uid"], name="casework_visit_once_per_note"),
            models.CheckConstraint(name="casework_visit_has_note", condition=~Q(note="")),
            models.CheckConstraint(name="casework_visit_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.CheckConstraint(
                name="casework_visit_next_is_later",
                condition=Q(next_visit_on__isnull=True) | Q(next_visit_on__gt=F("happened_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {day_in_words(self.happened_on)}"

    @property
    def meets_nobody(self) -> bool:
        return rules.meets_nobody(self.kind)

    @property
    def is_outside_hours(self) -> bool:
        return is_outside_hours(self.happened_on, self.began_at)

    def get_absolute_url(self) -> str:
        return f"{reverse('casework:visits', args=[self.family.uid])}#visit-{self.uid}"


@kept
class Sighting(FamilyRecord):
    """Whether one member of the household was seen on a visit. No row: nothing was said."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="sightings")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="sightings")
    how = models.CharField(max_length=8, choices=rules.HOW_NAMES.items())
    why = models.CharField(max_length=10, choices=rules.WHY_NAMES.items(), blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["family", "person"])]
        constraints = [
            models.UniqueConstraint(fields=["visit", "person"], name="casework_sighting_once"),
            models.CheckConstraint(name="casework_sighting_how", condition=Q(how__in=[h.value for h in How])),
            models.CheckConstraint(
                name="casework_sighting_why_only_if_not_seen", condition=Q(why="") | Q(how=How.NOT_SEEN.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_how_display()}"


def household_on(family: Family, day: date):
    """Return the memberships of those who lived together on one day."""
    return family.memberships.on(day).living_there().select_related("person__merged_into").in_order()
