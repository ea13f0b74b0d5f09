"""What a family said of reaching it safely when it referred itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from referrals.intake.models import Referral, ReferralPerson
from referrals.ourselves.rules import LONGEST_WORDS, Reach
from slf.access.models import Scoped
from slf.access.rules import RecordClass
from slf.history.kept import kept


@kept
class OwnReferral(Scoped):
    """Beside a referral that the family itself sent. Its scope follows the referral's; one function writes it."""

    record_class = RecordClass.REFERRAL
    append_only = True
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="own")
    sender = models.ForeignKey(ReferralPerson, on_delete=models.PROTECT, related_name="+")
    may_ring = models.BooleanField()
    may_text = models.BooleanField()
    may_leave_message = models.BooleanField()
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Monday is 0; none named: any day.")
    after = models.TimeField(null=True)
    before = models.TimeField(null=True)
    other_way = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS, help_text="What the family wrote of its own.")
    sent_on = models.DateField()
    digest = models.CharField(max_length=64, help_text="Of everything that was said: the same twice a day is once.")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="referrals_ownreferral_once_a_day", fields=["digest", "sent_on"]),
            models.CheckConstraint(
                name="referrals_ownreferral_reached_somehow",
                condition=Q(may_ring=True) | Q(may_text=True) | ~Q(other_way=""),
            ),
            models.CheckConstraint(
                name="referrals_ownreferral_begins_before_it_ends",
                condition=Q(after__isnull=True) | Q(before__isnull=True) | Q(after__lt=F("before")),
            ),
            models.CheckConstraint(
                name="referrals_ownreferral_days_of_a_week", condition=Q(days__contained_by=[0, 1, 2, 3, 4, 5, 6])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} asks for help"

    @property
    def reach(self) -> Reach:
        return Reach(
            self.referral.phone, self.may_ring, self.may_text, self.may_leave_message, tuple(self.days), self.after,
            self.before, self.other_way,
        )  # fmt: skip

    @property
    def safe_contact(self) -> list[tuple[str, str]]:
        return self.reach.words(str(self.sender))
