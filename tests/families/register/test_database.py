"""What PostgreSQL itself takes of the register, whatever SQL is sent to it."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from families.register.models import Basis, Gateway
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.accounts.models import User
from slf.clock import today
from tests.families.register.factories import SOURCED, in_force, keeper, propose

pytestmark = pytest.mark.django_db
HOUSING = {"agency": "housing", "purpose": "support", "category": "housing", "law": "Housing Act 1996 section 213"}
ANOTHER_NAME, NOT_ITS_END, BY_NOBODY = "their own name", "a row only ends", "somebody proposes"
BESIDE = "beside their own name"
CONFIRM = "update families_gateway set confirmed_by_id = %s, confirmed_on = current_date where id = %s"
END = "update families_gateway set ended_by_id = %s, ended_because = 'x', period = %s where id = %s"
ADD = """
    insert into families_gateway (uid, purpose, category, law, by_consent, period, document, source, grade,
        proposed_by_id, confirmed_by_id, ended_because, agency)
    values (gen_random_uuid(), 'support', 'housing', 'Ours', false, '[2014-01-01,)', '', 'x', 'U', %s, %s, '', 'csp')
"""


def send(statement: str, *values, by) -> None:
    with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(why: str, statement: str, *values, by) -> None:
    with pytest.raises(ProgrammingError, match=why):
        send(statement, *values, by=by)


@pytest.fixture
def proposer():
    return keeper("proposer")


@pytest.fixture
def confirmer():
    return keeper("confirmer")


@pytest.fixture
def waiting(proposer):
    return propose(Gateway, by=proposer, starts=today(), **HOUSING, **SOURCED)


class TestWhoStandsInARow:
    def test_is_who_proposes_it(self, proposer, confirmer):
        send(ADD, proposer.pk, None, by=proposer)
        refused(ANOTHER_NAME, ADD, confirmer.pk, None, by=proposer)
        refused(ANOTHER_NAME, ADD, proposer.pk, confirmer.pk, by=proposer)

    def test_is_somebody(self, proposer):
        refused(BY_NOBODY, ADD, None, None, by=proposer)

    def test_is_who_confirms_it(self, waiting, proposer, confirmer):
        refused(ANOTHER_NAME, CONFIRM, confirmer.pk, waiting.pk, by=proposer)
        refused(ANOTHER_NAME, CONFIRM, confirmer.pk, waiting.pk, by=None)
        send(CONFIRM, confirmer.pk, waiting.pk, by=confirmer)
        assert Gateway.objects.get(pk=waiting.pk).confirmed_by == confirmer

    def test_is_two_people(self, waiting, proposer):
        with pytest.raises(IntegrityError, match="two_people"):
            send(CONFIRM, proposer.pk, waiting.pk, by=proposer)

    def test_stays(self, proposer):
        row = in_force(Gateway, **HOUSING)
        refused(ANOTHER_NAME, CONFIRM, None, row.pk, by=proposer)

    @pytest.mark.parametrize("role", [Role.FSW, Role.MANAGER, Role.AUDITOR, Role.ADMIN])
    def test_holds_a_post_that_keeps_it(self, role, post, waiting):
        somebody = post(role)
        refused(ANOTHER_NAME, CONFIRM, somebody.pk, waiting.pk, by=somebody)
        refused(ANOTHER_NAME, ADD, somebody.pk, None, by=somebody)
        refused(ANOTHER_NAME, END, somebody.pk, "empty", waiting.pk, by=somebody)

    def test_holds_that_post_today(self, waiting, confirmer):
        confirmer.posts.update(period=("2012-04-01", "2014-04-01"))
        refused(ANOTHER_NAME, CONFIRM, confirmer.pk, waiting.pk, by=confirmer)

    def test_says_what_stands_beside_it(self, waiting, proposer, confirmer):
        send(CONFIRM, confirmer.pk, waiting.pk, by=confirmer)
        refused(
            BESIDE, "update families_gateway set confirmed_on = confirmed_on - 9 where id = %s", waiting.pk, by=proposer
        )
        refused(BESIDE, CONFIRM, keeper("another").pk, waiting.pk, by=User.objects.get(username="another"))
        send(END, confirmer.pk, "empty", waiting.pk, by=confirmer)
        refused(BESIDE, "update families_gateway set ended_because = 'y' where id = %s", waiting.pk, by=proposer)


class TestTheTimeOfARow:
    def test_ends_by_who_says_so(self, proposer, confirmer):
        row = in_force(Gateway, **HOUSING)
        send(END, proposer.pk, "[2012-04-01,2030-01-01)", row.pk, by=proposer)
        send(END, confirmer.pk, "[2012-04-01,2029-01-01)", row.pk, by=confirmer)
        refused(NOT_ITS_END, END, confirmer.pk, "[2012-04-01,2028-01-01)", row.pk, by=proposer)

    @pytest.mark.parametrize("period", ["[2012-04-01,)", "[2011-04-01,2030-01-01)", "[2012-04-01,2031-01-01)"])
    def test_never_grows(self, period, proposer):
        row = in_force(Gateway, **HOUSING)
        send(END, proposer.pk, "[2012-04-01,2030-01-01)", row.pk, by=proposer)
        refused(NOT_ITS_END, END, proposer.pk, period, row.pk, by=proposer)

    def test_of_a_shipped_basis_neither(self, proposer):
        row = Basis.objects.filter(period__endswith__isnull=False).first()
        statement = "update families_basis set ended_by_id = %s, ended_because = 'x', period = '(,)' where id = %s"
        refused(NOT_ITS_END, statement, proposer.pk, row.pk, by=proposer)
