"""Somebody entered twice: in one family, and in two families of one locality."""

from datetime import date

from families.merging.services import merge_people
from families.people.models import Family, Membership, Person
from tests.factories import FamilyFactory
from tests.families.households.factories import MAY, marshes, member, somebody

BORN = date(2004, 2, 29)
WHY = "The school says that she is one child."
APART = "They are cousins, says their grandmother."


def leah_twice() -> tuple[Family, Membership, Membership]:
    """The Marsh family with Leah, and with Lea, who is Leah."""
    family, people = marshes()
    return family, member(family, "Lea", since=date(2013, 6, 1), born_on=BORN), people["Leah"]


def leah_in_two_families() -> tuple[Family, Membership, Membership]:
    """The Marsh family with Leah, and another one in which she stands as Lea."""
    _, people = marshes()
    other = FamilyFactory(name="Orton family")
    return other, member(other, "Lea", born_on=BORN), people["Leah"]


def made_one(twice: Person, one: Person, *, by=None):
    return merge_people(twice, into=one, reason=WHY, by=by or somebody(), on=MAY)


def entry(membership: Membership) -> Person:
    return Person.objects.get(pk=membership.person_id)
