"""The pages of a family's budget, the list of requests, and what other pages say of money."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.budget.models import BudgetEntry, Spending
from casework.budget.page import spendings_for, totals
from casework.budget.rules import ALLOWANCE
from slf.access.acting import acting_as
from slf.access.models import View
from slf.policy.services import confirm, propose
from tests.casework.budget.factories import TODAY, WHY, answers, approved, asked, money, paid, payment
from tests.casework.closing.factories import worked
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(name, of):
    return reverse(f"casework:{name}", args=[of.uid])


class TestAsking:
    def test_keeps_what_was_typed_and_says_what_is_missing(self, signed_in, worker, family):
        answer = signed_in(worker).post(at("ask_spending", family), answers(amount="lots", payee=""))
        assert answer.status_code == 400
        assert "Enter who is to be paid" in text(answer)
        assert "A bed for the eldest" in text(answer)

    def test_names_a_part_of_the_plan(self, signed_in, worker, family):
        goal = agreed(family).goals.first()
        signed_in(worker).post(at("ask_spending", family), answers(part=f"goal:{goal.uid}"))
        assert Spending.objects.get().goal == goal

    def test_names_no_part_of_another_familys_plan(self, signed_in, worker, family):
        agreed(family)
        other = agreed(FamilyFactory(household=True)).goals.first()
        answer = signed_in(worker).post(at("ask_spending", family), answers(part=f"goal:{other.uid}"))
        assert (answer.status_code, Spending.objects.count()) == (400, 0)

    def test_says_that_the_figures_are_examples_until_they_are_confirmed(self, signed_in, worker, family):
        page = text(signed_in(worker).get(at("budget", family)))
        assert "£500.00 (example, not Leicestershire policy)" in page
        assert "Fund To be confirmed" in page


class TestTheWayOfARequest:
    def test_is_asked_approved_paid_and_proved_on_pages(self, signed_in, worker, senior, family):
        mine, theirs = signed_in(worker), signed_in(senior)
        there = mine.post(at("ask_spending", family), answers()).url
        assert "It waits for a senior" in text(mine.get(there))
        assert "Money to approve" in text(theirs.get("/"))
        made = Spending.objects.get()
        assert "Left after it £419.50" in text(theirs.get(at("approve_spending", made)))
        theirs.post(at("approve_spending", made))
        assert [theirs.get(at(way, made)).url for way in ("approve_spending", "decline_spending")] == [there, there]
        assert "To be paid" in text(mine.get("/"))
        receipt = mine.post(at("pay_spending", made), payment(amount="75.00")).url
        assert "Enter" not in text(mine.get(receipt))
        assert "one of the two" in text(mine.post(receipt, {}))
        assert mine.post(receipt, {"no_receipt": "A market stall."}).url == there
        page = text(mine.get(at("budget", family)))
        assert "Paid £75.00 Left £425.00" in page
        assert "No receipt, and why" in page
        told = text(mine.get(at("chronology", family)))
        assert "£80.50 for Beds of Mercy: asked for" in told
        assert "£75.00 paid to Beds of Mercy" in told

    def test_says_to_a_senior_that_it_is_above_their_limit(self, signed_in, worker, senior, family):
        made = asked(family, worker, 200)
        assert "It waits for the locality manager" in text(signed_in(senior).get(at("spending", made)))
        answer = signed_in(senior).post(at("approve_spending", made))
        assert "You approve up to £100.00 at a time" in text(answer)

    def test_a_payment_is_reversed_with_a_reason(self, signed_in, worker, senior, family):
        entry = paid(approved(family, senior, asked_by=worker), worker)
        assert signed_in(worker).post(at("reverse_entry", entry), {"reason": "short"}).status_code == 400
        signed_in(worker).post(at("reverse_entry", entry), {"reason": WHY})
        assert "Undoes “paid” of 15 October 2014" in text(signed_in(worker).get(at("budget", family)))


class TestTheLedger:
    def test_is_shown_as_it_stood_on_a_day(self, signed_in, worker, senior, family):
        approved(family, senior, asked_by=worker, on=TODAY - timedelta(days=5))
        past = {"on_day": "9", "on_month": "10", "on_year": "2014"}
        page = signed_in(worker).get(at("budget", family), past)
        assert [ledger.rows for ledger in page.context["ledgers"]] == [[]]
        assert page.context["balance"].left == 0
        assert signed_in(worker).get(at("budget", family), past | {"on_day": "x"}).status_code == 400

    def test_comes_as_a_file_that_no_spreadsheet_runs(self, signed_in, worker, senior, family):
        asked(family, worker, what_for="=cmd|' /C calc'!A0")
        made = approved(family, senior, asked_by=worker)
        paid(made, worker, reference="@SUM(A1)")
        said = signed_in(worker).get(at("ledger_csv", family)).content.decode()
        assert "'@SUM(A1)" in said
        assert View.objects.filter(what="The budget, as a file", user=worker).exists()

    def test_begins_with_what_two_people_have_confirmed(self, family, worker, senior, head, post):
        from slf.access.rules import Role

        admin = post(Role.ADMIN)
        with acting_as(admin):
            row = propose(ALLOWANCE, by=admin, value=750, starts_on=TODAY, document="Board minute 4")
        with acting_as(head):
            confirm(row, by=head)
        asked(family, worker)
        assert BudgetEntry.objects.get().allowance == money(750)


class TestTheList:
    def test_has_a_list_behind_each_figure(self, family, worker, senior, manager):
        other = worked(worker)
        paid(approved(family, senior, asked_by=worker), worker, "70")
        approved(other, manager, asked_by=worker, amount=120)
        asked(other, worker, 10)
        with acting_as(manager):
            total = totals(manager)[0]
            behind = {state: list(spendings_for(manager, locality="charnwood", state=state))
                      for state in ("asked", "approved", "with_payments")}  # fmt: skip
        assert (total.waiting, total.to_pay) == (len(behind["asked"]), len(behind["approved"])) == (1, 1)
        assert total.balance.held == sum(row.held for row in behind["approved"]) == money(120)
        assert total.balance.paid == sum(row.paid for row in behind["with_payments"]) == money(70)

    def test_queries_do_not_grow_with_rows(self, signed_in, worker, senior, family):
        def queries():
            client = signed_in(senior)
            client.get(reverse("casework:spendings"))
            with CaptureQueriesContext(connection) as asked_of_it:
                client.get(reverse("casework:spendings"))
            return len(asked_of_it)

        asked(family, worker)
        few = queries()
        for n in range(6):
            asked(worked(worker), worker, 10 + n)
        assert queries() == few

    def test_is_exported_by_who_proves_who_they_are_and_logged(self, api, worker, manager, family):
        asked(family, worker)
        address = reverse("casework:spendings_csv")
        assert "Beds of Mercy" not in api(manager).get(address).content.decode()
        answer = signed_in_recently(api(manager), manager).get(address)
        assert "Beds of Mercy" in answer.content.decode()
        assert View.objects.get(what="Export: money asked for").family_ids == [family.pk]


def test_closing_a_case_says_what_is_held(signed_in, family, worker, senior):
    approved(family, senior, asked_by=worker)
    asked(family, worker, 12)
    page = text(signed_in(senior).get(at("close_case", family)))
    assert "£80.50 is approved and not paid yet" in page
    assert "1 request for money that nobody has decided about" in page
