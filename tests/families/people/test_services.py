from datetime import date

import pytest
from django.db import IntegrityError, transaction

from families.people.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


class TestAPerson:
    def test_has_no_estimated_birth_without_a_date(self, charnwood):
        with pytest.raises(IntegrityError, match="estimate_has_a_date"), transaction.atomic():
            PersonFactory(born_on=None, born_estimated=True)

    @pytest.mark.parametrize("born_on", [None, date(2000, 9, 1)])
    def test_may_have_a_date_or_none(self, charnwood, born_on):
        PersonFactory(born_on=born_on)
        assert Person.objects.get().born_on == born_on
