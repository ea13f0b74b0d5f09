"""Money: read with the family's record, asked for by who works with it, approved by others, paid by who buys."""

import io

from casework.budget.models import BudgetEntry, Spending
from casework.budget.services import add_receipt, approve_spending, ask_for_money, change_allowance, record_payment
from casework.cases.models import Case
from slf.access.acting import acting_as
from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post, hold_family
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.casework.budget.factories import TODAY, WHY, answers, asking, money, payment
from tests.casework.closing.factories import SINCE
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE
from tests.referrals.attachments.factories import PDF

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
READERS = frozenset({Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD})


def who(can: Can) -> tuple[Role, ...]:
    return tuple(role for role in Role if can in ROLES[role] and role in READERS)


def others(can: Can) -> frozenset[Role]:
    return READERS - set(who(can))


ASK, APPROVE, RECORD, CHANGE = Can.ASK_SPENDING, Can.APPROVE_SPENDING, Can.RECORD_SPENDING, Can.CHANGE_ALLOWANCE


def with_a_case(family):
    Case.objects.get_or_create(family=family, defaults={"opened_on": SINCE, "opened_by": Everything.make()})
    return {"uid": family.uid}


def somebody(family) -> User:
    """A worker of the family who is nobody that asks."""
    worker = User.objects.create_user(f"worker.{User.objects.count()}")
    give_post(worker, role=Role.FSW, locality=family.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    hold_family(family, user=worker, kind="worker", by=Everything.make())
    return worker


def request(family):
    with_a_case(family)
    worker = somebody(family)
    with acting_as(worker):
        return {"uid": ask_for_money(family, asking(), by=worker, on=TODAY).uid}


def approved(family):
    uid, by = request(family)["uid"], Everything.make()
    with acting_as(by):
        approve_spending(Spending.objects.get(uid=uid), by=by, on=TODAY)
    return {"uid": uid}


def entry(family):
    made, by = Spending.objects.get(**approved(family)), Everything.make()
    with acting_as(by):
        how = {"amount": money("80.50"), "paid_on": TODAY, "method": "card"}
        return {"uid": record_payment(made, **how, by=by, on=TODAY).uid}


def change(family):
    with_a_case(family)
    by = Everything.make()
    amount = 600 + BudgetEntry.objects.filter(family=family).count()
    with acting_as(by):
        made = change_allowance(family, amount=money(amount), reason=WHY, by=by, on=TODAY)
    return {"uid": made.uid}


def with_a_ledger(family):
    change(family)
    return {"uid": family.uid}


def receipt(family):
    paid, by = BudgetEntry.objects.get(**entry(family)), Everything.make()
    with acting_as(by):
        return {"uid": add_receipt(paid, file=io.BytesIO(PDF), name="till.pdf", by=by, on=TODAY).uid}


def row(name, subject, can, *, see=True, status=302, body=lambda kwargs: {}):
    may = who(can)
    seen = {"get": all_of(*may)} if see else {}
    return Row(name, subject, post=all_of(*may, status=status), post_body=body, not_their_job=others(can), **seen)


def asked_body(kwargs):
    return answers()


def api_payment(kwargs):
    return {"amount": "80.50", "method": "card", "paid_on": TODAY.isoformat()}


def why(kwargs):
    return {"answer": WHY, "because": WHY, "reason": WHY, "amount": "612.50", "no_receipt": WHY}


def paid_body(kwargs):
    return payment()


SENIORS = all_of(*who(APPROVE))
ROWS = [
    Row("casework:budget", with_a_case, get=READ),
    Row("casework:ledger_csv", with_a_ledger, get=READ),
    Row("casework:ledger_xlsx", with_a_ledger, get=READ),
    Row("casework:spending", request, get=READ),
    Row("casework:receipt_file", receipt, get=READ),
    Row("casework:spendings", get=SENIORS),
    Row("casework:spendings_csv", get=SENIORS, recent=True),
    Row("casework:spendings_xlsx", get=SENIORS, recent=True),
    row("casework:ask_spending", with_a_case, ASK, body=asked_body),
    row("casework:change_allowance", with_a_case, CHANGE, body=why),
    row("casework:approve_spending", request, APPROVE),
    row("casework:decline_spending", request, APPROVE, body=why),
    Row("casework:cancel_spending", request, get=READ, post=all_of(*who(APPROVE), status=302) | {Role.FSW: 400},
        post_body=why),
    row("casework:pay_spending", approved, RECORD, body=paid_body),
    row("casework:add_receipt", entry, RECORD, body=why),
    row("casework:reverse_entry", change, CHANGE, body=why),
    Row("api-budget", with_a_case, get=READ),
    Row("api-spending", request, get=READ),
    Row("api-spending-receipt", receipt, get=READ),
    Row("api-spendings", get=SENIORS),
    row("api-ask-spending", with_a_case, ASK, see=False, status=201, body=asked_body),
    row("api-change-allowance", with_a_case, CHANGE, see=False, status=201, body=why),
    row("api-approve-spending", request, APPROVE, see=False, status=200),
    row("api-decline-spending", request, APPROVE, see=False, status=200, body=why),
    Row("api-cancel-spending", request, post=SENIORS | {Role.FSW: 403}, post_body=why),
    row("api-pay-spending", approved, RECORD, see=False, status=201, body=api_payment),
    row("api-add-receipt", entry, RECORD, see=False, status=201, body=why),
    row("api-reverse-entry", entry, RECORD, see=False, status=201, body=why),
]  # fmt: skip
