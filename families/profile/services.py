"""What is said of a person themselves: birth, gender, death, and the numbers others know them by."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from families.identifiers.rules import KINDS, identifier_in_words
from families.needs.services import state_person
from families.numbers.services import is_free
from families.people.models import Family, Membership, Person
from families.people.services import lock_person
from slf.access.services import one_at_a_time
from slf.accounts.models import User
from slf.web.errors import Conflict


@transaction.atomic
def say_birth(
    member: Membership,
    *,
    born_on: date | None,
    born_estimated: bool,
    gender: str,
    died_on: date | None,
    revision: int,
    by: User,
) -> Person:
    """Write down when somebody was born, as what they live, and when they died."""
    person = lock_person(member.person, revision=revision)
    person.born_on, person.born_estimated, person.gender, person.died_on = born_on, born_estimated, gender, died_on
    person.revision += 1
    person.save(update_fields=["born_on", "born_estimated", "gender", "died_on", "revision"])
    return person


@transaction.atomic
def say_identifiers(
    member: Membership, numbers: Mapping[str, str], *, revision: int, source: str, by: User, on: date
) -> list[str]:
    """Write down the numbers of a person; return those that somebody has to check first, in words.

    One that a person in sight has is refused. One that belongs to a person out of sight is not kept, and what was told
    stays on the record; whose it is, nobody is told, and whoever may see them is asked (``families.numbers``).
    """
    one_at_a_time(by)
    if taken := taken_in_sight(member.person, numbers, by=by):
        raise Conflict(f"{next(iter(taken.values()))}.")
    person = lock_person(member.person, revision=revision)
    to_check = [
        _words(field, value)
        for field, value in numbers.items()
        if not _keep(person, field, value, family=member.family, by=by)
    ]
    person.revision += 1
    person.save(update_fields=["revision"])
    words = f"{', '.join(to_check)}: to be checked before it is kept" if to_check else ""
    state_person(person, family=member.family, words=words, source=source, by=by, said_on=on)
    return to_check


def taken_in_sight(person: Person, numbers: Mapping[str, str], *, by: User) -> dict[str, str]:
    """Return of which number somebody else, whom ``by`` may see, is known to have it."""
    found = {}
    for field, value in numbers.items():
        others = Person.objects.visible_to(by).exclude(pk=person.pk) if value else Person.objects.none()
        if other := others.filter(**{field: value}).first():
            found[field] = f"{other} has this {KINDS[field].in_sentence}. One of the two is wrong"
    return found


def _keep(person: Person, field: str, value: str, *, family: Family, by: User) -> bool:
    if value == (getattr(person, field) or ""):
        return True
    if value and not is_free(value, of=person, kind=field, family=family, by=by):
        return False
    if _write(person, field, value):
        return True
    is_free(value, of=person, kind=field, family=family, by=by)
    return False


def _write(person: Person, field: str, value: str) -> bool:
    """Write a number down; tell whether it is kept: somebody else may be given it in this moment."""
    setattr(person, field, value or None)
    try:
        with transaction.atomic():
            person.save(update_fields=[field])
    except IntegrityError:
        person.refresh_from_db(fields=[field])
        return False
    return True


def _words(field: str, value: str) -> str:
    return identifier_in_words(value) if value else KINDS[field].short
