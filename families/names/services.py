"""Names: another one is added, the one in use changes or is put right, one told in error is taken away."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from families.names.models import PersonName
from families.names.rules import Called, NameKind, Shown
from families.people.models import Membership, Person
from families.people.services import lock_family, lock_person
from slf.accounts.models import User
from slf.web.errors import NotAllowed


@dataclass(frozen=True)
class Told:
    """Where a name is from, and whose word it is."""

    source: str
    told_by: str


@transaction.atomic
def add_name(
    member: Membership,
    *,
    kind: str,
    given_names: str = "",
    family_name: str = "",
    began_on: date | None = None,
    ended_on: date | None = None,
    told: Told,
    shown: str,
    by: User,
) -> PersonName:
    """Keep another name of somebody in a household. Told twice it is there once."""
    called_here = shown == Shown.CALLED_HERE
    if called_here:
        _call_otherwise(member)
    row, _ = PersonName.objects.get_or_create(
        family_id=member.family_id, person_id=member.person_id, kind=kind, given_names=given_names,
        family_name=family_name, began_on=began_on, ended_on=ended_on,
        defaults={**vars(told), "protected": shown != Shown.ALL, "called_here": called_here, "recorded_by": by},
    )  # fmt: skip
    return row


def keep_spelling(member: Membership, *, given_names: str, family_name: str, source: str, by: User) -> PersonName:
    """Keep how another agency writes somebody, in the household it wrote of: nobody has said that others may know."""
    return add_name(
        member, kind=NameKind.SPELLING, given_names=given_names, family_name=family_name,
        told=Told(source, "agency"), shown=Shown.HOUSEHOLD, by=by,
    )  # fmt: skip


@transaction.atomic
def change_name(
    member: Membership,
    called: Called,
    *,
    was: str,
    changed_on: date | None,
    told: Told,
    revision: int,
    by: User,
) -> Person:
    """Give somebody the name they now go by; the one before is kept as what it ``was``."""
    person = lock_person(member.person, revision=revision)
    if (person.given_names, person.family_name) != (called.given_names, called.family_name):
        add_name(
            member, kind=was, given_names=person.given_names, family_name=person.family_name, ended_on=changed_on,
            told=told, shown=Shown.ALL, by=by,
        )  # fmt: skip
    return _call(person, called)


@transaction.atomic
def correct_name(member: Membership, called: Called, *, revision: int, by: User) -> Person:
    """Put right how the name in use was written down. The slip stays in the history alone."""
    return _call(lock_person(member.person, revision=revision), called)


@transaction.atomic
def remove_name(name: PersonName, *, by: User) -> None:
    """Take away a name that was told or written in error. That it stood there stays in the history."""
    if (row := PersonName.objects.select_for_update(of=("self",)).filter(pk=name.pk).first()) is None:
        message = "This name was taken away already."
        raise NotAllowed(message)
    row.delete()


def _call(person: Person, called: Called) -> Person:
    person.given_names, person.family_name, person.known_as = called.given_names, called.family_name, called.known_as
    person.revision += 1
    person.save(update_fields=["given_names", "family_name", "known_as", "revision"])
    return person


def _call_otherwise(member: Membership) -> None:
    """Make room for another name that only this household calls somebody by."""
    lock_family(member.family)
    PersonName.objects.filter(family_id=member.family_id, person_id=member.person_id).update(called_here=False)
