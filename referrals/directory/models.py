"""The directory of services to signpost a family to: reference data, dated, kept by administrators."""

import uuid
from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from referrals.directory.rules import LEVELS, OLDEST, SENDERS, Sender, Terms, terms_in_words
from slf.access.models import Locality
from slf.clock import today
from slf.history.kept import kept
from slf.web.words import day_in_words

WHO = [(sender.value, name) for sender, name in SENDERS.items()]


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
    level = models.PositiveSmallIntegerField(null=True, blank=True, choices=list(LEVELS.items()))
    youngest = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(OLDEST)])
    oldest = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(OLDEST)])
    sender = models.CharField(max_length=14, default=Sender.ANYBODY.value, choices=WHO, db_default=Sender.ANYBODY.value)
    goes_first = models.CharField(max_length=200, blank=True, db_default="", help_text="Which families go first.")
    agreed = models.CharField(
        max_length=200, blank=True, db_default="", help_text="Who agreed that with whom, and when."
    )
    first_from = models.DateField(null=True, blank=True)
    first_until = models.DateField(null=True, blank=True)
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
                name="referrals_service_ages_in_order",
                condition=Q(youngest=None) | Q(oldest=None) | Q(youngest__lte=F("oldest")),
            ),
            models.CheckConstraint(
                name="referrals_service_first_by_agreement",
                condition=Q(goes_first="", agreed="", first_from=None, first_until=None)
                | (~Q(goes_first="") & ~Q(agreed="") & Q(first_from__isnull=False)
                   & (Q(first_until=None) | Q(first_until__gte=F("first_from")))),
            ),
            models.CheckConstraint(
                name="referrals_service_can_be_reached", condition=~Q(phone="") | ~Q(web=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        return Terms(self.level, self.youngest, self.oldest, self.sender)

    @property
    def asks_for(self) -> str:
        """Whom it takes, in words; nothing where it takes anybody."""
        return terms_in_words(self.terms)

    def first_on(self, day: date) -> str:
        """Which families go first on a day, with who agreed it and until when."""
        if not self.first_from or self.first_from > day or (self.first_until and self.first_until < day):
            return ""
        until = f", until {day_in_words(self.first_until)}" if self.first_until else ""
        return f"{self.goes_first.rstrip('.')} ({self.agreed.rstrip('.')}{until})"

    @property
    def first_now(self) -> str:
        return self.first_on(today())

    @property
    def in_short(self) -> str:
        """The service as it is chosen from a list: with what it asks for."""
        return f"{self.name} ({self.asks_for})" if self.asks_for else self.name

    @property
    def where(self) -> str:
        return str(self.locality) if self.locality else "The whole county"

    @property
    def reached(self) -> str:
        return ", ".join(filter(None, (self.phone, self.web)))
