"""What is known of a family's people and ties on a day, read once, as far as the reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from families.households.models import HouseholdChange
from families.households.rules import DIED
from families.households.services import household_on
from families.kin.models import Relationship, Responsibility
from families.kin.rules.bonds import Bond, Kind, bond_of
from families.people.models import Family, Membership, Person
from families.people.services import ever_in
from slf.accounts.models import User


@dataclass(frozen=True)
class Sight:
    """``here``: everybody known on the day with their time in the family. ``ties`` began by then, or nobody knows when.

    ``people`` are those who are known or tied, each once; who was not born by then is not among them.
    """

    on: date
    people: Mapping[int, Person]
    here: Mapping[int, Membership]
    gone: Mapping[int, date]
    died: Mapping[int, date]
    ties: tuple[Relationship, ...]

    @classmethod
    def of(cls, family: Family, *, user: User, on: date) -> "Sight":
        here = {row.person.pk: row for row in household_on(family, on, by=user, known=True)}
        ever = {row.person.pk: row for row in ever_in(family, by=user)}
        ties = [row for row in relationships(family, user=user) if began_by(row, on)]
        tied = {one for row in ties for one in (row.person.pk, row.other.pk)}
        known = {pk: ever[pk].person for pk in dict.fromkeys((*here, *ever)) if pk in here or pk in tied}
        people = {pk: person for pk, person in known.items() if pk in here or not (person.born_on or on) > on}
        people = {pk: person for pk, person in people.items() if pk in here or person.expected_on is None}
        return cls(
            on=on,
            people=people,
            here=here,
            gone={pk: row.period.upper for pk, row in ever.items() if pk not in here and row.period.upper},
            died=died_by(family, user=user, on=on),
            ties=tuple(row for row in ties if {row.person.pk, row.other.pk} <= set(people)),
        )

    def couples(self) -> dict[frozenset[int], list[Relationship]]:
        """Return what each two were to each other, one after the other."""
        found: dict[frozenset[int], list[Relationship]] = {}
        for row in sorted(self.of_bond(Bond.COUPLE), key=lambda one: one.period.lower or date.min):
            found.setdefault(row.tie.pair, []).append(row)
        return found

    def of_bond(self, bond: Bond) -> list[Relationship]:
        return [row for row in self.ties if bond_of(Kind(row.kind)) is bond]

    def is_over(self, row: Relationship) -> bool:
        return row.period.upper is not None and row.period.upper <= self.on


def relationships(family: Family, *, user: User) -> list[Relationship]:
    rows = (
        Relationship.objects.visible_to(user)
        .filter(family=family)
        .select_related("person__merged_into", "other__merged_into", "family")
    )
    return list(rows.order_by("pk"))


def responsibilities(family: Family, *, user: User) -> list[Responsibility]:
    rows = (
        Responsibility.objects.visible_to(user)
        .filter(family=family)
        .select_related("child__merged_into", "holder__merged_into", "family")
    )
    return list(rows.order_by("child__born_on", "child", "period"))


def began_by(row: Relationship, day: date) -> bool:
    return row.period.lower is None or row.period.lower <= day


def died_by(family: Family, *, user: User, on: date) -> dict[int, date]:
    """Return who of the family's record had died by the day, and when they left it by that."""
    rows = HouseholdChange.objects.visible_to(user).filter(family=family, why=DIED, on__lte=on)
    return {row.person.pk: row.on for row in rows.select_related("person__merged_into") if row.person}
