"""The referrer's pages: their own list, the draft's task list and small pages, checking, sending, the receipt."""

from collections.abc import Mapping
from datetime import date
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from referrals.intake import rules, services, words
from referrals.intake.forms.pages import AgreementForm, DangerForm, HomeForm, NeedsForm, RangForm
from referrals.intake.forms.people import LISTS, PersonSet, people_sets
from referrals.intake.models import Receipt, Referral
from referrals.intake.rules import Progress, Section
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.policy.models import setting_on, value_of
from slf.web.errors import Conflict, Incomplete
from slf.web.forms import GovFormSet, OnceForm, sent, whole_number
from slf.web.words import day_in_words
from slf.work.once import once_only

RECEIPTS_A_PAGE = 25
TONES = {Progress.NOT_STARTED: "neutral", Progress.STARTED: "waiting", Progress.COMPLETE: ""}


def settings_now(sent_on: date | None = None) -> dict[str, object]:
    """Return the settings these pages say: of what was sent, how long a team had then to decide."""
    return {
        "emergency_number": value_of(rules.EMERGENCY_NUMBER),
        "duty_number": setting_on(rules.DUTY_NUMBER),
        "decide_within": setting_on(rules.DECIDE_WITHIN, on=sent_on),
        "reply_within": setting_on(rules.REPLY_WITHIN),
    }


def draft_page(view):
    """Give the view the referrer's own draft; somebody else's and a missing one are the same 404.

    One that was sent from another tab meanwhile goes to its receipt, which says so.
    """

    @requires(Can.REFER)
    @wraps(view)
    def opened(request: HttpRequest, uid, **kwargs) -> HttpResponse:
        drafts = Referral.objects.visible_to(request.user, can=Can.REFER).drafts_of(request.user).for_page()
        if (draft := drafts.filter(uid=uid).first()) is None:
            return sent_already(request, uid)
        log_view(request, "Draft referral")
        return view(request, draft, **kwargs)

    return require_http_methods(["GET", "POST"])(opened)


def sent_already(request: HttpRequest, uid) -> HttpResponse:
    """Go to the receipt of the referrer's own referral and say when it was sent; any other is a 404."""
    receipt = get_or_refuse(Receipt.objects.kept_by(request.user), request.user, can=Can.REFER, uid=uid)
    lost = " What you typed since then is not part of it." if "seen" in request.POST else ""
    messages.warning(request, f"This referral was already sent on {day_in_words(receipt.sent_on)}.{lost}")
    return redirect("referrals:referral", uid=uid)


def changed_meanwhile(request: HttpRequest, draft: Referral, section: Section) -> bool:
    """Lock the draft; tell whether this page's answers were saved from elsewhere since it was opened."""
    try:
        services.open_draft(draft, by=request.user, revision=draft.revision)
    except Conflict:
        return True
    seen = request.POST.get("seen")
    return seen is not None and seen != rules.fingerprint(draft.answers(), section)


def section_page(request: HttpRequest, draft: Referral, section: Section, *, changed: bool = False, **shown):
    """Show one of the small pages: what is missing on it, and what is saved where somebody else saved it meanwhile."""
    answers = draft.answers()
    started = rules.progress(answers)[section] is Progress.STARTED
    page = {
        "draft": draft,
        "seen": rules.fingerprint(answers, section),
        "still": rules.missing_in(section, answers) if started and request.method == "GET" else [],
        "saved": next(w for w in words.in_words(answers, on=today()) if w.section is section) if changed else None,
    }
    return render(
        request, f"referrals/intake/{section}.html", page | settings_now() | shown, status=409 if changed else 200
    )


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
    return render(request, "referrals/intake/start.html", {"form": form} | settings_now())


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
        return render(
            request, "referrals/intake/receipt.html", {"receipt": receipt} | settings_now(sent_on=receipt.sent_on)
        )
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
    changed = request.method == "POST" and changed_meanwhile(request, draft, Section.DANGER)
    if form.is_valid() and not changed:
        answer = form.cleaned_data["in_danger"]
        services.say_danger(draft, by=request.user, in_danger=answer, spoke_to=draft.spoke_to)
        return redirect("referrals:ring", uid=draft.uid) if answer else go_on(request, draft, after=Section.DANGER)
    return section_page(request, draft, Section.DANGER, changed=changed, form=form)


