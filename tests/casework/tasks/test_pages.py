from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.plans.models import Action
from casework.plans.rules import How, Said
from casework.plans.services import add_action, add_goal, finish_action, record_answer, start_plan
from casework.supervision.models import AgreedAction
from casework.supervision.services import mark_done
from casework.tasks.models import Task
from slf.access.rules import Role
from tests.at_once import acting
from tests.casework.diary.factories import PlannedVisitFactory
from tests.casework.plans.factories import need, parents, somebody
from tests.casework.supervision.factories import agreed, decided, held
from tests.casework.tasks.factories import DUE, RING, TODAY, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(worker, family, signed_in):
    return signed_in(worker)


def plan_with_an_action_of(worker, family):
    by, day = somebody(), date(2014, 10, 10)
    plan = start_plan(family, by=by, on=day)
    goal = add_goal(plan, words="Mornings without shouting", needs=[need(family)], by=by)
    add_action(goal, what="Visit on Monday", owner=worker, due_on=DUE, by=by)
    plan.refresh_from_db()
    said = {"said": Said.AGREED, "how": How.PAPER, "said_on": day, "revision": plan.revision}
    record_answer(plan, person=parents(family)[0], by=by, **said)


def shown(answer) -> str:
    return answer.content.decode()


class TestSettingATask:
    def test_is_one_click_from_a_record_and_leads_back_to_it(self, client, family):
        planned = PlannedVisitFactory(family=family)
        page = shown(client.get(planned.get_absolute_url()))
        door = f"{reverse('casework:set_task', args=[family.uid])}?about=planned_visit&amp;record={planned.uid}"
        assert door in page
        form = {"what": RING, "due_on": "2014-10-17"}
        answer = client.post(door.replace("&amp;", "&"), form)
        assert answer["Location"] == planned.get_absolute_url()
        assert "Planned visit" in shown(client.get(Task.objects.get().get_absolute_url()))

    def test_is_in_the_menu_of_every_page_of_the_family(self, client, family):
        page = shown(client.get(reverse("casework:visits", args=[family.uid])))
        assert f"{reverse('casework:set_task', args=[family.uid])}?about=visits" in page

    def test_keeps_what_was_typed_and_says_beside_the_answer_what_is_wrong(self, client, family):
        form = {"what": RING, "due_on": "2014-10-01"}
        answer = client.post(reverse("casework:set_task", args=[family.uid]), form)
        assert answer.status_code == 400
        assert "due today or later" in answer.context["form"].errors["due_on"][0]
        assert RING in shown(answer)


class TestMyDay:
    def panels(self, client):
        return {panel.title: panel.items for panel in client.get("/").context["panels"]}

    def test_names_what_is_due_each_one_click_from_its_form(self, client, family, worker):
        task(family, by=worker, due_on=TODAY)
        task(family, by=worker, due_on=TODAY + timedelta(9), what="Later.")
        (item,) = self.panels(client)["Tasks due"]
        assert (item.title, item.tag) == (RING, "Today")
        answer = client.post(item.href, {"words": "They rang back."}, follow=True)
        assert "They rang back." in shown(client.get(Task.objects.get(what=RING).get_absolute_url()))
        assert "Settled" in shown(answer)
        assert "Tasks due" not in self.panels(client)

    @pytest.mark.parametrize("way", ["finish_task", "hand_on_task", "put_off_task", "drop_task"])
    def test_asks_nothing_of_a_task_that_is_settled(self, client, family, worker, way):
        made = task(family, by=worker)
        client.post(reverse("casework:finish_task", args=[made.uid]), {"words": "They rang back."})
        answer = client.get(reverse(f"casework:{way}", args=[made.uid]), follow=True)
        assert answer.redirect_chain == [(made.get_absolute_url(), 302)]
        assert "settled already" in shown(answer)


class TestMyTasks:
    def test_lists_ones_own_those_for_others_and_those_settled(self, client, family, worker, senior, signed_in):
        task(family, by=worker, due_on=DUE)
        task(family, by=worker, owner=senior, what="Sign the assessment.")
        page = shown(client.get(reverse("casework:my_tasks")))
        assert RING in page
        assert "Set by you for others" in page
        client.post(reverse("casework:drop_task", args=[Task.objects.get(what=RING).uid]), {"words": "They moved."})
        assert "Settled lately" in shown(client.get(reverse("casework:my_tasks")))


class TestAllThatIsToBeDone:
    @pytest.fixture
    def mixed(self, family, worker, senior, everything):
        """A task, an action of the plan, and what was agreed in supervision, each of the worker's."""
        task(family, by=worker, due_on=DUE)
        plan_with_an_action_of(worker, family)
        decided(held(worker, senior), family, senior, action=agreed("Ring the school nurse"))
        return family

    def test_is_one_list_each_once_with_where_it_comes_from(self, client, mixed, worker, api):
        page = client.get(reverse("casework:my_tasks"))
        found = [(one.source, one.what) for one, _, _ in page.context["things"]]
        assert sorted(found) == [("plan", "Visit on Monday"), ("supervision", "Ring the school nurse"), ("task", RING)]
        text = shown(page)
        assert "3 things to do: 1 task, 1 action of a plan, 1 agreed in supervision" in text
        for one, _, _ in page.context["things"]:
            assert one.settle in text
        rows = api(worker).get("/api/v1/to-do/").json()
        assert sorted((row["source"], row["what"]) for row in rows) == sorted(found)

    def test_is_settled_where_it_comes_from_and_gone_then(self, client, mixed, worker):
        agreed_one = AgreedAction.objects.get()
        with acting(worker):
            finish_action(Action.objects.get(what="Visit on Monday"), on=TODAY, by=worker)
            mark_done(agreed_one, by=worker, on=TODAY, came_of_it="She rings back.")
        page = client.get(reverse("casework:my_tasks"))
        assert [one.source for one, _, _ in page.context["things"]] == ["task"]


class TestTheApi:
    def test_sets_lists_hands_on_and_finishes(self, api, worker, family, senior):
        program = api(worker)
        body = {"what": RING, "due_on": "2014-10-17", "about": "visits"}
        made = program.post(f"/api/v1/families/{family.uid}/tasks/", body, format="json")
        assert (made.status_code, made.json()["about"]) == (201, "visits")
        assert [row["uid"] for row in program.get("/api/v1/tasks/").json()] == [made.json()["uid"]]
        address = f"/api/v1/tasks/{made.json()['uid']}"
        to = {"owner": str(senior.uid), "words": "On leave."}
        assert program.post(f"{address}/hand-on/", to, format="json").json()["owner"] == str(senior.uid)
        done = api(senior).post(f"{address}/done/", {"words": "Done."}, format="json")
        assert [step["step"] for step in done.json()["steps"]] == ["handed_on", "done"]
        assert program.post(f"{address}/done/", {"words": "Me too."}, format="json").status_code == 409

    def test_says_the_same_of_a_stranger_and_of_nobody(self, api, worker, family, post, melton):
        stranger = post(Role.FSW, melton)
        address = f"/api/v1/families/{family.uid}/tasks/"
        answers = [
            api(worker).post(address, {"what": RING, "due_on": "2014-10-17", "owner": str(uid)}, format="json")
            for uid in (stranger.uid, family.uid)
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content
