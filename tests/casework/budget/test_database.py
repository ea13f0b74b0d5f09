"""What the database refuses of a family's money, whoever asks and however."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.budget.models import BudgetEntry, Spending, SpendingReceipt
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.casework.budget.factories import TODAY, WHY, allowed, approved, asked, money, paid
from tests.casework.closing.factories import closed
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, ProgrammingError)


def run(by, sql, *values):
    with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def enter(account, by, **what):
    """Write an entry past the service."""
    said = {"counts_on": TODAY, "recorded_on": TODAY, "recorded_by": by} | what
    with acting_as(by), transaction.atomic():
        return BudgetEntry.objects.create(family=account.family, account=account, **said)


def decide(spending, by, **what):
    said = {"state": "approved", "decided_by": by, "decided_on": TODAY} | what
    with acting_as(by), transaction.atomic():
        return Spending.objects.filter(pk=spending.pk).update(**said)


class TestTheLedger:
    @pytest.mark.parametrize("table", ["budgetaccount", "budgetentry", "spendingreceipt"])
    def test_is_only_added_to(self, family, worker, manager, table):
        paid(approved(family, manager, asked_by=worker), worker)
        for sql in (f"delete from casework_{table}", f"update casework_{table} set uid = gen_random_uuid()"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(manager, sql)

    def test_never_goes_below_nothing(self, family, worker, manager, senior):
        made = asked(family, worker, 100)
        allowed(family, manager, "99.99")
        with pytest.raises(IntegrityError, match="does not reach"):
            decide(made, senior)
        with pytest.raises(IntegrityError, match="does not reach"):
            enter(made.account, manager, kind="change", allowance=money(-100), reason=WHY)

    def test_writes_what_is_held_itself(self, family, worker, manager):
        made = approved(family, manager, asked_by=worker)
        for kind, held in (("hold", 1), ("release", -1)):
            with pytest.raises(ProgrammingError, match="the ledger writes this itself"):
                enter(made.account, manager, kind=kind, held=money(held), spending=made)
        with pytest.raises(ProgrammingError, match="the ledger writes this itself"):
            run(manager, "update casework_spending set state = 'paid'")

    def test_begins_once_with_what_is_set(self, family, worker, manager):
        account = asked(family, worker).account
        with pytest.raises(REFUSED):
            enter(account, worker, kind="opening", allowance=money(500))

    def test_takes_no_more_allowance_from_who_may_not(self, family, worker, senior):
        account = asked(family, worker).account
        for by in (worker, senior):
            with pytest.raises(ProgrammingError, match="not yours to change"):
                enter(account, by, kind="change", allowance=money(1000), reason=WHY)

    def test_takes_no_entry_in_another_name(self, family, worker, manager):
        account = asked(family, worker).account
        with pytest.raises(ProgrammingError, match="their own name"):
            enter(account, manager, kind="change", allowance=money(10), reason=WHY, recorded_by=worker)

    def test_is_not_written_before_its_last_day(self, family, worker, manager):
        account = asked(family, worker).account
        before = TODAY - timedelta(days=1)
        with pytest.raises(IntegrityError, match="goes on from its last day"):
            enter(account, manager, kind="change", allowance=money(9), reason=WHY, counts_on=before, recorded_on=before)

    def test_pays_no_more_than_is_held_and_nothing_that_is_not(self, family, worker, manager):
        made = approved(family, manager, asked_by=worker)
        other = asked(family, worker, 10)
        how = {"kind": "payment", "method": "card"}
        with pytest.raises(IntegrityError, match="no more is paid than is held"):
            enter(made.account, worker, **how, held=money("-80.51"), paid=money("80.51"), spending=made)
        with pytest.raises(IntegrityError, match="approved before"):
            enter(made.account, worker, **how, held=money(-10), paid=money(10), spending=other)

    def test_reverses_to_the_penny_and_once(self, family, worker, manager):
        entry = paid(approved(family, manager, asked_by=worker), worker)
        back = {"kind": "reversal", "reverses": entry, "reason": WHY, "spending": entry.spending}
        with pytest.raises(IntegrityError, match="to the penny"):
            enter(entry.account, worker, **back, held=money(80), paid=money(-80))
        enter(entry.account, worker, **back, held=money("80.50"), paid=money("-80.50"))
        with pytest.raises(IntegrityError):
            enter(entry.account, worker, **back, held=money("80.50"), paid=money("-80.50"))

    def test_is_of_its_own_family(self, family, worker, manager):
        account = asked(family, worker).account
        account.family = FamilyFactory()
        with pytest.raises(IntegrityError, match="its own family"):
            enter(account, manager, kind="change", allowance=money(10), reason=WHY)


class TestARequest:
    def test_is_approved_by_nobody_who_asked_or_may_not(self, family, worker, senior, post, melton):
        made, own = asked(family, worker), asked(family, senior, 20)
        elsewhere = post(Role.SENIOR, melton)
        for spending, by in ((made, worker), (own, senior)):
            with pytest.raises(REFUSED):
                decide(spending, by)
        assert decide(made, elsewhere) == 0

    def test_is_approved_up_to_the_limit(self, family, worker, senior, manager):
        made = asked(family, worker, "100.01")
        with pytest.raises(ProgrammingError, match="above what you approve"):
            decide(made, senior)
        assert decide(made, manager) == 1

    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_spending set amount = 1",
            "update casework_spending set state = 'asked', decided_by_id = null, decided_on = null",
            "update casework_spending set payee = 'Somebody else'",
            "delete from casework_spending",
        ],
    )
    def test_says_the_same_for_ever(self, family, worker, manager, sql):
        approved(family, manager, asked_by=worker)
        with pytest.raises(REFUSED):
            run(manager, sql)

    def test_is_not_begun_for_a_closed_case(self, family, worker, senior):
        made = asked(family, worker)
        closed(family, senior)
        said = {name: getattr(made, name) for name in ("family", "account", "what_for", "payee", "family_does")}
        said |= {"amount": money(5), "state": "asked", "asked_by": senior, "asked_on": TODAY}
        with pytest.raises(IntegrityError, match="of the family is closed"), acting_as(senior), transaction.atomic():
            Spending.objects.create(**said)


class TestWhoSees:
    def test_another_locality_sees_nothing(self, family, worker, manager, post, melton):
        paid(approved(family, manager, asked_by=worker), worker)
        for role in (Role.SENIOR, Role.MANAGER):
            with acting_as(post(role, melton)):
                assert [*Spending.objects.all(), *BudgetEntry.objects.all()] == []

    def test_the_data_office_and_the_provider_see_nothing(self, family, worker, manager, post, charnwood):
        paid(approved(family, manager, asked_by=worker), worker)
        for by in (post(Role.DATA), post(Role.ESF, charnwood), post(Role.BUSINESS, charnwood)):
            with acting_as(by):
                assert [*Spending.objects.all(), *BudgetEntry.objects.all()] == []

    def test_a_family_moves_to_another_audience_with_its_money(self, family, worker, manager, everything):
        entry = paid(approved(family, manager, asked_by=worker), worker)
        with acting_as(worker), transaction.atomic():
            SpendingReceipt.objects.create(
                family=family, entry=entry, no_receipt="A market stall.", added_by=worker, added_on=TODAY
            )
        scope = restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        for model in (Spending, BudgetEntry, SpendingReceipt):
            assert set(model.objects.values_list("scope_id", flat=True)) == {scope.pk}
