"""Sums and limits: what a ledger adds up to, and who approves what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.budget.rules import Act, Balance, Limits, Line, State, balance, next_state, pounds, running
from slf.access.rules import Role

DAY = date(2014, 10, 15)
PENCE = st.decimals(Decimal("-99999.99"), Decimal("99999.99"), places=2)
LINES = st.lists(st.builds(Line, st.dates(DAY - timedelta(90), DAY), PENCE, PENCE, PENCE), max_size=30)


class TestTheSumOfALedger:
    @given(lines=LINES, on=st.dates(DAY - timedelta(100), DAY))
    def test_is_that_of_what_counts_by_then_to_the_penny(self, lines, on):
        found = balance(lines, on=on)
        counting = [line for line in lines if line.counts_on <= on]
        assert found.left == sum((x.allowance - x.held - x.paid for x in counting), Decimal(0))

    @given(lines=LINES, at=st.integers(0, 30))
    def test_is_the_same_in_whatever_order(self, lines, at):
        assert balance(lines[at:] + lines[:at], on=DAY) == balance(lines, on=DAY)

    @given(lines=LINES)
    def test_is_where_the_running_balance_ends(self, lines):
        assert (running(lines) or [Balance()])[-1] == balance(lines, on=DAY)

    @given(lines=LINES)
    def test_is_nothing_again_when_every_entry_is_reversed(self, lines):
        opposite = [Line(DAY, -line.allowance, -line.held, -line.paid) for line in lines]
        assert balance(lines + opposite, on=DAY) == Balance()


class TestTheLimits:
    LIMITS = Limits(senior=Decimal(100), manager=Decimal(500))

    @pytest.mark.parametrize(
        ("roles", "limit"),
        [({Role.FSW}, 0), ({Role.SENIOR}, 100), ({Role.SENIOR, Role.MANAGER}, 500), ({Role.HEAD}, None), (set(), 0)],
    )
    def test_are_those_of_the_highest_role(self, roles, limit):
        assert self.LIMITS.of(roles) == limit

    @pytest.mark.parametrize(
        ("amount", "by_senior", "waits_for"),
        [("100", False, {Role.SENIOR}), ("100", True, {Role.SENIOR, Role.MANAGER}), ("100.01", False, {Role.MANAGER}),
         ("500", True, {Role.MANAGER}), ("500.01", False, {Role.HEAD})],
    )  # fmt: skip
    def test_say_for_whom_a_request_waits(self, amount, by_senior, waits_for):
        found = {
            role for role in Role if self.LIMITS.waits_for(Decimal(amount), {role}, asked_by_senior=by_senior)
        }  # fmt: skip
        assert found == waits_for


def test_nothing_is_decided_twice():
    for state in set(State) - {State.ASKED}:
        assert next_state(state, Act.APPROVE) is None
        assert next_state(state, Act.DECLINE) is None


def test_amounts_read_to_the_penny():
    assert [pounds(Decimal(x)) for x in ("1250", "-20.5", "0.01")] == ["£1,250.00", "-£20.50", "£0.01"]
