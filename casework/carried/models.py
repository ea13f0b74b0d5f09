"""That something agreed elsewhere is an action of the plan now. Whether it still is, is asked of the plan each time.

Nothing is changed where it was agreed: a draft that is thrown away, or a version that leaves the action out, gives it
back to the list it came from.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from casework.carried.rules import KIND_NAMES, Kind
from slf.access.models import FamilyRecord

KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
IN_FORCE = Q(goal__plan__state="agreed")
DONE_BEFORE = Q(state="done", goal__plan__state__in=["replaced", "ended"])
IN_HAND = Q(goal__plan__state="draft")


class Carried(FamilyRecord):
    """One thing agreed elsewhere, by its uid there, and the action it became, by the thread all its versions share."""

    append_only = True
    kind = models.CharField(max_length=11, choices=KINDS)
    source = models.UUIDField(help_text="The uid of the visit, the meeting's action, the agreed action or the task.")
    thread = models.UUIDField(help_text="The action of the plan, in whichever version.")
    carried_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    carried_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "carried"
        constraints = [
            models.UniqueConstraint(name="casework_carried_once", fields=["source", "kind", "thread"]),
            models.CheckConstraint(name="casework_carried_known", condition=Q(kind__in=[kind.value for kind in Kind])),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: on the plan"


def with_action(which: Q) -> Any:
    """Return what was carried whose action is in such a version of the plan."""
    actions = apps.get_model("casework.Action")._default_manager.filter(which, thread=OuterRef("thread"))
    return Carried.objects.filter(Exists(actions))


def on_plan(kind: Kind) -> Exists:
    """Return, for a query of what is agreed elsewhere, whether each is settled by the plan: while the family lives by
    it, and for good once it was done there. One that is in a draft alone still stands on its own list."""
    return Exists(with_action(IN_FORCE | DONE_BEFORE).filter(kind=kind, source=OuterRef("uid")))
