"""The case of a family and its closing: close it, propose to, confirm or send back what was proposed, take it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.cases.models import Case
from casework.closing import services
from casework.closing.before import before_closing, case_of
from casework.closing.forms import CheckForm, CloseForm, DayForm, SendBackForm, TakeBackForm
from casework.closing.models import Closing, SustainmentCheck
from casework.closing.rules import CHECKED_SOON, LIVING, TAKE_BACK_WITHIN, State
from casework.closing.services import asked_of, name_of, record_check
from casework.stages.models import CareStep
from casework.stages.services import may_go_on, may_step, standing_of
from families.people.models import Family
from referrals.allocation.services import present_allocation
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.web.words import day_in_words
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def closing_or_refuse(user: User, uid: UUID, *, can: Can) -> Closing:
    rows = Closing.objects.for_page().filter(family__in=Family.objects.open_to(user))
    closing: Closing = get_or_refuse(rows, user, can=can, uid=uid)
    return closing


@require_safe
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the case that is open, or the one that was last; what was proposed or decided about closing it."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "The case", family=family)
    return render(request, "casework/closing/case.html", standing(family, user))


def standing(family: Family, user: User) -> dict[str, Any]:
    """Return how the case stands, and what this person may do about it."""
    found, rights, present = case_of(family, by=user), rights_of(user), present_allocation(family, on=today())
    rows = list(Closing.objects.visible_to(user).filter(family=family).for_page())
    last = next((row for row in rows if found and row.case_id == found.pk and row.state in LIVING), None)
    may_close = rights.may(Can.CLOSE_CASE, family.scope_id)
    closes = may_close and last is not None and last.state == State.CLOSED
    return {
        "family": family,
        "case": found,
        "last": last,
        "earlier": [row for row in rows if row != last],
        "others": other_cases(family, user, found),
        "worker": present.worker if present else "",
        "may_close": may_close,
        "may_propose": not may_close and may_work_with(family, user) and rights.may(Can.PROPOSE_CLOSING),
        "may_withdraw": last is not None and last.is_waiting and last.proposed_by_id == user.pk,
        "may_take_back": closes and not services.not_to_be_taken_back(last, on=today()),
        "within": setting_on(TAKE_BACK_WITHIN),
        "outcomes": outcomes_of(last),
        "checks_from": today() + CHECKED_SOON,
        "checks": list(SustainmentCheck.objects.visible_to(user).filter(closing=last).for_list()) if last else [],
        "stands": standing_of(family, user=user, on=today()),
        "care_steps": CareStep.objects.visible_to(user).filter(family=family).for_page(),
        "may_step": may_step(family, user),
        "may_go_on": may_go_on(family, user),
    }


def outcomes_of(closing: Closing | None) -> list[tuple[str, str]]:
    """Return what became of each need, as it was said with a closing or its proposal."""
    rows = closing.outcomes.select_related("need__person__merged_into") if closing else []
    return list(dict.fromkeys((name_of(row.need), row.get_outcome_display()) for row in rows))


def other_cases(family: Family, user: User, shown: Case | None) -> list[Case]:
    rows = Case.objects.visible_to(user).filter(family=family).select_related("opened_by")
    return [row for row in rows if row != shown]


@require_http_methods(["GET", "POST"])
@once_only
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what is to be said, show what ends with the case and what stays, and close it."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.CLOSE_CASE)
    form = CloseForm(sent(request), initial={"closes_on": today()}, needs=asked_of(family, None, on=today()))
    done = form.is_valid() and did(
        form, lambda: services.close_case(family, form.told, by=user, on=today(), outcomes=form.outcomes)
    )
    if done:
        messages.success(request, f"The case of {family.name} is closed from {day_in_words(done.closes_on)} on.")
        return redirect("casework:case", uid=family.uid)
    log_view(request, "Close a case", family=family)
    return ask(request, "close", form, family)


@require_http_methods(["GET", "POST"])
@once_only
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the same of a worker; the case stays open until a senior has confirmed it."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.PROPOSE_CLOSING)
    form = CloseForm(sent(request), initial={"closes_on": today()}, needs=asked_of(family, None, on=today()))
    if form.is_valid() and did(
        form, lambda: services.propose_closing(family, form.told, by=user, on=today(), outcomes=form.outcomes)
    ):
        messages.success(request, "Your proposal is kept. The case stays open until a senior has confirmed it.")
        return redirect("casework:case", uid=family.uid)
    log_view(request, "Propose to close a case", family=family)
    return ask(request, "propose", form, family)


@require_http_methods(["GET", "POST"])
@once_only
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a worker proposed, with what ends and what stays; close the case."""
    user = signed_in(request)
    closing = closing_or_refuse(user, uid, can=Can.CLOSE_CASE)
    if over := settled(request, page_of_case(closing), unless=closing.is_waiting):
        return over
    needs = asked_of(closing.family.shown, closing, on=today())
    form = DayForm(sent(request), initial={"closes_on": closing.closes_on}, needs=needs)
    done = form.is_valid() and did(
        form,
        lambda: services.confirm_closing(
            closing, by=user, on=today(), closes_on=form.cleaned_data["closes_on"], outcomes=form.outcomes
        ),
    )
    if done:
        day = day_in_words(done.closes_on)
        messages.success(request, f"The case of {closing.family.name} is closed from {day} on.")
        return redirect("casework:case", uid=closing.family.shown.uid)
    log_view(request, "Confirm a closing", family=closing.family)
    return ask(request, "confirm", form, closing.family.shown, closing=closing)


