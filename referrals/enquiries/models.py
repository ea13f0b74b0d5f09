"""What a team asked the referrer about a referral, and what they replied: one row for each question."""

from django.db import models
from django.db.models import F, Q

from referrals.enquiries.rules import SUBJECTS
from referrals.intake.models import Referral
from slf.access.models import Scoped
from slf.access.rules import RecordClass
from slf.history.kept import kept

SUBJECT_CHOICES = list(SUBJECTS.items())


@kept
class Enquiry(Scoped):
    """One question to the referrer with its reply. Its scope follows the referral's; the referrer has a copy.

    A reply is written by a function alone, in the name of whoever referred. The questions of one asking share a round.
    """

    record_class = RecordClass.REFERRAL
    append_only = True
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="enquiries")
    round = models.PositiveSmallIntegerField(default=1)
    about = models.CharField(max_length=12, choices=SUBJECT_CHOICES)
    question = models.TextField()
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    reply_by = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["round", "pk"]
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["referral", "round", "about"], name="referrals_enquiry_once_a_round"),
            models.CheckConstraint(name="referrals_enquiry_asks_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="referrals_enquiry_reply_has_a_day",
                condition=Q(reply="", replied_on__isnull=True) | (~Q(reply="") & Q(replied_on__gte=F("asked_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.question}"
