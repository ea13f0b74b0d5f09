"""The referrer's pages: their own list, the draft's task list and small pages, checking, sending, the receipt."""

from collections.abc import Mapping
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from referrals.intake import rules, services, words
from referrals.intake.forms import (
    LISTS,
    AgreementForm,
    DangerForm,
    HomeForm,
    NeedsForm,
    PersonSet,
    RangForm,
    people_sets,
)
from referrals.intake.models import Receipt, Referral
from referrals.intake.rules import Progress, Section
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Incomplete
from slf.web.forms import GovFormSet, OnceForm, sent
from slf.web.words import EXAMPLE, day_in_words
from slf.work.once import once_only

RECEIPTS_A_PAGE = 25
SETTINGS = {
    "emergency_number": rules.EMERGENCY_NUMBER,
    "duty_number": rules.DUTY_NUMBER,
    "decide_within": rules.DECIDE_WITHIN,
    "example": EXAMPLE,
}
TONES = {Progress.NOT_STARTED: "neutral", Progress.STARTED: "waiting", Progress.COMPLETE: ""}


def draft_page(view):
    """Give the view the referrer's own draft; somebody else's, a sent one and a missing one are the same 404."""

    @requires(Can.REFER)
    @wraps(view)
    def opened(request: HttpRequest, uid, **kwargs) -> HttpResponse:
        rows = Referral.objects.drafts_of(request.user).for_page()
        draft = get_or_refuse(rows, request.user, can=Can.REFER, uid=uid)
        log_view(request, "Draft referral")
        return view(request, draft, **kwargs)

    return require_http_methods(["GET", "POST"])(opened)


def go_on(request: HttpRequest, draft: Referral, *, after: Section) -> HttpResponse:
    """Go to the list when that was asked, else to the next page that is not complete, else to the last one."""
    if "later" in request.POST:
        messages.success(request, "Your draft is saved. You can come back to it whenever you like.")
        return redirect(draft)
    following = rules.next_section(fresh(draft, user=request.user).answers(), after=after)
    return redirect(f"referrals:{following}" if following else "referrals:check", uid=draft.uid)


def fresh(draft: Referral, *, user) -> Referral:
    return Referral.objects.visible_to(user).for_page().get(pk=draft.pk)


# The list ----------------------------------------------------------------------------------------------------------


@requires(Can.REFER)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the referrer's own drafts, and what they sent with what became of it."""
    drafts = Referral.objects.visible_to(request.user, can=Can.REFER).drafts_of(request.user).for_page()
    receipts = Receipt.objects.visible_to(request.user, can=Can.REFER).kept_by(request.user)
    page = Paginator(receipts, RECEIPTS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "My referrals")
    return render(request, "referrals/intake/mine.html", {"drafts": [in_short(d) for d in drafts], "page": page})


def in_short(draft: Referral) -> tuple[Referral, str]:
    complete = sum(done is Progress.COMPLETE for done in rules.progress(draft.answers()).values())
    saved = day_in_words(timezone.localdate(draft.changed_at))
    return draft, f"{complete} of {len(Section)} pages completed, saved on {saved}"


@requires(Can.REFER)
@require_http_methods(["GET", "POST"])
@once_only
def start(request: HttpRequest) -> HttpResponse:
    """Say what will be asked; start the draft when the button is pressed."""
    form = OnceForm(sent(request))
    if form.is_valid():
        return redirect(services.start_referral(by=request.user))
    return render(request, "referrals/intake/start.html", {"form": form} | SETTINGS)


@requires(Can.REFER)
@require_safe
def referral(request: HttpRequest, uid) -> HttpResponse:
    """Show the draft's task list; once it is sent, the receipt."""
    drafts = Referral.objects.visible_to(request.user, can=Can.REFER).drafts_of(request.user).for_page()
    if (draft := drafts.filter(uid=uid).first()) is not None:
        log_view(request, "Draft referral")
        return render(request, "referrals/intake/draft.html", task_list(draft))
    receipts = Receipt.objects.visible_to(request.user, can=Can.REFER).kept_by(request.user)
    if (receipt := receipts.filter(uid=uid).first()) is not None:
        log_view(request, "Receipt of a referral")
        return render(request, "referrals/intake/receipt.html", {"receipt": receipt} | SETTINGS)
    raise Http404


def task_list(draft: Referral) -> dict:
    done = rules.progress(draft.answers())
    tasks = [(section, done[section].value, TONES[done[section]]) for section in Section]
    complete = sum(progress is Progress.COMPLETE for progress in done.values())
    return {"draft": draft, "tasks": tasks, "complete": complete, "all": len(done)}


# The small pages ---------------------------------------------------------------------------------------------------


