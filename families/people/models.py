"""Families, people, and who lived in which household when."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import Coalesce
from django.urls import reverse

from families.identifiers.constraints import possible
from families.identifiers.rules import KINDS
from families.people import rules
from slf.access.fields import FamilyField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Scope
from slf.access.rights import rights_of
from slf.access.rules import ON_THE_RECORD, Can, RecordClass
from slf.history.kept import kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slf.accounts.models import User


class FamilyQuerySet(FamilyRecordQuerySet):
    """Families. ``visible_to`` is the card; ``open_to`` the families whose record a person may open in full."""

    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        rows = super().visible_to(user, can=can)
        if can is Can.KEEP_MEETINGS:
            return rows.open_to(user, can=can, record_class=RecordClass.MEETING)
        return rows.open_to(user, can=can) if can in ON_THE_RECORD else rows

    def open_to(self, user: "User", *, can: Can = Can.READ, record_class: RecordClass = RecordClass.RECORD) -> Self:
        rights = rights_of(user)
        full = Q(scope__in=rights.open_scopes(record_class, can=can))
        held = Q(scope__in=rights.held_scopes(record_class, can=can), pk__in=rights.families_for(can))
        return self.filter(full | held)

    def standing(self) -> Self:
        """Return each family once: not the entries of one that is known twice. Every list begins here."""
        return self.filter(merged_into__isnull=True)

    def for_list(self):
        return self.select_related("scope__locality")


@kept
class Family(models.Model):
    """A family known to the service. Its scope is its audience: a locality, a locality and a share, or named people."""

    record_class = RecordClass.CARD
    family_path = "pk"
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, unique=True, help_text="SLF-000123: safe to say on the telephone.")
    name = models.CharField(max_length=120)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="families")
    known_since = models.DateField()
    sealed = models.BooleanField(default=False, help_text="Cannot be opened by emergency access.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged",
        help_text="The family that stands, while this row is the same family known again. Kept by a trigger.",
    )  # fmt: skip
    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "families"
        ordering = ["name", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["id", "scope"], name="families_family_id_scope"),
            models.CheckConstraint(
                name="families_family_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]
        # A page of a list is read in its order, from one audience or from all: neither sorts the county first.
        indexes = [
            models.Index(fields=["scope", "name", "reference"], name="families_family_in_scope"),
            models.Index(fields=["name", "reference"], name="families_family_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("families:family", args=[self.uid])

    @property
    def leads_to(self) -> int | None:
        """The key of the family that stands for this one: what a door opens instead (``slf.access.doors``)."""
        return self.merged_into_id

    @property
    def shown(self) -> "Family":
        """The family that stands. Both are seen by the same people."""
        return self.merged_into or self


class OnePerson(ForwardManyToOneDescriptor):
    """Reads as the one person a row is about, where the same person was entered twice (``families.merging``)."""

    def __get__(self, instance, cls=None):
        person = super().__get__(instance, cls)
        return person if instance is None or person is None else person.shown


class PersonField(models.ForeignKey):
    """Names a person of the family's record. The column keeps who was written down; what is read is the one person."""

    forward_related_accessor_class = OnePerson

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return people of whose households at least one is visible as a card."""
        rights = rights_of(user)
        scopes = rights.open_scopes(RecordClass.CARD, can=can) | rights.held_scopes(RecordClass.CARD, can=can)
        return self.filter(scopes__overlap=sorted(scopes))


@kept
class Person(models.Model):
    """A person: name, birth and identifiers only. Where they live and how to reach them belongs to a membership."""

    class Gender(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        OTHER = "other", "Another way"
        NOT_KNOWN = "not_known", "Not known"

    record_class = RecordClass.CARD
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scopes = ArrayField(models.BigIntegerField(), default=list, editable=False, help_text="Kept by a trigger.")
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    known_as = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_estimated = models.BooleanField(default=False)
    expected_on = models.DateField(null=True, blank=True, help_text="When a baby is expected that is not born yet.")
    adopted_on = models.DateField(
        null=True, blank=True, help_text="When an adoption gave this child another identity: nothing links the two."
    )
    gender = models.CharField(max_length=10, choices=Gender.choices, default=Gender.NOT_KNOWN)
    upn = models.CharField("unique pupil number", max_length=13, null=True, blank=True, unique=True)
    nhs_number = models.CharField("NHS number", max_length=10, null=True, blank=True, unique=True)
    ni_number = models.CharField("National Insurance number", max_length=9, null=True, blank=True, unique=True)
    died_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, db_default=1, help_text="Counts what people changed here.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged",
        help_text="The one person, while this row is the same person entered again. Kept by a trigger.",
    )  # fmt: skip
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["family_name", "given_names"]
        indexes = [
            GinIndex(fields=["scopes"], name="families_person_scopes"),
            models.Index(fields=["family_name", "given_names"]),
            models.Index(fields=["born_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="families_person_estimate_has_a_date", condition=Q(born_estimated=False) | Q(born_on__isnull=False)
            ),
            models.CheckConstraint(
                name="families_person_dies_after_birth",
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=F("born_on")),
            ),
            models.CheckConstraint(
                name="families_person_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
            ),
            *(possible(kind, table="families_person") for kind in KINDS.values()),
            models.CheckConstraint(
                name="families_person_expected_or_born", condition=Q(expected_on__isnull=True) | Q(born_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_as or self.given_names} {self.family_name}"

    @property
    def full_name(self) -> str:
        """The name with what they are called for short: "Elizabeth (Liz) Hallam"."""
        short = f" ({self.known_as})" if self.known_as else ""
        return f"{self.given_names}{short} {self.family_name}"

    @property
    def shown(self) -> "Person":
        """The one person this is, as far as the reader may see: out of sight, nothing tells of the other."""
        if self.merged_into_id is None:
            return self
        try:
            return self.merged_into or self
        except Person.DoesNotExist:
            return self

    def rows(self) -> list[int]:
        """Return the keys under which this person is written down."""
        return [self.pk, *self.merged.values_list("pk", flat=True)]


class MembershipQuerySet(FamilyRecordQuerySet):
    def on(self, day: date) -> Self:
        """Return who was in the family on one day: the one answer the plan, the claim and the export agree on."""
        return self.known_on(day).of_the_family()

    def known_on(self, day: date) -> Self:
        """Return the same with those who are known and not in the family: an expected baby, relatives elsewhere."""
        return self.counted().filter(period__contains=day).exclude(pk__in=in_both_on(day).values("pk"))

    def counted(self) -> Self:
        """Return the times that count: of somebody entered twice, who stays one person, those of that one."""
        twice = Membership.objects.filter(
            person__merged_into__isnull=False,  # said, so that the few are found by their index
            person__merged_into__memberships__family=models.F("family"),
            person__merged_into__memberships__period__overlap=models.F("period"),
        )
        return self.exclude(pk__in=twice.order_by().values("pk"))

    def of_people(self, uids: "Iterable[uuid.UUID]") -> Self:
        """Return the times of some people, under whichever entry."""
        wanted = list(uids)
        return self.filter(Q(person__uid__in=wanted) | Q(person__merged_into__uid__in=wanted))

    def of_the_family(self) -> Self:
        """Return all but those who are known and not in the family."""
        return self.exclude(part__in=rules.OUTSIDE)

    def living_there(self) -> Self:
        """Return those who live in the home itself: nobody away, in care or not born yet."""
        return self.filter(part__in=rules.LIVES_THERE)

    def in_order(self) -> Self:
        """Return households as they are listed everywhere: parents, other adults, children by age, who lives away."""
        places = [models.When(part=part, then=place) for place, part in enumerate(rules.HOUSEHOLD_ORDER)]
        return self.order_by(models.Case(*places), models.F("person__born_on").asc(nulls_last=True), "pk")


def in_both_on(day: date) -> MembershipQuerySet:
    """Return the times in a family that is the same as another one, of those who on a day are in that one too."""
    others = Membership.objects.annotate(one=Coalesce("person__merged_into", "person")).filter(
        one=models.OuterRef("one"), period__contains=day
    )
    here = models.Q(family__pk=models.OuterRef("family__merged_into"))
    beside = models.Q(family__merged_into=models.OuterRef("family__merged_into"), pk__lt=models.OuterRef("pk"))
    entries = Membership.objects.filter(family__merged_into__isnull=False, period__contains=day).order_by()
    twice = entries.annotate(one=Coalesce("person__merged_into", "person"))
    rows: MembershipQuerySet = twice.filter(models.Exists(others.filter(here)) | models.Exists(others.filter(beside)))
    return rows


@kept
class Membership(FamilyRecord):
    """One person's time in one household. Where they lived and how to reach them: ``families.addresses``."""

    class Part(models.TextChoices):
        PARENT = "parent", "Parent or carer"
        CHILD = "child", "Child"
        ADULT = "adult", "Other adult"
        AWAY = "away", "Parent living elsewhere"
        EXPECTED = "expected", "Expected baby"
        CARE = "care", "Child in care"
        RELATIVE = "relative", "Relative living elsewhere"

    record_class = RecordClass.CARD
    family = FamilyField(Family, on_delete=models.PROTECT, related_name="memberships")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="memberships")
    called = models.CharField(max_length=241, blank=True, editable=False, help_text="By this household alone.")
    part = models.CharField(max_length=8, choices=Part.choices)
    period = DateRangeField()
    responsible = models.CharField(max_length=120, blank=True, help_text="Who is responsible for a child in care.")
    school = models.CharField(max_length=120, blank=True)
    safe_contact = models.CharField(max_length=200, blank=True, help_text="How and when it is safe to get in touch.")
    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["part", "person__born_on"]
        constraints = [
            models.UniqueConstraint(fields=["id", "family"], name="families_membership_id_family"),
            ExclusionConstraint(
                name="families_membership_once_at_a_time",
                expressions=[
                    ("family", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="families_membership_has_start",
                condition=Q(period__isempty=False) & Q(period__startswith__isnull=False),
            ),
            models.CheckConstraint(
                name="families_membership_in_care_of_somebody", condition=Q(part="care") ^ Q(responsible="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.family}"

    @property
    def name(self) -> str:
        """What this person is called in this household; a name kept for it alone goes before the one in use."""
        return self.called or str(self.person)

    @property
    def entry(self) -> Person:
        """The person as they were entered in this family, whoever they are one with."""
        self.person  # noqa: B018  loads it
        entry: Person = self._meta.get_field("person").get_cached_value(self)
        return entry
