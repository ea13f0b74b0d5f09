from datetime import date

from families.kin.rules.bonds import (
    BONDS,
    KIND_NAMES,
    Bond,
    Kind,
    Tie,
    bond_of,
    brothers_and_sisters,
    descends,
    doubts,
    half_siblings,
    of_one_parent,
)
from families.kin.rules.responsibility import GROUNDS, OF_AN_AUTHORITY, ORDERS

MUM, DAD, LEAH, JOSH, BEN = range(1, 6)


def birth(parent, child):
    return Tie(Kind.BIRTH, parent, child)


class TestKinds:
    def test_have_a_bond_and_a_name_each(self):
        assert sorted(kind for kinds in BONDS.values() for kind in kinds) == sorted(Kind)
        assert set(KIND_NAMES) == set(Kind)
        assert bond_of(Kind.DIVORCED) is Bond.COUPLE


class TestSiblings:
    def test_are_found_by_their_parents(self):
        ties = [birth(MUM, LEAH), birth(DAD, LEAH), birth(MUM, JOSH), birth(DAD, JOSH), birth(MUM, BEN)]
        assert brothers_and_sisters(ties) == [[LEAH, JOSH]]
        assert half_siblings(ties) == [([LEAH, JOSH], [BEN])]

    def test_are_not_made_by_a_step_parent(self):
        ties = [birth(MUM, LEAH), Tie(Kind.STEP, MUM, JOSH)]
        assert (brothers_and_sisters(ties), half_siblings(ties)) == ([], [])

    def test_of_one_known_parent_may_have_another_in_common(self):
        assert of_one_parent([birth(MUM, LEAH), birth(MUM, JOSH)]) == [[LEAH, JOSH]]


class TestDescent:
    def test_goes_by_birth_and_adoption_over_generations(self):
        ties = [birth(MUM, LEAH), Tie(Kind.ADOPTIVE, LEAH, JOSH)]
        assert descends(JOSH, MUM, ties)
        assert not descends(MUM, JOSH, ties)

    def test_ends_although_what_is_written_goes_round_in_a_ring(self):
        assert not descends(MUM, BEN, [birth(MUM, LEAH), birth(LEAH, MUM)])


class TestADoubt:
    def test_is_raised_by_a_parent_hardly_older_than_the_child(self):
        young, old = {MUM: date(1994, 1, 1), LEAH: date(2004, 2, 29)}, {MUM: date(1982, 1, 1), LEAH: date(2004, 2, 29)}
        assert doubts([birth(MUM, LEAH)], born=young) == [birth(MUM, LEAH)]
        assert doubts([birth(MUM, LEAH)], born=old) == []
        assert doubts([birth(MUM, LEAH)], born={}) == []


class TestGrounds:
    def test_of_orders_and_authorities_are_grounds(self):
        assert set(GROUNDS) >= ORDERS
        assert set(GROUNDS) >= OF_AN_AUTHORITY
