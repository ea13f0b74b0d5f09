"""Own pages as staff see them: ask for one, release it, send it back, hand it over, end it, read what was said."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.own_page import services
from casework.own_page.forms import AskForm, EndPageForm, HandOverForm, LeavingOut, SendBackPageForm
from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.preview import preview_of
from casework.own_page.rules import AWAKE, DAYS, State
from casework.plans.models import Goal, Plan
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.paper.pdf import pdf_response
from slf.policy.models import setting_on
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400
MOST_WORDS = 50


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def pages_of(page: OwnPage) -> str:
    return reverse("casework:own_pages", args=[page.family.shown.uid])


def page_or_refuse(user: User, uid: UUID, *, can: Can) -> OwnPage:
    rows = OwnPage.objects.for_page().filter(family__in=Family.objects.open_to(user))
    page: OwnPage = get_or_refuse(rows, user, can=can, uid=uid)
    return page


@require_safe
def own_pages(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who has a page, who waits for one, how others ended, and what was said."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Own pages of the plan", family=family)
    return render(request, "casework/own_page/pages.html", standing(family, user))


def standing(family: Family, user: User) -> dict[str, Any]:
    """Return the pages of a family and what this person may do about them."""
    pages = list(OwnPage.objects.visible_to(user).filter(family=family).for_page())
    words = OwnPageWord.objects.visible_to(user).filter(family=family)
    return {
        "family": family,
        "living": [page for page in pages if page.is_living],
        "earlier": [page for page in pages if not page.is_living],
        "words": words.select_related("person__merged_into", "action", "read_by")[:MOST_WORDS],
        "in_force": Plan.objects.visible_to(user).in_force().filter(family=family).first(),
        "may_work": may_work_with(family, user),
        "may_release": rights_of(user).may(Can.DECIDE_SHARING, family.scope_id),
        "user_id": user.pk,
        "days": setting_on(DAYS),
        "awake": setting_on(AWAKE),
        "today": today(),
    }


@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go through the screen for one person, and ask for a page; where it is not safe, only that is kept."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    plan = Plan.objects.visible_to(user).in_force().filter(family=family).first()
    members, times = (
        services.members_for_a_page(family, on=today()),
        services.safe_times_of(family, by=user, on=today()),
    )
    form = AskForm(sent(request), members=members, times=times, goals=goals_of(plan, user))
    made = form.is_valid() and did(form, lambda: asked_for(family, form, by=user))
    if made:
        say_what_was_asked(request, made)
        return redirect("casework:own_pages", uid=family.uid)
    log_view(request, "Ask for an own page", family=family)
    return show(request, "ask", form, family=family, plan=plan)


def asked_for(family: Family, form: AskForm, *, by: User) -> OwnPage:
    person, screen, out = form.asked
    return services.ask_for_page(family, person, screen, **out, by=by, on=today())


def say_what_was_asked(request: HttpRequest, page: OwnPage) -> None:
    if page.state == State.UNSAFE:
        messages.warning(request, f"There is no page. {page.screen.stops(who=str(page.person))}")
    else:
        messages.success(request, f"The page for {page.person} waits for a senior. Nothing can be opened until then.")


def goals_of(plan: Plan | None, user: User) -> list[Goal]:
    if plan is None:
        return []
    rows = Goal.objects.visible_to(user).filter(plan=plan)
    return list(rows.prefetch_related("actions__person__merged_into", "actions__worker"))


@require_http_methods(["GET", "POST"])
@once_only
def release(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the screen and exactly what the person would see; release it, perhaps with more left out."""
    user = signed_in(request)
    page = page_or_refuse(user, uid, can=Can.DECIDE_SHARING)
    if over := settled(request, pages_of(page), unless=page.is_waiting):
        return over
    form = LeavingOut(sent(request), goals=goals_of(page.plan, user), but=(*page.goals_out, *page.actions_out))
    if form.is_valid() and did(form, lambda: services.release_page(page, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, f"Released. {page.asked_by} can hand the link over now.")
        return redirect("casework:own_pages", uid=page.family.shown.uid)
    log_view(request, "Release an own page", family=page.family)
    return show(request, "release", form, family=page.family.shown, page=page, shown=preview_of(page))


@require_http_methods(["GET", "POST"])
@once_only
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send an asking back with the reason."""
    user = signed_in(request)
    page = page_or_refuse(user, uid, can=Can.DECIDE_SHARING)
    if over := settled(request, pages_of(page), unless=page.is_waiting):
        return over
    form = SendBackPageForm(sent(request))
    if form.is_valid() and did(form, lambda: services.send_back_page(page, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, f"It is sent back to {page.asked_by}. There is no page.")
        return redirect("casework:own_pages", uid=page.family.shown.uid)
    log_view(request, "Send back an own page", family=page.family)
    return show(request, "send_back", form, family=page.family.shown, page=page)


@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask how link and PIN reach the person; make both, and show them this once."""
    user = signed_in(request)
    page = page_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = HandOverForm(sent(request))
    ways = form.cleaned_data if form.is_valid() else {}
    handed = ways and did(
        form, lambda: services.hand_over_page(page, by=user, on=today(), at=timezone.localtime(), **ways)
    )
    log_view(request, "Hand over an own page", family=page.family)
    more = {"family": page.family.shown, "page": page, "days": setting_on(DAYS), "shown": preview_of(page)}
    if not handed:
        return show(request, "hand_over", form, **more)
    address = request.build_absolute_uri(reverse("own_page:open", args=[handed.token]))
    shown = more | {
        "handed": handed,
        "address": address,
        "pin": f"{handed.pin[:3]} {handed.pin[3:]}",
        "page": handed.page,
    }
    return render(request, "casework/own_page/handed.html", shown)


@require_safe
def print_easy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give what was released as a paper that is easy to read: the same screen, the same release, as much left out."""
    user = signed_in(request)
    page = page_or_refuse(user, uid, can=Can.WORK_FAMILY)
    if not page.is_open:
        raise Http404
    services.insist_on_the_page(page, on=today())
    log_view(request, f"Own page printed for {page.person}", family=page.family)
    shown = preview_of(page)
    data = {"title": "Our plan", **{name: shown[name] for name in ("name", "agreed_on", "goals")}}
    return pdf_response(f"our plan {page.family.reference}", "casework/own_page/easy.typ", data)


@require_http_methods(["GET", "POST"])
@once_only
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a page away, at once."""
    user = signed_in(request)
    page = end_or_refuse(user, uid)
    form = EndPageForm(sent(request))
    if form.is_valid() and did(form, lambda: services.end_page(page, by=user, **form.cleaned_data)):
        messages.success(request, f"The page of {page.person} is taken away. Nothing of it opens any more.")
        return redirect("casework:own_pages", uid=page.family.shown.uid)
    log_view(request, "End an own page", family=page.family)
    return show(request, "end", form, family=page.family.shown, page=page)


def end_or_refuse(user: User, uid: UUID) -> OwnPage:
    """Return a page for whoever may end it: who works with the family, and who releases pages."""
    releases = OwnPage.objects.visible_to(user, can=Can.DECIDE_SHARING).filter(uid=uid).exists()
    return page_or_refuse(user, uid, can=Can.DECIDE_SHARING if releases else Can.WORK_FAMILY)


@require_POST
@once_only
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that what somebody said was read."""
    user = signed_in(request)
    word = get_or_refuse(OwnPageWord.objects.select_related("family"), user, can=Can.WORK_FAMILY, uid=uid)
    services.note_read(word, by=user, on=today())
    return redirect(f"{reverse('casework:own_pages', args=[word.family.shown.uid])}#said")


# Parts of the pages above


def show(request: HttpRequest, page_name: str, form: forms.Form, **more: Any) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/own_page/{page_name}.html", {"form": form, **more}, status=status)
