"""A confirmed list whose job gave up is started again by whoever may confirm it; killed workers make nothing twice."""

import pytest
from django.db import transaction
from django.urls import reverse

from casework.cases.models import Case
from casework.importing import making
from casework.importing.models import BroughtOver, ImportFile
from casework.importing.rules.judging import State
from casework.importing.services import confirm_list, has_stopped
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from slf.work.models import Job
from slf.work.rules import ERRORS_ALLOWED
from slf.work.rules import State as JobState
from slf.work.services import run, try_again
from tests.at_once import at_once
from tests.casework.importing.factories import CASE, DONNA, again, as_book, states
from tests.slf.accounts.recently import signed_in_recently
from tests.slf.work.workers import broker, wait_until, workers  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)


def many(number):
    people = [DONNA | {"Family reference": f"F{n}", "Given names": f"Ann{letters(n)}"} for n in range(number)]
    return as_book(people, [CASE | {"Family reference": f"F{n}"} for n in range(number)])


def letters(number):
    return "".join(chr(97 + int(figure)) for figure in str(number))


@pytest.fixture
def colleague(post):
    return post(Role.DATA)


def confirm(file, who):
    with acting_as(who), transaction.atomic():
        return confirm_list(file, by=who)


@pytest.fixture
def stopped(dry, data, monkeypatch):
    """Return a list of five families whose job made two of them and then gave up."""
    file = confirm(dry(many(5)), data)
    monkeypatch.setattr("casework.importing.making.AT_ONCE", 2)
    real, calls = making.make_households, []

    def broken(*args, **kwargs):
        calls.append(1)
        if len(calls) > 1:
            raise OSError
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(making, "make_households", broken)
        for _ in range(ERRORS_ALLOWED):
            run(file.make_job.uid)
            at_its_time(file.make_job)
    return again(file)


def at_its_time(job):
    """Let the wait until the next attempt be over."""
    with acting_as(job.asked_by), transaction.atomic():
        Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(due_at=job.created_at)


def counted():
    with transaction.atomic():
        return Family.objects.count(), Case.objects.count(), BroughtOver.objects.count()


class TestAListWhoseMakingHasStopped:
    def test_is_seen_to_have_stopped_by_a_colleague_and_by_nobody_elsewhere(self, stopped, colleague, post, melton):
        assert counted() == (2, 0, 2)
        with transaction.atomic():
            far = post(Role.DATA, melton)
        for who, seen in ((colleague, True), (far, False)):
            with acting_as(who), transaction.atomic():
                assert has_stopped(stopped) == seen

    def test_goes_on_in_the_name_of_a_colleague_without_doubles(self, stopped, colleague):
        file = confirm(stopped, colleague)
        assert (file.confirmed_by, file.maker) == (stopped.confirmed_by, colleague)
        run(file.make_job.uid)
        assert set(states(file).values()) == {State.MADE}
        assert counted() == (5, 5, 10)
        with transaction.atomic():
            by = set(BroughtOver.objects.filter(case=None).values_list("brought_by", flat=True))
        assert by == {stopped.confirmed_by_id, colleague.pk}

    def test_goes_on_in_the_name_of_who_confirmed_it_too(self, stopped, data):
        run(confirm(stopped, data).make_job.uid)
        assert counted() == (5, 5, 10)

    def test_is_not_made_by_the_first_job_as_well(self, stopped, data, colleague):
        file = confirm(stopped, colleague)
        with acting_as(data), transaction.atomic():
            first = try_again(Job.objects.get(kind="importing.make"), by=data)
        run(first.uid)
        assert counted() == (2, 0, 2)
        run(file.make_job.uid)
        run(first.uid)
        assert counted() == (5, 5, 10)

    def test_is_started_again_once_when_two_do_it_at_the_same_moment(self, stopped, data, colleague):
        given = at_once(*(lambda who=who: confirm(stopped, who) for who in (data, colleague)))
        assert {type(one) for one in given} == {ImportFile, Conflict}

    def test_that_is_being_made_is_not_started_again(self, dry, data, colleague):
        file = confirm(dry(many(1)), data)
        with pytest.raises(Conflict):
            confirm(file, colleague)

    def test_offers_to_start_it_again_on_its_page_and_to_programs(self, stopped, colleague, signed_in, api):
        address = reverse("casework:import", args=[stopped.uid])
        with acting_as(None):
            browser = signed_in_recently(signed_in(colleague), colleague)
            text = browser.get(address).content.decode()
            assert "Start it again" in text
            assert "Stopped" in browser.get(reverse("casework:imports")).content.decode()
            assert api(colleague).get(f"/api/v1/imports/{stopped.uid}/").json()["stopped"] is True
            assert browser.post(reverse("casework:make_import", args=[stopped.uid]), {}).status_code == 302
            assert "Started again by" in browser.get(address).content.decode()


@pytest.mark.faults
class TestAWorkerKilledWhileItMakesAList:
    def test_is_followed_by_the_next_one_and_nothing_is_made_twice(self, workers, dry, data):  # noqa: F811
        file = dry(many(400))
        first = workers()
        job = wait_until(confirm(file, data).make_job, lambda job: 100 <= job.done < 600)
        first.kill()
        assert not again(file).is_made
        workers()
        assert wait_until(job, lambda job: job.is_over).state == JobState.DONE
        assert again(file).is_made
        assert counted() == (400, 400, 800)
        assert set(states(file).values()) == {State.MADE}
