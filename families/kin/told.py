"""What was told of somebody's parental responsibility and rests on nothing yet: shown as that, it begins the form.

Whoever refers a family is asked what they believe. That is no standing towards any child: it stays beside the record
until somebody writes, of each child, what it rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from families.kin.models import Responsibility
from families.kin.rules.responsibility import NOT_KNOWN, Standing
from families.kin.sight import responsibilities
from families.needs.models import Statement
from families.people.models import Family, Membership, Person
from families.people.services import ever_in
from slf.accounts.models import User


@dataclass(frozen=True)
class Told:
    """What was said of one person, and of which children it is not written down what it rests on."""

    uid: UUID
    person: Person
    standing: Standing
    source: str
    said_on: date
    children: tuple[Person, ...]

    @property
    def words(self) -> str:
        return "yes" if self.standing is Standing.HELD else "no"


def told_of(family: Family, *, user: User) -> list[Told]:
    """Return what was told last of each of the family, as long as it is not written down of every child."""
    rows = Statement.objects.visible_to(user).filter(family=family, responsible__isnull=False)
    last = {row.person.pk: row for row in rows.select_related("person__merged_into").order_by("said_on", "pk")}
    if not last:
        return []
    members = {row.person.pk: row for row in ever_in(family, by=user)}
    settled = {(row.child.pk, row.holder.pk) for row in responsibilities(family, user=user) if rests_on_something(row)}
    children = children_of(list(members.values()))
    found = [told(row, [c for c in children if (c.pk, pk) not in settled]) for pk, row in last.items() if pk in members]
    return [one for one in found if one.children]


def told(row: Statement, children: Sequence[Person]) -> Told:
    standing = Standing.HELD if row.responsible else Standing.NOT_HELD
    return Told(row.uid, row.person, standing, row.source, row.said_on, tuple(children))


def rests_on_something(row: Responsibility) -> bool:
    """Tell whether it is written down of a person with its ground, or that they do not have it."""
    return row.holder is not None and (row.ground != NOT_KNOWN or row.standing == Standing.NOT_HELD)


def children_of(members: Sequence[Membership]) -> list[Person]:
    parts = {Membership.Part.CHILD, Membership.Part.CARE}
    return [row.person for row in members if row.part in parts and row.period.upper is None]


def begun(family: Family, asked: str, *, user: User) -> Told | None:
    """Return what was told that a form is to begin with; of another family, or written down meanwhile: nothing."""
    return next((one for one in told_of(family, user=user) if str(one.uid) == asked), None) if asked else None
