"""Localities, scopes (audiences), posts, shares, the view log, and the base of every row of a family's record."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from slf.access.fields import FamilyField
from slf.access.rights import rights_of
from slf.access.rules import CAN_NAMES, POSTS, ROLE_NAMES, Can, RecordClass
from slf.history.kept import kept
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]
POST_CHOICES = [(role.value, role.label) for role in POSTS]


class Locality(models.Model):
    """One of the seven districts: the wall that families' records stand behind."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "localities"
        permissions = [(can.value, name) for can, name in CAN_NAMES.items()]

    def __str__(self) -> str:
        return self.name


class LocalityUserObjectPermission(UserObjectPermissionBase):
    """django-guardian's row for a post, derived by ``slf.access.services`` and never read by a door."""

    content_object = models.ForeignKey(Locality, on_delete=models.CASCADE)


class Scope(models.Model):
    """An audience. Families with the same audience share one scope, so a user holds a few dozen integers."""

    class Kind(models.TextChoices):
        LOCALITY = "locality", "Everyone who holds a post in the locality"
        SHARED = "shared", "A locality and those a family is shared with"
        RESTRICTED = "restricted", "Named people only"
        PARTNER = "partner", "A partner agency's own referrals"
        EMERGENCY = "emergency", "An audience and those with emergency access, until it is over"
        TAKEN_BACK = "taken_back", "Nobody: families of lists that were taken back"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="scopes")
    audience_key = models.TextField(unique=True, help_text="Who is in it, in one canonical order.")
    widens = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Back to it, when over."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="slf_scope_one_of_a_locality", fields=["locality"], condition=Q(kind="locality")
            ),
            models.CheckConstraint(
                name="slf_scope_emergency_widens", condition=Q(kind="emergency") ^ Q(widens__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_restricted(self) -> bool:
        """Tell whether it is named people only, emergency access or not: no locality is part of it."""
        return self.kind == self.Kind.RESTRICTED or (self.kind == self.Kind.EMERGENCY and self.locality_id is None)


@kept
class ScopeMember(models.Model):
    """One part of an audience: the posts of a locality, the posts of one role there, or a named person."""

    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="members")
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT)
    user = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=12, choices=ROLE_CHOICES, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slf_scopemember_one_kind", condition=Q(locality__isnull=True) ^ Q(user__isnull=True)
            ),
            models.CheckConstraint(
                name="slf_scopemember_person_has_role", condition=Q(user__isnull=True) | ~Q(role="")
            ),
        ]
        indexes = [models.Index(fields=["user"]), models.Index(fields=["locality"])]

    def __str__(self) -> str:
        who = self.user or self.locality
        return f"{who} as {self.get_role_display()}" if self.role else str(who)


@kept
class Post(models.Model):
    """A role held by a user in one locality (or, with no locality, county-wide) for a period. A loan has an end."""

    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=12, choices=POST_CHOICES)
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    period = DateRangeField()
    given_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="slf_post_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("locality", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="slf_post_role_known", condition=Q(role__in=[role.value for role in POSTS])),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.locality or 'county-wide'}"


class Opening(models.Model):
    """``rules.OPENS`` as PostgreSQL reads it. A system check compares the two."""

    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    mode = models.CharField(max_length=5, choices=[("read", "Read"), ("write", "Write")])
    record_class = models.CharField(max_length=16, choices=[(c.value, c.value) for c in RecordClass])
    named_only = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "mode", "record_class"], name="slf_opening_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.get_mode_display().lower()} {self.record_class}"


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that carry their scope. Every door starts here."""

    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the rows whose scope the user reaches through a post or share that allows the act."""
        rights = rights_of(user)
        open_to_all = rights.open_scopes(self.model.record_class, can=can)
        return self.filter(scope__in=open_to_all | rights.held_scopes(self.model.record_class, can=can))


class FamilyRecordQuerySet(ScopedQuerySet):
    """Rows of a family's record: the locality's wall, and inside it the families this person holds."""

    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        rights, record_class = rights_of(user), self.model.record_class
        open_to_all = rights.open_scopes(record_class, can=can)
        if not (only_held := rights.held_scopes(record_class, can=can)):
            return self.filter(scope__in=open_to_all)
        held = Q(scope__in=only_held, **{f"{self.model.family_path}__in": rights.families_for(can)})
        return self.filter(Q(scope__in=open_to_all) | held if open_to_all else held)

    def of_each(self, families: Iterable[int]) -> Self:
        """Return the rows of some families; ``stands`` says of which, where one of them is known twice."""
        return self.filter(family__in=families).annotate(stands=Coalesce("family__merged_into", "family"))


