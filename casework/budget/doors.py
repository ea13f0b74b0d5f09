"""Finding a family's budget, a request, an entry or a receipt for whoever may; handing out a receipt."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from casework.budget.models import BudgetEntry, Spending, SpendingReceipt
from casework.budget.rules import Kind
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.files import handing


def open_families(user: User) -> Any:
    return Family.objects.open_to(user, record_class=RecordClass.MONEY)


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = open_families(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def spending_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Spending:
    rows = Spending.objects.for_page().filter(family__in=open_families(user))
    spending: Spending = get_or_refuse(rows, user, can=can, uid=uid)
    return spending


def own_or_decided_or_refuse(user: User, uid: UUID) -> Spending:
    """Return a request to whoever may ask for money there or decides on it: one of them may cancel it."""
    found, rights = spending_or_refuse(user, uid), rights_of(user)
    if not any(rights.may(can, found.family.scope_id) for can in (Can.ASK_SPENDING, Can.APPROVE_SPENDING)):
        raise PermissionDenied
    return found


def entry_or_refuse(user: User, uid: UUID) -> BudgetEntry:
    """Return an entry to whoever may act on its kind."""
    rows = BudgetEntry.objects.select_related("family__merged_into", "account", "spending", "recorded_by")
    entry: BudgetEntry = get_or_refuse(rows.filter(family__in=open_families(user)), user, uid=uid)
    can = Can.CHANGE_ALLOWANCE if entry.kind == Kind.CHANGE else Can.RECORD_SPENDING
    get_or_refuse(rows, user, can=can, uid=uid)
    return entry


def receipt_or_refuse(user: User, uid: UUID) -> SpendingReceipt:
    rows = SpendingReceipt.objects.visible_to(user).exclude(content="").select_related("family")
    receipt: SpendingReceipt = get_or_refuse(rows.filter(family__in=open_families(user)), user, uid=uid)
    return receipt


def handed_out(request: HttpRequest, receipt: SpendingReceipt) -> HttpResponse:
    """Give the content to be saved, never to be shown by the browser in our name."""
    log_view(request, f"Receipt {receipt.name}", family=receipt.family)
    return handing.handed_out(receipt)
