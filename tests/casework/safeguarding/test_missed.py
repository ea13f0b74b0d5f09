"""A clock that was missed: whoever decides is mailed once for it, and nothing of the concern is in the mail."""

from datetime import timedelta

import pytest
from django.core import mail

from casework.safeguarding import jobs
from casework.safeguarding.missed import TELL, promise_to_tell
from casework.safeguarding.rules import Step
from slf.access.acting import acting_as
from slf.clock import now
from slf.work.models import Job
from slf.work.services import run
from tests.casework.safeguarding.factories import raised, reviewed, step
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior(senior):
    return with_an_address(senior)


@pytest.fixture
def manager(manager):
    return with_an_address(manager)


def with_an_address(user):
    user.email = f"{user.username}@example.org"
    user.save()
    return user


def told(*users) -> list[str]:
    for user in users:
        with in_the_name_of(user):
            uids = list(Job.objects.filter(kind=TELL).values_list("uid", flat=True))
        for uid in uids:
            run(uid)
    return [letter.to[0] for letter in mail.outbox if letter.subject == jobs.MISSED]


def test_is_told_once_to_who_decides(worker, senior, manager, family):
    raised(worker, family, at=now() - timedelta(hours=25), refers="unsure")
    assert promise_to_tell(now()) == 2
    assert promise_to_tell(now()) == 0
    assert sorted(told(senior, manager)) == sorted([senior.email, manager.email])
    assert len(told(senior, manager)) == 2
    assert "Jackson" not in mail.outbox[-1].body
    assert family.reference not in mail.outbox[-1].body


def test_is_not_told_before_the_hour_nor_when_it_was_done_meanwhile(worker, senior, family):
    concern = raised(worker, family, at=now() - timedelta(hours=23), refers="unsure")
    assert promise_to_tell(now()) == 0
    assert promise_to_tell(now() + timedelta(hours=2)) == 1
    reviewed(concern, senior, "not_one", at=now())
    assert told(senior) == []


def test_is_told_anew_of_the_next_clock(worker, senior, family):
    concern = raised(worker, family, at=now() - timedelta(hours=30), refers="now")
    reviewed(concern, senior, at=now() - timedelta(hours=29))
    assert promise_to_tell(now()) == 1
    step(concern, worker, Step.TOLD, at=now() - timedelta(hours=24))
    assert promise_to_tell(now() + timedelta(days=2)) >= 1
    with acting_as(senior):
        keys = list(Job.objects.filter(kind=TELL).values_list("once_key", flat=True))
    assert len(keys) == len(set(keys))
