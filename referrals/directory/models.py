"""The directory of services to signpost a family to: reference data, dated, kept by administrators."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from slf.access.models import Locality
from slf.history.kept import kept


class ServiceQuerySet(models.QuerySet["Service"]):
    def offered_on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def near(self, locality: Locality) -> Self:
        """Return what a family of this locality may use: its own services, and those of the whole county."""
        return self.filter(Q(locality=locality) | Q(locality__isnull=True))

    def for_list(self) -> Self:
        return self.select_related("locality").order_by(F("locality__name").asc(nulls_last=True), "name", "pk")


@kept
class Service(models.Model):
    """One service in one locality, or in the whole county, for as long as it is offered there."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    offers = models.CharField(max_length=300, help_text="What it does and for whom, in a sentence.")
    locality = models.ForeignKey(
        Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="services",
        help_text="Empty for a service of the whole county.",
    )  # fmt: skip
    phone = models.CharField("telephone number", max_length=30, blank=True)
    web = models.URLField("web address", max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day it is offered.")
    source = models.CharField(max_length=200, help_text="Who said so, and when it was checked.")
    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="referrals_service_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="referrals_service_can_be_reached", condition=~Q(phone="") | ~Q(web=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        return str(self.locality) if self.locality else "The whole county"

    @property
    def reached(self) -> str:
        return ", ".join(filter(None, (self.phone, self.web)))
