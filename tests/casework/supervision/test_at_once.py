"""Two people at once: one signs while the other decides, both write own words, one begins twice."""

import pytest

from casework.supervision.models import Decision, OwnPart, Supervision, SupervisionPart
from casework.supervision.rules import OwnWords
from casework.supervision.services import begin_supervision, decide, sign_part, write_own_part
from slf.web.errors import Conflict, DomainError
from tests.at_once import at_once, committed, in_the_name_of
from tests.casework.supervision.factories import TODAY, signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class TestTwoAtOnce:
    def test_who_signs_the_last_and_who_decides_agree(self, part, family, senior, worker):
        signed(part, worker)
        sign = in_the_name_of(senior)(lambda: sign_part(part, by=senior, on=TODAY))
        change = in_the_name_of(senior)(lambda: decide(part, family, decision="continue", by=senior, on=TODAY))
        outcomes = at_once(sign, change)
        row = committed(lambda: SupervisionPart.objects.get(pk=part.pk))
        if isinstance(outcomes[1], DomainError):
            assert row.is_settled
        else:
            assert row.worker_signed_on is None

    def test_who_write_own_words_lose_none(self, part, senior, worker):
        outcomes = at_once(
            in_the_name_of(worker)(lambda: write_own_part(part, OwnWords("Tired."), revision=0, by=worker)),
            in_the_name_of(senior)(lambda: write_own_part(part, OwnWords("Seems tired."), revision=0, by=senior)),
        )
        assert sum(isinstance(one, Conflict) for one in outcomes) == 1
        assert committed(OwnPart.objects.count) == 1

    def test_who_decide_on_one_family_are_told(self, part, family, senior):
        outcomes = at_once(
            in_the_name_of(senior)(lambda: decide(part, family, decision="continue", by=senior, on=TODAY)),
            in_the_name_of(senior)(lambda: decide(part, family, decision="step_up", by=senior, on=TODAY)),
        )
        assert sum(isinstance(one, Conflict) for one in outcomes) == 1
        assert committed(Decision.objects.count) == 1

    def test_which_begin_one_supervision_begin_one(self, worker, senior, family):
        begin = in_the_name_of(senior)(
            lambda: begin_supervision([worker], kind="line", held_on=TODAY, by=senior, on=TODAY)
        )
        first, second = at_once(begin, begin)
        assert first == second
        assert committed(Supervision.objects.count) == 1
