"""One's own alarm; the alarms one answers; one's own word; the roster."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.diary.models import PlannedVisit
from casework.lone_working import services
from casework.lone_working.forms import BackForm, CloseForm, GoForm, LongerForm, TurnForm, WordForm
from casework.lone_working.models import Outing, Turn
from casework.lone_working.rules import GRACE, RING
from families.addresses.services import where_they_lived
from families.people.models import Family
from slf.access.doors import log_view, requires, signed_in
from slf.access.models import Locality
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.forms import did, sent
from slf.web.words import moment_in_words
from slf.work.once import as_uuid, once_only

BAD_REQUEST = 400
BACK = "You are back. Nobody waits for you any more."


# Whoever goes -------------------------------------------------------------------------------------------------------


@requires(Can.ADD_CONTACT)
@require_http_methods(["GET", "POST"])
@once_only
def lone_working(request: HttpRequest) -> HttpResponse:
    """Arm the alarm before one leaves; once it is armed, say that one is back, stay longer, or call for help."""
    user = signed_in(request)
    out = services.outing_of(user)
    if out is not None and request.method == "GET":
        context = around(user, out.locality) | {"outing": out, "back": BackForm(), "longer": LongerForm()}
        return render(request, "casework/lone_working/out.html", context)
    about = family_of(request, user)
    localities = list(services.localities_of(user, can=Can.ADD_CONTACT))
    form = GoForm(sent(request), localities=localities, initial=beginning(request, user, about))
    if form.is_valid() and (made := did(form, lambda: services.go_out(form.going, locality=form.of, by=user))):
        moment = timezone.localtime(made.due_at)
        messages.success(request, f"The alarm is armed. You want to be back at {moment:%H:%M}.")
        return redirect("casework:lone_working")
    if about:
        log_view(request, "Lone working", family=about)
    locality = about.scope.locality if about else next(iter(localities), None)
    return show(request, "go", form, around(user, locality) | {"about": about})


def around(user: User, locality: Locality | None) -> dict[str, Any]:
    """Return what everybody has to know who relies on it: whether it runs, who answers, and whom to ring if not."""
    return {
        "clock": services.clock(),
        "ring": setting_on(RING),
        "grace": setting_on(GRACE),
        "answers": services.who_answers(locality, besides=user) if locality else [],
        "on_roster": locality is not None and services.is_on_roster(locality),
        "word": services.word_of(user),
        "keeps": rights_of(user).may(Can.REVIEW_FAMILY),
    }


def family_of(request: HttpRequest, user: User) -> Family | None:
    """Return the family that somebody goes to, where they came from its page and may see it."""
    families = Family.objects.open_to(user).select_related("scope__locality")
    if uid := as_uuid(request.GET.get("planned")):
        planned = PlannedVisit.objects.visible_to(user).filter(uid=uid).first()
        return families.filter(pk=planned.family.shown.pk).first() if planned else None
    uid = as_uuid(request.GET.get("family"))
    return families.visible_to(user).filter(uid=uid).first() if uid else None


def beginning(request: HttpRequest, user: User, family: Family | None) -> dict[str, Any]:
    """Return the answers that are known: where the family lives, the number given last, when the visit should end."""
    known: dict[str, Any] = {"phone": services.last_phone(user)}
    if family is None:
        return known
    homes = where_they_lived(family, on=today(), by=user)
    known |= {"reference": family.reference, "locality": family.scope.locality_id}
    if homes:
        known["place"] = ", ".join(filter(None, (homes[0].address, homes[0].postcode)))
    planned = PlannedVisit.objects.visible_to(user).filter(uid=as_uuid(request.GET.get("planned"))).first()
    if planned and planned.due_at:
        minutes = planned.due_at.hour * 60 + planned.due_at.minute + planned.minutes
        known["back_at"] = f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    return known


def own_or_refuse(user: User, uid: UUID) -> Outing:
    """Return one's own row. Somebody else's is a missing one, also to whoever answers it."""
    found = services.own_outing(user, uid)
    if found is None:
        raise Http404
    return found


@require_POST
@once_only
def back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that one is back. Whatever the message says, the answer is the same."""
    user = signed_in(request)
    outing, form = own_or_refuse(user, uid), BackForm(request.POST)
    services.come_back(outing, message=form.data.get("message", "")[:200], by=user)
    messages.success(request, BACK)
    return redirect("home")


