"""Meetings of the team around a family: planned, moved, cancelled; minutes finished and added to; papers given."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.meetings import copies, papers, services
from casework.meetings.doors import (
    action_or_refuse,
    copy_or_refuse,
    family_or_refuse,
    meeting_or_refuse,
)
from casework.meetings.forms import (
    ActionForm,
    AddForm,
    CancelForm,
    ChangeForm,
    PlanForm,
    SettleForm,
    invited_as,
    planned,
)
from casework.meetings.holding import reads_record
from casework.meetings.models import Meeting
from casework.meetings.rules import Paper
from casework.meetings.wanted import WantedMeeting
from casework.meetings.wanting import plan_wanted
from families.people.models import Family
from slf.access.doors import log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import today
from slf.paper.pdf import pdf_response
from slf.web.errors import DomainError
from slf.web.forms import did, sent
from slf.work.once import as_uuid, once_only

BAD_REQUEST = 400


@require_safe
def meetings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the family's meetings."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Meetings", family=family)
    rows = Meeting.objects.visible_to(user).filter(family=family).for_list()
    wanted = WantedMeeting.objects.visible_to(user).to_plan().filter(family=family).for_list()
    context = {"family": family, "rows": list(rows), "wanted": list(wanted), **may(family, user), "on": today()}
    return render(request, "casework/meetings/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one: who is invited and came, its minutes and actions, and what is to be done next."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid)
    log_view(request, str(found), family=found.family)
    return render(request, "casework/meetings/meeting.html", shown(found, user))


def shown(found: Meeting, user: User) -> dict[str, Any]:
    names = {one.pk: str(one) for one in found.invited.all()}
    given: dict[int, list[Any]] = {}
    for each in found.copies.all():
        given.setdefault(each.invitee_id, []).append(each)
    return {
        "family": found.family.shown,
        "meeting": found,
        "invited": [(one, given.get(one.pk, [])) for one in found.those_invited],
        "points": [(row, copies.kept_words(row.kept_from, names)) for row in found.written],
        "actions": [
            (row, copies.kept_words(row.kept_from, names), row.is_late(today())) for row in found.actions.all()
        ],
        **may(found.family, user),
        "is_over": found.day <= today(),
        "papers": [Paper.MINUTES] if found.is_finished else [Paper.INVITATION] if found.is_planned else [],
        "following": list(found.next.all()),
    }  # fmt: skip


def may(family: Family, user: User) -> dict[str, bool]:
    """Say what the buttons are shown for: business support keeps the meetings and reads nothing else."""
    rights = rights_of(user)
    keeps = rights.opens(
        RecordClass.MEETING, scope_id=family.scope_id, family_id=family.pk, can=Can.KEEP_MEETINGS
    )  # fmt: skip
    return {
        "may_work": may_work_with(family, user), "may_keep": keeps, "reads_record": reads_record(family, user)
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@once_only
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call a meeting; ``?after=`` one that it follows, ``?wanted=`` one that was asked for."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    follows = named(request, "after", Meeting.objects.visible_to(user).filter(family=family))
    asked = named(request, "wanted", WantedMeeting.objects.visible_to(user).for_list().filter(family=family))
    could = services.could_be_invited(family, by=user, on=today())
    form = PlanForm(sent(request), could=could, initial={"purpose": asked.purpose} if asked else None)
    calls = partial(*((plan_wanted, asked) if asked else (services.plan_meeting, family)), by=user, on=today(),
                    follows=follows)  # fmt: skip
    if form.is_valid() and (made := did(form, lambda: calls(**form.told))):
        messages.success(request, f"The meeting is planned for {made.when}. Give everybody their invitation.")
        return redirect(made)
    log_view(request, "Plan a meeting", family=family)
    return page(request, "plan", form, {"family": family, "follows": follows, "asked": asked})


def named(request: HttpRequest, name: str, rows: Any) -> Any:
    """Return the row of this family that the address names, if it names one."""
    if not (asked := request.GET.get(name, "")):
        return None
    found = rows.filter(uid=as_uuid(asked)).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@once_only
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a meeting, or invite others."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    could = services.could_be_invited(found.family.shown, by=user, on=today())
    stands = planned(found, could) | {"seen": services.seen_of(found)}
    form = ChangeForm(sent(request), initial=stands, could=could)
    if form.is_valid() and did(form, lambda: services.change_meeting(found, by=user, **form.told)):
        messages.success(request, "The change is kept. Give everybody their invitation again.")
        return redirect(found)
    return about(request, found, "change", form, "Change a meeting")


@require_http_methods(["GET", "POST"])
@once_only
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call a meeting off."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    form = CancelForm(sent(request))
    calls_off = partial(services.cancel_meeting, found, by=user, on=today())
    if form.is_valid() and did(form, lambda: calls_off(**form.cleaned_data)):
        messages.success(request, "The meeting is cancelled.")
        return redirect(found)
    return about(request, found, "cancel", form, "Cancel a meeting")


@require_POST
@once_only
def typed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the minutes are typed, and wait to be finished."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    try:
        services.say_typed(found, by=user, on=today())
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect(found)
    messages.success(request, "The minutes are typed. Who works with the family reads and finishes them.")
    return redirect(found)


@require_POST
@once_only
def finish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Finish the minutes."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.WORK_FAMILY)
    try:
        services.finish_minutes(found, by=user, on=today())
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect(found)
    messages.success(request, "The minutes are finished. They are added to from now on, and never changed.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@once_only
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add something to finished minutes."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = AddForm(sent(request), meeting=found)
    adds = partial(services.add_to_minutes, found, by=user, on=today())
    if form.is_valid() and did(form, lambda: adds(**form.told)):
        messages.success(request, "It is added below the minutes.")
        return redirect(found)
    return about(request, found, "add", form, "Add to minutes")


@require_http_methods(["GET", "POST"])
@once_only
def action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what somebody is to do."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    form = ActionForm(sent(request), meeting=found)
    sets = partial(services.set_action, found, by=user, on=today())
    if form.is_valid() and did(form, lambda: sets(**form.told)):
        messages.success(request, "The action is kept.")
        return redirect(found)
    return about(request, found, "action", form, "An action of a meeting")


@require_http_methods(["GET", "POST"])
@once_only
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what came of an action."""
    user = signed_in(request)
    found = action_or_refuse(user, uid)
    form = SettleForm(sent(request))
    settles = partial(services.settle_action, found, by=user, on=today())
    if form.is_valid() and did(form, lambda: settles(**form.cleaned_data)):
        messages.success(request, "What came of it is kept.")
        return redirect(found.meeting)
    return about(request, found.meeting, "settle", form, "What came of an action", action=found)


