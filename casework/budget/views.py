"""A family's budget: its ledger on a day, a request and what becomes of it, payments, receipts, a changed allowance."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.budget import services
from casework.budget.doors import (
    entry_or_refuse,
    family_or_refuse,
    handed_out,
    own_or_decided_or_refuse,
    receipt_or_refuse,
    spending_or_refuse,
)
from casework.budget.forms import (
    AllowanceForm,
    ApproveForm,
    AskForm,
    CancelForm,
    DayForm,
    DeclineForm,
    PayForm,
    ReceiptForm,
    ReverseForm,
)
from casework.budget.models import BudgetEntry, Spending
from casework.budget.page import acts, standing
from casework.budget.rules import State, pounds
from families.people.models import Family
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


@require_safe
def budget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the ledger with its running balance, as it stood at the end of a day, and what is asked for."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    asked = any(name.startswith("on_") for name in request.GET)
    form = DayForm(request.GET if asked else None, initial={"on": today()})
    day = form.cleaned_data["on"] if form.is_valid() else today()
    log_view(request, "The budget", family=family)
    status = BAD_REQUEST if form.errors else 200
    shown = standing(family, user=user, on=day) | {"form": form}
    return render(request, "casework/budget/budget.html", shown, status=status)


@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for money for a family."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.ASK_SPENDING)
    form = AskForm(sent(request), family=family, user=user)
    if form.is_valid() and (
        made := did(form, partial(services.ask_for_money, family, form.asking, by=user, on=today(), **form.chosen))
    ):
        messages.success(request, f"You asked for {pounds(made.amount)}. Nothing is held until it is approved.")
        return redirect(made)
    log_view(request, "Ask for money", family=family)
    return page(request, "ask", form, to_go_back(family) | standing(family, user=user, on=today()))


@require_http_methods(["GET", "POST"])
@once_only
def allowance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make one family's allowance another amount, with a reason."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.CHANGE_ALLOWANCE)
    form = AllowanceForm(sent(request))
    done = form.is_valid() and did(
        form, partial(services.change_allowance, family, by=user, on=today(), **form.cleaned_data)
    )
    if done:
        messages.success(request, f"The allowance is {pounds(form.cleaned_data['amount'])} from today on.")
        return redirect("casework:budget", uid=family.uid)
    log_view(request, "Change the allowance", family=family)
    return page(request, "allowance", form, to_go_back(family) | standing(family, user=user, on=today()))


# One request


@require_safe
def spending(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one request, what the ledger says of it, and what can be done."""
    user = signed_in(request)
    found = spending_or_refuse(user, uid)
    log_view(request, "A request for money", family=found.family)
    return render(request, "casework/budget/spending.html", one(found, user))


def one(found: Spending, user: User) -> dict[str, Any]:
    """Return what pages about one request show."""
    entries = BudgetEntry.objects.visible_to(user).filter(spending=found).for_ledger()
    family = found.family.shown
    balance = services.balance_on(found.family, today(), by=user)
    held = services.held_for(found)
    shown = {"spending": found, "family": family, "entries": list(entries), "balance": balance, "held": held}
    shown["back"] = found.get_absolute_url()
    return shown | acts(found, user) | {"left_after": balance.left - found.amount}


