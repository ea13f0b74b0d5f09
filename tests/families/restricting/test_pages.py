"""Restricting a family in a browser: choose, check, do; what is seen of it afterwards and by whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.restricting import rules
from families.restricting.models import RestrictionStep
from families.restricting.views import OUT_OF_SIGHT
from referrals.allocation.services import give_family
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.clock import today
from tests.factories import FamilyFactory
from tests.families.restricting.factories import REASON, left_alone, lift, name
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(charnwood):
    return FamilyFactory(household=True, name="The Ashworths")


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def browser(signed_in, manager):
    return signed_in(manager)


def at(page, family) -> str:
    return reverse(f"access:{page}", args=[family.uid])


def ask(client, address, body=None):
    with acting_as(None):
        return client.post(address, body) if body is not None else client.get(address)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def chosen(*people, reason=REASON, seen=0, **more) -> dict:
    return {"people": [f"{user.uid}:{role}" for user, role in people], "reason": reason, "seen": seen, **more}


def steps(by) -> list[RestrictionStep]:
    with in_the_name_of(by):
        return list(RestrictionStep.objects.order_by("number"))


class TestChoosing:
    def test_offers_the_people_of_the_locality_first(self, browser, family, worker, post, melton):
        post(Role.FSW, melton)
        places = [group.place for group in ask(browser, at("restrict", family)).context["form"].groups]
        assert (places[0], places[-1]) == ("Charnwood", "Melton")

    def test_names_nobody_beforehand(self, browser, family):
        assert " checked" not in text(ask(browser, at("restrict", family)))

    @pytest.mark.parametrize(
        ("reason", "field", "sentence"),
        [
            pytest.param("", "reason", "Enter your reason", id="no reason"),
            pytest.param("short", "reason", "10 characters", id="no real reason"),
        ],
    )
    def test_asks_for_a_reason_and_keeps_what_was_chosen(self, browser, family, manager, reason, field, sentence):
        answer = ask(browser, at("restrict", family), chosen((manager, Role.MANAGER), reason=reason))
        assert sentence in text(answer)
        assert text(answer).count(" checked") == 1

    def test_asks_for_somebody_who_decides(self, browser, family, worker):
        answer = ask(browser, at("restrict", family), chosen((worker, Role.FSW)))
        assert answer.context["form"].errors["people"] == [rules.NOBODY_DECIDES]

    def test_says_the_same_of_somebody_unknown_and_of_somebody_in_no_such_post(self, browser, family, manager, post):
        data = post(Role.DATA)
        answers = [
            ask(browser, at("restrict", family), chosen((manager, Role.MANAGER)) | {"people": [key]})
            for key in (f"{data.uid}:data", f"{family.uid}:manager")
        ]
        said = [re.sub(r"[0-9a-f-]{36}:\w+", "", answer.context["form"].errors["people"][0]) for answer in answers]
        assert said[0] == said[1]


class TestChecking:
    def test_shows_who_loses_sight_and_changes_nothing(self, browser, family, manager, worker, everything):
        give_family(family, worker=worker, by=everything, on=today())
        page = text(ask(browser, at("restrict", family), chosen((manager, Role.MANAGER))))
        assert f"<strong>{worker}</strong>: works with the family" in page
        assert f"{worker} works with this family and is not named" in page
        assert steps(manager) == []

    def test_asks_who_works_with_the_family(self, browser, family, manager, worker):
        body = chosen((manager, Role.MANAGER), (worker, Role.FSW), checked="yes")
        answer = ask(browser, at("restrict", family), body)
        assert answer.context["check"].errors["worker"]
        assert "There is a problem" in text(answer)
        assert steps(manager) == []

    def test_goes_back_to_the_choice_with_everything_in_it(self, browser, family, manager):
        answer = ask(browser, at("restrict", family), chosen((manager, Role.MANAGER), choose="yes"))
        assert "families/restricting/restrict.html" in [t.name for t in answer.templates]
        assert REASON in text(answer)


class TestDoingIt:
    def test_leads_back_to_the_family(self, browser, family, manager, worker):
        body = chosen((manager, Role.MANAGER), (worker, Role.FSW), checked="yes", worker=str(worker.uid))
        answer = ask(browser, at("restrict", family), body)
        assert answer.url == at("restriction", family)
        assert steps(manager)[0].worker == worker
        assert f"Allocate the family to {worker} next" in text(ask(browser, answer.url))

    def test_leads_away_whoever_did_not_name_themselves(self, browser, family, manager, post):
        head = post(Role.HEAD, None, "head")
        answer = ask(browser, at("restrict", family), chosen((head, Role.HEAD), checked="yes", worker="nobody"))
        assert answer.url == reverse("access:restricted")
        page = text(ask(browser, answer.url))
        assert OUT_OF_SIGHT in page
        assert family.name not in page
        assert ask(browser, at("restriction", family)).status_code == 404

    def test_from_a_page_that_is_no_longer_true_is_refused(self, browser, family, manager, worker):
        name(family, (manager, Role.MANAGER), by=manager)
        body = chosen((manager, Role.MANAGER), (worker, Role.FSW), checked="yes", worker="nobody", seen=0)
        answer = ask(browser, at("restrict", family), body)
        assert (answer.status_code, rules.CHANGED in text(answer)) == (409, True)

    def test_takes_nobody_as_worker_who_is_not_named(self, browser, family, manager, worker):
        body = chosen((manager, Role.MANAGER), checked="yes", worker=str(worker.uid))
        assert ask(browser, at("restrict", family), body).context["check"].errors["worker"]
        assert steps(manager) == []


class TestARestrictedFamilysPage:
    @pytest.fixture
    def restricted(self, family, manager, worker):
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        return family

    def test_says_plainly_that_it_is_why_and_who_else_sees_it(self, restricted, manager, worker, signed_in):
        page = text(ask(signed_in(worker), restricted.get_absolute_url()))
        assert f"Only {manager} and {worker} may see this family" in page
        assert REASON in page
        assert at("restriction", restricted) in page

    def test_shows_a_named_worker_the_names_and_no_way_to_change_them(self, restricted, worker, signed_in):
        page = text(ask(signed_in(worker), at("restriction", restricted)))
        assert REASON in page
        assert at("restrict", restricted) not in page
        assert ask(signed_in(worker), at("restrict", restricted)).status_code == 403

    def test_of_an_open_family_shows_the_way_to_those_who_may(self, family, browser, worker, signed_in, everything):
        assert at("restriction", family) in text(ask(browser, at("why", family)))
        assert at("restriction", family) not in text(ask(signed_in(worker), at("why", family)))

    def test_keeps_an_earlier_restriction_from_those_who_do_not_decide(
        self, restricted, manager, worker, browser, signed_in
    ):
        lift(restricted, by=manager)
        name(restricted, (manager, Role.MANAGER), (worker, Role.FSW), by=manager, reason="The police ask for it")
        assert REASON in text(ask(browser, at("restriction", restricted)))
        page = text(ask(signed_in(worker), at("restriction", restricted)))
        assert "The police ask for it" in page
        assert REASON not in page

    def test_is_a_look_at_the_family(self, restricted, browser, manager):
        ask(browser, at("restriction", restricted))
        with in_the_name_of(manager):
            assert View.objects.filter(user=manager, family_id=restricted.pk, what="Who may see it").exists()

    def test_in_the_chronology_says_that_it_was_restricted_and_not_why(self, restricted, manager, signed_in):
        page = text(ask(signed_in(manager), reverse("casework:chronology", args=[restricted.uid])))
        assert "Restricted to named people" in page
        assert REASON not in page


class TestLiftingIt:
    def test_says_who_sees_it_again_and_takes_a_reason(self, family, manager, browser):
        name(family, (manager, Role.MANAGER), by=manager)
        page = text(ask(browser, at("lift", family)))
        assert "Everyone with a post that opens Charnwood sees this family again" in page
        assert "Enter your reason" in text(ask(browser, at("lift", family), {"reason": "", "seen": 1}))
        answer = ask(browser, at("lift", family), {"reason": "The relative has left", "seen": 1})
        assert answer.url == at("restriction", family)
        assert "Restriction lifted" in text(ask(browser, answer.url))


class TestWhatWasDone:
    def test_takes_the_same_queries_for_many_steps_as_for_one(self, family, manager, worker, browser):
        name(family, (manager, Role.MANAGER), by=manager)
        ask(browser, at("restriction", family))
        with CaptureQueriesContext(connection) as few:
            ask(browser, at("restriction", family))
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        name(family, (manager, Role.MANAGER), by=manager)
        with CaptureQueriesContext(connection) as many:
            assert text(ask(browser, at("restriction", family))).count("Named:") == 3
        assert len(few) == len(many)


class TestTheListOfRestrictedFamilies:
    def test_shows_who_decides_the_families_they_are_named_for(self, family, manager, browser):
        name(family, (manager, Role.MANAGER), by=manager)
        assert family.name in text(ask(browser, reverse("access:restricted")))

    def test_shows_the_head_a_number_and_no_name(self, family, manager, post, signed_in):
        name(family, (manager, Role.MANAGER), by=manager)
        page = text(ask(signed_in(post(Role.HEAD)), reverse("access:restricted")))
        assert "1 more family is restricted in the county" in page
        assert family.name not in page
        assert family.reference not in page

    def test_shows_another_manager_nothing(self, family, manager, post, melton, signed_in):
        name(family, (manager, Role.MANAGER), by=manager)
        page = text(ask(signed_in(post(Role.MANAGER, melton)), reverse("access:restricted")))
        assert "You are named for none" in page
        assert "more" not in page.partition("<main")[2].partition("</main")[0]

    def test_takes_the_same_queries_for_many_as_for_one(self, family, manager, browser):
        name(family, (manager, Role.MANAGER), by=manager)
        ask(browser, reverse("access:restricted"))
        with CaptureQueriesContext(connection) as few:
            ask(browser, reverse("access:restricted"))
        for _ in range(4):
            name(FamilyFactory(), (manager, Role.MANAGER), by=manager)
        with CaptureQueriesContext(connection) as many:
            ask(browser, reverse("access:restricted"))
        assert len(few) == len(many)


class TestAFamilyNobodyDecidesOn:
    def test_is_named_for_by_the_head_from_their_first_page(self, family, manager, post, everything, signed_in):
        head = post(Role.HEAD, None, "head")
        left_alone(family, by=everything)
        client = signed_in(head)
        assert reverse("access:restricted") in text(ask(client, "/"))
        page = text(ask(client, reverse("access:restricted")))
        assert family.reference in page
        assert family.name not in page
        answer = ask(client, at("left", family), chosen((manager, Role.MANAGER)))
        assert answer.url == reverse("access:restricted")
        assert family.reference in text(ask(client, answer.url))  # said once, that it is done
        assert family.reference not in text(ask(client, answer.url))
        assert ask(client, at("left", family)).status_code == 404
        assert steps(manager)[-1].by == head

    def test_asks_for_somebody_who_decides(self, family, worker, post, everything, signed_in):
        left_alone(family, by=everything)
        answer = ask(signed_in(post(Role.HEAD, None, "head")), at("left", family), chosen((worker, Role.FSW)))
        assert answer.context["form"].errors["people"] == [rules.NOBODY_DECIDES]
