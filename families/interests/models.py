"""Who knows which family from their own life, since when, said by whom; and who looked into it and ended it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from families.interests.rules import KIND_NAMES
from families.people.models import Family
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass
from slf.history.kept import kept
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User


KIND_CHOICES = [(kind.value, name) for kind, name in KIND_NAMES.items()]


class InterestQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return those of families whose conflicts the user reads by their post, and to read their own."""
        rows = super().visible_to(user, can=can)
        if can is not Can.READ:
            return rows
        return rows | self.filter(user=user, family__in=Family.objects.visible_to(user))

    def in_force(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def for_list(self) -> Self:
        return self.select_related("user", "declared_by", "ended_by").order_by("ended_on", "-began_on", "-pk")


@kept
class Interest(FamilyRecord):
    """``user`` knows the family. While it is in force nothing of the family is newly opened to them.

    Two functions write it (``families/interests/sql.py``); the application has no right to.
    """

    record_class = RecordClass.SUPERVISION
    append_only = True
    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=8, choices=KIND_CHOICES)
    words = models.TextField(blank=True)
    declared_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    began_on = models.DateField()
    at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)
    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "user"], condition=Q(ended_on__isnull=True), name="families_interest_one_at_a_time"
            ),
            models.CheckConstraint(name="families_interest_other_says_how", condition=~Q(kind="other") | ~Q(words="")),
            models.CheckConstraint(
                name="families_interest_ended_by_somebody",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, ended_because="")
                | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="families_interest_ended_by_another",
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("user")) & ~Q(ended_by=F("declared_by")),
            ),
            models.CheckConstraint(
                name="families_interest_ends_after_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
            ),
        ]
        indexes = [models.Index(fields=["user"])]

    def __str__(self) -> str:
        return f"{self.user} knows the family, said on {day_in_words(self.began_on)}"