@require_http_methods(["GET", "POST"])
@once_only
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what is asked for and what is left; approve it."""
    user = signed_in(request)
    found = spending_or_refuse(user, uid, can=Can.APPROVE_SPENDING)
    if over := settled(request, found, unless=found.state == State.ASKED):
        return over
    form = ApproveForm(sent(request))
    if form.is_valid() and did(form, partial(services.approve_spending, found, by=user, on=today())):
        messages.success(request, f"{pounds(found.amount)} is approved and held for {found.family.shown.name}.")
        return redirect(found)
    log_view(request, "Approve money", family=found.family)
    return page(request, "approve", form, one(found, user))


@require_http_methods(["GET", "POST"])
@once_only
def decline(request: HttpRequest, uid: UUID) -> HttpResponse:
    user = signed_in(request)
    found = spending_or_refuse(user, uid, can=Can.APPROVE_SPENDING)
    if over := settled(request, found, unless=found.state == State.ASKED):
        return over
    form = DeclineForm(sent(request))
    if form.is_valid() and did(
        form, partial(services.decline_spending, found, by=user, on=today(), **form.cleaned_data)
    ):
        messages.success(request, f"It is declined, and {found.asked_by} can read why.")
        return redirect(found)
    log_view(request, "Decline money", family=found.family)
    return page(request, "decline", form, one(found, user))


@require_http_methods(["GET", "POST"])
@once_only
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cancel a request: what is held for it is free again."""
    user = signed_in(request)
    found = own_or_decided_or_refuse(user, uid)
    if over := settled(request, found, unless=found.state in {State.ASKED, State.APPROVED}):
        return over
    form = CancelForm(sent(request))
    if form.is_valid() and did(
        form, partial(services.cancel_spending, found, by=user, on=today(), **form.cleaned_data)
    ):
        messages.success(request, "It is cancelled. Nothing is held for it any more.")
        return redirect(found)
    log_view(request, "Cancel a request for money", family=found.family)
    return page(request, "cancel", form, one(found, user))


@require_http_methods(["GET", "POST"])
@once_only
def pay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what was paid; the receipt comes next."""
    user = signed_in(request)
    found = spending_or_refuse(user, uid, can=Can.RECORD_SPENDING)
    if over := settled(request, found, unless=found.state == State.APPROVED):
        return over
    form = PayForm(sent(request), initial={"paid_on": today(), "amount": services.held_for(found)}, spending=found)
    if form.is_valid() and (
        made := did(form, partial(services.record_payment, found, by=user, on=today(), **form.cleaned_data))
    ):
        messages.success(request, f"{pounds(made.paid)} is written down as paid. Now the receipt.")
        return redirect("casework:add_receipt", uid=made.uid)
    log_view(request, "Record a payment", family=found.family)
    return page(request, "pay", form, one(found, user))


# One entry


@require_http_methods(["GET", "POST"])
@once_only
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Attach the receipt of a payment, or say why there is none."""
    user = signed_in(request)
    entry = entry_or_refuse(user, uid)
    form = ReceiptForm(sent(request), request.FILES or None)
    if form.is_valid() and did(form, partial(add_receipt, entry, form, user)):
        messages.success(request, "It is kept with the payment.")
        return redirect(after(entry))
    log_view(request, "The receipt of a payment", family=entry.family)
    return page(request, "receipt", form, {"entry": entry, "family": entry.family.shown, "back": after(entry)})


def add_receipt(entry: BudgetEntry, form: ReceiptForm, user: User) -> Any:
    file, why = form.cleaned_data["file"], form.cleaned_data["no_receipt"]
    name = file.name if file else ""
    return services.add_receipt(entry, file=file, name=name, no_receipt=why, by=user, on=today())


@require_http_methods(["GET", "POST"])
@once_only
def reverse_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter the opposite of an entry, with the reason."""
    user = signed_in(request)
    entry = entry_or_refuse(user, uid)
    form = ReverseForm(sent(request))
    if form.is_valid() and did(form, partial(services.reverse_entry, entry, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "The opposite is entered. Both stand in the ledger.")
        return redirect(after(entry))
    log_view(request, "Reverse an entry", family=entry.family)
    return page(request, "reverse", form, {"entry": entry, "family": entry.family.shown, "back": after(entry)})


@require_safe
def receipt_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    return handed_out(request, receipt_or_refuse(signed_in(request), uid))


# Parts of the pages above


def after(entry: BudgetEntry) -> str:
    """Return the page an entry is read on."""
    if entry.spending:
        return entry.spending.get_absolute_url()
    return reverse("casework:budget", args=[entry.family.shown.uid])


def to_go_back(family: Family) -> dict[str, str]:
    return {"back": reverse("casework:budget", args=[family.uid])}


def page(request: HttpRequest, name: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/budget/{name}.html", shown | {"form": form}, status=status)
