"""Two people type one number of two families at the same moment: one has it, the other is asked about."""

import pytest
from django.db import transaction

from families.numbers.models import NumberQuestion
from families.people.models import Person
from performance.demo.identifiers import made_up_upn
from tests.at_once import at_once
from tests.families.numbers.factories import types, typist

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NUMBER = made_up_upn(77)


def test_one_keeps_it_and_the_other_is_asked_about(everything):
    with transaction.atomic():
        two = [typist("blaby"), typist("melton")]
    answers = at_once(*(lambda one=one: types(*one, NUMBER) for one in two))
    assert sorted(answers, key=len) == [[], [f"UPN {NUMBER}"]]
    with transaction.atomic():
        assert Person.objects.filter(upn=NUMBER).count() == 1
        assert NumberQuestion.objects.count() == 1