@draft_page
def ring(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Stop: give the number to ring, and keep who was told."""
    if not draft.in_danger:
        return redirect("referrals:danger", uid=draft.uid)
    form = RangForm(sent(request), initial={"spoke_to": draft.spoke_to}, may_wait="later" in request.POST)
    if form.is_valid():
        services.say_danger(draft, by=request.user, in_danger=True, **form.cleaned_data)
        return go_on(request, draft, after=Section.DANGER)
    return render(request, "referrals/intake/ring.html", {"draft": draft, "form": form} | settings_now())


@draft_page
def people(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Ask for everybody on one page. "Add another" saves it too, and comes back with room for one more."""
    room_in = request.POST.get("add", "")
    sets = people_sets(draft, with_room(request, room_in), lines=lines_asked(request))
    changed = request.method == "POST" and changed_meanwhile(request, draft, Section.PEOPLE)
    if request.method == "POST" and are_valid(sets) and not changed:
        rows = [row for group in sets.values() for row in group.rows()]
        services.list_people(draft, by=request.user, people=rows)
        if room_in in sets:
            lines = urlencode({name: group.lines for name, group in sets.items()})
            return redirect(f"{request.path}?{lines}#{room_in}")
        return go_on(request, draft, after=Section.PEOPLE)
    wrong = any(group.is_bound and not group.is_valid() for group in sets.values())
    return section_page(request, draft, Section.PEOPLE, changed=changed, sets=sets, wrong=wrong)


def lines_asked(request: HttpRequest) -> dict[str, int]:
    """Return how many lines each list had when somebody added another, so that an empty one does not go away."""
    return {name: whole_number(request.GET.get(name, ""), other=0) for name in LISTS}


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
    changed = request.method == "POST" and changed_meanwhile(request, draft, Section.HOME)
    if form.is_valid() and not changed:
        services.say_home(draft, by=request.user, **form.cleaned_data)
        if form.cleaned_data.get("district", "not asked") is None and "later" not in request.POST:
            return redirect("referrals:home", uid=draft.uid)
        return go_on(request, draft, after=Section.HOME)
    return section_page(request, draft, Section.HOME, changed=changed, form=form)


@draft_page
def needs(request: HttpRequest, draft: Referral) -> HttpResponse:
    form = NeedsForm(sent(request), draft=draft, insist="later" not in request.POST)
    changed = request.method == "POST" and changed_meanwhile(request, draft, Section.NEEDS)
    if form.is_valid() and not changed:
        services.say_needs(draft, by=request.user, **form.answers())
        return go_on(request, draft, after=Section.NEEDS)
    return section_page(request, draft, Section.NEEDS, changed=changed, form=form)


@draft_page
def agreement(request: HttpRequest, draft: Referral) -> HttpResponse:
    form = AgreementForm(sent(request), draft=draft)
    changed = request.method == "POST" and changed_meanwhile(request, draft, Section.AGREEMENT)
    if form.is_valid() and not changed:
        services.say_agreement(draft, by=request.user, **form.cleaned_data)
        return go_on(request, draft, after=Section.AGREEMENT)
    return section_page(request, draft, Section.AGREEMENT, changed=changed, form=form)


# Sending -----------------------------------------------------------------------------------------------------------


@requires(Can.REFER)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, uid) -> HttpResponse:
    """Show all answers; send them. Sent again, the page goes to the receipt."""
    drafts = Referral.objects.visible_to(request.user, can=Can.REFER).drafts_of(request.user).for_page()
    draft = drafts.filter(uid=uid).first()
    if draft is None:
        return sent_already(request, uid)
    log_view(request, "Draft referral")
    lacking, still = [], services.missing_from(draft)
    if request.method == "POST":
        try:
            services.note_first_try(draft, by=request.user, on=today())
            services.send_referral(draft, by=request.user, on=today())
            return redirect("referrals:referral", uid=uid)
        except Incomplete as refusal:
            lacking = refusal.missing
    shown = {"draft": draft, "pages": checked_pages(draft), "lacking": lacking, "still": still}
    return render(request, "referrals/intake/check.html", shown | settings_now(), status=422 if lacking else 200)


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
