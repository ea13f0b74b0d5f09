"""PostgreSQL answers as the rules do, and keeps no number that cannot be one."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.identifiers.rules import KINDS
from families.people.models import Person
from performance.demo.identifiers import made_up_nhs_number, made_up_ni_number, made_up_temporary_upn, made_up_upn
from referrals.intake.models import ReferralPerson
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import partner_scope
from tests.factories import PersonFactory
from tests.referrals.intake.factories import full_draft

pytestmark = pytest.mark.django_db
GOOD = {"upn": made_up_upn(7), "nhs_number": made_up_nhs_number(7), "ni_number": made_up_ni_number(7)}
NUMBERS = st.integers(0, 10**9 - 1)
WRITTEN = (
    NUMBERS.map(made_up_upn) | NUMBERS.map(made_up_temporary_upn) | NUMBERS.map(made_up_nhs_number)
    | NUMBERS.map(made_up_ni_number)
    | st.from_regex(r"[A-Z][0-9]{11}[0-9A-Z]|[0-9]{10}|[A-Z]{2}[0-9]{6}[A-Z]", fullmatch=True)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=14)
)  # fmt: skip


class TestTheFunction:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
    @given(kind=st.sampled_from(list(KINDS.values())), code=WRITTEN)
    def test_answers_as_the_rule_does(self, kind, code):
        with connection.cursor() as cursor:
            cursor.execute(f"select slf.is_{kind.field}(%s)", [code])
            assert cursor.fetchone() == (not kind.problem(code),)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
class TestPostgreSQL:
    def test_keeps_a_number_that_can_be_one(self, kind):
        person = PersonFactory(**{kind.field: GOOD[kind.field]})
        assert getattr(Person.objects.get(pk=person.pk), kind.field) == GOOD[kind.field]

    def test_refuses_one_that_cannot(self, kind):
        wrong = GOOD[kind.field][:-1] + (
            "Z" if kind.field == "ni_number" else str((int(GOOD[kind.field][-1]) + 1) % 10)
        )
        with pytest.raises(IntegrityError, match=f"{kind.field}_possible"), transaction.atomic():
            PersonFactory(**{kind.field: wrong})


class TestAReferral:
    @pytest.mark.parametrize("field", ["upn", "ni_number"])
    def test_keeps_no_impossible_number_either(self, field, post):
        school = post(Role.REFERRER)
        partner_scope(school, agency="Fairholme College")
        draft = full_draft(school)
        with acting_as(school), pytest.raises(IntegrityError, match=f"{field}_possible"), transaction.atomic():
            ReferralPerson.objects.filter(referral=draft).update(**{field: "A1"})
