"""Supervision: begin one, decide on families, the worker's own part, sign; what was decided on one family."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.provenance.models import marks_in
from casework.supervision import services
from casework.supervision.agenda import Topic, agenda, looked_at, topic_of
from casework.supervision.caseload import open_to_staff
from casework.supervision.forms import BeginForm, DecideForm, DoneForm, OwnForm
from casework.supervision.line import lines
from casework.supervision.models import AgreedAction, Decision, OwnPart, Supervision, SupervisionPart
from casework.supervision.rules import LINE_ABOVE, OwnWords, check_action
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, requires, signed_in, staff_only
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.typed import keeps
from slf.web.errors import Conflict
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST, CONFLICT, UNPROCESSABLE = 400, 409, 422
A_PAGE = 25


def supervision_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Supervision:
    rows = Supervision.objects.for_list()
    found: Supervision = get_or_refuse(rows, user, can=can, uid=uid)
    return found


def part_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> SupervisionPart:
    found: SupervisionPart = get_or_refuse(SupervisionPart.objects.for_page(), user, can=can, uid=uid)
    return found


@staff_only
@require_safe
def supervisions(request: HttpRequest) -> HttpResponse:
    """List the supervisions of this person: their own, those they led, and those of people below them."""
    user = signed_in(request)
    rows = Supervision.objects.visible_to(user).for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Supervisions")
    shown = {"page": page, "rows": [(row, state_of(row, user)) for row in page.object_list]}
    shown["may_begin"] = rights_of(user).may(Can.REVIEW_FAMILY)
    return render(request, "casework/supervision/supervisions.html", shown)


def state_of(row: Supervision, user: User) -> tuple[str, str]:
    """Return how a supervision stands, in words and a tone."""
    parts = list(row.parts.all())
    if row.called_off_on:
        return "Called off", "neutral"
    if all(part.is_settled for part in parts):
        return "Signed", "good"
    mine = (part.worker_id == user.pk and part.worker_signed_on is None for part in parts)
    led = row.supervisor_id == user.pk and any(part.supervisor_signed_on is None for part in parts)
    return ("To be signed by you", "attention") if led or any(mine) else ("Not signed by both", "waiting")


@requires(Can.REVIEW_FAMILY)
@require_http_methods(["GET", "POST"])
@once_only
def begin(request: HttpRequest) -> HttpResponse:
    """Ask with whom, of what kind and on which day."""
    user = signed_in(request)
    asked = request.GET.get("worker", "")
    form = BeginForm(sent(request), lines=lines(user, on=today()), initial={"workers": [asked], "held_on": today()})
    if form.is_valid():
        said = {"kind": form.cleaned_data["kind"], "held_on": form.cleaned_data["held_on"]}
        made = did(form, lambda: services.begin_supervision(form.chosen, **said, by=user, on=today()), but=(Conflict,))
        if made:
            return redirect(made)
    log_view(request, "Begin a supervision")
    return render(
        request, "casework/supervision/begin.html", {"form": form}, status=BAD_REQUEST if form.errors else 200
    )


@require_safe
def supervision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the whole of a supervision: each worker's families, the most pressing first, and what is decided."""
    user = signed_in(request)
    row = supervision_or_refuse(user, uid)
    parts = [
        part_of(part, user) for part in SupervisionPart.objects.visible_to(user).for_page().filter(supervision=row)
    ]
    log_view(request, "Supervision", families=[one.family.pk for part in parts for one in part["topics"]])
    shown = {"supervision": row, "parts": parts, "leads": row.supervisor_id == user.pk, "today": today()}
    shown["may_call_off"] = shown["leads"] and not row.called_off_on and not any(map(has_begun, parts))
    return render(request, "casework/supervision/supervision.html", shown)


def has_begun(shown: dict[str, Any]) -> bool:
    part = shown["part"]
    return bool(part.supervisor_signed_on or part.worker_signed_on or shown["done"])


