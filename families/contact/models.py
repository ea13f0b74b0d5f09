"""Coded rules of safe contact. They belong to somebody's time in one family: another household has its own."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from families.contact import rules
from families.people.models import Membership
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept


class ContactRuleQuerySet(FamilyRecordQuerySet):
    def on(self, day: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), began_on__lte=day)


@kept
class ContactRule(FamilyRecord):
    """One way to reach somebody, and when it is safe; or that it never is."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=6, choices=rules.CHANNEL_CHOICES)
    never = models.BooleanField(default=False)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="Monday is 0.")
    after = models.TimeField(null=True, blank=True)
    before = models.TimeField(null=True, blank=True)
    who_answers = models.CharField(max_length=120, blank=True)
    safe_word = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)
    words = models.CharField(
        max_length=200, blank=True, db_default="", help_text="The sentence it says, as it was told with a referral."
    )
    began_on = models.DateField()
    set_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objects = ContactRuleQuerySet.as_manager()

    class Meta:
        ordering = ["channel", "pk"]
        constraints = [
            models.CheckConstraint(
                name="families_contactrule_never_has_no_times",
                condition=Q(never=False) | Q(after__isnull=True, before__isnull=True, days=[]),
            ),
            models.CheckConstraint(
                name="families_contactrule_begins_before_it_ends",
                condition=Q(after__isnull=True) | Q(before__isnull=True) | Q(after__lt=F("before")),
            ),
            models.CheckConstraint(
                name="families_contactrule_days_of_a_week", condition=Q(days__contained_by=[0, 1, 2, 3, 4, 5, 6])
            ),
            models.CheckConstraint(
                name="families_contactrule_ended_by_somebody",
                condition=Q(ended_on__isnull=True) ^ Q(ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.rule.words}"

    @property
    def rule(self) -> rules.Rule:
        return rules.Rule(
            self.channel,
            self.never,
            tuple(self.days),
            self.after,
            self.before,
            self.who_answers,
            self.safe_word,
            self.words,
        )
