"""The mail of the day: once, to whoever has something waiting and wants it, and nobody is named in it."""

from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.tasks.models import Task
from casework.tasks.services import finish_task
from performance.digest import jobs, rules, services
from slf.access.acting import acting_as
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import end_post
from slf.clock import LONDON
from slf.work.models import Job
from slf.work.services import run
from tests.casework.closing.factories import worked
from tests.casework.tasks.factories import RING, TODAY, task
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 7, 10, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def travel(time_machine):
    """Return ``travel(moment)``: from then on it is that moment, until the test ends."""
    return lambda moment: time_machine.move_to(moment, tick=False)


@pytest.fixture
def worker(post, charnwood):
    made = post(Role.FSW, charnwood, "fsw.charnwood")
    made.email = "fsw.charnwood@example.org"
    made.save()
    return made


@pytest.fixture
def family(worker):
    made = worked(worker, name="The Jacksons")
    task(made, by=worker, due_on=TODAY)
    forget_rights(worker)
    return made


def promised(user) -> list[Job]:
    with in_the_name_of(user):
        return list(Job.objects.filter(kind=services.SEND))


def sent(user) -> list[str]:
    for job in promised(user):
        run(job.uid)
    return [letter.body for letter in mail.outbox if letter.to == [user.email]]


class TestTheMailOfTheDay:
    def test_says_how_much_waits_and_nothing_of_whom(self, travel, worker, family):
        travel(FRIDAY)
        assert services.promise_digests() == 1
        (letter,) = sent(worker)
        assert "Tasks due: 1" in letter
        for told in ("Jackson", family.reference, RING, "school", str(family.uid)):
            assert told not in letter
        assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{promised(worker)[0].uid}@")

    def test_is_promised_and_sent_once(self, travel, worker, family):
        travel(FRIDAY)
        assert [services.promise_digests(), services.promise_digests()] == [1, 0]
        assert len(sent(worker)) == len(sent(worker)) == 1

    def test_is_sent_by_the_next_worker_where_one_was_killed_and_not_again_after_it_was_noted(
        self, travel, worker, family, monkeypatch
    ):
        travel(FRIDAY)
        services.promise_digests()
        with monkeypatch.context() as killed:
            killed.setattr(jobs, "message", lambda *a, **k: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                run(promised(worker)[0].uid)
        assert mail.outbox == []
        die(worker)
        assert len(sent(worker)) == 1
        die(worker)
        assert len(sent(worker)) == 1

    def test_is_sent_again_where_the_mail_server_said_no_and_not_where_nobody_knows(
        self, travel, worker, family, monkeypatch
    ):
        travel(FRIDAY)
        services.promise_digests()
        uid = promised(worker)[0].uid
        for error, cursor in ((SMTPDataError(451, b"Later."), None), (SMTPServerDisconnected("Gone."), jobs.LEAVES)):
            with monkeypatch.context() as failing:
                failing.setattr(jobs.EmailMessage, "send", lambda letter, error=error: throw(error))
                run(uid)
            assert [(job.cursor, job.errors > 0) for job in promised(worker)] == [(cursor, True)]
            with acting_as(worker):
                Job.objects.update(due_at=FRIDAY - timedelta(hours=1))
        assert sent(worker) == []

    def test_is_not_sent_where_nothing_waits(self, travel, worker, family):
        travel(FRIDAY)
        services.promise_digests()
        with in_the_name_of(worker):
            finish_task(Task.objects.get(), words="Done.", by=worker, on=TODAY)
        assert "Tasks due" not in "".join(sent(worker))

    def test_is_not_sent_to_whoever_turned_it_off_left_or_has_no_account(
        self, travel, worker, family, signed_in, everything
    ):
        travel(FRIDAY)
        services.promise_digests()
        signed_in(worker).post(reverse("performance:digest"), {"wanted": "off"})
        assert sent(worker) == []
        travel(FRIDAY + timedelta(days=3))
        assert services.promise_digests() == 0
        signed_in(worker).post(reverse("performance:digest"), {"wanted": "on"})
        services.promise_digests()
        end_post(worker.posts.get(), by=everything, on=date(2026, 11, 1))
        forget_rights(worker)
        assert sent(worker) == []

    def test_is_not_sent_to_an_account_that_is_closed(self, travel, worker, family):
        travel(FRIDAY)
        services.promise_digests()
        worker.is_active = False
        worker.save()
        assert sent(worker) == []
        assert services.in_post(FRIDAY.date()) == []

    def test_of_another_day_is_not_sent_late(self, travel, worker, family):
        travel(FRIDAY)
        services.promise_digests()
        travel(FRIDAY + timedelta(days=1))
        assert sent(worker) == []


def throw(error):
    raise error


def die(user) -> None:
    """Leave the job as a worker does that was killed: running, and silent for an hour."""
    with acting_as(user):
        Job.objects.filter(kind=services.SEND).update(
            state="running", heartbeat_at=FRIDAY - timedelta(hours=1), finished_at=None
        )


class TestTheHour:
    @given(st.integers(5, 18), st.integers(0, 23), st.integers(0, 59), st.booleans())
    def test_is_from_the_set_hour_on_for_four_hours_of_a_working_day(self, hour, now, minute, is_working_day):
        moment = FRIDAY.replace(hour=now, minute=minute)
        is_time = rules.is_time(moment, hour=hour, is_working_day=is_working_day)
        assert is_time == (is_working_day and hour <= now < hour + 4)

    def test_is_none_on_a_weekend(self, travel, worker, family):
        travel(FRIDAY + timedelta(days=1))
        assert services.promise_digests() == 0
