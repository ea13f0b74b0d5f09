"""Two people at once: the same pound is never approved twice, through the services or past them."""

import pytest

from casework.budget.models import Spending
from casework.budget.services import approve_spending, ask_for_money, balance_on, change_allowance, record_payment
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import DomainError
from tests.at_once import at_once, in_the_name_of, meanwhile
from tests.casework.budget.factories import TODAY, WHY, approved, asked, asking, money

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def other(post, charnwood):
    return post(Role.MANAGER, charnwood)


def stands(family, by):
    with in_the_name_of(by):
        return balance_on(family, TODAY, by=by)


def test_two_approvals_cannot_overspend(family, worker, manager, other):
    """Each would fit alone: £300 and £300 of £500."""
    first, second = asked(family, worker, 300), asked(family, worker, 300, payee="Another shop")
    given = at_once(
        in_the_name_of(manager)(lambda: approve_spending(first, by=manager, on=TODAY)),
        in_the_name_of(other)(lambda: approve_spending(second, by=other, on=TODAY)),
    )
    assert sorted(isinstance(one, DomainError) for one in given) == [False, True]
    assert (stands(family, manager).held, stands(family, manager).left) == (money(300), money(200))


def test_two_that_fit_are_both_approved(family, worker, manager, other):
    first, second = asked(family, worker, 300), asked(family, worker, 200, payee="Another shop")
    at_once(
        in_the_name_of(manager)(lambda: approve_spending(first, by=manager, on=TODAY)),
        in_the_name_of(other)(lambda: approve_spending(second, by=other, on=TODAY)),
    )
    assert stands(family, manager).left == 0


def test_nor_can_they_past_the_services(family, worker, manager, other):
    """The row of the account is held by PostgreSQL itself: the second waits for the first and is refused."""
    first, second = asked(family, worker, 300), asked(family, worker, 300, payee="Another shop")

    def decide(spending, by):
        rows = Spending.objects.filter(pk=spending.pk)
        return rows.update(state="approved", decided_by=by, decided_on=TODAY)

    with meanwhile(lambda: decide(second, other), other) as (outcome, theirs), acting_as(manager):
        assert decide(first, manager) == 1
        theirs.start()
    assert "does not reach" in str(outcome[0])
    assert stands(family, manager).held == money(300)


def test_an_allowance_is_not_lowered_under_an_approval(family, worker, manager, other):
    made = asked(family, worker, 400)
    at_once(
        in_the_name_of(manager)(lambda: approve_spending(made, by=manager, on=TODAY)),
        in_the_name_of(other)(lambda: change_allowance(family, amount=money(300), reason=WHY, by=other, on=TODAY)),
    )
    assert stands(family, manager).left >= 0


def test_one_request_is_approved_once(family, worker, manager, other):
    made = asked(family, worker, 100)
    at_once(
        in_the_name_of(manager)(lambda: approve_spending(made, by=manager, on=TODAY)),
        in_the_name_of(other)(lambda: approve_spending(made, by=other, on=TODAY)),
    )
    assert stands(family, manager).held == money(100)


def test_one_request_is_paid_once(family, worker, manager):
    made = approved(family, manager, asked_by=worker, amount=100)
    how = {"amount": money(100), "paid_on": TODAY, "method": "card", "by": worker, "on": TODAY}
    given = at_once(*[in_the_name_of(worker)(lambda: record_payment(made, **how)) for _ in range(2)])
    assert sorted(isinstance(one, DomainError) for one in given) == [False, True]
    assert stands(family, manager).paid == money(100)


def test_a_ledger_begins_once(family, worker, manager):
    at_once(
        in_the_name_of(worker)(lambda: ask_for_money(family, asking(), by=worker, on=TODAY)),
        in_the_name_of(manager)(lambda: change_allowance(family, amount=money(700), reason=WHY, by=manager, on=TODAY)),
    )
    assert stands(family, manager).allowance == money(700)
