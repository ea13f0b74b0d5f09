"""The Marsh family, and the same family known again: by the police, with Dawn and Leah, and Grandma Iris."""

from datetime import date

from casework.merging.services import merge_families
from families.people.models import Family, Membership
from referrals.allocation.services import give_family
from tests.factories import FamilyFactory, MembershipFactory
from tests.families.households.factories import MAY, marshes, member, somebody

WHY = "The school and the police mean one family: same mother, same address."
APART = "They are two sisters with the same surname, says the health visitor."
SINCE = date(2013, 9, 2)


def known_twice() -> tuple[Family, Family, dict[str, Membership]]:
    """Return the family that is there again, the one that stands, and the people of that one."""
    family, people = marshes()
    again = FamilyFactory(name="Marsh-Cole family", known_since=SINCE)
    for name, part in (("Dawn", "parent"), ("Leah", "child")):
        MembershipFactory(family=again, person=people[name].person, part=part, period=(SINCE, None))
    member(again, "Iris", "adult", since=SINCE, born_on=date(1950, 2, 1))
    return again, family, people


def made_one(family: Family, into: Family, *, by=None):
    return merge_families(family, into=into, reason=WHY, by=by or somebody(), on=MAY)


def allocated(family: Family, worker, *, on=MAY):
    return give_family(family, worker=worker, by=somebody(), on=on)
