"""Three generations to draw: grandparents, parents who parted, children, a foster child, a baby on its way."""

from datetime import date

from families.households.services import expect_baby
from families.kin.services import relate, state_responsibility
from families.people.models import Family, Membership, Person
from tests.families.households.factories import MAY, marshes, member, somebody

MARRIED = date(2003, 6, 14)


def tie(family: Family, kind: str, person: Person, other: Person, since: date | None = None):
    return relate(
        family, kind=kind, person=person, other=other, source="Mum, visit of 3 May", starts_on=since, by=somebody()
    )


def three_generations(**more) -> tuple[Family, dict[str, Membership]]:
    family, people = marshes(**more)
    elders = (("Joan", "female", date(1955, 1, 2)), ("Roy", "male", date(1952, 8, 30)))
    for name, gender, born in elders:
        people[name] = member(family, name, "relative", born_on=born, gender=gender)
    people["Ben"] = member(family, "Ben", "child", born_on=date(2012, 5, 5), gender="male")
    who = {name: row.person for name, row in people.items()}
    for elder in ("Joan", "Roy"):
        tie(family, "birth", who[elder], who["Dawn"])
    tie(family, "married", who["Joan"], who["Roy"], date(1978, 4, 1))
    for child in ("Leah", "Josh"):
        for parent in ("Dawn", "Carl"):
            tie(family, "birth", who[parent], who[child])
    tie(family, "foster", who["Dawn"], who["Ben"], MAY)
    tie(family, "married", who["Dawn"], who["Carl"], MARRIED)
    tie(family, "separated", who["Dawn"], who["Carl"], MAY)
    tie(family, "carer", who["Joan"], who["Josh"], MAY)
    people["Baby"] = expect_baby(
        family, expected_on=date(2014, 12, 3), family_name="Marsh", by=somebody(), on=date(2014, 10, 1)
    )
    return family, people


def responsible(family: Family, child: Person, holder: Person, **more):
    said = {"standing": "held", "ground": "mother", "source": "Birth certificate", "by": somebody(), **more}
    return state_responsibility(family, child=child, holder=holder, **said)
