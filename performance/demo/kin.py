"""How the made-up families are related: parents of each family in sets, and some households that life has changed."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.visits.models import Sighting
from families.households.services import change_part, expect_baby, join_family, leave_family
from families.kin.models import Relationship
from families.kin.services import relate, state_responsibility
from families.merging.services import merge_people
from families.people.models import Membership, Person
from families.people.services import NewPerson
from performance.demo.names import FEMALE, MALE, SURNAMES
from performance.demo.people import Made
from slf.accounts.models import User

TOLD = "Told by the family"
COUNCIL = "Leicestershire County Council"
EVERY = 10
"""One worker of the ten has every tenth family: their caseload shows one household of each kind."""


def make_kin(chance: random.Random, families: Sequence[Made], *, by: User) -> None:
    """Write down who the parents are. Of two adults both are, and half of the couples are married."""
    rows = []
    for each in families:
        rows += [row_of(each, "birth", adult, child, None, by) for adult in each.adults for child in each.children]
        if len(each.adults) > 1:
            kind = chance.choice(("married", "cohabiting"))
            since = date(chance.randint(1994, 2009), chance.randint(1, 12), 14)
            rows.append(row_of(each, kind, each.adults[0], each.adults[1], since, by))
    Relationship.objects.bulk_create(rows)


def row_of(each: Made, kind: str, one: Person, other: Person, since: date | None, by: User) -> Relationship:
    return Relationship(family=each.row, kind=kind, person=one, other=other, period=DateRange(since, None),
                        source=TOLD, recorded_by=by)  # fmt: skip


def change_households(chance: random.Random, families: Sequence[Made], *, by: User, today: date) -> None:
    """Let a few households change as households do."""
    stories: tuple[Callable[[Teller], None], ...] = (
        three_generations, grandmother_cares, parted, child_in_care, new_partner, entered_twice, made_one,
    )  # fmt: skip
    for number, story in enumerate(stories, start=1):
        if number * EVERY < len(families):
            story(Teller(chance, families[number * EVERY], by=by, today=today))


class Teller:
    """Tells what happened to one family, in the words of the services."""

    def __init__(self, chance: random.Random, each: Made, *, by: User, today: date) -> None:
        self.chance, self.each, self.by, self.today = chance, each, by, today
        self.surname = each.adults[0].family_name

    @property
    def mother(self) -> Person:
        return self.each.adults[0]

    def ago(self, days: int) -> date:
        return max(self.today - timedelta(days=days), self.each.row.known_since)

    def comes(self, names: Sequence[str], part: str, born: date, *, gender: str, surname: str = "", days: int = 200):
        taken = {row.person.given_names for row in self.each.row.memberships.select_related("person")}
        name = self.chance.choice([one for one in names if one not in taken])
        who = NewPerson(name, surname or self.surname, part, born)
        on = self.ago(days)
        return join_family(self.each.row, who=who, part=part, by=self.by, on=on, gender=gender).person

    def are(self, kind: str, one: Person, other: Person, since: date | None = None) -> None:
        relate(self.each.row, kind=kind, person=one, other=other, source=TOLD, by=self.by, starts_on=since)

    def stay_of(self, person: Person) -> Membership:
        return self.each.row.memberships.select_related("family__scope", "person").get(
            person=person, period__contains=self.today
        )

    def father(self) -> Person:
        """Return the other parent; of a mother alone, one who lives elsewhere."""
        if len(self.each.adults) > 1:
            return self.each.adults[1]
        father = self.comes(MALE, "away", date(1979, 3, 2), gender="male", surname=self.chance.choice(SURNAMES))
        for child in self.each.children:
            self.are("birth", father, child)
        return father

    def grandparents(self) -> tuple[Person, Person]:
        """Return the mother's parents, who live elsewhere."""
        born = self.mother.born_on.year
        old = (
            self.comes(FEMALE, "relative", date(born - 24, 5, 6), gender="female"),
            self.comes(MALE, "relative", date(born - 27, 9, 17), gender="male"),
        )
        for parent in old:
            self.are("birth", parent, self.mother)
        self.are("married", *old, date(born - 3, 7, 8))
        return old


