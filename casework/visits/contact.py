"""When families were last contacted, their members last seen and they are visited next: one query for all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
)

from casework.diary.models import PlannedVisit
from casework.diary.rules import State
from casework.visits.models import Sighting, Visit
from casework.visits.rules import KIND_NAMES, How, Kind
from families.people.models import Person
from slf.accounts.models import User

NOBODY, NO_DAY = Value(None, BigIntegerField()), Value(None, DateField())
NO_TIME, NO_KIND = Value(None, DateTimeField()), Value("", CharField())
PLANNED, NEVER = Value("planned", CharField()), date.min


@dataclass(frozen=True)
class Contact:
    """The latest contact with a family, and the next visit that is planned."""

    kind: str
    happened_on: date
    next_visit_on: date | None

    @property
    def kind_name(self) -> str:
        return KIND_NAMES[Kind(self.kind)]


def last_contacts(families: Iterable[int], *, user: User) -> tuple[dict[int, Contact], dict[tuple[int, int], date]]:
    """Return ``{family id: its latest contact}`` and ``{(family id, person id): the day they were last seen}``.

    Whoever was entered twice is found as they were entered, and as the one person they are. What the diary says counts
    for the next visit, as long as it was written in it since; else what was agreed on the latest contact.
    """
    families = list(families)
    visits = Visit.objects.visible_to(user).of_each(families).order_by("family_id", "-happened_on", "-pk")
    contacted = visits.distinct("family_id").values_list(
        "stands", NOBODY, NOBODY, "happened_on", "pk", "kind", "next_visit_on", "recorded_at"
    )
    keys = ("stands", "person_id", "one")
    sightings = Sighting.objects.visible_to(user).of_each(families).filter(how__in=[How.SEEN, How.ALONE])
    one = Subquery(Person.objects.visible_to(user).filter(pk=OuterRef("person")).values("merged_into"))
    saw = sightings.annotate(one=one).values(*keys).order_by().annotate(day=Max("visit__happened_on"))
    nothing = ("day", NOBODY, NO_KIND, NO_DAY, NO_TIME)
    diary = PlannedVisit.objects.visible_to(user).of_each(families).values("stands").order_by()
    diary = diary.annotate(day=Min("due_on", filter=Q(state=State.PLANNED)), moment=Max("changed_at"))
    diary = diary.values_list("stands", NOBODY, NOBODY, "day", NOBODY, PLANNED, NO_DAY, "moment")
    rows = contacted.union(saw.values_list(*keys, *nothing), diary, all=True)
    contacts: dict[int, Contact] = {}
    seen: dict[tuple[int, int], date] = {}
    planned: dict[int, tuple[date | None, datetime]] = {}
    written: dict[int, datetime] = {}
    for family, person, one, day, _, kind, agreed, at in sorted(rows, key=lambda row: (row[3] or NEVER, row[4] or 0)):
        if kind == "planned":
            planned[family] = (day, at)
        elif kind:
            contacts[family], written[family] = Contact(kind, day, agreed), at
        else:
            seen |= {(family, entry): day for entry in (person, one) if entry}
    for family in contacts.keys() & planned.keys():
        day, changed_at = planned[family]
        if day or changed_at >= written[family]:
            contacts[family] = replace(contacts[family], next_visit_on=day)
    return contacts, seen
