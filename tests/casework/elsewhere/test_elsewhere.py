"""What was agreed elsewhere is offered where an action is added, begins its form, and is settled by that action."""

import re
from datetime import date

import pytest
from django.db import Error, transaction
from django.urls import reverse

from casework.carried.models import Carried
from casework.elsewhere.services import agreed_elsewhere
from casework.meetings.models import MeetingAction
from casework.plans.models import Action, Plan
from casework.plans.rules import How, Said
from casework.plans.services import finish_action, record_answer, throw_away_plan
from casework.supervision.models import AgreedAction
from casework.tasks.about import About
from casework.to_do.listing import to_do
from slf.access.acting import acting_as
from tests.at_once import acting
from tests.casework.around.factories import acted, invitee, people, planned
from tests.casework.closing.factories import TODAY, worked
from tests.casework.plans.factories import draft
from tests.casework.provenance.factories import marked
from tests.casework.supervision.factories import agreed, decided, held
from tests.casework.tasks.factories import task
from tests.casework.visits.factories import VisitFactory

pytestmark = pytest.mark.django_db
DUE = date(2014, 10, 24)
ALL = ["Agree a bedtime", "Ask the landlord", "Ring the school nurse", "See the head teacher"]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def goal(family, everything):
    with acting_as(everything):
        return draft(family, goals=1).goals.get()


@pytest.fixture
def things(family, worker, senior):
    """One thing agreed on a visit, at a meeting, in supervision, and as a task; by what is to be done."""
    parent = str(people(family)[0])
    visit = VisitFactory(family=family, next_step=ALL[0], recorded_by=worker, happened_on=date(2014, 10, 10))
    meeting = acted(planned(family, worker), worker, owner=parent, what=ALL[3], due_on=DUE)
    decided(held(worker, senior), family, senior, action=agreed(ALL[2], DUE), owner=worker)
    with acting(worker):
        action = AgreedAction.objects.get()
    return {
        "visit": visit, "meeting": meeting, "supervision": action,
        "task": task(family, by=worker, what=ALL[1], due_on=DUE),
    }  # fmt: skip


def offered(family, user):
    with acting(user):
        return [one.what for one in agreed_elsewhere(family, by=user)]


def at(goal, kind, row):
    return reverse("casework:carry_over", args=[goal.uid, kind, row.uid])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def typed(form, **other):
    """Return a form as it was begun, sent."""
    due = form["due_on"].value()
    day = {f"due_on_{part}": getattr(due, part) for part in ("day", "month", "year")} if due else {}
    return {"what": form["what"].value(), "owner": form["owner"].value() or "", **day, **other}


def carried(client, goal, kind, row, **other):
    form = client.get(at(goal, kind, row)).context["form"]
    return client.post(at(goal, kind, row), typed(form, **other))


def lived_by(goal, by):
    """Let the family agree to the draft."""
    plan = Plan.objects.get(pk=goal.plan_id)
    record_answer(
        plan, person=people(plan.family)[0], said=Said.AGREED, how=How.PAPER, said_on=TODAY, revision=plan.revision,
        by=by,
    )  # fmt: skip


class TestWhatWasAgreedElsewhere:
    def test_is_offered_beside_the_form_and_begins_it(self, family, goal, things, worker, signed_in):
        mine = signed_in(worker)
        page = text(mine.get(reverse("casework:add_action", args=[goal.uid])))
        assert all(what in page for what in ALL)
        begun = {}
        for kind, row in things.items():
            form = mine.get(at(goal, kind, row)).context["form"]
            begun[kind] = (form["what"].value(), form["owner"].value(), form["due_on"].value())
        me, parent = f"worker-{worker.uid}", f"person-{people(family)[0].uid}"
        assert begun == {
            "visit": (ALL[0], None, None), "meeting": (ALL[3], parent, DUE), "supervision": (ALL[2], me, DUE),
            "task": (ALL[1], me, DUE),
        }  # fmt: skip

    def test_is_asked_for_in_as_many_queries_however_much_it_is(
        self, family, goal, things, worker, django_assert_num_queries
    ):
        with acting(worker):
            agreed_elsewhere(family, by=worker)
        for number in range(4):
            task(family, by=worker, what=f"Ring again {number}", due_on=DUE)
        with acting(worker), django_assert_num_queries(6):
            assert len(agreed_elsewhere(family, by=worker)) == 8

    def test_is_without_what_is_kept_from_somebody(self, family, things, worker):
        mother = people(family)[0]
        marked("visit", things["visit"], worker, kept_from=frozenset({mother.pk}))
        meeting, parent = things["meeting"].meeting, str(mother)
        teacher = invitee(meeting, "Ann Hall").pk
        acted(meeting, worker, owner=parent, what="Not for the school", due_on=DUE, kept_from=[teacher])
        task(family, by=worker, what="Ask about the concern", due_on=DUE, about=About("family_concerns"))
        assert offered(family, worker) == [ALL[1], ALL[2], ALL[3]]

    def test_of_a_colleague_is_theirs_to_carry_over(self, family, goal, worker, senior, signed_in):
        theirs = task(family, by=senior, what="Look at the file", due_on=DUE)
        assert offered(family, worker) == []
        assert signed_in(worker).get(at(goal, "task", theirs)).status_code == 404

    def test_of_another_family_is_as_none(self, goal, worker, signed_in, everything):
        other = worked(worker)
        with acting_as(everything):
            visit = VisitFactory(family=other, next_step="Elsewhere")
        mine = signed_in(worker)
        answers = [mine.get(at(goal, "visit", visit)), mine.get(at(goal, "visit", goal)), mine.get(at(goal, "x", goal))]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].content == answers[1].content


