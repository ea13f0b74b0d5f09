"""Everything the cards of some families need, read in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casework.cases.work import Work, work_with
from casework.plans.models import Action
from casework.stars.models import Reading
from casework.visits.contact import Contact, last_contacts
from casework.visits.rules import CHILD_SEEN_EVERY_DAYS, CONTACT_EVERY_DAYS, days_since, is_overdue
from families.contesting.marks import is_contested
from families.flags.shown import flags_of_each
from families.people.models import Family, Membership
from slf.access.rights import rights_of
from slf.access.rules import RecordClass
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.cards import Flag


@dataclass(frozen=True)
class Sight:
    """What is known of several families, each part by the family's id.

    ``opened`` are those open in full to the reader, ``openable`` those that open with a reason; ``closed`` those whose
    case is closed, with the day.
    """

    on: date
    opened: frozenset[int]
    openable: frozenset[int]
    households: Mapping[int, Sequence[Membership]]
    flags: Mapping[int, Sequence[Flag]]
    work: Mapping[int, Work]
    closed: Mapping[int, date]
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
        work, closed = work_with(ids, user=user, on=on)
        return cls(
            on=on,
            opened=frozenset(opened),
            openable=frozenset(f.pk for f in families if f.scope_id in rights.held_scopes(RecordClass.RECORD)),
            households=households(ids, user=user, on=on),
            flags=flags_of_each(ids, user=user, on=on),
            work=work,
            closed=closed,
            contacts={pk: still_planned(contact, closed.get(pk)) for pk, contact in contacts.items()},
            seen=seen,
            next_steps=Action.objects.visible_to(user).next_steps(opened),
            stars=Reading.objects.visible_to(user).select_related("tool").pairs(opened),
            contact_every=value_of(CONTACT_EVERY_DAYS, on=on),
            child_seen_every=value_of(CHILD_SEEN_EVERY_DAYS, on=on),
        )

    def worker(self, family: int) -> str:
        return self.work[family].worker if family in self.work else ""

    def is_overdue(self, family: int, days: int | None, *, every: int) -> bool:
        """Tell whether something is late; the clocks start when the family gets its worker, and end with its case."""
        if family in self.closed:
            return False
        given = self.work.get(family)
        return is_overdue(days, every=every, waited=days_since(given and given.began, today=self.on))


def households(families: Sequence[int], *, user: User, on: date) -> dict[int, list[Membership]]:
    """Return who is in each family on one day and who is expected, in the order of a household."""
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.visible_to(user).known_on(on).of_each(families).select_related("person__merged_into")
    rows = rows.annotate(contested=is_contested(user))
    for member in rows.exclude(part=Membership.Part.RELATIVE).in_order():
        found[member.stands].append(member)
    return found


def still_planned(contact: Contact, closed_on: date | None) -> Contact:
    """Return a contact without the visit that was planned then, if the case was closed since."""
    over = closed_on is not None and contact.happened_on <= closed_on
    return replace(contact, next_visit_on=None) if over else contact
