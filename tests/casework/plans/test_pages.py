"""The plan's pages as a worker uses them, and its paper."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from casework.plans.models import Plan
from casework.plans.rules import How, Said
from casework.plans.services import add_goal, change_action, change_goal, record_answer, start_plan
from families.people.models import Membership
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.casework.plans.factories import STARTED, agreed, draft, need, parents
from tests.factories import FamilyFactory, MembershipFactory, lives
from tests.slf.paper.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


@pytest.fixture
def family():
    return FamilyFactory(household=True, name="The Hartleys")


@pytest.fixture
def worker(post, charnwood, family, everything):
    user = post(Role.FSW, charnwood)
    hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
    return user


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


def to(name, subject):
    return reverse(f"casework:{name}", args=[subject.uid])


def shown(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(html, name):
    return unescape(re.search(rf'name="{name}" value="([^"]+)"', html)[1])


def day_of(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


class TestAFamilyWithoutAPlan:
    def test_is_offered_the_first_goal(self, client, family):
        assert "Add the first goal" in shown(client, to("plan", family))

    def test_has_nothing_to_print_or_agree_to(self, client, family):
        assert client.get(to("print_plan", family)).status_code == 404
        assert client.get(to("record_answer", family)).status_code == 404


class TestWritingAGoal:
    def test_starts_the_plan_and_asks_who_does_what(self, client, family):
        tie = need(family)
        answer = client.post(to("add_goal", family), {"words": "Mornings without shouting", "needs": [str(tie.uid)]})
        goal = Plan.objects.get().goals.get()
        assert (goal.words, list(goal.needs.all())) == ("Mornings without shouting", [tie])
        assert answer.headers["Location"] == to("add_action", goal)

    def test_needs_a_need_when_the_family_has_any(self, client, family):
        need(family)
        answer = client.post(to("add_goal", family), {"words": "Mornings without shouting"})
        assert answer.status_code == 400
        assert "Choose at least one need that this goal answers" in answer.content.decode()
        assert "Mornings without shouting" in answer.content.decode()

    def test_asks_for_no_need_when_there_is_none(self, client, family):
        assert client.post(to("add_goal", family), {"words": "Peace"}).status_code == 302

    def test_offers_needs_that_are_still_open(self, client, family):
        need(family, "housing", ended_on=date(2014, 1, 1))
        assert "Poor or overcrowded housing" not in shown(client, to("add_goal", family))

    def opened(self, client, goal):
        html = shown(client, to("change_goal", goal))
        return {name: hidden(html, name) for name in ("revision", "was")} | {"needs": [str(goal.needs.get().uid)]}

    def test_asks_the_second_writer_which_words_stand_and_keeps_what_they_typed(self, client, family, everything):
        goal = draft(family).goals.first()
        given = self.opened(client, goal) | {"words": "My words"}
        change_goal(goal, words="Theirs", needs=goal.needs.all(), revision=goal.plan.revision, by=everything)
        answer = client.post(to("change_goal", goal), given)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody else changed this too" in html
        assert "My words" in html
        assert "What somebody else wrote: Theirs" in html
        goal.refresh_from_db()
        assert goal.words == "Theirs"

    @pytest.mark.parametrize(("chosen", "stands"), [("mine", "My words"), ("theirs", "Theirs")])
    def test_writes_what_was_chosen(self, client, family, everything, chosen, stands):
        goal = draft(family).goals.first()
        given = self.opened(client, goal) | {"words": "My words"}
        change_goal(goal, words="Theirs", needs=goal.needs.all(), revision=goal.plan.revision, by=everything)
        html = client.post(to("change_goal", goal), given).content.decode()
        choice = re.search(rf'value="({chosen}:\w+)"', html)[1]
        assert client.post(to("change_goal", goal), given | {"keep-words": choice}).status_code == 302
        goal.refresh_from_db()
        assert goal.words == stands

    def test_is_no_question_where_a_colleague_changed_another_goal(self, client, family, everything):
        goal, other = draft(family).goals.all()
        given = self.opened(client, goal) | {"words": "My words"}
        change_goal(other, words="Another", needs=[], revision=other.plan.revision, by=everything)
        assert client.post(to("change_goal", goal), given).status_code == 302
        goal.refresh_from_db()
        assert goal.words == "My words"


class TestWritingAnAction:
    @pytest.fixture
    def goal(self, family, everything):
        return add_goal(start_plan(family, by=everything, on=STARTED), words="Peace", needs=[], by=everything)

    def given(self, owner, **more):
        return {"what": "Ring", "owner": owner, **day_of("due_on", date(2014, 11, 1)), **more}

    def test_gives_it_to_one_of_the_family(self, client, family, goal):
        parent = parents(family)[0]
        client.post(to("add_action", goal), self.given(f"person-{parent.uid}"))
        assert goal.actions.get().owner == parent

    def test_gives_it_to_the_worker(self, client, goal, worker):
        client.post(to("add_action", goal), self.given(f"worker-{worker.uid}"))
        assert goal.actions.get().owner == worker

    def test_gives_it_to_another_service_by_name(self, client, goal):
        client.post(to("add_action", goal), self.given("agency", agency="Holywell Primary School"))
        assert goal.actions.get().owner == "Holywell Primary School"

    def test_asks_for_the_name_of_the_service(self, client, goal):
        answer = client.post(to("add_action", goal), self.given("agency"))
        assert (answer.status_code, goal.actions.count()) == (400, 0)
        assert "Enter the name of the service" in answer.content.decode()

    def test_refuses_somebody_who_is_not_in_the_family(self, client, goal):
        stranger = MembershipFactory().person
        assert client.post(to("add_action", goal), self.given(f"person-{stranger.uid}")).status_code == 400

    def test_goes_on_with_another_or_back_to_the_plan(self, client, goal):
        again = client.post(to("add_action", goal), self.given("agency", agency="GP", another="yes"))
        back = client.post(to("add_action", goal), self.given("agency", agency="GP"))
        assert again.headers["Location"] == to("add_action", goal)
        assert back.headers["Location"].endswith("/plan/?version=1")

    def test_is_changed_and_the_second_writer_told(self, client, goal, everything):
        client.post(to("add_action", goal), self.given("agency", agency="GP"))
        action = goal.actions.get()
        html = shown(client, to("change_action", action))
        seen = {name: hidden(html, name) for name in ("revision", "was")}
        change_action(action, what="Write", owner="GP", due_on=TODAY, revision=int(seen["revision"]), by=everything)
        answer = client.post(to("change_action", action), self.given("agency", agency="GP", **seen | {"what": "Go"}))
        assert answer.status_code == 409
        assert "What somebody else wrote: Write" in answer.content.decode()


class TestTheDraft:
    def test_says_what_is_missing_before_anybody_can_agree(self, client, family, everything):
        plan = start_plan(family, by=everything, on=STARTED)
        add_goal(plan, words="Peace", needs=[], by=everything)
        html = shown(client, to("plan", family))
        assert "Say who will do what for the goal “Peace”" in html
        assert "Record what an adult said" not in html

    def test_names_needs_that_no_goal_answers(self, client, family):
        draft(family)
        need(family, "housing")
        assert "Poor or overcrowded housing" in shown(client, to("plan", family))

    def test_lets_goals_and_actions_be_taken_out(self, client, family):
        plan = draft(family)
        revision = plan.revision
        client.post(to("remove_action", plan.goals.first().actions.first()), {"revision": revision})
        client.post(to("remove_goal", plan.goals.last()), {"revision": revision + 1})
        assert [goal.actions.count() for goal in plan.goals.all()] == [2]

    def test_refuses_a_removal_from_an_old_page(self, client, family):
        plan = draft(family)
        answer = client.post(to("remove_goal", plan.goals.first()), {"revision": plan.revision - 1})
        assert (answer.status_code, plan.goals.count()) == (409, 2)


class TestTheAgreedPlan:
    def test_shows_when_it_was_agreed_and_who_does_what_by_when(self, client, family):
        agreed(family)
        html = shown(client, to("plan", family))
        for expected in ("agreed", "12 March 2014", "The primary school", "1 December 2014", "Signed on paper"):
            assert expected in html

    def test_offers_no_change_of_words(self, client, family):
        goal = agreed(family).goals.first()
        assert to("change_goal", goal) not in shown(client, to("plan", family))
        assert client.get(to("change_goal", goal)).status_code == 409

    @pytest.mark.parametrize(("day", "late"), [("2014-10-20", 0), ("2014-10-21", 2)])
    def test_marks_what_is_overdue(self, client, family, settings, day, late):
        agreed(family)
        settings.SERVICE_DATE = day
        assert shown(client, to("plan", family)).count("Overdue") == late

    def test_is_got_done(self, client, family):
        action = agreed(family).goals.first().actions.first()
        client.post(to("finish_action", action))
        assert to("reopen_action", action) in shown(client, to("plan", family))
        client.post(to("reopen_action", action))
        action.refresh_from_db()
        assert action.state == "open"

    def test_is_changed_by_a_new_version_that_leaves_it_in_force(self, client, family):
        old = agreed(family)
        answer = client.post(to("start_plan", family))
        assert answer.headers["Location"] == f"{to('plan', family)}?version=2"
        html = shown(client, to("plan", family))
        assert "The family has not agreed to these changes yet" in html
        assert "Version 1" in html
        assert f"agreed {old.agreed_on}"[:6] in shown(client, to("plan", family), version=1)

    def test_takes_as_many_queries_for_many_goals_as_for_one(self, client, family, django_assert_max_num_queries):
        plan = draft(family, goals=1)
        client.get(to("plan", family))
        with django_assert_max_num_queries(45) as few:
            client.get(to("plan", family))
        for number in range(5):
            goal = add_goal(
                plan, words=f"More {number}", needs=[need(family, k) for k in KINDS[number]], by=plan.started_by
            )
            goal.actions.model.objects.bulk_create(
                goal.actions.model(family=family, goal=goal, what="x", agency="GP", due_on=TODAY) for _ in range(4)
            )
        with django_assert_max_num_queries(len(few)):
            client.get(to("plan", family))

    def test_of_a_version_that_does_not_exist_is_not_found(self, client, family):
        agreed(family)
        for version in ("7", "x", "99999999999"):
            assert client.get(to("plan", family), {"version": version}).status_code == 404


KINDS = (("housing",), ("health",), ("poverty",), ("crime",), ("choice",))


class TestRecordingWhatAnAdultSaid:
    def given(self, person, html, said="agreed", **more):
        answers = {"person": str(person.uid), "said": said, "how": "paper", "revision": hidden(html, "revision")}
        return answers | day_of("said_on", TODAY) | more

    def test_makes_it_the_familys_plan(self, client, family):
        draft(family)
        html = shown(client, to("record_answer", family))
        client.post(to("record_answer", family), self.given(parents(family)[0], html))
        assert (Plan.objects.get().state, Plan.objects.get().agreed_on) == ("agreed", TODAY)

    def test_keeps_a_refusal_with_its_reason(self, client, family):
        draft(family)
        html = shown(client, to("record_answer", family))
        given = self.given(parents(family)[0], html, "refused", reason="Too much at once")
        client.post(to("record_answer", family), given)
        assert Plan.objects.get().state == "draft"
        assert "Too much at once" in shown(client, to("plan", family))

    def test_asks_why_not(self, client, family):
        draft(family)
        html = shown(client, to("record_answer", family))
        answer = client.post(to("record_answer", family), self.given(parents(family)[0], html, "refused"))
        assert (answer.status_code, "Answer “Why not?”" in answer.content.decode()) == (400, True)

    def test_names_no_child(self, client, family):
        draft(family)
        child = Membership.objects.filter(part="child").first().person
        assert str(child.uid) not in shown(client, to("record_answer", family))

    def test_to_words_that_changed_meanwhile_shows_them_and_keeps_what_was_typed(self, client, family, everything):
        plan = draft(family)
        html = shown(client, to("record_answer", family))
        add_goal(plan, words="Slipped in", needs=[], by=everything)
        answer = client.post(to("record_answer", family), self.given(parents(family)[0], html))
        assert answer.status_code == 409
        assert "Slipped in" in answer.content.decode()
        assert Plan.objects.get().state == "draft"

    def test_lists_what_is_missing(self, client, family, everything):
        plan = start_plan(family, by=everything, on=STARTED)
        goal = add_goal(plan, words="Peace", needs=[], by=everything)
        html = shown(client, to("record_answer", family))
        answer = client.post(to("record_answer", family), self.given(parents(family)[0], html))
        assert answer.status_code == 422
        assert to("add_action", goal) in answer.content.decode()


class TestTheTitles:
    def test_name_the_family(self, client, family):
        goal = draft(family).goals.first()
        pages = [to(name, family) for name in ("add_goal", "record_answer")]
        for page in [*pages, reverse("casework:add_action", args=[goal.uid])]:
            assert re.search(r"<title>[^<]*The Hartleys[^<]*</title>", shown(client, page))


class TestTheViewLog:
    def test_has_a_row_for_each_look_and_each_print(self, client, family, worker):
        agreed(family)
        client.get(to("plan", family))
        client.get(to("print_plan", family))
        assert list(View.objects.filter(user=worker).order_by("pk").values_list("what", flat=True)) == [
            "Plan, version 1",
            "Plan printed, version 1",
        ]


class TestThePaper:
    def text(self, client, family, **query):
        answer = client.get(to("print_plan", family), query)
        assert answer.headers["Content-Type"] == "application/pdf"
        return words(answer.content)

    def test_says_in_plain_words_who_does_what_by_when(self, client, family):
        plan = draft(family)
        text = self.text(client, family)
        assert "OFFICIAL-SENSITIVE" in text
        assert "Our plan: The Hartleys" in text
        assert "not agreed yet" in text
        for goal in plan.goals.all():
            assert goal.words in text
            assert all(action.what in text for action in goal.actions.all())
        assert str(parents(family)[1]) in text
        assert text.count("Date") == 3  # two parents and the worker sign

    def test_fits_one_page(self, client, family):
        draft(family)
        assert "Page 1 of 1" in self.text(client, family)

    def test_says_who_has_agreed(self, client, family):
        agreed(family)
        text = self.text(client, family)
        assert f"{parents(family)[0]} agreed: signed on paper, 12 March 2014." in text

    def test_asks_nobody_to_sign_what_they_refused(self, client, family, everything):
        plan = draft(family)
        who = {"person": parents(family)[1], "said": Said.REFUSED, "how": How.IN_PERSON, "said_on": STARTED}
        record_answer(plan, reason="Not for me", revision=plan.revision, by=everything, **who)
        text = self.text(client, family)
        assert f"{parents(family)[1]} did not agree to this plan (said on 10 March 2014)" in " ".join(text.split())
        assert text.count("Date") == 2  # the other parent and the worker
        assert "Not for me" not in text

    def test_names_nobody_who_lives_elsewhere_and_no_address(self, client, family, everything):
        away = MembershipFactory(family=family, part="away", address="12 Hidden Row").person
        lives(family.memberships.filter(part="parent").first(), address="1 Safe Street", phone="01509 000000")
        plan = draft(family)
        record_answer(
            plan, person=away, said=Said.AGREED, how=How.PHONE, said_on=STARTED, revision=plan.revision, by=everything
        )
        text = self.text(client, family)
        for secret in (away.given_names + " " + away.family_name, "Hidden Row", "Safe Street", "01509"):
            assert secret not in text

    def test_is_of_the_version_asked_for(self, client, family):
        agreed(family)
        client.post(to("start_plan", family))
        assert "version 1. Agreed" in self.text(client, family, version=1)
        assert "version 2. Draft" in self.text(client, family)


class TestThrowingADraftAway:
    def test_is_asked_before_it_is_done(self, client, family):
        draft(family)
        assert to("throw_away_plan", family) in shown(client, to("plan", family))
        page = shown(client, to("throw_away_plan", family))
        assert "We want mornings without shouting 0" in page
        assert Plan.objects.get().state == "draft"
        answer = client.post(to("throw_away_plan", family), {"revision": hidden(page, "revision")}, follow=True)
        assert "Version 1 of the plan is thrown away." in answer.content.decode()
        assert Plan.objects.get().state == "dropped"

    def test_says_what_stays_in_force_and_can_be_read_later(self, client, family, everything):
        agreed(family)
        plan = start_plan(family, by=everything, on=STARTED)
        page = shown(client, to("throw_away_plan", family))
        assert "Version 1, which the family agreed to" in page
        client.post(to("throw_away_plan", family), {"revision": plan.revision})
        assert "Thrown away" in shown(client, to("plan", family))
        assert "This draft was thrown away" in shown(client, to("plan", family), version=2)

    def test_that_changed_meanwhile_is_a_conflict(self, client, family):
        plan = draft(family)
        answer = client.post(to("throw_away_plan", family), {"revision": plan.revision - 1})
        assert answer.status_code == 409
        assert Plan.objects.get().state == "draft"

    def test_is_not_offered_for_an_agreed_plan(self, client, family):
        agreed(family)
        assert client.get(to("throw_away_plan", family)).status_code == 404
        assert to("throw_away_plan", family) not in shown(client, to("plan", family))