@require_http_methods(["GET", "POST"])
@once_only
def longer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give oneself more time."""
    user = signed_in(request)
    outing, form = own_or_refuse(user, uid), LongerForm(sent(request))
    if form.is_valid() and (
        done := did(form, lambda: services.stay_out(outing, due_at=form.due_at(outing.due_at), by=user))
    ):
        messages.success(request, f"You want to be back at {timezone.localtime(done.due_at):%H:%M} now.")
        return redirect("casework:lone_working")
    return show(request, "longer", form, around(user, outing.locality) | {"outing": outing})


@require_POST
@once_only
def call_for_help(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call those who answer now."""
    user = signed_in(request)
    services.call_for_help(own_or_refuse(user, uid), by=user)
    messages.success(request, "Those who answer are called. If you can, ring 999.")
    return redirect("casework:lone_working")


@requires(Can.ADD_CONTACT)
@require_http_methods(["GET", "POST"])
@once_only
def word(request: HttpRequest) -> HttpResponse:
    """Choose the word that calls for help unnoticed. It is never shown."""
    user = signed_in(request)
    form = WordForm(sent(request))
    if form.is_valid() and did(form, lambda: services.choose_word(form.cleaned_data["word"], by=user)):
        messages.success(request, "Your word is kept. It is never shown, here or anywhere.")
        return redirect("casework:lone_working")
    return show(request, "word", form, {"word": services.word_of(user)})


# Whoever answers ----------------------------------------------------------------------------------------------------


@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """Show who is late or called for help, and is this person's to answer."""
    user = signed_in(request)
    log_view(request, "Alarms of people who are out alone")
    context = {"rows": list(services.late_for(user)), "clock": services.clock(), "ring": setting_on(RING)}
    return render(request, "casework/lone_working/alarms.html", context)


def late_or_refuse(user: User, uid: UUID) -> Outing:
    found: Outing | None = services.late_for(user).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@once_only
def alarm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show where somebody is and what to do; take it on."""
    user = signed_in(request)
    found = late_or_refuse(user, uid)
    if request.method == "POST":
        services.answer_alarm(found, by=user)
        messages.success(request, "You answer this alarm. Nobody else is called.")
        return redirect(found)
    log_view(request, "An alarm of somebody who is out alone")
    context = {"outing": found, "calls": found.calls.select_related("user"), "mine": found.answered_by_id == user.pk}
    return render(request, "casework/lone_working/alarm.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how an alarm ended."""
    user = signed_in(request)
    found, form = late_or_refuse(user, uid), CloseForm(sent(request))
    if form.is_valid():
        done = did(form, lambda: services.close_alarm(found, by=user, **form.cleaned_data) or True)
        if done:
            messages.success(request, "The alarm is closed.")
            return redirect("casework:alarms")
    return show(request, "close", form, {"outing": found})


# The roster ---------------------------------------------------------------------------------------------------------


@requires(Can.REVIEW_FAMILY)
@require_http_methods(["GET", "POST"])
@once_only
def roster(request: HttpRequest) -> HttpResponse:
    """Show whose turn it is to answer, and put somebody on the roster."""
    user = signed_in(request)
    form = TurnForm(sent(request), **choices_of(user))
    if form.is_valid() and (made := did(form, lambda: services.give_turn(by=user, **form.told))):
        starts = timezone.localtime(made.period.lower)
        messages.success(request, f"{made.user} answers from {moment_in_words(starts)} on.")
        return redirect("casework:roster")
    rows = turns_of(user)
    return show(request, "roster", form, {"turns": rows, "now": timezone.now(), "clock": services.clock()})


def turns_of(user: User) -> list[Turn]:
    """Return the turns that are not over, of the localities this person sees to and of the county."""
    localities = services.localities_of(user, can=Can.REVIEW_FAMILY)
    rows = Turn.objects.filter(locality__in=localities) | Turn.objects.filter(locality=None)
    return list(rows.filter(period__endswith__gt=timezone.now()).select_related("user", "locality").order_by("period"))


def choices_of(user: User) -> dict[str, Any]:
    localities = list(services.localities_of(user, can=Can.REVIEW_FAMILY))
    county = any(role is Role.HEAD for role, _ in rights_of(user).reaches)
    return {"people": services.people_for(localities), "localities": localities, "county": county}


@require_POST
@once_only
def end_turn(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a turn now, or take one away that has not begun."""
    user = signed_in(request)
    if not rights_of(user).may(Can.REVIEW_FAMILY):
        raise PermissionDenied
    found = next((turn for turn in turns_of(user) if turn.uid == uid), None)
    if found is None:
        raise Http404
    services.end_turn(found, by=user)
    messages.success(request, f"{found.user} is not on the roster any more then.")
    return redirect("casework:roster")


# Parts of the pages above -------------------------------------------------------------------------------------------


def show(request: HttpRequest, page: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/lone_working/{page}.html", context | {"form": form}, status=status)
