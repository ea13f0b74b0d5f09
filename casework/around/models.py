"""The team around a family: who is in it, since when, in what part, and why somebody left."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from casework.around.rules import AGENCY_NAMES, ANOTHER, KIND_NAMES, LONGEST, Kind
from referrals.directory.models import Service
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept

KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
TEAM_AGENCIES = list(AGENCY_NAMES.items())


class TeamQuerySet(FamilyRecordQuerySet):
    def present(self) -> Self:
        return self.filter(to_on=None)

    def for_page(self) -> Self:
        return self.select_related("family__merged_into", "user", "service", "added_by", "ended_by")


@kept
class TeamMember(FamilyRecord):
    """Somebody, or a service, in the team around a family.

    Read with its meetings, by whoever invites to them; written by who works with the family.
    """

    record_class = RecordClass.MEETING
    kind = models.CharField(max_length=12, choices=KINDS)
    user = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True, help_text="Of somebody of another agency.")
    agency = models.CharField(max_length=12, blank=True, choices=TEAM_AGENCIES)
    organisation = models.CharField(max_length=120, blank=True, help_text="The school, surgery, team or group.")
    part = models.CharField(max_length=120, help_text="What they do for the family.")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, help_text="The last day in the team.")
    left_because = models.CharField(max_length=LONGEST, blank=True)
    is_lead = models.BooleanField(default=False, help_text="The lead worker: whom the family asks first.")
    added_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["-is_lead", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_teammember_is_somebody",
                condition=Q(kind="colleague", user__isnull=False, service=None, name="", agency="")
                | Q(kind="service", user=None, service__isnull=False, name="", agency="")
                | (Q(kind="professional", user=None, service=None) & ~Q(name="") & ~Q(agency="")),
            ),
            models.CheckConstraint(
                name="casework_teammember_left_says_why",
                condition=Q(to_on=None, ended_by=None, left_because="")
                | (Q(to_on__gte=F("from_on"), ended_by__isnull=False, is_lead=False) & ~Q(left_because="")),
            ),
            models.UniqueConstraint(
                name="casework_teammember_one_lead", fields=["family"], condition=Q(is_lead=True)
            ),
            models.UniqueConstraint(
                name="casework_teammember_colleague_once", fields=["family", "user"], condition=Q(to_on=None)
            ),
            models.UniqueConstraint(
                name="casework_teammember_service_once", fields=["family", "service"], condition=Q(to_on=None)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.user or self.service or self.name)

    @property
    def is_present(self) -> bool:
        return self.to_on is None

    @property
    def is_of_us(self) -> bool:
        return self.kind == Kind.COLLEAGUE

    @property
    def of(self) -> str:
        """The agency, and which school, surgery or team of it."""
        if self.kind == Kind.PROFESSIONAL:
            agency = "" if self.agency == ANOTHER else self.get_agency_display()
            return ", ".join(filter(None, [self.organisation, agency]))
        return self.service.where if self.service else "This service"

    @property
    def reached(self) -> str:
        """How to reach them; of a service what the directory says."""
        known = [self.phone or (self.service.phone if self.service else ""), self.email]
        return ", ".join(filter(None, [*known, self.service.web if self.service else ""]))
