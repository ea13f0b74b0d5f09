"""Where each member of a household lived when, and on which telephone they were reached. One truth, with dates.

An address belongs to a membership, never to the shared person: somebody in two families gives neither of them the
other's whereabouts. A protected one is known to those who work with the family and those who decide who does.
"""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from slf.access.fields import FamilyField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rights import rights_of
from slf.access.rules import ROLES, Can
from slf.history.kept import kept

if TYPE_CHECKING:
    from slf.accounts.models import User


class WhereaboutsQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return what a person may know: with the record in full, and of what is protected only in confidence."""
        rights = rights_of(user)
        deciding = {scope for role, scope in rights.reaches if Can.ALLOCATE in ROLES[role]}
        in_confidence = Q(family__in=rights.worked) | Q(scope__in=deciding)
        return super().visible_to(user, can=can).filter(Q(protected=False) | in_confidence)

    def on(self, day: date) -> Self:
        """Return what held on one day, of those who were in the household then."""
        return self.right().filter(period__contains=day, membership__period__contains=day)

    def right(self) -> Self:
        """Return all but what was written down by mistake."""
        return self.filter(in_error=False)

    def in_the_open(self) -> Self:
        """Return what searches, hints, prints and exports may use: nothing that is protected, whoever asks."""
        return self.right().filter(protected=False)


class Whereabouts(FamilyRecord):
    """Something by which a member of a household is found or reached, for a time."""

    family = FamilyField("families.Family", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("families.Membership", on_delete=models.PROTECT, related_name="%(class)ss")
    period = DateRangeField()
    protected = models.BooleanField(
        default=False, help_text="Known only to those who work with the family and those who decide who does."
    )
    in_error = models.BooleanField(default=False, help_text="Written down by mistake: kept, and never counted.")
    objects = WhereaboutsQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-period", "pk"]


def has_start(name: str) -> models.CheckConstraint:
    """Return the constraint that a time has a beginning: what was before is not known."""
    return models.CheckConstraint(name=name, condition=Q(period__isempty=False) & Q(period__startswith__isnull=False))


@kept
class Home(Whereabouts):
    """An address of one member for a time. Somebody may have a second one beside it: days with a grandmother."""

    class Use(models.TextChoices):
        MAIN = "main", "Lives here"
        SECOND = "second", "Lives here part of the time"

    use = models.CharField(max_length=6, choices=Use.choices, default=Use.MAIN)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    class Meta(Whereabouts.Meta):
        indexes = [models.Index(fields=["postcode"])]
        constraints = [
            ExclusionConstraint(
                name="families_home_one_main_at_a_time",
                expressions=[("membership", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(use="main", in_error=False),
            ),
            has_start("families_home_has_start"),
            models.CheckConstraint(
                name="families_home_says_something", condition=~Q(address="") | ~Q(postcode="") | Q(protected=True)
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.address, self.postcode) if part)


@kept
class Phone(Whereabouts):
    """A telephone number of one member for a time."""

    number = models.CharField(max_length=30)

    class Meta(Whereabouts.Meta):
        constraints = [
            has_start("families_phone_has_start"),
            models.CheckConstraint(name="families_phone_says_something", condition=~Q(number="")),
            ExclusionConstraint(
                name="families_phone_once_at_a_time",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(in_error=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number
