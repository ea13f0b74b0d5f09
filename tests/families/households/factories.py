"""A family to change: two parents and two children since January 2013, and what is done to it."""

from datetime import date

from families.people.models import Family, Membership
from families.people.services import NewPerson
from slf.accounts.models import User
from tests.factories import KNOWN_SINCE, FamilyFactory, MembershipFactory

TODAY = date(2014, 10, 15)
MAY = date(2014, 5, 3)
JUNE = date(2014, 6, 10)


def somebody() -> User:
    return User.objects.get(username="everything")


def member(family: Family, name: str, part: str = "child", *, since: date = KNOWN_SINCE, **person) -> Membership:
    """Somebody of the family; ``member(family, "Leah", born_on=...)``."""
    named = {"person__given_names": name, "person__family_name": "Marsh"}
    more = {f"person__{key}": value for key, value in person.items()}
    return MembershipFactory(family=family, part=part, period=(since, None), **named, **more)


def marshes(**more) -> tuple[Family, dict[str, Membership]]:
    family = FamilyFactory(name="Marsh family", **more)
    people = {
        "Dawn": member(family, "Dawn", "parent", born_on=date(1982, 3, 4), gender="female"),
        "Carl": member(family, "Carl", "parent", born_on=date(1980, 7, 9), gender="male"),
        "Leah": member(family, "Leah", born_on=date(2004, 2, 29), gender="female"),
        "Josh": member(family, "Josh", born_on=date(2009, 9, 1), gender="male"),
    }
    return family, people


def new(name: str = "Ryan", part: str = "child", **more) -> NewPerson:
    return NewPerson(name, "Marsh", part, **{"born_on": date(2011, 1, 20), **more})
