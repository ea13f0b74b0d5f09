"""Who reaches which row: whoever is out their own, whoever answers those who are late, and nobody else anything."""

import ast
from pathlib import Path

import pytest
from django.db import Error, connection, transaction
from django.test import override_settings
from django.urls import reverse

from casework.lone_working.middleware import StandInMiddleware
from casework.lone_working.services import late_for
from slf.access.rules import POSTS, Role
from tests.casework.lone_working.factories import PLACE, by, out, pass_by, turn

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
MINE = ("back_from_outing", "stay_out", "call_for_help")
THEIRS = ("answer_alarm", "close_alarm")
MAY_USE = {"casework/lone_working", "performance/home/lone_working.py", "performance/demo/lone_working.py"}


@pytest.fixture
def others(post, charnwood, melton):
    """Everybody who has nothing to do with it: each role, here (but for those who answer) and elsewhere."""
    answer = {Role.SENIOR, Role.MANAGER}
    return [post(role, charnwood) for role in POSTS if role not in answer] + [post(role, melton) for role in POSTS]


def refused(user, statement: str, *values) -> str:
    with by(user), pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def status(client, name, outing, body=None) -> int:
    return client.post(reverse(f"casework:{name}", args=[outing.uid]), body or {}).status_code


class TestARow:
    def test_is_a_missing_one_to_everybody_but_who_is_out_and_who_answers(
        self, worker, charnwood, manager, others, signed_in, api
    ):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        for user in [*others, manager]:
            client = signed_in(user)
            found = {name: status(client, name, outing) for name in MINE}
            assert found == dict.fromkeys(MINE, 404), user
            for name in ("back-from-outing", "stay-out", "call-for-help"):
                assert api(user).post(reverse(f"api-{name}", args=[outing.uid])).status_code == 404
        for user in others:
            client = signed_in(user)
            assert {name: status(client, name, outing) for name in THEIRS} == dict.fromkeys(THEIRS, 404), user
            assert PLACE not in client.get(reverse("casework:alarms")).content.decode()
            for name in ("answer-alarm", "close-alarm"):
                body = {"outcome": "x"}
                assert api(user).post(reverse(f"api-{name}", args=[outing.uid]), body).status_code == 404

    def test_is_not_its_owners_to_answer(self, worker, charnwood, signed_in):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        assert {status(signed_in(worker), name, outing) for name in THEIRS} == {404}

    def test_of_the_roster_is_a_missing_one_elsewhere(self, responder, manager, charnwood, melton, post, signed_in):
        made = turn(responder, charnwood, manager)
        address = reverse("casework:end_turn", args=[made.uid])
        assert signed_in(post(Role.MANAGER, melton)).post(address).status_code == 404
        assert signed_in(post(Role.FSW, charnwood)).post(address).status_code == 403
        assert signed_in(manager).post(address).status_code == 302


class TestTheRoster:
    def test_of_a_locality_is_kept_there_in_the_database_too(self, responder, manager, charnwood, melton, post):
        turn(responder, charnwood, manager)
        other = post(Role.SENIOR, melton, "senior.melton")
        add = (
            "insert into casework_turn (uid, user_id, locality_id, rank, period, given_by_id) "
            "values (gen_random_uuid(), %s, %s, 'first', tstzrange(now(), now() + interval '1 day'), %s)"
        )
        for place in (charnwood.pk, None):
            assert "not your roster" in refused(other, add, other.pk, place, other.pk)
        assert "not your roster" in refused(
            other, "update casework_turn set period = tstzrange(now(), now() + '1 hour')"
        )


class TestItIsNeverUsedToMeasurePeople:
    def test_nothing_else_reads_its_rows(self):
        users = {
            str(file.relative_to(ROOT))
            for floor in ("slf", "families", "referrals", "casework", "performance", "bench")
            for file in (ROOT / floor).rglob("*.py")
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("casework.lone_working")
        }
        allowed = {"casework/models.py", "casework/apps.py", *(one for one in users if "/migrations/" in one)}
        strange = {one for one in users - allowed if not any(one.startswith(place) for place in MAY_USE)}
        assert strange == set()


class TestTheThirdWhoLooks:
    def test_looks_when_clock_and_workers_are_silent_whatever_is_asked_for(self, worker, charnwood, responder):
        pass_by(out(worker, charnwood), hours=2)
        with override_settings(STAND_IN_FOR_THE_CLOCK=True), by(None):
            StandInMiddleware(lambda request: None)(None)
        with by(responder):
            assert [row.because for row in late_for(responder)] == ["overdue"]