class TestCarriedOver:
    @pytest.fixture
    def mine(self, worker, signed_in):
        return signed_in(worker)

    def listed(self, worker):
        with acting(worker):
            return sorted(one.what for one in to_do(worker))

    def test_it_stands_on_its_list_until_the_family_lives_by_the_plan_and_then_once(
        self, family, goal, things, worker, mine, everything
    ):
        for kind in ("supervision", "task", "meeting"):
            assert carried(mine, goal, kind, things[kind]).status_code == 302
        assert offered(family, worker) == [ALL[0]]
        assert self.listed(worker) == [ALL[1], ALL[2]]
        with acting_as(everything):
            lived_by(goal, everything)
        with acting(worker):
            assert [(one.source, one.what) for one in to_do(worker) if one.what in ALL] == [
                ("plan", ALL[1]), ("plan", ALL[2]),
            ]  # fmt: skip
            assert not MeetingAction.objects.to_do().exists()
        assert "On the plan" in text(mine.get(reverse("casework:task", args=[things["task"].uid])))
        assert "On the plan" in text(mine.get(reverse("casework:tasks_of_family", args=[family.uid])))
        assert "On the plan" in text(mine.get(reverse("casework:family_supervision", args=[family.uid])))
        assert "On the plan" in text(mine.get(things["meeting"].meeting.get_absolute_url()))
        with acting(worker):
            for action in Action.objects.filter(what__in=ALL):
                finish_action(action, on=TODAY, by=worker)
            Plan.objects.filter(pk=goal.plan_id).update(state="replaced")
        assert self.listed(worker) == []

    def test_it_comes_back_when_the_draft_is_thrown_away(self, family, goal, things, worker, mine):
        carried(mine, goal, "task", things["task"])
        assert ALL[1] not in offered(family, worker)
        goal.plan.refresh_from_db()
        with acting(worker):
            throw_away_plan(goal.plan, revision=goal.plan.revision, by=worker)
        assert ALL[1] in offered(family, worker)

    def test_it_is_there_once_however_often_it_is_sent_and_otherwise_refused(self, goal, things, mine):
        for _ in range(2):
            assert carried(mine, goal, "task", things["task"]).status_code == 302
        refused = carried(mine, goal, "task", things["task"], what="Something else")
        assert refused.status_code == 400
        assert "on the plan already: “Ask the landlord”" in text(refused)
        assert (Action.objects.filter(what=ALL[1]).count(), Carried.objects.count()) == (1, 1)

    def test_it_goes_through_the_api_as_it_was_agreed(self, family, goal, things, worker, api):
        address = reverse("api-agreed-elsewhere", args=[family.uid])
        client = api(worker)
        found = {one["kind"]: one for one in client.get(address).json()}
        assert found["supervision"]["owner"]["worker"] == str(worker.uid)
        body = {"goal": str(goal.uid), "from": {"kind": "task", "uid": found["task"]["uid"]}}
        made = client.post(address, body, format="json")
        assert (made.status_code, made.json()["what"], made.json()["due_on"]) == (201, ALL[1], DUE.isoformat())
        body = {"goal": str(goal.uid), "from": {"kind": "visit", "uid": str(things["visit"].uid)}}
        assert set(client.post(address, body, format="json").json()["errors"]) == {"owner", "due_on"}

    def test_the_database_carries_nothing_to_another_family(self, family, goal, things, worker, everything):
        action = goal.actions.first()
        other = worked(worker)
        said = {"kind": "task", "source": things["task"].uid, "thread": action.thread, "carried_on": TODAY}
        with pytest.raises(Error, match="of its own family"), acting(worker), transaction.atomic():
            Carried.objects.create(family=other, carried_by=worker, **said)
        with pytest.raises(Error, match="own name"), acting(worker), transaction.atomic():
            Carried.objects.create(family=family, carried_by=everything, **said)
