"""When families were last contacted and their members last seen: one query for both, however many families."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, CharField, DateField, Max, OuterRef, Subquery, Value

from casework.visits.models import Sighting, Visit
from casework.visits.rules import KIND_NAMES, How, Kind
from families.people.models import Person
from slf.accounts.models import User

NOBODY, NO_DAY = Value(None, BigIntegerField()), Value(None, DateField())


@dataclass(frozen=True)
class Contact:
    """The latest contact with a family, and the next visit that was planned then."""

    kind: str
    happened_on: date
    next_visit_on: date | None

    @property
    def kind_name(self) -> str:
        return KIND_NAMES[Kind(self.kind)]


def last_contacts(families: Iterable[int], *, user: User) -> tuple[dict[int, Contact], dict[tuple[int, int], date]]:
    """Return ``{family id: its latest contact}`` and ``{(family id, person id): the day they were last seen}``.

    Whoever was entered twice is found as they were entered, and as the one person they are.
    """
    families = list(families)
    visits = Visit.objects.visible_to(user).of_each(families).order_by("family_id", "-happened_on", "-pk")
    contacted = visits.distinct("family_id").values_list(
        "stands", NOBODY, NOBODY, "happened_on", "pk", "kind", "next_visit_on"
    )
    keys = ("stands", "person_id", "one")
    sightings = Sighting.objects.visible_to(user).of_each(families).filter(how__in=[How.SEEN, How.ALONE])
    one = Subquery(Person.objects.visible_to(user).filter(pk=OuterRef("person")).values("merged_into"))
    saw = sightings.annotate(one=one).values(*keys).order_by().annotate(day=Max("visit__happened_on"))
    contacts: dict[int, Contact] = {}
    seen: dict[tuple[int, int], date] = {}
    rows = contacted.union(saw.values_list(*keys, "day", NOBODY, Value("", CharField()), NO_DAY), all=True)
    for family, person, one, day, _, kind, planned in sorted(rows, key=lambda row: (row[3], row[4] or 0)):
        if kind:
            contacts[family] = Contact(kind, day, planned)
        else:
            seen |= {(family, entry): day for entry in (person, one) if entry}
    return contacts, seen
