from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from casework.lone_working import services
from casework.lone_working.models import AlarmCall, Outing, SafeWord, Watch
from casework.lone_working.rules import Going, Rank
from slf.access.rules import Role
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.lone_working.factories import PHONE, PLACE, by, out, pass_by, turn

pytestmark = pytest.mark.django_db
WORD = "kettle"


def back(outing, message=""):
    with by(outing.user), transaction.atomic():
        services.come_back(outing, message=message, by=outing.user)


def look(source="beat"):
    with by(None):
        return services.look(source)


def seen_by(user) -> list[str]:
    with by(user):
        return [row.because or "late" for row in services.late_for(user)]


def called(outing, user) -> list[tuple[str, str]]:
    with by(user):
        return [(call.user.username, call.rank) for call in AlarmCall.objects.filter(outing=outing)]


class TestGoingOut:
    def test_is_armed_on_the_server_and_only_once(self, worker, charnwood):
        first = out(worker, charnwood)
        going = Going("Elsewhere", PHONE, timezone.now() + timedelta(hours=2))
        with by(worker), pytest.raises(Conflict, match="out already"):
            services.go_out(going, locality=charnwood, by=worker)
        with by(worker):
            again = services.go_out(Going(PLACE, PHONE, first.due_at), locality=charnwood, by=worker)
        assert again == first

    def test_is_seen_by_nobody_else_until_they_are_late(self, worker, charnwood, responder, manager):
        turn(responder, charnwood, manager)
        outing = out(worker, charnwood)
        assert (seen_by(responder), seen_by(manager)) == ([], [])
        pass_by(outing, minutes=61)
        assert (seen_by(responder), seen_by(manager)) == (["late"], [])

    def test_is_forgotten_some_days_after_they_are_back(self, worker, charnwood):
        outing = out(worker, charnwood)
        pass_by(outing, days=8)
        back(outing)
        pass_by(outing, days=8)
        with by(None):
            assert services.forget_outings() == 1
        with by(worker):
            assert not Outing.objects.exists()

    def test_more_time_is_given_until_somebody_is_called(self, worker, charnwood, responder):
        outing = out(worker, charnwood)
        with by(worker):
            services.stay_out(outing, due_at=outing.due_at + timedelta(hours=1), by=worker)
        pass_by(outing, hours=3)
        look()
        with by(worker), pytest.raises(NotAllowed, match="raised already"):
            services.stay_out(outing, due_at=timezone.now() + timedelta(hours=1), by=worker)


class TestBeingLate:
    def test_raises_the_alarm_after_the_grace_and_calls_who_is_on_the_roster(
        self, worker, charnwood, responder, manager
    ):
        turn(responder, charnwood, manager)
        outing = out(worker, charnwood)
        pass_by(outing, minutes=70)
        assert look() == 0
        pass_by(outing, minutes=6)
        assert (look(), look()) == (1, 0)
        assert called(outing, responder) == [("responder", "first")]
        assert [message.to for message in mail.outbox] == [["responder@example.org"]]
        assert PLACE not in mail.outbox[0].body
        assert "ann" not in mail.outbox[0].body

    def test_calls_the_seniors_and_managers_where_nobody_is_on_the_roster(self, worker, charnwood, responder, manager):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        look()
        assert {name for name, _ in called(outing, responder)} == {"responder", "manager.charnwood"}

    def test_calls_the_deputy_once_nobody_has_answered(self, worker, charnwood, responder, manager, post):
        turn(responder, charnwood, manager)
        deputy = post(Role.FSW, charnwood, "deputy")
        turn(deputy, charnwood, manager, rank=Rank.DEPUTY)
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        look()
        assert seen_by(deputy) == []
        pass_by(outing, minutes=11)
        look()
        assert ("deputy", "deputy") in called(outing, responder)
        assert seen_by(deputy) == ["overdue"]

    def test_calls_nobody_else_once_somebody_answers_and_is_over_when_that_one_closes_it(
        self, worker, charnwood, responder, manager
    ):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        look()
        with by(responder), transaction.atomic():
            services.answer_alarm(outing, by=responder)
            services.answer_alarm(outing, by=responder)
        with by(manager), pytest.raises(Conflict, match="answers this alarm"), transaction.atomic():
            services.answer_alarm(outing, by=manager)
        mail.outbox.clear()
        pass_by(outing, hours=1)
        look()
        assert mail.outbox == []
        with by(responder), transaction.atomic():
            services.close_alarm(outing, outcome="Spoke to her: her car broke down.", by=responder)
        assert seen_by(responder) == []
        with by(worker):
            assert services.outing_of(worker) is None

    def test_is_mailed_again_until_somebody_answers(self, worker, charnwood, responder):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        look()
        pass_by(outing, minutes=11)
        look()
        assert [message.to for message in mail.outbox].count(["responder@example.org"]) == 2


