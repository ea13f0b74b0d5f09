"""What was done about who may see a family, step by step."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from families.restricting.rules import KIND_NAMES, Kind, Part
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Scope
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass

if TYPE_CHECKING:
    from slf.accounts.models import User


class StepQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the steps this person may read: all to who decides, and to whoever is named those since it was closed.

        PostgreSQL asks the same.
        """
        decides = Q(scope__in=rights_of(user).open_scopes(self.model.record_class, can=Can.RESTRICT_FAMILY))
        closed = Q(scope__locality=None, scope__kind__in=[Scope.Kind.RESTRICTED, Scope.Kind.EMERGENCY])
        lifted = self.model._base_manager.filter(
            family=OuterRef("family"), kind=Kind.LIFTED, number__gte=OuterRef("number")
        )
        return super().visible_to(user, can=can).filter(decides | closed & ~Exists(lifted))

    def newest_first(self) -> Self:
        return self.order_by("-number").select_related("by", "worker")


class RestrictionStep(FamilyRecord):
    """A family restricted, other people named for it, or the restriction lifted. Never edited, only added to.

    The database takes a step only from somebody who decides, and only with somebody named who does, and shows it to
    them, and to the people named while it is closed: that a family was restricted, and why, may say what others must
    not know (``families/restricting/sql.py``). ``number`` makes two who change the same thing one after the other.
    """

    append_only = True
    record_class = RecordClass.CARD
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, name) for kind, name in KIND_NAMES.items()])
    reason = models.TextField()
    named = ArrayField(models.CharField(max_length=40), default=list, help_text="12:manager, in one order.")
    sealed = models.BooleanField(default=False, help_text="Emergency access is shut out too.")
    worker = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["family", "number"]
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="families_restrictionstep_one_after_another"),
            models.CheckConstraint(name="families_restrictionstep_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="families_restrictionstep_names_people", condition=Q(kind="lifted") ^ ~Q(named=[])
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def parts(self) -> list[Part]:
        return [Part.read(text) for text in self.named]

    @property
    def closes(self) -> bool:
        """Tell whether the family was restricted after this step."""
        return self.kind != Kind.LIFTED
