from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from families.facts.rules import AGENCIES
from families.hub.rules import FEEDS
from families.register.models import Basis, Gateway
from families.register.rules import Purpose
from families.register.services import use_on
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.families.register.factories import (
    SOURCED,
    close_basis,
    close_gateway,
    confirm,
    end,
    in_force,
    keeper,
    propose,
)

pytestmark = pytest.mark.django_db
HOUSING = {"agency": "housing", "purpose": "support", "category": "housing", "law": "Housing Act 1996 section 213"}
HEALTH = {"purpose": "support", "category": "health", "law": "Care by agreement"}


def proposal(**more):
    return propose(Gateway, by=keeper("proposer"), starts=today(), **(HOUSING | SOURCED | more))


def may_use(agency, kind, *, purpose=Purpose.SUPPORT, on=None) -> bool:
    return kind in use_on(on or today(), purpose=purpose).free[agency]


class TestTheRegisterAsItShips:
    @pytest.mark.parametrize("purpose", list(Purpose))
    @pytest.mark.parametrize("day", [date(2014, 10, 15), date(2024, 3, 1)], ids=["under the Act of 1998", "since 2018"])
    def test_lets_each_feed_be_used(self, purpose, day):
        use = use_on(day, purpose=purpose)
        assert all(feed.fact_kind in use.free[feed.agency] for feed in FEEDS.values())

    def test_changes_its_law_on_25_may_2018(self):
        laws = [Basis.objects.on(date(2018, 5, day)).get(purpose="claim", category="work").law for day in (24, 25)]
        assert ["1998" in laws[0], "UK GDPR" in laws[1]] == [True, True]

    def test_knows_no_gateway_for_health_but_consent(self):
        assert all(row.by_consent for row in Gateway.objects.filter(category="health"))

    def test_names_only_agencies_that_are_known(self):
        assert set(Gateway.objects.values_list("agency", flat=True)) <= set(AGENCIES)


class TestAProposal:
    def test_counts_for_nothing_until_a_second_person_has_confirmed_it(self):
        close_gateway("housing", "housing", "support")
        row = proposal()
        assert not may_use("housing", "homelessness")
        confirm(row, by=keeper("confirmer"))
        assert may_use("housing", "homelessness")

    def test_is_not_confirmed_by_who_made_it(self):
        with pytest.raises(NotForYou, match="second person"):
            confirm(proposal(), by=keeper("proposer"))

    def test_confirmed_twice_is_confirmed_once(self):
        row = confirm(proposal(), by=keeper("confirmer"))
        assert confirm(row, by=keeper("another")).confirmed_by == keeper("confirmer")

    def test_takes_the_place_of_an_earlier_row_on_its_first_day(self):
        earlier = Basis.objects.on(today()).get(purpose="support", category="health")
        words = {"purpose": "support", "category": "health", "law": "Ours", **SOURCED}
        until = earlier.period.upper
        row = propose(Basis, by=keeper("proposer"), starts=today(), ends_before=until, replaces=earlier, **words)
        confirm(row, by=keeper("confirmer"))
        earlier.refresh_from_db()
        assert earlier.period.upper == today()
        assert Basis.objects.counting().on(today()).get(purpose="support", category="health") == row

    def test_taken_back_leaves_the_row_free_to_be_replaced(self):
        earlier = Gateway.objects.filter(agency="dwp").first()
        end(proposal(replaces=earlier), by=keeper("proposer"), because="The wrong section", on=today())
        assert not earlier.is_replaced
        confirm(proposal(replaces=earlier), by=keeper("confirmer"))
        assert earlier.is_replaced

    @pytest.mark.parametrize("days", [0, 30])
    def test_taken_back_is_over_whatever_day_is_given(self, days):
        row = end(proposal(), by=keeper("proposer"), because="The wrong section", on=today() + timedelta(days=days))
        row.refresh_from_db()
        assert (row.period.isempty, row.is_waiting, row.counts_on(today())) == (True, False, False)
        assert end(row, by=keeper("another"), because="Once more", on=today()).ended_by == keeper("proposer")

    def test_in_the_place_of_what_is_replaced_already_is_refused_in_a_sentence(self):
        earlier = Gateway.objects.filter(agency="dwp").first()
        confirm(proposal(replaces=earlier), by=keeper("confirmer"))
        with pytest.raises(Conflict, match="in the place of this one"):
            proposal(replaces=earlier)

    def test_beside_another_basis_of_that_time_is_refused_in_a_sentence(self):
        row = propose(Basis, by=keeper("proposer"), starts=today(), **(HEALTH | SOURCED))
        with pytest.raises(NotAllowed, match="another lawful basis"):
            confirm(row, by=keeper("confirmer"))


class TestARowInForce:
    def test_counts_from_its_first_day_to_the_day_before_its_end(self):
        close_gateway("housing", "housing", "support")
        starts, ends = today() + timedelta(days=1), today() + timedelta(days=3)
        in_force(Gateway, starts=starts, ends_before=ends, **HOUSING)
        days = [today() + timedelta(days=n) for n in range(4)]
        assert [may_use("housing", "homelessness", on=day) for day in days] == [False, True, True, False]

    def test_ends_by_the_word_of_one_person_who_says_why(self):
        row = end(in_force(Gateway, **HOUSING), by=keeper("confirmer"), because="It was not renewed", on=today())
        assert (row.period.upper, row.ended_by) == (today(), keeper("confirmer"))

    def test_ended_on_its_first_day_never_counted(self):
        row = end(in_force(Gateway, starts=today(), **HOUSING), by=keeper("a"), because="A mistake", on=today())
        row.refresh_from_db()
        assert (row.period.isempty, row.counts_on(today())) == (True, False)

    def test_never_ends_in_the_past(self):
        with pytest.raises(NotAllowed, match="past"):
            end(in_force(Gateway, **HOUSING), by=keeper("a"), because="x", on=today() - timedelta(days=1))

    def test_keeps_every_version_with_who(self):
        row = end(in_force(Gateway, **HOUSING), by=keeper("confirmer"), because="It was not renewed", on=today())
        told = [(event.confirmed_by, event.ended_by) for event in row.events.order_by("pgh_id")]
        second = keeper("confirmer")
        assert told == [(None, None), (second, None), (second, second)]

    @pytest.mark.parametrize(
        "change", [lambda rows: rows.update(law="Another"), lambda rows: rows.delete()], ids=["law", "row"]
    )
    def test_is_never_rewritten_nor_deleted(self, change):
        row = in_force(Gateway, **HOUSING)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change(Gateway.objects.filter(pk=row.pk))


class TestAPurpose:
    def test_is_closed_without_closing_the_other(self):
        close_basis("education", "claim")
        assert may_use("schools", "attendance_term")
        assert not may_use("schools", "attendance_term", purpose=Purpose.CLAIM)
