"""What a family says: its agreement to the service, and consent where something may be used by consent only."""

from django.db import models

from families.facts.rules import AGENCIES, CATEGORIES, OWN
from families.people.models import Person, PersonField
from families.register.rules import PURPOSES
from slf.access.models import FamilyRecord
from slf.access.rules import RecordClass


class Agreement(FamilyRecord):
    """One statement by a family (or one of its adults) about agreeing to the service. Never edited, only added to."""

    class State(models.TextChoices):
        GIVEN = "given", "Agreed"
        REFUSED = "refused", "Did not agree"
        WITHDRAWN = "withdrawn", "Took back the agreement"

    class How(models.TextChoices):
        REFERRER = "referrer", "Told the referrer"
        IN_PERSON = "in_person", "Told a worker in person"
        WRITING = "writing", "In writing"
        PHONE = "phone", "By telephone"

    append_only = True
    record_class = RecordClass.CARD
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=10, choices=State.choices)
    said_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-said_on", "-id"]


class Consent(FamilyRecord):
    """One statement about one use of one kind of information that rests on consent. Never edited, only added to.

    ``person`` is whom the information is about (nobody named: the whole family), ``said_by`` who said it.
    """

    class State(models.TextChoices):
        GIVEN = "given", "Consents"
        REFUSED = "refused", "Does not consent"
        WITHDRAWN = "withdrawn", "Took back the consent"

    append_only = True
    record_class = RecordClass.EVIDENCE
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="consents")
    agency = models.CharField(max_length=12, choices=list(AGENCIES.items()), blank=True, default=OWN)
    category = models.CharField(max_length=16, choices=list(CATEGORIES.items()))
    purpose = models.CharField(max_length=10, choices=[(p.value, name) for p, name in PURPOSES.items()])
    state = models.CharField(max_length=10, choices=State.choices)
    said_by = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
    how = models.CharField(max_length=10, choices=Agreement.How.choices)
    competence = models.CharField(
        max_length=300, blank=True, help_text="Why a child who decides for themselves understands what it means."
    )
    evidence = models.CharField(max_length=200, blank=True, help_text="Where the signed paper is.")
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-said_on", "-id"]
        indexes = [models.Index(fields=["family", "agency", "category", "purpose"])]

    def __str__(self) -> str:
        return f"{self.person or 'The family'}: {self.get_state_display().lower()}"