class OfStaffQuerySet(FamilyRecordQuerySet):
    """Rows of a family's record that are for those who work here: a partner it is shared with reads the rest of it."""

    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        found, shared = super().visible_to(user, can=can), rights_of(user).as_partner
        return found.exclude(scope__in=shared) if shared else found


class Scoped(models.Model):
    """A row behind the wall that is not (yet) a family's: it names its scope itself."""

    record_class = RecordClass.RECORD
    append_only = False
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", editable=False)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class FamilyRecord(models.Model):
    """A row of a family's record.

    ``scope`` is filled by a database trigger from the family and follows it by a composite foreign key;
    policy, history and the access test come from ``record_class``.
    """

    record_class = RecordClass.RECORD
    append_only = False
    family_path = "family"
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = FamilyField("families.Family", on_delete=models.PROTECT, related_name="%(class)ss")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", editable=False, db_default=Value(0))
    objects = FamilyRecordQuerySet.as_manager()

    class Meta:
        abstract = True


class ShareQuerySet(models.QuerySet["Share"]):
    def of(self, family: Any) -> Self:
        """Return the shares of a family, and of what is the same family known again."""
        return self.filter(Q(family=family) | Q(family__merged_into=family))

    def not_over(self) -> Self:
        """Return the shares that count now or will."""
        return self.filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=timezone.now()))


@kept
class Share(models.Model):
    """One family opened to one person inside the wall for a period: its worker, cover, or a reason given."""

    class Kind(models.TextChoices):
        WORKER = "worker", "Works with the family"
        COVER = "cover", "Covers for the worker"
        OPENED = "opened", "Opened with a reason"
        NAMED = "named", "Shared by name"
        EMERGENCY = "emergency", "Emergency access"

    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="shares")
    family = models.ForeignKey("families.Family", on_delete=models.PROTECT, related_name="shares")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    period = DateTimeRangeField()
    reason = models.CharField(max_length=500, blank=True)
    given_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="slf_share_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("family", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="slf_share_reason_given", condition=~Q(kind__in=["opened", "emergency"]) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="slf_share_reviewed_by_somebody",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="slf_share_reviewed_by_somebody_else",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} for {self.user}: {self.get_kind_display().lower()}"


class EmergencyTry(models.Model):
    """One asking for emergency access, whatever became of it. Only the function that decides writes it."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "Opened"
        AGAIN = "again", "Open already"
        REFUSED = "refused", "Nothing was opened"
        HELD_BACK = "held_back", "One too many that day"

    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reference = models.CharField(max_length=40, help_text="As it was asked for.")
    reason = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    family_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "emergency tries"
        indexes = [models.Index(fields=["user", "-at"])]

    def __str__(self) -> str:
        return f"{self.user} asked for {self.reference}: {self.get_outcome_display().lower()}"


class FamilyUserObjectPermission(UserObjectPermissionBase):
    """django-guardian's row for a share, derived by ``slf.access.services`` and never read by a door."""

    content_object = models.ForeignKey("families.Family", on_delete=models.CASCADE)


class View(models.Model):
    """One look at a record: who, what, when, from where, by which right, why. Only ever added to."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    family_id = models.BigIntegerField(null=True)
    family_ids = ArrayField(models.BigIntegerField(), default=list)
    what = models.CharField(max_length=120)
    door = models.CharField(max_length=300)
    address = models.GenericIPAddressField(null=True)
    right = models.CharField(max_length=200)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["family_id", "-at"]),
            models.Index(fields=["user", "-at"]),
            GinIndex(fields=["family_ids"], name="slf_view_families"),
            BrinIndex(fields=["at"], name="slf_view_at"),  # added to in the order of time: small, and a day is found
        ]

    def __str__(self) -> str:
        return f"{self.what}, seen by {self.user} at {self.at:%H:%M} on {day_in_words(self.at)}"


class ViewSeal(models.Model):
    """A day of the view log sealed into a hash chain, so that a row changed later shows."""

    day = models.DateField(unique=True)
    views = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)
    form = models.PositiveSmallIntegerField(default=2, help_text="How the day was written down to be sealed.")

    def __str__(self) -> str:
        return f"{self.views} views of {day_in_words(self.day)}, sealed"
