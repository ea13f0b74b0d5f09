"""A family handed over to another locality: what the old one says, and the little the new one is told before."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.transfers.rules import KEEP_DAYS, STATE_NAMES, State
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Locality, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept

STATES = [(state.value, name) for state, name in STATE_NAMES.items()]


class TransferQuerySet(FamilyRecordQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.PROPOSED)

    def for_page(self) -> Self:
        return self.select_related("from_locality", "to_locality", "proposed_by", "decided_by", "family")


@kept
class Transfer(FamilyRecord):
    """One hand-over. It stands in the family's record, and goes with it when the other locality accepts."""

    record_class = RecordClass.RECORD
    from_locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    to_locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    moves_on = models.DateField(help_text="From this day on the family counts with the other locality.")
    reason = models.TextField()
    must_know = models.TextField(help_text="What the next worker must know; told when the family is accepted.")
    keep_days = models.PositiveSmallIntegerField(default=0, help_text="For how long the worker until now keeps it.")
    proposed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default=State.PROPOSED)
    decided_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True, help_text="Why it was sent back.")
    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_transfer_one_at_a_time", fields=["family"], condition=Q(state="proposed")
            ),
            models.CheckConstraint(name="casework_transfer_elsewhere", condition=~Q(from_locality=F("to_locality"))),
            models.CheckConstraint(
                name="casework_transfer_decided_once",
                condition=Q(state="proposed", decided_by=None, decided_on=None)
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(state="proposed"),
            ),
            models.CheckConstraint(name="casework_transfer_keep", condition=Q(keep_days__in=KEEP_DAYS)),
            models.CheckConstraint(
                name="casework_transfer_sent_back_with_reason", condition=~Q(state="sent_back") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_locality} to {self.to_locality}"

    @property
    def is_waiting(self) -> bool:
        return self.state == State.PROPOSED


class ArrivalQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.PROPOSED)

    def for_list(self) -> Self:
        return self.select_related("from_locality", "proposed_by")


class Arrival(Scoped):
    """What the receiving locality is told of a hand-over before it accepts: no name, no reason, no address."""

    record_class = RecordClass.REFERRAL
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    people = models.PositiveSmallIntegerField()
    from_locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    moves_on = models.DateField()
    keep_days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default=State.PROPOSED)
    decided_on = models.DateField(null=True)
    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_on", "pk"]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("casework:arrival", args=[self.uid])
