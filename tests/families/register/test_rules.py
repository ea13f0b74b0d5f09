from datetime import date

import pytest

from families.facts.rules import CATEGORIES, KINDS, OWN
from families.register.rules import Ground, Purpose, Use, Why, use_of

DAY = date(2014, 10, 15)
SCHOOLS = Ground("education", "schools", by_consent=False)


def basis(category="education", *, by_consent=False) -> Ground:
    return Ground(category, None, by_consent)


def gate(category, agency, *, by_consent=False) -> Ground:
    return Ground(category, agency, by_consent)


def use(*grounds: Ground, purpose=Purpose.SUPPORT) -> Use:
    return use_of(grounds, purpose=purpose, on=DAY)


class TestAFactOfAnAgency:
    def test_may_be_used_with_a_basis_and_the_agencys_gateway(self):
        assert "attendance_term" in use(basis(), SCHOOLS).free["schools"]

    @pytest.mark.parametrize(
        ("grounds", "why"),
        [
            pytest.param([SCHOOLS], Why.NO_BASIS, id="no lawful basis"),
            pytest.param([basis()], Why.NO_GATEWAY, id="no gateway"),
            pytest.param([basis(), gate("education", "police")], Why.NO_GATEWAY, id="another agency's gateway"),
            pytest.param([basis(), gate("asb", "schools")], Why.NO_GATEWAY, id="for something else"),
            pytest.param([basis(), gate("education", "schools", by_consent=True)], Why.NO_CONSENT, id="by consent"),
            pytest.param([basis(by_consent=True), SCHOOLS], Why.NO_CONSENT, id="basis by consent"),
        ],
    )
    def test_may_not_be_used_freely_and_the_page_can_say_why(self, grounds, why):
        found = use(*grounds)
        assert "attendance_term" not in found.free["schools"]
        assert found.why_not("schools", "attendance_term") == why

    def test_needs_no_consent_where_one_gateway_of_two_asks_for_none(self):
        found = use(basis(), gate("education", "schools", by_consent=True), SCHOOLS)
        assert "attendance_term" in found.free["schools"]
        assert not found.by_consent["schools"]


class TestWhatTheServiceRecordedItself:
    def test_needs_a_basis_and_no_gateway(self):
        assert "local_concern" in use(basis("concern")).free[OWN]
        assert "local_concern" not in use(basis("education")).free[OWN]


class TestWhatKeepsSomebodySafe:
    def test_is_shown_to_who_works_with_the_family_whatever_is_missing(self):
        assert {"domestic_abuse_incident", "child_protection_plan"} <= use().free["police"]

    def test_is_in_no_claim_without_a_basis(self):
        assert "child_protection_plan" not in use(purpose=Purpose.CLAIM).free["social_care"]


class TestAUse:
    def test_is_the_same_after_a_run_has_frozen_it(self):
        found = use(basis(), SCHOOLS, gate("health", "health", by_consent=True), basis("health"))
        assert Use.from_dict(found.as_dict()) == found


def test_every_kind_of_fact_has_a_category_that_is_known():
    assert {kind.category for kind in KINDS.values()} <= set(CATEGORIES)
