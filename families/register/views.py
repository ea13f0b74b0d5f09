"""The register of what may be used and shared: read by everybody who works here, kept by two people."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.register import services
from families.register.forms import BasisForm, EndForm, GatewayForm, TakeBackForm
from families.register.models import Basis, Gateway, RegisterRow
from slf.access.doors import log_view, requires
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import DomainError
from slf.web.forms import refusals_in
from slf.web.words import day_in_words
from slf.work.once import once_only

MODELS = {model.called: model for model in (Basis, Gateway)}
CARRIED = ("purpose", "category", "law", "by_consent", "source", "grade", "special", "agency")
TAKEN_BACK = "Taken back. It never counted."
ENDED = "Ended. From that day what rests on it alone is left out everywhere, and pages say so."
PEOPLE = ("proposed_by", "confirmed_by", "ended_by")


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show what counts today, what waits for a second person, and on request what counts no more or not yet."""
    log_view(request, "Register of what may be used and shared")
    every = request.GET.get("all") == "1"
    bases, gateways = list(Basis.objects.for_list()), list(Gateway.objects.for_list())
    context = {
        "bases": shown(bases, every=every),
        "gateways": shown(gateways, every=every),
        "waiting": [row for row in (*bases, *gateways) if row.is_waiting],
        "every": every,
        "may_keep": may_keep(request),
    }
    return render(request, "families/register/register.html", context)


def shown(rows: Iterable[RegisterRow], *, every: bool) -> list[tuple[RegisterRow, tuple[str, str]]]:
    """Return the rows that count today (or all that ever did or will), each with its state in words and tone."""
    on = today()
    return [(row, state_of(row)) for row in rows if row.counts_on(on) or (every and not row.is_waiting)]


def state_of(row: RegisterRow) -> tuple[str, str]:
    if row.is_waiting:
        return "Waits for a second person", "attention"
    if row.period.isempty or (row.period.upper and row.period.upper <= today()):
        return "Over", "neutral"
    if row.period.lower > today():
        return "Not yet", "waiting"
    return ("Example", "attention") if row.is_shipped else ("In force", "good")


def may_keep(request: HttpRequest) -> bool:
    return rights_of(request.user).may(Can.KEEP_REGISTER)


@requires(Can.KEEP_REGISTER)
@require_http_methods(["GET", "POST"])
@once_only
def new_basis(request: HttpRequest) -> HttpResponse:
    return new_row(request, Basis, BasisForm, title="Propose a lawful basis")


@requires(Can.KEEP_REGISTER)
@require_http_methods(["GET", "POST"])
@once_only
def new_gateway(request: HttpRequest) -> HttpResponse:
    return new_row(request, Gateway, GatewayForm, title="Propose a sharing agreement")


def new_row(request: HttpRequest, model, form_class, *, title: str) -> HttpResponse:
    """Propose a row; ``?instead=`` takes what an earlier row says, to be put in its place."""
    log_view(request, title)
    rows = model.objects  # not a door: the register is of no family
    earlier = rows.filter(uid=as_uuid(request.GET.get("instead"))).first()
    form = form_class(request.POST or None, initial=carried(earlier))
    if form.is_valid():
        with refusals_in(form):
            row = services.propose(model, by=request.user, replaces=earlier, **form.cleaned_data)
            messages.success(request, "Your proposal is kept. It counts once a second person has confirmed it.")
            return redirect(row)
    return render(request, "families/register/new_row.html", {"form": form, "title": title, "earlier": earlier})


def carried(earlier: RegisterRow | None) -> dict[str, object]:
    """Return what a form begins with: the words of the row it replaces, never its example document."""
    if earlier is None:
        return {"starts": today()}
    words = {name: getattr(earlier, name) for name in CARRIED if hasattr(earlier, name)}
    document = "" if earlier.is_shipped else earlier.document
    return words | {"starts": today(), "ends_before": earlier.period.upper, "document": document}


def as_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def find(called: str, uid: UUID) -> RegisterRow:
    if called not in MODELS:
        raise Http404
    rows = MODELS[called].objects.for_list()  # not a door: the register is of no family
    return get_object_or_404(rows, uid=uid)


@require_safe
def row(request: HttpRequest, called: str, uid: UUID) -> HttpResponse:
    """Show one row: what it says, who proposed and confirmed it, and every version of it."""
    found = find(called, uid)
    log_view(request, "A row of the register")
    return render(request, "families/register/row.html", row_context(request, found))


def row_context(request: HttpRequest, found: RegisterRow, **more: object) -> dict[str, object]:
    keeps = may_keep(request)
    context = {
        "row": found,
        "state": state_of(found),
        "versions": [said_then(event) for event in found.events.select_related(*PEOPLE).order_by("pgh_id")],
        "may_confirm": keeps and found.is_waiting and found.proposed_by_id != request.user.pk,
        "may_end": keeps and state_of(found)[0] != "Over",
        "may_replace": keeps and not found.is_waiting and not found.is_replaced,
        "end_form": TakeBackForm() if found.is_waiting else EndForm(initial={"on": today()}),
        "ending": "Take this back" if found.is_waiting else "End this",
    }
    return context | more


def said_then(event) -> tuple[object, str]:
    """Return when a version of a row was written, and what it then said of its time and its people."""
    starts, upper = event.period.lower, event.period.upper
    words = [f"from {day_in_words(starts)}" if starts else "never", f"until {day_in_words(upper)}" if upper else ""]
    people = [("proposed", event.proposed_by), ("confirmed", event.confirmed_by), ("ended", event.ended_by)]
    told = [f"{done} by {who}" for done, who in people if who]
    return event.pgh_created_at, ", ".join([*filter(None, words), *told])


@requires(Can.KEEP_REGISTER)
@require_POST
def confirm(request: HttpRequest, called: str, uid: UUID) -> HttpResponse:
    """Confirm a row that somebody else proposed."""
    found = find(called, uid)
    try:
        services.confirm(found, by=request.user)
    except DomainError as refusal:
        context = row_context(request, found, refusal=refusal.message)
        return render(request, "families/register/row.html", context, status=refusal.status)
    messages.success(request, "Confirmed: it counts from its first day.")
    return redirect(found)


@requires(Can.KEEP_REGISTER)
@require_POST
@once_only
def end(request: HttpRequest, called: str, uid: UUID) -> HttpResponse:
    """End a row; what was used until today stays as it was."""
    found = find(called, uid)
    form = (TakeBackForm if found.is_waiting else EndForm)(request.POST)
    if form.is_valid():
        try:
            services.end(found, by=request.user, **({"on": today()} | form.cleaned_data))
        except DomainError as refusal:
            form.add_error("on", refusal.message)
        else:
            messages.success(request, TAKEN_BACK if found.is_waiting else ENDED)
            return redirect(found)
    return render(request, "families/register/row.html", row_context(request, found, end_form=form, form=form))
