"""Families that two agencies referred, and that stand twice: one pair to be found, one made one already."""

from datetime import date, timedelta

from casework.merging.services import merge_families
from families.addresses.models import Home
from families.addresses.services import Place
from families.flags.services import set_flag
from families.households.services import join_family
from families.needs.services import find_need
from families.people.models import Family
from families.people.services import NewPerson, create_family
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from performance.demo.people import Made
from slf.accounts.models import User

TO_BE_FOUND, MADE_ONE = 8, 9
"""Which families of Charnwood stand twice: among the first, that a worker of the demonstration has."""
AGAIN, LATELY = timedelta(days=75), timedelta(days=12)
WHY = "The police and the school mean one family: the same mother, says the health visitor, and the same address."


def make_known_twice(charnwood: list[Made], *, by: User, today: date) -> None:
    """Let the police refer two families that a school had referred before."""
    if len(charnwood) <= MADE_ONE:
        return
    known_again(charnwood[TO_BE_FOUND], by=by, on=today - AGAIN)
    again = known_again(charnwood[MADE_ONE], by=by, on=today - AGAIN)
    merge_families(again, into=charnwood[MADE_ONE].row, reason=WHY, by=by, on=today - LATELY)


def known_again(each: Made, *, by: User, on: date) -> Family:
    """Write the family down as the police know it: the mother, a child, and her brother, whom the school never saw."""
    mother, child = each.adults[0], each.children[0]
    uncle = NewPerson("Craig", mother.family_name, "adult", date(1986, 11, 2))
    family, _ = create_family(
        name=each.row.name, scope=each.row.scope, people=[uncle], place=place_of(each, on), by=by, on=on
    )
    for person, part in ((mother, "parent"), (child, "child")):
        join_family(family, who=person, part=part, by=by, on=on)
    refused = {"state": Agreement.State.REFUSED, "how": Agreement.How.REFERRER}
    record_agreement(family, **refused, said_on=each.row.known_since - timedelta(days=30), by=by)
    find_need(family, kind="crime", evidence="Called out twice to noise at night", source="Police", by=by, on=on)
    set_flag(family, kind="dog", source="Police", by=by, on=on)
    return family


def place_of(each: Made, on: date) -> Place:
    home = Home.objects.on(on).in_the_open().filter(family=each.row).order_by("pk").first()
    return Place(home.address, home.postcode) if home else Place()
