"""Money for a family: asked, approved, held, paid, reversed; balances to the penny."""

import io
from datetime import timedelta

import pytest

from casework.budget.models import BudgetEntry, Spending
from casework.budget.rules import WrongSpending
from casework.budget.services import (
    add_receipt,
    approve_spending,
    balance_on,
    cancel_spending,
    decline_spending,
    reverse_entry,
)
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.budget.factories import TODAY, WHY, allowed, approved, asked, money, paid, reversed_
from tests.casework.closing.factories import closed
from tests.casework.plans.factories import agreed
from tests.referrals.attachments.factories import PNG, PROGRAM
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=3)


def left(family, by, day=TODAY):
    return balance_on(family, day, by=by).left


class TestAsking:
    def test_begins_the_ledger_with_the_allowance_and_holds_nothing(self, family, worker, senior):
        asked(family, worker)
        assert left(family, senior) == money(500)

    def test_again_is_the_same(self, family, worker):
        assert asked(family, worker) == asked(family, worker)
        assert BudgetEntry.objects.count() == 1

    def test_can_name_what_of_the_plan_it_helps(self, family, worker):
        action = agreed(family).goals.first().actions.first()
        made = asked(family, worker, action=action)
        assert (made.action, made.goal) == (action, action.goal)

    def test_is_not_for_a_family_whose_case_is_closed(self, family, worker, senior):
        closed(family, senior)
        with pytest.raises(NotForYou):
            asked(family, worker)
        with pytest.raises(NotAllowed, match="case of this family is closed"):
            asked(family, senior)

    @pytest.mark.parametrize(
        ("amount", "field"), [("0", "amount"), ("-5", "amount"), ("1.005", "amount"), ("100000", "amount")]
    )
    def test_refuses_what_is_no_amount(self, family, worker, amount, field):
        with pytest.raises(WrongSpending) as wrong:
            asked(family, worker, amount)
        assert wrong.value.field == field


