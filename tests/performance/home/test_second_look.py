"""What waits for somebody's decision or confirmation stands on the page they begin their day with."""

from datetime import date

import pytest
from django.urls import reverse

from families.contesting.rules import Decision, Kind
from families.contesting.services import decide_contest, take_down
from families.facts.models import Fact
from families.overriding.rules import Occasion
from families.overriding.services import show_all_the_same
from referrals.intake.rules.settings import DECIDE_WITHIN
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.clock import today
from slf.policy.services import propose
from tests.casework.importing.factories import DONNA, as_csv, tried
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return FamilyFactory(household=True)


@pytest.fixture
def contest(family, everything):
    parent = family.memberships.order_by("pk").first().person
    return take_down(
        family, kind=Kind.OBJECTION, raised_by=parent, says="We do not want it read", received_on=date(2014, 10, 6),
        by=everything, on=today(), words="Our letters",
    )  # fmt: skip


def day(client):
    return client.get("/").context


def panels(client):
    return {panel.title: list(panel.items) for panel in day(client)["panels"]}


def tiles(client):
    return {tile.label: tile.value for tile in day(client)["tiles"]}


class TestWhatIsContested:
    @pytest.mark.parametrize("role", [Role.SENIOR, Role.MANAGER])
    def test_is_named_with_the_day_to_answer_by(self, role, family, contest, post, charnwood, signed_in):
        (item,) = panels(signed_in(post(role, charnwood)))["Contested"]
        assert (item.title, item.tag, item.tone) == (family.name, "Answer by 6 November 2014", "attention")
        assert item.href == reverse("families:contests", args=[family.uid])
        assert View.objects.filter(family_ids__contains=[family.pk], what="My day").exists()

    def test_once_decided_is_to_be_told_by_who_works_with_the_family(
        self, family, contest, post, charnwood, everything, signed_in
    ):
        worker, other = post(Role.FSW, charnwood), post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        assert "Decided: tell them" not in panels(signed_in(worker))
        decide_contest(contest, decision=Decision.NOTED, reason="It stays", by=everything, on=today())
        (item,) = panels(signed_in(worker))["Decided: tell them"]
        assert (item.title, item.tag) == (family.name, "To tell")
        assert "Decided: tell them" not in panels(signed_in(other))

    def test_of_another_locality_is_not_named(self, contest, post, melton, signed_in):
        assert "Contested" not in panels(signed_in(post(Role.MANAGER, melton)))


class TestWhatWasShownAllTheSame:
    def test_is_counted_for_whoever_reviews_it_and_not_for_whoever_gave_it(
        self, family, post, charnwood, everything, signed_in
    ):
        Fact.objects.create(
            family=family, kind="homelessness", agency="health", source="feed", source_name="Row 3", source_key="one",
            period=(date(2014, 3, 3), date(2014, 3, 4)), recorded_on=date(2014, 4, 1), recorded_by=everything,
        )  # fmt: skip
        senior, worker = post(Role.SENIOR, charnwood), post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        said = {"agency": "health", "kind": "homelessness", "occasion": Occasion.COURT, "reason": "The court asked"}
        with acting_as(senior):
            show_all_the_same(family, **said, shown_to=worker, by=senior)
        label = "Shown all the same, to review"
        assert tiles(signed_in(post(Role.MANAGER, charnwood)))[label] == 1
        assert label not in tiles(signed_in(senior))


class TestSettingsToConfirm:
    def test_are_asked_of_a_second_person_alone(self, post, signed_in):
        proposer = post(Role.HEAD)
        with acting_as(proposer):
            propose(DECIDE_WITHIN, by=proposer, value=7, starts_on=today(), document="Guidance, section 3")
        (item,) = panels(signed_in(post(Role.ADMIN)))["Settings to confirm"]
        assert item.title == DECIDE_WITHIN.label
        assert item.detail.startswith("7 working days, from 15 October 2014. Proposed by")
        assert "Settings to confirm" not in panels(signed_in(proposer))


class TestListsToBringOver:
    def test_are_named_until_they_are_made(self, post, charnwood, signed_in):
        sender = post(Role.DATA)
        with acting_as(sender):
            file = tried(as_csv(DONNA), locality=charnwood, by=sender)
        (item,) = panels(signed_in(sender))["Families to bring over"]
        assert (item.title, item.tag) == (file.name, "Tried, nothing made yet")


@pytest.mark.parametrize("role", [Role.SENIOR, Role.MANAGER, Role.HEAD])
def test_who_may_be_known_twice_is_one_click_away(role, post, charnwood, signed_in):
    assert "Known twice" in [item.title for item in panels(signed_in(post(role, charnwood)))["Where to go"]]