def part_of(part: SupervisionPart, user: User) -> dict[str, Any]:
    """Return one worker's part as the page shows it: the agenda, each family with its form while it is open."""
    topics = agenda(part, user=user, on=today())
    leads = part.supervision.supervisor_id == user.pk
    is_open = leads and not part.is_settled and part.supervision.called_off_on is None
    own = OwnPart.objects.visible_to(user).filter(part=part).select_related("written_by").first()
    return {
        "part": part,
        "topics": topics,
        "rows": [(one, form_of(part, one) if is_open else None) for one in topics],
        "done": looked_at(topics),
        "is_open": is_open,
        "own": own,
        "reads_own": SupervisionPart.objects.visible_to(user).own_of(user).filter(pk=part.pk).exists(),
        "writes_own": user.pk in {part.worker_id, part.supervision.supervisor_id},
        "waits": part.waits_for(user) and part.supervision.called_off_on is None,
        "state": services.state_of(part),
        "line": who_reads(part),
    }


def who_reads(part: SupervisionPart) -> str:
    """Say who reads the worker's own part beside the two."""
    above = LINE_ABOVE[Role(part.supervision.role)]
    return f"the {above[0].label.lower()}" if above else ""


def form_of(part: SupervisionPart, topic: Topic, data: Any = None) -> DecideForm:
    return DecideForm(data, part=part, key=topic.family.uid.hex, decision=topic.decision)


@require_http_methods(["GET", "POST"])
@once_only
def decide(request: HttpRequest, uid: UUID, family_uid: UUID) -> HttpResponse:
    """Decide on one family: within the page of the supervision, or on a page of its own."""
    user = signed_in(request)
    part = part_or_refuse(user, uid, can=Can.REVIEW_FAMILY)
    family = get_or_refuse(Family.objects.open_to(user), user, can=Can.REVIEW_FAMILY, uid=family_uid)
    topic = topic_of(part, family, user=user, on=today())
    if topic is None:
        raise Http404
    form = form_of(part, topic, sent(request))
    try:
        made = form.is_valid() and did(form, lambda: decided(form, part, family, by=user), but=(Conflict,))
    except Conflict as changed:
        made, topic = None, topic_of(part, family, user=user, on=today()) or topic
        form.add_error(None, changed.message)
        form.show_again(topic.decision)
    if made and request.htmx:
        return show_topic(request, part, family)
    if made:
        messages.success(request, f"{family.name}: saved.")
        return redirect(f"{part.supervision.get_absolute_url()}#family-{family.uid}")
    log_view(request, "Decide in supervision", family=family)
    return ask_again(request, part, topic, form)


def decided(form: DecideForm, part: SupervisionPart, family: Family, *, by: User) -> Decision:
    said = form.cleaned_data
    action = check_action(said["what"], said["due_on"], held_on=part.supervision.held_on)
    return services.decide(part, family, **form.agreed, action=action, by=by, on=today())


def show_topic(request: HttpRequest, part: SupervisionPart, family: Family) -> HttpResponse:
    """Give the family as it stands now, and how many are looked at, in place of what was there."""
    user = signed_in(request)
    part.refresh_from_db()
    topics = agenda(part, user=user, on=today())
    topic = next(one for one in topics if one.family.pk == family.pk)
    shown = {"part": part, "topic": topic, "form": form_of(part, topic), "just_saved": True}
    log_view(request, "Decide in supervision", family=family)
    shown |= {"done": looked_at(topics), "total": len(topics), "state": services.state_of(part)}
    return render(request, "casework/supervision/topic.html", shown)


def ask_again(request: HttpRequest, part: SupervisionPart, topic: Topic, form: DecideForm) -> HttpResponse:
    shown = {"part": part, "topic": topic, "form": form}
    if request.htmx:
        return render(request, "casework/supervision/topic.html", shown, status=UNPROCESSABLE)
    status = BAD_REQUEST if form.errors else 200
    return render(request, "casework/supervision/decide.html", shown, status=status)