class TestApproving:
    def test_holds_the_amount(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        found = balance_on(family, TODAY, by=senior)
        assert (made.state, found.held, found.left) == ("approved", money("80.50"), money("419.50"))

    def test_twice_holds_it_once(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        with in_the_name_of(senior):
            approve_spending(made, by=senior, on=TODAY)
        assert left(family, senior) == money("419.50")

    @pytest.mark.parametrize(
        ("who", "amount", "may"),
        [("senior", 100, True), ("senior", "100.01", False), ("manager", "100.01", True), ("manager", 500, True),
         ("manager", "500.01", False), ("head", "500.01", True)],
    )  # fmt: skip
    def test_goes_by_the_limit_of_the_role(self, family, worker, head, request, who, amount, may):
        allowed(family, head, 2000)
        by = request.getfixturevalue(who)
        if may:
            assert approved(family, by, asked_by=worker, amount=amount).state == "approved"
        else:
            with pytest.raises(NotForYou, match="You approve up to"):
                approved(family, by, asked_by=worker, amount=amount)

    def test_is_not_for_who_asked(self, family, senior):
        with pytest.raises(NotForYou, match="You asked for this yourself"):
            approved(family, senior, asked_by=senior)

    def test_is_refused_where_the_budget_does_not_reach(self, family, worker, manager):
        approved(family, manager, asked_by=worker, amount=450)
        with pytest.raises(NotAllowed, match=r"£50.00 is left of this family's budget, and this asks for £50.01"):
            approved(family, manager, asked_by=worker, amount="50.01")

    def test_reaches_to_the_last_penny(self, family, worker, manager):
        approved(family, manager, asked_by=worker, amount="499.99")
        approved(family, manager, asked_by=worker, amount="0.01")
        assert left(family, manager) == 0

    def test_declined_says_why_and_holds_nothing(self, family, worker, senior):
        made = asked(family, worker)
        with in_the_name_of(senior):
            decline_spending(made, answer="The school gives one.", by=senior, on=TODAY)
            with pytest.raises(Conflict, match="declined this"):
                approve_spending(made, by=senior, on=TODAY)
        assert left(family, senior) == money(500)


class TestPaying:
    def test_moves_what_was_held_to_what_is_paid(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        paid(made, worker)
        found = balance_on(family, TODAY, by=senior)
        assert (found.held, found.paid, found.left) == (0, money("80.50"), money("419.50"))
        assert Spending.objects.get().state == "paid"

    def test_frees_the_rest_when_it_cost_less(self, family, worker, senior):
        paid(approved(family, senior, asked_by=worker), worker, "60.00")
        found = balance_on(family, TODAY, by=senior)
        assert (found.held, found.paid, found.left) == (0, money(60), money(440))

    def test_in_parts_holds_the_rest_until_the_last(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        paid(made, worker, "30", is_last=False)
        assert (balance_on(family, TODAY, by=senior).held, Spending.objects.get().state) == (money("50.50"), "approved")
        paid(made, worker, "50.50", is_last=False)
        assert (balance_on(family, TODAY, by=senior).held, Spending.objects.get().state) == (0, "paid")

    def test_is_never_more_than_is_held(self, family, worker, senior):
        with pytest.raises(WrongSpending, match=r"£80.50 is held for this request"):
            paid(approved(family, senior, asked_by=worker), worker, "80.51")

    def test_is_never_of_what_nobody_approved(self, family, worker):
        with pytest.raises(Conflict, match="Nobody has decided"):
            paid(asked(family, worker), worker)

    def test_is_not_before_it_was_approved_nor_still_to_come(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
            with pytest.raises(WrongSpending) as wrong:
                paid(made, worker, paid_on=day)
            assert wrong.value.field == "paid_on"


class TestReversing:
    def test_a_payment_holds_the_money_again(self, family, worker, senior):
        entry = paid(approved(family, senior, asked_by=worker), worker)
        reversed_(entry, worker)
        found = balance_on(family, TODAY, by=senior)
        assert (found.held, found.paid) == (money("80.50"), 0)
        assert Spending.objects.get().state == "approved"

    def test_is_once_and_never_of_a_reversal(self, family, worker, senior):
        entry = paid(approved(family, senior, asked_by=worker), worker)
        undone = reversed_(entry, worker)
        assert reversed_(entry, worker) == undone
        with in_the_name_of(senior), pytest.raises(Conflict, match="reversed already"):
            reverse_entry(entry, reason="Another reason altogether.", by=senior, on=TODAY)
        with in_the_name_of(senior), pytest.raises(NotAllowed, match="Only a payment"):
            reverse_entry(undone, reason=WHY, by=senior, on=TODAY)

    def test_of_a_cancelled_request_frees_the_money(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        entry = paid(made, worker, "30", is_last=False)
        with in_the_name_of(worker):
            cancel_spending(made, because="The shop closed.", by=worker, on=TODAY)
        assert left(family, senior) == money(470)
        reversed_(entry, worker)
        assert left(family, senior) == money(500)

    def test_a_higher_allowance_only_while_it_is_not_spent(self, family, worker, manager):
        more = allowed(family, manager, 700)
        approved(family, manager, asked_by=worker, amount=500)
        approved(family, manager, asked_by=worker, amount="0.01")
        with pytest.raises(NotAllowed, match="held or paid by now"):
            reversed_(more, manager)


class TestTheAllowance:
    def test_is_changed_by_an_entry_of_the_difference(self, family, manager):
        assert allowed(family, manager, 350).allowance == money(-150)
        assert left(family, manager) == money(350)

    def test_is_not_lowered_below_what_is_used(self, family, worker, manager):
        approved(family, manager, asked_by=worker, amount=400)
        with pytest.raises(WrongSpending, match=r"£400.00 of the allowance is held or paid"):
            allowed(family, manager, 399)

    def test_is_not_a_seniors_to_change(self, family, senior):
        with pytest.raises(NotForYou):
            allowed(family, senior, 600)


class TestAPastDay:
    def test_has_the_balance_it_had(self, family, worker, senior):
        made = approved(family, senior, asked_by=worker)
        entry = paid(made, worker, on=LATER)
        reversed_(entry, worker, on=LATER + timedelta(days=1))
        seen = [balance_on(family, TODAY + timedelta(days=n), by=senior) for n in (-1, 0, 3, 4)]
        assert [(each.left, each.held, each.paid) for each in seen] == [
            (0, 0, 0), (money("419.50"), money("80.50"), 0), (money("419.50"), 0, money("80.50")),
            (money("419.50"), money("80.50"), 0),
        ]  # fmt: skip


class TestAReceipt:
    def test_is_a_file_told_by_its_content_or_a_reason(self, family, worker, senior):
        entry = paid(approved(family, senior, asked_by=worker), worker)
        with in_the_name_of(worker):
            kept = add_receipt(entry, file=io.BytesIO(PNG), name="till.exe", by=worker, on=TODAY)
            again = add_receipt(entry, file=io.BytesIO(PNG), name="till.exe", by=worker, on=TODAY)
            assert (kept, kept.name, kept.size > 0) == (again, "till.png", True)
            assert add_receipt(entry, no_receipt="A market stall.", by=worker, on=TODAY).name == ""
            with pytest.raises(WrongSpending, match="none of them"):
                add_receipt(entry, file=io.BytesIO(PROGRAM), name="till.pdf", by=worker, on=TODAY)
            with pytest.raises(WrongSpending, match="one of the two"):
                add_receipt(entry, by=worker, on=TODAY)

    def test_is_not_of_anything_but_a_payment(self, family, manager):
        entry = allowed(family, manager, 600)
        with in_the_name_of(manager), pytest.raises(NotAllowed, match="belongs to a payment"):
            add_receipt(entry, no_receipt="None.", by=manager, on=TODAY)
