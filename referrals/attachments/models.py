"""Files that a referrer attaches: a row behind the wall; the content in the storage, under a name that says nothing."""

from django.db import models
from django.db.models import Q

from referrals.intake.models import Referral
from slf.access.models import Scoped
from slf.access.rules import RecordClass
from slf.files.rules import KINDS, LARGEST, in_short
from slf.history.kept import kept

FOLDER = "referrals/"


def stored_as(attachment: "Attachment", given: str) -> str:
    return f"{FOLDER}{attachment.uid}"


@kept
class Attachment(Scoped):
    """One file of a referral. Its scope follows the referral's."""

    record_class = RecordClass.REFERRAL
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=100, help_text="As it is shown and saved: made safe.")
    content = models.FileField(upload_to=stored_as, max_length=100)
    content_type = models.CharField(max_length=80, choices=[(k.content_type, k.label) for k in KINDS.values()])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    added_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="referrals_attachment_kind_allowed", condition=Q(content_type__in=list(KINDS))
            ),
            models.CheckConstraint(
                name="referrals_attachment_size_allowed", condition=Q(size__gt=0, size__lte=LARGEST)
            ),
            models.UniqueConstraint(fields=["content"], name="referrals_attachment_own_content"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def in_short(self) -> str:
        """Return "PDF, 120 KB"."""
        return in_short(self.get_content_type_display(), self.size)
