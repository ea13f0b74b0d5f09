"""What is said of a person themselves: birth, gender, death, and the numbers others know them by."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from families.identifiers.rules import KINDS
from families.numbers.services import keep_numbers
from families.people.models import Membership, Person
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
    to_check = keep_numbers(person, numbers, family=member.family, source=source, by=by, said_on=on)
    person.revision += 1
    person.save(update_fields=["revision"])
    return to_check


def taken_in_sight(person: Person, numbers: Mapping[str, str], *, by: User) -> dict[str, str]:
    """Return of which number somebody else, whom ``by`` may see, is known to have it."""
    found = {}
    for field, value in numbers.items():
        others = Person.objects.visible_to(by).exclude(pk=person.pk) if value else Person.objects.none()
        if other := others.filter(**{field: value}).first():
            found[field] = f"{other} has this {KINDS[field].in_sentence}. One of the two is wrong"
    return found
