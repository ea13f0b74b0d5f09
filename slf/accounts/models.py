"""People who sign in. What they may reach comes from their posts (slf.access), never from this row."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models

LONGEST_ADDRESS = 254
"""As long as Django's own column for a mail address."""


class User(AbstractUser):
    """A person with an account, or a service account that acts in its own narrow post."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job_title = models.CharField(max_length=120, blank=True)
    is_service = models.BooleanField(default=False, help_text="Acts for the clock or another system; never signs in.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slf_user_no_superuser",
                condition=models.Q(is_superuser=False),
                violation_error_message="Nobody is above the posts: an administrator holds the administrator's post.",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class SignInReset(models.Model):
    """One time somebody's password and second steps were taken away. Rows are only added."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="resets")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user}, by {self.by}"


class AccountChange(models.Model):
    """One time somebody's account was made, or its mail address changed. Rows are only added."""

    class What(models.TextChoices):
        MADE = "made", "Account made"
        ADDRESS = "address", "Mail address changed"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    before = models.EmailField(blank=True)
    after = models.EmailField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_what_display().lower()}, by {self.by}"