@require_POST
@once_only
def take_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an action out that was not agreed after all."""
    user = signed_in(request)
    action = get_or_refuse(
        AgreedAction.objects.select_related("decision__part", "family"), user, can=Can.REVIEW_FAMILY, uid=uid
    )
    part = part_or_refuse(user, action.decision.part.uid, can=Can.REVIEW_FAMILY)
    services.take_out_action(action, by=user)
    messages.success(request, "The action is taken out.")
    return redirect(f"{part.supervision.get_absolute_url()}#family-{action.family.uid}")


@require_http_methods(["GET", "POST"])
@once_only
@keeps("own_part")
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the worker's own part to the two and the line above; the two write in it."""
    user = signed_in(request)
    rows = SupervisionPart.objects.visible_to(user).own_of(user).for_page()
    part = rows.filter(uid=uid).first()
    if part is None:
        raise Http404
    now = OwnPart.objects.visible_to(user).filter(part=part).first()
    writes = user.pk in {part.worker_id, part.supervision.supervisor_id} and not part.is_settled
    if not writes and (request.method == "POST" or request.note.draft):
        raise PermissionDenied
    stands = {name: getattr(now, name, "") for name in OwnWords.__annotations__}
    form = OwnForm(sent(request), stands=stands, revision=now.revision if now else 0)
    if form.is_valid() and did(form, lambda: services.write_own_part(part, form.words, revision=form.seen, by=user)):
        messages.success(request, "Saved. Only the two of you and the line above read it.")
        return redirect(part.supervision)
    log_view(request, "A worker's own part of a supervision")
    shown = {"part": part, "form": form, "now": now, "writes": writes, "line": who_reads(part), "note": request.note}
    status = CONFLICT if form.differing else BAD_REQUEST if form.errors else 200
    return render(request, "casework/supervision/own.html", shown, status=status)


@require_POST
@once_only
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign one's side of a part, as it was read."""
    user = signed_in(request)
    part = part_or_refuse(user, uid)
    try:
        done = services.sign_part(part, by=user, on=today(), signs=request.POST.get("state", ""))
    except Conflict as changed:
        messages.error(request, changed.message)
        return redirect(part.supervision)
    both = "Both of you have signed." if done.is_settled else "It is settled once the other one has signed too."
    messages.success(request, f"You have signed. {both}")
    return redirect(part.supervision)


@require_POST
@once_only
def call_off(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call a supervision off in which nothing was decided."""
    user = signed_in(request)
    row = supervision_or_refuse(user, uid, can=Can.REVIEW_FAMILY)
    services.call_off(row, by=user, on=today())
    messages.success(request, "The supervision is called off. It does not count.")
    return redirect("casework:supervisions")


@require_http_methods(["GET", "POST"])
@once_only
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that an agreed action is done, and what came of it."""
    user = signed_in(request)
    rows = AgreedAction.objects.select_related("family", "owner", "done_by", "decision__decided_by")
    action = get_or_refuse(rows, user, uid=uid)
    if not services.may_mark_done(action, by=user):
        raise PermissionDenied
    form = DoneForm(sent(request))
    if form.is_valid() and did(
        form, lambda: services.mark_done(action, by=user, on=today(), **form.cleaned_data), but=(Conflict,)
    ):
        messages.success(request, "It is done.")
        return redirect("casework:family_supervision", uid=action.family.uid)
    log_view(request, "An action agreed in supervision", family=action.family)
    shown = {"action": action, "form": form, "family": action.family}
    return render(request, "casework/supervision/done.html", shown, status=BAD_REQUEST if form.errors else 200)


@require_safe
def of_family(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was decided on a family in supervision, and what is still to be done."""
    user = signed_in(request)
    family = get_or_refuse(open_to_staff(user).select_related("scope__locality"), user, uid=uid)
    decisions = Decision.objects.visible_to(user).filter(family=family).for_page()
    log_view(request, "Decisions in supervision", family=family)
    to_do = AgreedAction.objects.visible_to(user).filter(family=family).to_do().select_related("owner")
    shown = {"family": family, "decisions": decisions, "to_do": to_do, "today": today()}
    shown |= {"provenances": marks_in(family, user=user), "may_work": may_work_with(family, user)}
    return render(request, "casework/supervision/of_family.html", shown)
