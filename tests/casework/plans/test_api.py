"""A family's plan for programs, from the first goal to the last action."""

import pytest
from django.urls import reverse

from casework.plans.models import Plan
from slf.access.models import View
from slf.access.rules import Role
from tests.casework.plans.factories import agreed, draft, need, parents
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]


@pytest.fixture
def family():
    return FamilyFactory(household=True)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def call(senior, api, family):
    """Return ``call("goals", {...})``: post to the plan of the family."""
    program = api(senior)

    def send(part="", body=None, *, method="post", action=None):
        args = [family.uid, action.uid] if action else [family.uid]
        address = reverse(f"api-plan{part and '-' + part}", args=args)
        return getattr(program, method)(address, body, **({} if method == "get" else {"format": "json"}))

    return send


def said(family, plan, **more):
    person = str(parents(family)[0].uid)
    answer = {"person": person, "said": "agreed", "how": "paper", "said_on": "2014-10-15"}
    return answer | {"revision": plan["revision"]} | more


class TestAWholePlan:
    def test_is_started_written_agreed_to_and_got_done(self, call, family, senior):
        tie = need(family)
        assert call().status_code == 201
        goal = call("goals", {"words": "Mornings without shouting", "needs": [str(tie.uid)]}).json()
        assert goal["answers"] == [str(tie.uid)]
        for owner in ({"person": str(parents(family)[0].uid)}, {"worker": str(senior.uid)}, {"agency": "GP"}):
            sent = {"goal": goal["uid"], "what": "Ring", "owner": owner, "due_on": "2014-11-01"}
            assert call("actions", sent).status_code == 201
        plan = call(method="get").json()
        answer = call("agree", said(family, plan))
        assert (answer.status_code, answer.json()["state"]) == (201, "agreed")
        action = Plan.objects.get().goals.get().actions.first()
        assert call("finish", action=action).json()["state"] == "done"
        assert call("finish", action=action).status_code == 409
        assert call("reopen", action=action).json()["done_on"] is None


class TestReadingAPlan:
    def test_gives_all_of_the_version_in_hand_and_logs_it(self, call, family, senior):
        agreed(family)
        plan = call(method="get").json()
        assert (plan["number"], plan["state"], plan["agreed_on"]) == (1, "agreed", "2014-03-12")
        assert [len(goal["actions"]) for goal in plan["goals"]] == [3, 3]
        assert plan["goals"][0]["actions"][0]["owner"]["worker"]
        assert plan["said"][0]["said"] == "agreed"
        assert View.objects.filter(user=senior, family_id=family.pk, what="Plan, version 1").exists()

    def test_that_does_not_exist_is_not_found(self, call):
        assert call(method="get").status_code == 404

    def test_takes_as_many_queries_for_many_goals_as_for_one(self, call, family, django_assert_max_num_queries):
        draft(family, goals=1)
        call(method="get")
        with django_assert_max_num_queries(40) as few:
            call(method="get")
        draft(family, goals=5)
        with django_assert_max_num_queries(len(few)):
            call(method="get")


class TestRefusals:
    def test_of_a_change_to_an_agreed_plan_are_problems(self, call, family):
        agreed(family)
        answer = call("goals", {"words": "More"})
        assert answer.status_code == 409
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].startswith("The family has agreed to this version")

    def test_of_an_answer_to_an_earlier_revision(self, call, family):
        plan = draft(family)
        assert call("agree", said(family, {"revision": plan.revision - 1})).status_code == 409

    def test_of_an_unfinished_plan_list_what_is_missing(self, call, family):
        call()
        answer = call("agree", said(family, call(method="get").json()))
        assert answer.status_code == 422
        assert answer.json()["missing"][0]["what"] == "Add at least one goal"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"said": "refused"}, "reason"),
            ({"said_on": "2014-10-16"}, "said_on"),
            ({"how": "telepathy"}, "how"),
        ],
    )
    def test_of_an_answer_name_the_field(self, call, family, more, field):
        plan = draft(family)
        answer = call("agree", said(family, {"revision": plan.revision}, **more))
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])

    @pytest.mark.parametrize("owner", [{}, {"agency": "GP", "worker": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}])
    def test_of_an_action_with_no_owner_or_two(self, call, family, owner):
        goal = draft(family).goals.first()
        sent = {"goal": str(goal.uid), "what": "Ring", "owner": owner, "due_on": "2014-11-01"}
        assert call("actions", sent).status_code == 400


