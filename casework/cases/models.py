"""The case: one family's time with the service, from allocation to closure, and what one worker tells the next."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from referrals.allocation.models import current_on
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User


class CaseQuerySet(FamilyRecordQuerySet):
    def open_on(self, day: date) -> Self:
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)

    def of_a_contact(self, day: date) -> "Case | None":
        """Return the case that a contact on a day belongs to: also on the day on which it was closed."""
        rows = self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day)
        return rows.order_by("-opened_on", "-pk").first()

    def closed_last(self, *, on: date) -> "Case | None":
        """Return the case that was closed last, where none is open; asked of the cases of one family."""
        rows = list(self.filter(opened_on__lte=on).order_by("-closed_on", "-pk"))
        goes_on = any(case.closed_on is None or case.closed_on > on for case in rows)
        return None if goes_on or not rows else rows[0]

    def worked_by(self, user: "User", *, on: date) -> Self:
        """Return the cases of the families this worker has on one day."""
        mine = current_on(on, through="family__allocations__")
        return self.open_on(on).filter(mine, family__allocations__worker=user)


@kept
class Case(FamilyRecord):
    """A family's time with the service. One open case per family, whoever asks."""

    record_class = RecordClass.CARD
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    attached_on = models.DateField(null=True, blank=True, help_text="The day the family agreed and work began.")
    opened_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["scope", "-opened_on", "-id"], name="casework_case_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(closed_on__isnull=True), name="casework_case_one_open"
            ),
            models.CheckConstraint(
                name="casework_case_closes_after_opening",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family}, opened {day_in_words(self.opened_on)}"

    def get_absolute_url(self) -> str:
        return reverse("families:family", args=[self.family.uid])


class Handover(FamilyRecord):
    """One worker gives a family to the next: what the next must know, and when they visit together. Never edited."""

    append_only = True
    former = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    next = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="handovers")
    happened_on = models.DateField()
    must_know = models.TextField()
    joint_visit_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="casework_handover_to_another", condition=~Q(former=F("next"))),
            models.CheckConstraint(name="casework_handover_says_something", condition=~Q(must_know="")),
            models.CheckConstraint(
                name="casework_handover_visits_afterwards",
                condition=Q(joint_visit_on__isnull=True) | Q(joint_visit_on__gte=F("happened_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family}: from {self.former} to {self.next}, {day_in_words(self.happened_on)}"
