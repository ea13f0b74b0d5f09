"""A family's addresses: all of them with their dates, a change in small steps, a mistake put right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.addresses.models import Home, Phone
from families.addresses.services import kept_back
from families.localities.services import source_in_words
from families.moving import services
from families.moving.forms import (
    AddressForm,
    CorrectHomeForm,
    CorrectNumberForm,
    EndForm,
    NumberForm,
    PostcodeForm,
    WhoForm,
)
from families.moving.page import lies, lines_of, period_in_words, written_of
from families.people.models import Family, Membership
from slf.access.doors import get_or_refuse, log_view, may_work_with
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import sent
from slf.work.once import once_only

STEPS = ("postcode", "who", "address")
NOT_ANSWERS = {"csrfmiddlewaretoken", "step", "back", "once"}
BAD_REQUEST = 400


def family_or_refuse(request: HttpRequest, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = Family.objects.open_to(request.user).select_related("scope__locality")
    return get_or_refuse(rows, request.user, can=can, uid=uid)


@require_safe
def addresses(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show where everybody of the household lives and lived, and how they are reached."""
    family = family_or_refuse(request, uid)
    log_view(request, "Addresses", family=family)
    context = {
        "family": family,
        "lines": lines_of(family, on=today(), by=request.user),
        "written": written_of(family, by=request.user),
        "may_work": may_work_with(family, request.user),
        "may_hand_over": Family.objects.open_to(request.user, can=Can.REFER).filter(pk=family.pk).exists(),
    }
    return render(request, "families/moving/addresses.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the postcode, then who and since when, then the address. What was answered travels in the pages."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    step, forms = furthest(request, family)
    if step is None:
        return moved(request, family, forms)
    log_view(request, "Change of address", family=family)
    form = forms[step]
    context = {
        "family": family,
        "form": form,
        "step": step,
        "number": STEPS.index(step) + 1,
        "steps": len(STEPS),
        "carried": carried(request, form),
        "source": source_in_words(),
        "lies": lies(forms["postcode"].cleaned_data["postcode"], family) if step != "postcode" else None,
    }
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"families/moving/{step}.html", context, status=status)


def furthest(request: HttpRequest, family: Family) -> tuple[str | None, dict[str, Any]]:
    """Return the first page that is not answered, or asked for again, and all forms up to it; none when all are."""
    answered = STEPS.index(request.POST["step"]) + 1 if request.POST.get("step") in STEPS else 0
    if "back" in request.POST:
        answered = max(answered - 2, 0)
    forms: dict[str, Any] = {}
    for number, step in enumerate(STEPS):
        forms[step] = form_of(step, sent(request) if number < answered else None, request, family, forms)
        if number >= answered or not forms[step].is_valid():
            return step, forms
    return None, forms


def form_of(step: str, data: Any, request: HttpRequest, family: Family, earlier: dict[str, Any]) -> Any:
    if step == "postcode":
        return PostcodeForm(data, initial=typed_before(request))
    if step == "who":
        return WhoForm(data, initial=typed_before(request), household=household(family, request.user))
    postcode = earlier["postcode"].cleaned_data["postcode"]
    return AddressForm(
        data, initial=still_protected(earlier["who"], request.user) | typed_before(request), postcode=postcode
    )


def still_protected(who: Any, user: Any) -> dict[str, str]:
    """Have a new address protected, unless somebody says otherwise, for those whose address is."""
    members = [member.pk for member in who.members] if who.is_valid() else []
    protected = Home.objects.visible_to(user).on(today()).filter(membership__in=members, protected=True)
    return {"protected": "yes"} if protected.exists() else {}


