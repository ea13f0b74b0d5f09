"""That somebody wants a list taken back, and what was decided."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.importing.models import ImportFile
from casework.taking_back.rules import STATE_NAMES, TONES, WAITS, State
from slf.access.models import Locality, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.work.models import Job

WAITING = sorted(state.value for state in WAITS)
STATES = [(state.value, name) for state, name in STATE_NAMES.items()]


class TakingBackQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.ASKED)

    def for_list(self) -> Self:
        """Return them with all that a list shows, those to be decided first."""
        related = ("locality", "confirmed_by", "asked_by", "decided_by", "job")
        ordered: Self = self.select_related(*related).annotate(waits=Q(state=State.ASKED)).order_by("-waits", "-pk")
        return ordered


class TakingBack(Scoped):
    """A list that somebody of the data office wants taken back, for whoever decides on families of the locality.

    They do not read the lists themselves, so what names this one stands here too. Only functions change it.
    """

    record_class = RecordClass.EVIDENCE
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="takings")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    file_name = models.CharField(max_length=200)
    confirmed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=STATES, default=State.ASKED.value)
    decided_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField(default=0, help_text="Families that were taken back.")
    stayed = models.PositiveIntegerField(default=0, help_text="Families that stayed, since something was added.")
    objects = TakingBackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(state__in=sorted(state.value for state in WAITS)),
                name="casework_takingback_one_at_a_time",
            ),
            models.CheckConstraint(name="casework_takingback_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="casework_takingback_decided_by_another",
                condition=Q(state=State.ASKED.value, decided_by=None, decided_on=None)
                | Q(~Q(state=State.ASKED.value), ~Q(decided_by=F("asked_by")), decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("casework:taking_back", args=[self.uid])

    @property
    def tone(self) -> str:
        return TONES[State(self.state)]
