"""Everything the cards of some families need, read in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from casework.cases.models import Case
from casework.plans.models import Action
from casework.stars.models import Reading
from casework.visits.contact import Contact, last_contacts
from casework.visits.rules import CHILD_SEEN_EVERY_DAYS, CONTACT_EVERY_DAYS, days_since, is_overdue
from families.contesting.marks import is_contested
from families.flags.shown import flags_of_each
from families.people.models import Family, Membership
from referrals.allocation.models import Allocation
from slf.access.rights import rights_of
from slf.access.rules import RecordClass
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.cards import Flag


@dataclass(frozen=True)
class Sight:
    """What is known of several families, each part by the family's id.

    ``opened`` are those open in full to the reader, ``openable`` those that open with a reason.
    """

    on: date
    opened: frozenset[int]
    openable: frozenset[int]
    households: Mapping[int, Sequence[Membership]]
    flags: Mapping[int, Sequence[Flag]]
    allocations: Mapping[int, Allocation]
    contacts: Mapping[int, Contact]
    seen: Mapping[tuple[int, int], date]
    next_steps: Mapping[int, Action]
    stars: Mapping[int, tuple[Reading, Reading]]
    contact_every: int
    child_seen_every: int

    @classmethod
    def of(cls, families: Iterable[Family], *, user: User, on: date) -> "Sight":
        families, rights = list(families), rights_of(user)
        ids = [family.pk for family in families]
        opened = [f.pk for f in families if rights.opens(RecordClass.RECORD, scope_id=f.scope_id, family_id=f.pk)]
        contacts, seen = last_contacts(opened, user=user)
        return cls(
            on=on,
            opened=frozenset(opened),
            openable=frozenset(f.pk for f in families if f.scope_id in rights.held_scopes(RecordClass.RECORD)),
            households=households(ids, user=user, on=on),
            flags=flags_of_each(ids, user=user, on=on),
            allocations=allocations(ids, user=user, on=on),
            contacts=contacts,
            seen=seen,
            next_steps=Action.objects.visible_to(user).next_steps(opened),
            stars=Reading.objects.visible_to(user).select_related("tool").pairs(opened),
            contact_every=value_of(CONTACT_EVERY_DAYS, on=on),
            child_seen_every=value_of(CHILD_SEEN_EVERY_DAYS, on=on),
        )

    def worker(self, family: int) -> str:
        return str(self.allocations[family].worker) if family in self.allocations else ""

    def is_overdue(self, family: int, days: int | None, *, every: int) -> bool:
        """Tell whether something is late; the clocks start when the family gets its worker."""
        given = self.allocations.get(family)
        return is_overdue(days, every=every, waited=days_since(given and given.began, today=self.on))


def households(families: Sequence[int], *, user: User, on: date) -> dict[int, list[Membership]]:
    """Return who is in each family on one day and who is expected, in the order of a household."""
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.visible_to(user).known_on(on).of_each(families).select_related("person__merged_into")
    rows = rows.annotate(contested=is_contested(user))
    for member in rows.exclude(part=Membership.Part.RELATIVE).in_order():
        found[member.stands].append(member)
    return found


def allocations(families: Sequence[int], *, user: User, on: date) -> dict[int, Allocation]:
    """Return who works with each family, and since when the service does (``began``), whoever began it."""
    case = Case.objects.visible_to(user).filter(family=OuterRef("family"), closed_on__isnull=True)
    rows = Allocation.objects.visible_to(user).current(on=on).of_each(families).select_related("worker")
    began = Coalesce(Subquery(case.values("opened_on")[:1]), "period__startswith")
    return {row.stands: row for row in rows.annotate(began=began)}
