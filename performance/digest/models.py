"""Whether somebody wants the mail of the day. Nobody has a row until they say so."""

from django.db import models


class DigestChoice(models.Model):
    """What one person chose, their own to read and to change."""

    policy = ("owned", "user_id")
    user = models.OneToOneField("slf.User", on_delete=models.PROTECT, related_name="+")
    is_off = models.BooleanField()
    chosen_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"The mail of the day of {self.user}: {'off' if self.is_off else 'on'}"