def three_generations(tell: Teller) -> None:
    """Both grandparents, parents who have parted, a baby on its way."""
    tell.grandparents()
    father = tell.father()
    tell.are("separated", tell.mother, father, tell.ago(150))
    if tell.stay_of(father).part != "away":
        change_part(tell.stay_of(father), part="away", by=tell.by, on=tell.ago(150))
    baby = expect_baby(
        tell.each.row, expected_on=tell.today + timedelta(days=75), family_name=tell.surname, by=tell.by,
        on=tell.ago(20),
    )  # fmt: skip
    tell.are("birth", tell.mother, baby.person)


def grandmother_cares(tell: Teller) -> None:
    """The mother went to prison yesterday; her own mother came to live with the children."""
    grandmother, _ = tell.grandparents()
    join_family(tell.each.row, who=grandmother, part="parent", by=tell.by, on=tell.ago(1))
    leave_family(tell.stay_of(tell.mother), on=tell.today, why="custody", where_to="country", by=tell.by)
    for child in tell.each.children:
        tell.are("carer", grandmother, child, tell.ago(1))
        held(tell, child, grandmother, ground="guardian_order", court_order="Leicester Family Court, SG14L00217")


def parted(tell: Teller) -> None:
    """Parents who divorced; it is not known whether the father has parental responsibility."""
    father = tell.father()
    tell.are("divorced", tell.mother, father, tell.ago(300))
    if tell.stay_of(father).part != "away":
        leave_family(tell.stay_of(father), on=tell.ago(299), why="separated", where_to="not_known", by=tell.by)
        Sighting.objects.filter(family=tell.each.row, person=father, visit__happened_on__gte=tell.ago(299)).delete()
    for child in tell.each.children:
        held(tell, child, tell.mother, ground="mother")
        state_responsibility(
            tell.each.row, child=child, holder=father, standing="not_known", ground="not_known", source=TOLD, by=tell.by
        )


def child_in_care(tell: Teller) -> None:
    """The eldest is in care under an order."""
    eldest = min(tell.each.children, key=lambda child: child.born_on)
    care = "Leicestershire children's social care"
    change_part(tell.stay_of(eldest), part="care", responsible=care, by=tell.by, on=tell.ago(60))
    held(tell, eldest, tell.mother, ground="mother")
    held(tell, eldest, None, authority=COUNCIL, ground="care_order", court_order="Leicester Family Court, LE14C00388",
         starts_on=tell.ago(60))  # fmt: skip


def new_partner(tell: Teller) -> None:
    """A step-father with a child of his own has come to live there."""
    partner = tell.comes(MALE, "parent", date(1982, 11, 5), gender="male", surname=tell.chance.choice(SURNAMES))
    own = tell.comes(FEMALE, "child", date(2006, 2, 3), gender="female", surname=partner.family_name)
    tell.are("birth", partner, own)
    tell.are("cohabiting", tell.mother, partner, tell.ago(200))
    for child in tell.each.children:
        tell.are("step", partner, child, tell.ago(200))


def held(tell: Teller, child: Person, holder: Person | None, **more) -> None:
    state_responsibility(tell.each.row, child=child, holder=holder, standing="held", source=TOLD, by=tell.by, **more)


def entered_twice(tell: Teller) -> Membership:
    """The school wrote a child's name with a letter too few, and was believed."""
    child = tell.each.children[0]
    name = child.given_names[:-1] or "Sam"
    who = NewPerson(name, child.family_name, "child", child.born_on)
    return join_family(tell.each.row, who=who, part="child", by=tell.by, on=tell.ago(60), gender=child.gender)


def made_one(tell: Teller) -> None:
    """The same, and somebody has noticed."""
    again = entered_twice(tell)
    reason = "The mother says that she has one child of that name."
    merge_people(again.entry, into=tell.each.children[0], reason=reason, by=tell.by, on=tell.ago(20))