@require_POST
@once_only
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a paper for one who is invited, and write down that they are given it."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    invitee = invited_as(as_uuid(request.POST.get("invitee", "")) or uid, found.those_invited)
    if invitee is None:
        raise Http404
    try:
        made = papers.give_copy(found, invitee, what=request.POST.get("what", ""), by=user, on=today())
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect(found)
    return redirect("casework:meeting_copy", uid=made.uid)


@require_safe
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the paper that somebody invited was given, as it read on that day."""
    user = signed_in(request)
    found = copy_or_refuse(user, uid)
    whole = meeting_or_refuse(user, found.meeting.uid)
    log_view(request, f"{found.get_what_display()} printed for {found.invitee}", family=found.family)
    name = f"{found.what} {whole.day:%Y-%m-%d}"
    if not found.is_minutes:
        return pdf_response(name, "casework/meetings/invitation.typ", copies.invitation(whole, found.invitee))
    papers.check_reads_all(whole)
    data = copies.minutes(whole, reader=found.invitee, until=found.given_on)
    return pdf_response(name, "casework/meetings/minutes.typ", data)


@require_safe
def print_minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the minutes in full, for the record: nobody of another agency and nobody of the family is given these."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid)
    papers.check_reads_all(found)
    log_view(request, f"{found}: minutes printed for the record", family=found.family)
    name = f"minutes {found.family.shown.reference} {found.day:%Y-%m-%d}"
    return pdf_response(name, "casework/meetings/minutes.typ", copies.minutes(found, reader=None))


# Parts of the pages above


def about(request: HttpRequest, found: Meeting, name: str, form: forms.Form, what: str, **more: Any) -> HttpResponse:
    log_view(request, what, family=found.family)
    return page(request, name, form, {"family": found.family.shown, "meeting": found, **more})


def page(request: HttpRequest, name: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/meetings/{name}.html", shown | {"form": form}, status=status)
