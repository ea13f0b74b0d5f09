"""A proposal to dispose of what a run froze, and what became of it. Functions of PostgreSQL write it (``sql``)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from performance.claims.disposal.rules import STANDINGS, Standing, sentence
from performance.claims.models import ClaimRun
from slf.access.models import Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.clock import shown


class DisposalQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("run", "proposed_by", "decided_by").order_by("-pk")

    def done(self) -> Self:
        return self.filter(state=Standing.DISPOSED)

    def waiting(self) -> Self:
        return self.filter(state=Standing.PROPOSED)


class Disposal(Scoped):
    """One proposes that the evidence of a run goes; another confirms it, or one of the office keeps it for now."""

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="disposals")
    state = models.CharField(max_length=10, choices=[(each.value, STANDINGS[each][0]) for each in Standing])
    closed_on = models.DateField(help_text="When its money was settled, or it was withdrawn.")
    years = models.PositiveSmallIntegerField(help_text="How long it was to be kept from then on.")
    due_on = models.DateField()
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=500, blank=True, help_text="Of what is kept for now.")
    families = models.PositiveIntegerField(default=0, help_text="Of how many families evidence went.")
    objects = DisposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run"], condition=Q(state__in=[Standing.PROPOSED, Standing.DISPOSED]),
                name="performance_disposal_once",
            ),
            models.CheckConstraint(
                name="performance_disposal_two_people",
                condition=~Q(state=Standing.DISPOSED) | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="performance_disposal_decided_says_when",
                condition=Q(state=Standing.PROPOSED, decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state=Standing.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="performance_disposal_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="performance_disposal_kept_says_why", condition=~Q(state=Standing.KEPT) | ~Q(decided_because="")
            ),
            models.CheckConstraint(name="performance_disposal_after_years", condition=Q(due_on__gt=F("closed_on"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Disposal of the evidence of {self.run}"

    @property
    def tone(self) -> str:
        return STANDINGS[Standing(self.state)][1]

    @property
    def words(self) -> str:
        """Say of evidence that is gone since when, and by whom."""
        on, who, other = shown(self.decided_at).date(), str(self.proposed_by), str(self.decided_by)
        return sentence(on=on, proposed_by=who, confirmed_by=other)
