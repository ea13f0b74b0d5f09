"""Which locality a postcode belongs to: as the ONS postcode directory says, else by districts."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from slf.access.fields import FamilyField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Locality
from slf.access.rules import RecordClass


class PostcodeDirectory(models.Model):
    """One loading of the ONS postcode directory, or of an extract of it. The last one is in force."""

    name = models.CharField(max_length=200, help_text="The file, as it was called.")
    postcodes = models.PositiveIntegerField()
    in_county = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-loaded_at"]
        verbose_name_plural = "postcode directories"

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """One postcode of the directory. Without a locality it lies outside the county."""

    code = models.CharField(max_length=8, primary_key=True)
    ons_district = models.CharField(max_length=9, help_text="The ONS code of the district it lies in.")
    locality = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    introduced_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="No longer in use; somebody may still have lived there.")

    def __str__(self) -> str:
        return self.code


class PostcodeDistrict(models.Model):
    """An outward code or sector that lies in one locality. Those shipped are a demonstration, not the ONS directory."""

    prefix = models.CharField(max_length=8, unique=True)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="postcodes")
    source = models.CharField(max_length=220)

    def __str__(self) -> str:
        return self.prefix


class BelongingQuerySet(FamilyRecordQuerySet):
    def at(self, day: date) -> Self:
        """Return where each family was on a day. What is from before it was known belongs where it was found."""
        begun = models.Q(period__startswith__lte=day) & (
            models.Q(period__endswith__isnull=True) | models.Q(period__endswith__gt=day)
        )
        return self.filter(begun | models.Q(is_first=True, period__startswith__gt=day))


class Belonging(FamilyRecord):
    """A family's time with one locality. Written by PostgreSQL when the family's audience changes, by nobody else."""

    record_class = RecordClass.CARD
    family = FamilyField("families.Family", on_delete=models.PROTECT, related_name="belongings")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField()
    is_first = models.BooleanField(default=False)
    objects = BelongingQuerySet.as_manager()

    class Meta:
        ordering = ["period"]
        constraints = [
            ExclusionConstraint(
                name="families_belonging_one_at_a_time",
                expressions=[("family", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} with {self.locality}"