class TestTheWordForDuress:
    @pytest.fixture
    def outing(self, worker, charnwood):
        with by(worker), transaction.atomic():
            services.choose_word(WORD, by=worker)
        return out(worker, charnwood)

    def test_is_kept_as_a_digest_alone(self, outing, worker):
        with by(worker):
            kept = SafeWord.objects.get()
        assert WORD.encode() not in bytes(kept.digest) + bytes(kept.salt)

    def test_raises_the_alarm_and_shows_whoever_sends_it_nothing_of_that(self, outing, worker, responder):
        back(outing, "Home soon, put the kettle on")
        assert seen_by(responder) == ["duress"]
        with by(worker):
            mine = Outing.objects.get()
            assert (services.outing_of(worker), mine.told_to_its_owner) == (None, False)

    def test_any_other_message_is_only_a_message(self, outing, responder):
        back(outing, "Home soon, put the oven on")
        assert seen_by(responder) == []

    def test_calls_again_who_had_answered_that_they_were_late(self, outing, worker, responder):
        pass_by(outing, hours=2)
        look()
        with by(responder), transaction.atomic():
            services.answer_alarm(outing, by=responder)
        mail.outbox.clear()
        back(outing, WORD)
        look()
        assert [message.to for message in mail.outbox] == [["responder@example.org"]]


class TestCallingForHelp:
    def test_calls_at_once_and_leaves_one_out(self, worker, charnwood, responder):
        outing = out(worker, charnwood)
        with by(worker), transaction.atomic():
            services.call_for_help(outing, by=worker)
            services.call_for_help(outing, by=worker)
            assert services.outing_of(worker).told_to_its_owner
        assert seen_by(responder) == ["help"]


class TestTheClock:
    def test_has_stopped_when_nobody_looked_and_whatever_runs_looks_in_its_place(self, worker, charnwood, responder):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        assert not services.clock().runs
        with by(None):
            assert services.stand_in("web")
            assert not services.stand_in("web")
        assert seen_by(responder) == ["overdue"]
        assert (services.clock().runs, services.clock().is_itself) == (True, False)

    def test_tells_administrators_once_that_it_stopped(self, post):
        admin = post(Role.ADMIN)
        admin.email = "admin@example.org"
        admin.save()
        look("beat")
        with connection.cursor() as cursor:
            cursor.execute("select slf.let_time_pass(null, interval '5 minutes')")
        look("worker")
        look("worker")
        assert [message.to for message in mail.outbox] == [["admin@example.org"]]

    def test_what_is_late_is_late_whether_it_runs_or_not(self, worker, charnwood, responder):
        pass_by(out(worker, charnwood), hours=2)
        assert not Watch.objects.exists()
        assert seen_by(responder) == ["late"]


class TestTheRoster:
    def test_is_kept_by_who_supervises_the_locality(self, responder, manager, charnwood, melton, post):
        elsewhere = post(Role.MANAGER, melton)
        with pytest.raises(NotForYou):
            turn(responder, charnwood, elsewhere)
        with pytest.raises(NotForYou):
            turn(responder, None, manager)
        assert turn(responder, charnwood, manager) is not None

    def test_has_nobody_twice_at_one_time_and_a_turn_can_be_ended(self, responder, manager, charnwood):
        made = turn(responder, charnwood, manager)
        with pytest.raises(Conflict, match="on the roster then already"):
            turn(responder, charnwood, manager)
        with by(manager), transaction.atomic():
            services.end_turn(made, by=manager)
            services.end_turn(made, by=manager)
        assert not services.is_on_roster(charnwood)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_outing set raised_at = null, because = ''",
            "delete from casework_outing",
            "insert into casework_alarmcall (outing_id, user_id, rank) select 1, 1, 'first'",
            "update casework_watch set looked_at = now()",
            "delete from casework_turn",
        ],
    )
    def test_lets_functions_alone_write(self, worker, charnwood, sql):
        out(worker, charnwood)
        with by(worker), pytest.raises(ProgrammingError, match="permission denied"):
            run(sql)

    def test_lets_nobody_say_that_somebody_else_is_back_or_answer_their_own(self, worker, charnwood, responder):
        outing = out(worker, charnwood)
        pass_by(outing, hours=2)
        look()
        for user, sql in (
            (responder, "select 1 / slf.back_from_outing(%s, false)::integer"),
            (worker, "select 1 / slf.answer_alarm(%s)::integer"),
            (worker, "select 1 / slf.close_alarm(%s, 'x')::integer"),
        ):
            with by(user), pytest.raises(Exception, match="division by zero"):
                run(sql, str(outing.uid))

    def test_lets_nobody_go_out_for_a_locality_that_is_not_theirs(self, worker, melton):
        with by(worker), pytest.raises(ProgrammingError, match="hold no post in"):
            run("select slf.go_out(%s, '', 'x', '1', now(), 1)", melton.pk)

    def test_keeps_one_outing_of_a_person(self, worker, charnwood):
        out(worker, charnwood)
        with by(worker), pytest.raises(IntegrityError, match="one_at_a_time"):
            run("select slf.go_out(%s, '', 'x', '1', now(), 1)", charnwood.pk)
