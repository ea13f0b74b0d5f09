"""The plan's pages as a worker writes it: goals, actions, a draft thrown away, two who write at once."""

import re
from datetime import date

import pytest

from casework.plans.models import Plan
from casework.plans.services import add_goal, change_action, change_goal, start_plan
from tests.casework.plans.browsing import day_of, hidden, shown, to
from tests.casework.plans.factories import STARTED, agreed, draft, need, parents
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


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

    def test_keeps_its_needs_when_only_its_words_change(self, family, everything):
        goal = draft(family).goals.first()
        before = list(goal.needs.all())
        change_goal(goal, words="Others", needs=goal.needs.all(), revision=goal.plan.revision, by=everything)
        assert list(goal.needs.all()) == before != []

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
