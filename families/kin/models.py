"""Relationships between the people of one family's record, and who has parental responsibility for whom.

Both belong to the record of the family: what one family's record says of somebody who is in two is not the other's.
"""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least

from families.kin.rules import bonds, responsibility
from families.kin.rules.bonds import BONDS, Bond, Kind, Tie
from families.kin.rules.responsibility import Standing
from families.people.models import Family, Person, PersonField
from slf.access.fields import FamilyField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept

KINDS = [(kind.value, name) for kind, name in bonds.KIND_NAMES.items()]


class RelationshipQuerySet(FamilyRecordQuerySet):
    def on(self, day) -> Self:
        """Return what two people were to each other on one day, as far as it is known."""
        return self.filter(period__contains=day)


@kept
class Relationship(FamilyRecord):
    """What one person is to another for a time. ``person`` is the parent or carer; of a couple either of the two."""

    kind = models.CharField(max_length=10, choices=KINDS)
    bond = models.GeneratedField(
        expression=models.Case(
            *(models.When(kind__in=[k.value for k in kinds], then=Value(bond.value)) for bond, kinds in BONDS.items())
        ),
        output_field=models.CharField(max_length=8),
        db_persist=True,
    )
    person = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    other = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField(help_text="Open at the start when that is not known, at the end while it goes on.")
    source = models.CharField(max_length=200, help_text="Who said so, or which document.")
    words = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="families_relationship_of_two", condition=~Q(person=F("other"))),
            models.CheckConstraint(name="families_relationship_has_a_time", condition=Q(period__isempty=False)),
            models.CheckConstraint(
                name="families_relationship_of_a_kind", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
            ExclusionConstraint(
                name="families_relationship_one_kind_at_a_time",
                expressions=[
                    ("family", RangeOperators.EQUAL),
                    ("bond", RangeOperators.EQUAL),
                    (Least("person", "other"), RangeOperators.EQUAL),
                    (Greatest("person", "other"), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display().lower()} {self.other}"

    @property
    def tie(self) -> Tie:
        return Tie(Kind(self.kind), self.person.pk, self.other.pk)

    @property
    def is_mutual(self) -> bool:
        return bonds.bond_of(Kind(self.kind)) in {Bond.COUPLE, Bond.SIBLING}


@kept
class Responsibility(FamilyRecord):
    """Who has, has not, or may have parental responsibility for a child: a person, or an authority."""

    family = FamilyField(Family, on_delete=models.PROTECT, related_name="responsibilities")
    child = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    holder = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=120, blank=True)
    standing = models.CharField(
        max_length=10, choices=[(standing.value, name) for standing, name in responsibility.STANDING_NAMES.items()]
    )
    ground = models.CharField(max_length=14, choices=list(responsibility.GROUNDS.items()))
    court_order = models.CharField(max_length=200, blank=True, help_text="Which court, when, and its number.")
    period = DateRangeField()
    source = models.CharField(max_length=200, help_text="Who said so, or which document.")
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "responsibilities"
        constraints = [
            models.CheckConstraint(
                name="families_responsibility_of_one", condition=Q(holder__isnull=True) ^ Q(authority="")
            ),
            models.CheckConstraint(
                name="families_responsibility_for_another",
                condition=Q(holder__isnull=True) | ~Q(child=F("holder")),
            ),
            models.CheckConstraint(
                name="families_responsibility_stands",
                condition=Q(period__isempty=False) & Q(standing__in=[standing.value for standing in Standing]),
            ),
            ExclusionConstraint(
                name="families_responsibility_one_at_a_time",
                expressions=[
                    ("family", RangeOperators.EQUAL),
                    ("child", RangeOperators.EQUAL),
                    (Coalesce("holder", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    ("authority", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} for {self.child}: {self.get_standing_display().lower()}"

    @property
    def who(self) -> str:
        return str(self.holder) if self.holder else self.authority
