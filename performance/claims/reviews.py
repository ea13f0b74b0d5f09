"""The word of a locality on what a run claims for its families."""

from django.db import models
from django.db.models import Q

from performance.claims.models import ClaimRun
from slf.access.models import Locality, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass


class LocalityReviewQuerySet(ScopedQuerySet):
    def for_list(self):
        return self.select_related("reviewed_by", "locality").order_by("pk")


class LocalityReview(Scoped):
    """A manager agrees with the lines of their locality, or sends the run back and says why. The last word counts.

    A function of PostgreSQL writes it (``sql_reviews``); the application has no right to. Never changed.
    """

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="reviews")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField()
    word = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    objects = LocalityReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_localityreview_sent_back_says_why", condition=Q(agreed=True) | ~Q(word="")
            )
        ]
        indexes = [models.Index(fields=["run", "locality"])]

    def __str__(self) -> str:
        return f"{self.locality}: {'agreed' if self.agreed else 'sent back'}"