@draft_page
def danger(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Ask whether anyone is in danger; a yes stops here and gives the number to ring."""
    form = DangerForm(sent(request), initial={"in_danger": draft.in_danger})
    if form.is_valid():
        answer = form.cleaned_data["in_danger"]
        services.say_danger(draft, by=request.user, in_danger=answer, spoke_to=draft.spoke_to)
        return redirect("referrals:ring", uid=draft.uid) if answer else go_on(request, draft, after=Section.DANGER)
    return render(request, "referrals/intake/danger.html", {"draft": draft, "form": form} | SETTINGS)


@draft_page
def ring(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Stop: give the number to ring, and keep who was told."""
    if not draft.in_danger:
        return redirect("referrals:danger", uid=draft.uid)
    form = RangForm(sent(request), initial={"spoke_to": draft.spoke_to}, may_wait="later" in request.POST)
    if form.is_valid():
        services.say_danger(draft, by=request.user, in_danger=True, **form.cleaned_data)
        return go_on(request, draft, after=Section.DANGER)
    return render(request, "referrals/intake/ring.html", {"draft": draft, "form": form} | SETTINGS)


@draft_page
def people(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Ask for everybody on one page. "Add another" saves it too, and comes back with room for one more."""
    room_in = (request.POST or request.GET).get("add", "")
    sets = people_sets(draft, with_room(request, room_in), room_in=room_in)
    if request.method == "POST" and are_valid(sets):
        rows = [row for group in sets.values() for row in group.rows()]
        services.list_people(draft, by=request.user, people=rows)
        if room_in in sets:
            return redirect(f"{request.path}?add={room_in}#{room_in}")
        return go_on(request, draft, after=Section.PEOPLE)
    return render(request, "referrals/intake/people.html", {"draft": draft, "sets": sets})


def with_room(request: HttpRequest, room_in: str):
    """Return what was sent, with one more line in the list whose "add another" was pressed."""
    if request.method != "POST":
        return None
    return GovFormSet.with_another(request.POST, prefix=room_in) if room_in in LISTS else request.POST


def are_valid(sets: Mapping[str, PersonSet]) -> bool:
    """Check every list, so that each shows what is wrong in it."""
    valid = [group.is_valid() for group in sets.values()]
    return all(valid)


@draft_page
def home(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Ask where they live. A postcode we do not know brings the question which district it is in."""
    form = HomeForm(sent(request), draft=draft)
    if form.is_valid():
        services.say_home(draft, by=request.user, **form.cleaned_data)
        if form.cleaned_data.get("district", "not asked") is None and "later" not in request.POST:
            return redirect("referrals:home", uid=draft.uid)
        return go_on(request, draft, after=Section.HOME)
    return render(request, "referrals/intake/home.html", {"draft": draft, "form": form})


@draft_page
def needs(request: HttpRequest, draft: Referral) -> HttpResponse:
    form = NeedsForm(sent(request), draft=draft)
    if form.is_valid():
        services.say_needs(draft, by=request.user, needs=form.answers())
        return go_on(request, draft, after=Section.NEEDS)
    return render(request, "referrals/intake/needs.html", {"draft": draft, "form": form})


@draft_page
def agreement(request: HttpRequest, draft: Referral) -> HttpResponse:
    form = AgreementForm(sent(request), draft=draft)
    if form.is_valid():
        services.say_agreement(draft, by=request.user, **form.cleaned_data)
        return go_on(request, draft, after=Section.AGREEMENT)
    return render(request, "referrals/intake/agreement.html", {"draft": draft, "form": form})


# Sending -----------------------------------------------------------------------------------------------------------


@requires(Can.REFER)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, uid) -> HttpResponse:
    """Show all answers; send them. Sent again, the page goes to the receipt."""
    drafts = Referral.objects.visible_to(request.user, can=Can.REFER).drafts_of(request.user).for_page()
    draft = drafts.filter(uid=uid).first()
    if draft is None:
        get_or_refuse(Receipt.objects.kept_by(request.user), request.user, can=Can.REFER, uid=uid)
        return redirect("referrals:referral", uid=uid)
    log_view(request, "Draft referral")
    lacking = []
    if request.method == "POST":
        try:
            services.send_referral(draft, by=request.user, on=today())
            return redirect("referrals:referral", uid=uid)
        except Incomplete as refusal:
            lacking = refusal.missing
    shown = {"draft": draft, "pages": checked_pages(draft), "lacking": lacking}
    return render(request, "referrals/intake/check.html", shown | SETTINGS, status=422 if lacking else 200)


def checked_pages(draft: Referral) -> list[tuple[words.Words, str, str]]:
    """Return each page in words, its address, and the link that says to what the change is."""
    return [
        (
            said,
            reverse(f"referrals:{said.section}", args=[draft.uid]),
            format_html('Change<span class="govuk-visually-hidden"> {}</span>', said.title),
        )
        for said in words.in_words(draft.answers(), on=today())
    ]


@draft_page
def discard(request: HttpRequest, draft: Referral) -> HttpResponse:
    if request.method == "POST":
        services.discard_draft(draft, by=request.user)
        messages.success(request, "The draft is deleted.")
        return redirect("referrals:mine")
    return render(request, "referrals/intake/discard.html", {"draft": draft})
