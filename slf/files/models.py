"""Files that the virus scanner has not looked at yet, and what it found. Nothing here says whose they are."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class HeldFile(models.Model):
    """A stored file that cannot be opened until the scanner has looked at it. Without a row it can be."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not yet looked at"
        CLEAN = "clean", "Nothing was found"
        FOUND = "found", "Something harmful was found"

    stored = models.CharField(max_length=100, unique=True, help_text="Its name in the storage, which says nothing.")
    what = models.CharField(max_length=60, help_text="What it was sent as.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    found = models.CharField(max_length=100, blank=True)
    since = models.DateTimeField(db_default=Now(), editable=False)
    tries = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    resumes = models.UUIDField(null=True, help_text="The job that waits for it.")
    waiter = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="slf_heldfile_looked_at_once_decided",
                condition=Q(state="waiting", looked_at=None, found="")
                | Q(state="clean", looked_at__isnull=False, found="")
                | (Q(state="found", looked_at__isnull=False) & ~Q(found="")),
            ),
            models.CheckConstraint(
                name="slf_heldfile_waiter_of_a_job", condition=Q(resumes=None, waiter=None)
                | Q(resumes__isnull=False, waiter__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.what}: {self.get_state_display().lower()}"


class FoundFile(models.Model):
    """That the scanner found something harmful, when, and in whose upload. The file itself was not kept."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    sender = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=60, help_text="What it was sent as.")
    found = models.CharField(max_length=100, help_text="What the scanner calls it.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.found}"