@require_http_methods(["GET", "POST"])
@once_only
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a proposal back with a reason."""
    user = signed_in(request)
    closing = closing_or_refuse(user, uid, can=Can.CLOSE_CASE)
    if over := settled(request, page_of_case(closing), unless=closing.is_waiting):
        return over
    form = SendBackForm(sent(request))
    if form.is_valid() and did(
        form, lambda: services.send_back_closing(closing, by=user, on=today(), **form.cleaned_data)
    ):
        messages.success(request, f"It is sent back to {closing.proposed_by}. The case stays open.")
        return redirect("casework:case", uid=closing.family.shown.uid)
    log_view(request, "Send a closing back", family=closing.family)
    return ask(request, "send_back", form, closing.family.shown, closing=closing)


@require_POST
@once_only
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    user = signed_in(request)
    closing = closing_or_refuse(user, uid, can=Can.PROPOSE_CLOSING)
    services.withdraw_closing(closing, by=user, on=today())
    messages.success(request, "Your proposal is withdrawn. The case stays open.")
    return redirect("casework:case", uid=closing.family.shown.uid)


@require_http_methods(["GET", "POST"])
@once_only
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a closing that was a mistake."""
    user = signed_in(request)
    closing = closing_or_refuse(user, uid, can=Can.CLOSE_CASE)
    if over := settled(request, page_of_case(closing), unless=closing.state == State.CLOSED):
        return over
    form = TakeBackForm(sent(request))
    if form.is_valid() and (
        done := did(form, lambda: services.take_back_closing(closing, by=user, on=today(), **form.cleaned_data))
    ):
        messages.success(request, opened_again(done))
        return redirect("casework:case", uid=done.family.shown.uid)
    log_view(request, "Take a closing back", family=closing.family)
    return ask(request, "take_back", form, closing.family.shown, closing=closing)


@require_http_methods(["GET", "POST"])
@once_only
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask how a family is whose case was closed. It opens no case."""
    user = signed_in(request)
    rows = SustainmentCheck.objects.for_list().filter(family__in=Family.objects.open_to(user))
    found = get_or_refuse(rows, user, can=Can.CLOSE_CASE, uid=uid)
    if over := settled(request, page_of_case(found), unless=found.is_due):
        return over
    form = CheckForm(sent(request), initial={"checked_on": today()})
    if form.is_valid() and did(form, lambda: record_check(found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "It is kept how the family is. If it needs help again, refer it again.")
        return redirect("casework:case", uid=found.family.shown.uid)
    log_view(request, "How a family is after its case", family=found.family)
    shown = {"form": form, "check": found, "family": found.family.shown}
    return render(request, "casework/closing/check.html", shown, status=BAD_REQUEST if form.errors else 200)


# Parts of the pages above


def page_of_case(row: Closing | SustainmentCheck) -> str:
    return reverse("casework:case", args=[row.family.shown.uid])


def opened_again(closing: Closing) -> str:
    """Say what a closing that was taken back left: a worker who may not have the family any more does not get it."""
    name, allocation = closing.family.name, closing.allocation
    if allocation is None or allocation.goes_on:
        return f"The case of {name} is open as before."
    return f"The case of {name} is open again. {allocation.worker} cannot have it any more: it waits for a worker."


def ask(request: HttpRequest, page: str, form: forms.Form, family: Family, **more: Any) -> HttpResponse:
    """Show one of the questions, with how the case stands."""
    shown = standing(family, signed_in(request)) | {"form": form, **more}
    if page in {"close", "propose", "confirm"}:
        shown["before"] = before_closing(family, by=signed_in(request), on=today())
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/closing/{page}.html", shown, status=status)
