"""Two people at once: one signs while the other decides, both write own words, one begins twice."""

import pytest
from django.db import transaction

from casework.supervision.models import Decision, OwnPart, Supervision, SupervisionPart
from casework.supervision.rules import OwnWords
from casework.supervision.services import begin_supervision, decide, sign_part, write_own_part
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, DomainError
from tests.at_once import at_once
from tests.casework.supervision.factories import TODAY, held, signed, worked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def make(function):
    with transaction.atomic():
        return function()


@pytest.fixture
def senior(post, charnwood, everything):
    return make(lambda: post(Role.SENIOR, charnwood))


@pytest.fixture
def worker(post, charnwood, everything):
    return make(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def family(worker):
    return make(lambda: worked(worker))


@pytest.fixture
def part(worker, senior, family):
    return held(worker, senior)


def named(by, verb):
    def act():
        with acting_as(by), transaction.atomic():
            return verb()

    return act


class TestTwoAtOnce:
    def test_who_signs_the_last_and_who_decides_agree(self, part, family, senior, worker):
        signed(part, worker)
        sign = named(senior, lambda: sign_part(part, by=senior, on=TODAY))
        change = named(senior, lambda: decide(part, family, decision="continue", by=senior, on=TODAY))
        outcomes = at_once(sign, change)
        row = make(lambda: SupervisionPart.objects.get(pk=part.pk))
        if isinstance(outcomes[1], DomainError):
            assert row.is_settled
        else:
            assert row.worker_signed_on is None

    def test_who_write_own_words_lose_none(self, part, senior, worker):
        outcomes = at_once(
            named(worker, lambda: write_own_part(part, OwnWords("Tired."), revision=0, by=worker)),
            named(senior, lambda: write_own_part(part, OwnWords("Seems tired."), revision=0, by=senior)),
        )
        assert sum(isinstance(one, Conflict) for one in outcomes) == 1
        assert make(OwnPart.objects.count) == 1

    def test_who_decide_on_one_family_are_told(self, part, family, senior):
        outcomes = at_once(
            named(senior, lambda: decide(part, family, decision="continue", by=senior, on=TODAY)),
            named(senior, lambda: decide(part, family, decision="step_up", by=senior, on=TODAY)),
        )
        assert sum(isinstance(one, Conflict) for one in outcomes) == 1
        assert make(Decision.objects.count) == 1

    def test_which_begin_one_supervision_begin_one(self, worker, senior, family):
        begin = named(senior, lambda: begin_supervision([worker], kind="line", held_on=TODAY, by=senior, on=TODAY))
        first, second = at_once(begin, begin)
        assert first == second
        assert make(Supervision.objects.count) == 1
