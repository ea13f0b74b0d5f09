"""A household is listed in one order wherever it is listed."""

from datetime import date

import pytest

from casework.glance.cards import cards_for
from casework.glance.sight import households
from casework.plans import page
from casework.visits.models import household_on
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = date(2014, 10, 15)
AS_LISTED = ("parent 1975", "parent None", "adult 1990", "child 2001", "child 2008", "child None", "away 1970")


@pytest.fixture
def family():
    family = FamilyFactory()
    for each in reversed(AS_LISTED):
        part, year = each.split()
        MembershipFactory(family=family, part=part, person__born_on=None if year == "None" else date(int(year), 1, 1))
    return family


def listed(members):
    return tuple(f"{m.part} {m.person.born_on and m.person.born_on.year}" for m in members)


class TestTheOrderOfAHousehold:
    def test_is_parents_other_adults_children_by_age_and_who_lives_elsewhere(self, family):
        assert listed(family.memberships.in_order()) == AS_LISTED

    def test_is_the_same_on_the_card_in_the_plan_and_on_a_visit(self, family, everything):
        assert listed(households([family.pk], user=everything, on=TODAY)[family.pk]) == AS_LISTED
        assert listed(page.household(family, everything, day=TODAY)) == AS_LISTED
        assert listed(household_on(family, TODAY)) == AS_LISTED[:-1]


class TestWhoIsNotThere:
    def test_is_said_on_the_card(self, family, everything):
        MembershipFactory(family=family, part="care", responsible="Social care", person__given_names="Josh")
        MembershipFactory(
            family=family, part="expected", person__born_on=None, person__expected_on=date(2014, 12, 3),
            person__given_names="Baby",
        )  # fmt: skip
        MembershipFactory(family=family, part="relative", person__given_names="Joan")
        (card,) = cards_for([family], user=everything, on=TODAY)
        names = " ".join(member.name for member in card.household)
        assert "Josh" in names
        assert names.count("(in care)") == 1
        assert names.count("(expected)") == 1
        assert "Joan" not in names