def typed_before(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed on a page that somebody came back to, or has answered before."""
    typed: dict[str, Any] = {name: value for name, value in request.POST.items() if name not in NOT_ANSWERS}
    day = tuple(typed.pop(f"since_{part}", "") for part in ("day", "month", "year"))
    return typed | {"who": request.POST.getlist("who")} | ({"since": day} if any(day) else {})


def carried(request: HttpRequest, form: Any) -> list[tuple[str, str]]:
    """Return the answers of the other pages, to travel along unseen."""
    own = {name for name in request.POST for field in form.fields if name == field or name.startswith(f"{field}_")}
    return [
        (name, value) for name in request.POST if name not in own | NOT_ANSWERS for value in request.POST.getlist(name)
    ]


def household(family: Family, user: Any) -> list[Membership]:
    """Return who of the household may be named: nobody of whom something is kept back from this person."""
    hidden = kept_back(family, on=today())
    rows = (
        Membership.objects.visible_to(user)
        .on(today())
        .filter(family=family)
        .select_related("person__merged_into")
        .in_order()
    )
    return [member for member in rows if member.pk not in hidden]


def moved(request: HttpRequest, family: Family, forms: dict[str, Any]) -> HttpResponse:
    who, address = forms["who"], forms["address"]
    home = services.NewHome(
        since=who.cleaned_data["since"], address=address.cleaned_data["address"], postcode=address.postcode,
        protected=address.is_protected, use=Home.Use(who.cleaned_data["use"]),
    )  # fmt: skip
    services.change_address(family, members=who.members, home=home, by=request.user, on=today())
    messages.success(request, f"The change of address is saved. {lies(address.postcode, family).words}")
    return redirect("families:addresses", uid=family.uid)


@require_http_methods(["GET", "POST"])
@once_only
def number(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a telephone number, whose it is and since when."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    form = NumberForm(sent(request), household=household(family, request.user))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("number", "since")}
        services.change_number(
            family, members=form.members, protected=form.is_protected, by=request.user, on=today(), **said
        )
        messages.success(request, "The telephone number is saved.")
        return redirect("families:addresses", uid=family.uid)
    log_view(request, "Change of telephone number", family=family)
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/moving/number.html", {"family": family, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@once_only
def correct(request: HttpRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Put right an address or a number, say when it ended, or that it was never right."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    held = row_or_404(family, row, request.user)
    what = request.POST.get("what", "")
    if what == "never":
        services.strike_out(held, seen=request.POST.get("seen", ""), by=request.user)
        return saved(request, family, "It is marked as written down by mistake. It counts nowhere any more.")
    written = correct_form(held, sent(request) if what == "written" else None)
    ended = EndForm(
        sent(request) if what == "ended" else None, began=held.period.lower, initial=seen_of(held), prefix="ended"
    )
    if written.is_valid():
        put_right(held, written.cleaned_data, by=request.user)
        return saved(request, family, "It is put right. How it read before stands in the history.")
    if ended.is_valid():
        services.end_on(held, by=request.user, **ended.cleaned_data)
        return saved(request, family, "The last day is saved.")
    log_view(request, "Correct an address", family=family)
    context = {"family": family, "held": held, "form": written, "ended": ended, "seen": services.as_read(held)}
    context |= {"is_home": isinstance(held, Home), "when": period_in_words(held.period.lower, held.period.upper)}
    status = BAD_REQUEST if written.errors or ended.errors else 200
    return render(request, "families/moving/correct.html", context, status=status)


def row_or_404(family: Family, uid: UUID, user: Any) -> Home | Phone:
    for kind in (Home, Phone):
        rows = (
            kind.objects.visible_to(user, can=Can.WORK_FAMILY).right().select_related("membership__person__merged_into")
        )
        if found := rows.filter(family=family, uid=uid).first():
            return found
    raise Http404


def seen_of(held: Home | Phone) -> dict[str, str]:
    return {"seen": services.as_read(held)}


def correct_form(held: Home | Phone, data: Any) -> Any:
    said = {"protected": "yes" if held.protected else "no"} | seen_of(held)
    if isinstance(held, Home):
        return CorrectHomeForm(data, initial=said | {"address": held.address, "postcode": held.postcode})
    return CorrectNumberForm(data, initial=said | {"number": held.number})


def put_right(held: Home | Phone, said: dict[str, Any], *, by: Any) -> None:
    answers = said | {"protected": said["protected"] == "yes"}
    if isinstance(held, Home):
        services.correct_home(held, by=by, **answers)
    else:
        services.correct_number(held, by=by, **answers)


def saved(request: HttpRequest, family: Family, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("families:addresses", uid=family.uid)
