"""What is contested is marked on the cards of lists, in what a search shows, and on the plan and its paper."""

from datetime import date

import pytest
from django.urls import reverse

from casework.plans.page import household
from casework.plans.paper import paper
from families.contesting.items import items_of
from families.contesting.models import Contest
from families.contesting.rules import Decision, Kind
from families.contesting.services import decide_contest, take_down
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.clock import today
from tests.casework.plans.factories import agreed
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory, MembershipFactory, lives
from tests.slf.paper.reading import words

pytestmark = pytest.mark.django_db
BORN = date(1984, 2, 12)
MARK = "Contested"


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True, name="The Jacksons")


@pytest.fixture
def donna(family):
    member = MembershipFactory(
        family=family, part="parent", person__given_names="Donna", person__family_name="Hallam", person__born_on=BORN
    )
    lives(member, postcode="LE11 2QA")
    return member.person


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


def contest(family, about, whose, by) -> Contest:
    items = items_of(family, user=by)
    item = next(item for key, item in items.items() if key.startswith(f"{about}:") and item.person == whose)
    said = {"raised_by": whose, "says": "It is spelt with two n", "received_on": date(2014, 10, 6)}
    return take_down(family, kind=Kind.CORRECTION, item=item, **said, by=by, on=today())


def cards(client, address="/families/", **asked):
    with acting_as(None):
        return client.get(address, asked).context["cards"]


def marked(card) -> list[str]:
    return [member.name for member in card.household if member.is_contested]


class TestTheListOfFamilies:
    @pytest.mark.parametrize("about", ["name", "born"])
    def test_marks_whose_name_or_birth_is_contested_and_nobody_else(
        self, about, family, donna, senior, everything, signed_in
    ):
        contest(family, about, donna, everything)
        (card,) = cards(signed_in(senior))
        assert marked(card) == ["Donna Hallam"]
        with acting_as(None):
            assert signed_in(senior).get("/families/").content.decode().count(MARK) == 2  # and in the footer, once

    @pytest.mark.parametrize(
        ("decision", "stays"),
        [(Decision.NOTED, ["Donna Hallam"]), (Decision.CORRECTED, []), (Decision.REFUSED, [])],
    )
    def test_marks_it_until_it_is_put_right_or_refused(
        self, decision, stays, family, donna, senior, everything, signed_in
    ):
        row = contest(family, "name", donna, everything)
        decide_contest(row, decision=decision, reason="Seen", by=everything, on=today())
        assert marked(cards(signed_in(senior))[0]) == stays

    def test_does_not_mark_somebody_in_another_family_of_theirs(self, family, donna, senior, everything, signed_in):
        MembershipFactory(family=FamilyFactory(name="Another"), person=donna, part="parent")
        contest(family, "name", donna, everything)
        assert {card.name: marked(card) for card in cards(signed_in(senior))} == {
            "Another": [], "The Jacksons": ["Donna Hallam"],
        }  # fmt: skip

    def test_tells_a_worker_of_their_own_families_alone(self, family, donna, post, charnwood, everything, signed_in):
        contest(family, "name", donna, everything)
        worker, colleague = post(Role.FSW, charnwood), post(Role.FSW, charnwood)
        give(family, worker)
        forget_rights(worker)
        with acting_as(None):
            rows = signed_in(worker).get(reverse("casework:my_families")).context["rows"]
        assert marked(rows[0][1]) == ["Donna Hallam"]
        assert marked(cards(signed_in(colleague))[0]) == []


class TestASearch:
    @pytest.mark.parametrize(
        ("about", "asked", "line"),
        [
            ("name", "donna", "Donna Hallam (contested): named “donna”"),
            ("born", "12/02/1984", "Donna Hallam: born 12 February 1984 (contested)"),
            ("address", "LE11 2QA", "Donna Hallam: lives at LE11 2QA (contested)"),
            ("born", "donna", "Donna Hallam: named “donna”"),
        ],
    )
    def test_says_beside_what_it_shows_that_it_is_contested(
        self, about, asked, line, family, donna, senior, everything, signed_in, api
    ):
        contest(family, about, donna, everything)
        (card,) = cards(signed_in(senior), q=asked)
        assert list(card.why) == [line]
        with acting_as(None):
            (found,) = api(senior).get("/api/v1/search/", {"q": asked}).json()["results"]
        assert found["why"] == [line]

    def test_tells_nobody_who_does_not_read_what_is_contested(
        self, family, donna, post, charnwood, everything, signed_in
    ):
        contest(family, "name", donna, everything)
        for role in (Role.FSW, Role.BUSINESS):
            (card,) = cards(signed_in(post(role, charnwood)), q="donna")
            assert list(card.why) == ["Donna Hallam: named “donna”"]


class TestThePlan:
    @pytest.fixture
    def plan(self, family, donna):
        return agreed(family)

    def on_paper(self, plan, user):
        members = household(plan.family, user, day=plan.agreed_on)
        return paper(plan, members=members, marks={f"name:{uid}" for uid in self.contested(plan.family)})

    def contested(self, family: Family):
        return Contest.objects.marked().filter(family=family, about="name").values_list("target", flat=True)

    def test_on_paper_stars_a_contested_name_and_says_what_the_star_means(self, plan, family, donna, everything):
        assert not self.on_paper(plan, everything)["has_contested"]
        contest(family, "name", donna, everything)
        data = self.on_paper(plan, everything)
        assert "Donna Hallam*" in data["family"]
        assert "Donna Hallam*" in [line["name"] for line in data["signatures"]]
        assert data["has_contested"]
        assert sum(name.endswith("*") for name in data["family"]) == 1

    def test_is_printed_so(self, plan, family, donna, senior, everything, signed_in):
        contest(family, "name", donna, everything)
        with acting_as(None):
            answer = signed_in(senior).get(reverse("casework:print_plan", args=[family.uid]))
        text = words(answer.content)
        assert "Donna Hallam*" in text
        assert "* Contested: somebody objects to this name or says that it is wrong." in text

    def test_marks_a_contested_need_beside_the_goal(self, plan, family, senior, everything, signed_in):
        client, address = signed_in(senior), reverse("casework:plan", args=[family.uid])
        mark = '<strong class="govuk-tag govuk-tag--yellow'
        with acting_as(None):
            before = client.get(address).content.decode().count(mark)
        items = items_of(family, user=everything)
        need = next(item for key, item in items.items() if key.startswith("need:"))
        parent = family.memberships.order_by("pk").first().person
        said = {"raised_by": parent, "says": "They go to school every day", "received_on": date(2014, 10, 6)}
        take_down(family, kind=Kind.CORRECTION, item=need, **said, by=everything, on=today())
        with acting_as(None):
            after = client.get(address).content.decode().count(mark)
        assert after == before + plan.goals.count()
