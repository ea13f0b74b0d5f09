"""The family's agreement to the service: given, refused or withdrawn, by whom, how and when."""

from django.db import models

from families.people.models import Person
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
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=10, choices=State.choices)
    said_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-said_on", "-id"]