class TestAChangeFromAStateThatIsNotTheLast:
    """The ETag of a plan names its version and revision; ``If-Match`` sends it back."""

    @pytest.fixture
    def tag(self, call, family):
        draft(family)
        return call(method="get")["ETag"]

    @pytest.fixture
    def send(self, senior, api, family):
        def make(method, part="", body=None, **headers):
            address = reverse(f"api-plan{part and '-' + part}", args=[family.uid])
            return getattr(api(senior), method)(address, body, format="json", headers=headers)

        return make

    def test_throws_the_draft_away_when_it_is(self, send, tag):
        assert send("delete", **{"If-Match": tag}).status_code == 204
        assert Plan.objects.get().state == "dropped"
        assert send("get").status_code == 404

    def test_throws_nothing_away_unless_it_says_what_it_saw(self, send, tag):
        answer = send("delete")
        assert (answer.status_code, answer["Content-Type"]) == (428, "application/problem+json")
        assert Plan.objects.get().state == "draft"

    @pytest.mark.parametrize(
        ("method", "part"), [("delete", ""), ("post", "goals"), ("post", "actions"), ("post", "agree")]
    )
    def test_is_a_lost_race(self, send, tag, family, method, part):
        goal = Plan.objects.get().goals.first()
        bodies = {
            "goals": {"words": "More"},
            "actions": {"goal": str(goal.uid), "what": "Ring", "owner": {"agency": "GP"}, "due_on": "2014-11-01"},
            "agree": said(family, {"revision": Plan.objects.get().revision}),
        }
        assert send("post", "goals", {"words": "Somebody else was here"}, **{"If-Match": tag}).status_code == 201
        before = Plan.objects.get().revision
        answer = send(method, part, bodies.get(part), **{"If-Match": tag})
        assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
        assert (Plan.objects.get().revision, Plan.objects.get().state) == (before, "draft")

    def test_of_any_state_is_made_when_that_is_said(self, send, tag):
        assert send("delete", **{"If-Match": "*"}).status_code == 204

    @pytest.fixture
    def one(self, senior, api, family):
        """Return ``one(method, goal or action, body)``: on one goal or action, as the plan was last read."""

        def make(method, thing, body=None, *, tag):
            address = reverse(f"api-plan-{thing._meta.model_name}", args=[family.uid, thing.uid])
            return getattr(api(senior), method)(address, body, format="json", headers={"If-Match": tag})

        return make

    def test_of_a_goal_gives_the_plan_as_it_reads_then(self, one, tag, family):
        goal = Plan.objects.get().goals.first()
        ties = list(goal.needs.all())
        answer = one("patch", goal, {"words": "In other words"}, tag=tag)
        assert (answer.status_code, answer.json()["goals"][0]["words"]) == (200, "In other words")
        assert list(goal.needs.all()) == ties
        assert one("patch", goal, {"words": "Too late"}, tag=tag).status_code == 412
        assert one("delete", goal, tag=answer["ETag"]).status_code == 200
        assert Plan.objects.get().goals.count() == 1

    def test_of_an_action_gives_the_plan_as_it_reads_then(self, one, tag, family):
        action = Plan.objects.get().goals.first().actions.first()
        answer = one("patch", action, {"owner": {"agency": "GP"}}, tag=tag)
        changed = next(a for a in answer.json()["goals"][0]["actions"] if a["uid"] == str(action.uid))
        assert (changed["owner"]["agency"], changed["what"]) == ("GP", action.what)
        assert one("delete", action, tag=tag).status_code == 412
        assert one("delete", action, tag=answer["ETag"]).status_code == 200

    def test_of_an_agreed_plan_is_refused_by_the_rule(self, send, call, family):
        agreed(family)
        answer = send("delete", **{"If-Match": call(method="get")["ETag"]})
        assert answer.status_code == 409
