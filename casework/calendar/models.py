"""The address by which somebody's calendar asks for their visits. Only its digest is kept."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class CalendarFeed(models.Model):
    """One secret address of one person; at most one of them counts."""

    policy = ("owned", "user_id")
    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="casework_calendarfeed_one_counts", fields=["user"], condition=Q(revoked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
