"""What the service cannot know by itself: a showing that somebody writes down, and that a partner was told."""

from django.db import models
from django.db.models import Q

from families.facts.rules import AGENCIES, CATEGORIES
from families.sharing.models import Agreement, Consent
from families.shown.rules import WRITTEN_DOWN
from slf.access.models import FamilyRecord
from slf.access.rules import RecordClass

ONE_OF_BOTH = Q(agreement__isnull=True) ^ Q(consent__isnull=True)


class Showing(FamilyRecord):
    """Something a partner was shown outside of the service: on the telephone, by letter, at a meeting."""

    append_only = True
    record_class = RecordClass.EVIDENCE
    agency = models.CharField(max_length=12, choices=list(AGENCIES.items()))
    to = models.CharField(max_length=120)
    what = models.CharField(max_length=10, choices=[(what.value, what.label) for what in WRITTEN_DOWN])
    category = models.CharField(max_length=16, choices=list(CATEGORIES.items()))
    words = models.CharField(max_length=300)
    shown_on = models.DateField()
    gateway = models.CharField(max_length=200, blank=True, help_text="As the register named it that day; empty: none.")
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-shown_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="families_showing_says_something", condition=~Q(words="") & ~Q(to="")),
            models.CheckConstraint(name="families_showing_agency_known", condition=Q(agency__in=list(AGENCIES))),
            models.UniqueConstraint(
                name="families_showing_once_a_day",
                fields=["family", "agency", "to", "what", "category", "words", "shown_on"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_agency_display()}: {self.words}"


class PartnerTold(FamilyRecord):
    """A partner was told that a family took something back: when, how, by whom. Told again, it is two."""

    class How(models.TextChoices):
        PHONE = "phone", "By telephone"
        WRITING = "writing", "In writing"
        IN_PERSON = "in_person", "In person"

    append_only = True
    record_class = RecordClass.EVIDENCE
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="told")
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="told")
    partner = models.CharField(max_length=200, help_text="As the report heads it.")
    whom = models.CharField(max_length=120)
    told_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-told_on", "-pk"]
        verbose_name_plural = "partners told"
        constraints = [
            models.CheckConstraint(name="families_partnertold_of_one_withdrawal", condition=ONE_OF_BOTH),
            models.CheckConstraint(name="families_partnertold_names_both", condition=~Q(partner="") & ~Q(whom="")),
            models.UniqueConstraint(
                name="families_partnertold_once",
                fields=["agreement", "consent", "partner", "whom", "told_on", "how"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, told {self.get_how_display().lower()}"
