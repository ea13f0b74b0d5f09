"""What is contested in a family's record: taken down, decided by a senior, told; and the list with its clocks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.contesting.forms import ContestForm, DecideForm, ToldForm
from families.contesting.items import items_of
from families.contesting.models import Contest
from families.contesting.services import decide_contest, take_down, tell_them, waiting_for
from families.people.models import Family
from families.sharing.views import people_of
from slf.access.doors import get_or_refuse, log_view, may_work_with, requires, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed
from slf.web.forms import refusals_in
from slf.work.once import once_only

BAD_REQUEST = 400


@require_safe
def contests(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what is contested and what became of it, with its clocks."""
    user = signed_in(request)
    family = find_family(user, uid)
    log_view(request, "Contested", family=family)
    rows = Contest.objects.visible_to(user).filter(family=family).for_list()
    context = {
        "family": family,
        "rows": with_clock(rows),
        "may_work": may_work_with(family, user),
        "may_decide": rights_of(user).may(Can.DECIDE_SHARING, family.scope_id),
    }
    return render(request, "families/contesting/contests.html", context)


@requires(Can.DECIDE_SHARING)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, or for somebody to be told, the next due first."""
    rows = with_clock(waiting_for(signed_in(request)))
    log_view(request, "Contested, waiting", families=[row.family_id for row, _ in rows])
    return render(request, "families/contesting/waiting.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@once_only
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take down what somebody objects to or says is wrong."""
    user = signed_in(request)
    family = find_family(user, uid, can=Can.WORK_FAMILY)
    log_view(request, "Contested, taken down", family=family)
    first = {"received_on": today(), "item": request.GET.get("item", "")}
    items, people = items_of(family, user=user), people_of(family, user=user)
    form = ContestForm(request.POST or None, items=items, people=people, initial=first)
    if form.is_valid():
        row = take_down(family, **form.said, by=user, on=today())
        messages.success(request, f"It is kept. It is to be answered by {row.due_on:%-d %B %Y}.")
        return redirect("families:contests", uid=family.uid)
    return shown(request, "add", family, form)


@require_http_methods(["GET", "POST"])
@once_only
def decide(request: HttpRequest, uid: UUID, contest: UUID) -> HttpResponse:
    """Decide on it."""
    return acted(request, uid, contest, can=Can.DECIDE_SHARING, page="decide")


@require_http_methods(["GET", "POST"])
@once_only
def told(request: HttpRequest, uid: UUID, contest: UUID) -> HttpResponse:
    """Keep that whoever raised it was told."""
    return acted(request, uid, contest, can=Can.WORK_FAMILY, page="told")


def acted(request: HttpRequest, uid: UUID, contest: UUID, *, can: Can, page: str) -> HttpResponse:
    """Ask what is to be kept of one, and keep it."""
    user = signed_in(request)
    family = find_family(user, uid, can=can)
    row = get_or_refuse(Contest.objects.filter(family=family).for_list(), user, can=can, uid=contest)
    log_view(request, "Contested", family=family)
    form = DecideForm(request.POST or None) if page == "decide" else ToldForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, of=NotAllowed):
            done = keep(row, form, by=user)
            messages.success(request, done)
            return redirect("families:contests", uid=family.uid)
    return shown(request, page, family, form, row=row)


def keep(row: Contest, form: DecideForm | ToldForm, *, by: User) -> str:
    """Keep it, and return what is to be said of it."""
    if isinstance(form, DecideForm):
        decide_contest(row, **form.said, by=by, on=today())
        return f"Your decision is kept. Now {row.raised_by} is to be told of it, and that is to be written down here."
    tell_them(row, **form.cleaned_data, by=by, on=today())
    return f"It is kept that {row.raised_by} was told."


def shown(request: HttpRequest, page: str, family: Family, form, **more) -> HttpResponse:
    context = {"family": family, "form": form, **more}
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"families/contesting/{page}.html", context, status=status)


def with_clock(rows) -> list[tuple[Contest, int]]:
    """Return each with the days that are left; below nought it is overdue."""
    return [(row, row.days_left(today())) for row in rows]


def find_family(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    families = Family.objects.open_to(user, record_class=RecordClass.EVIDENCE).select_related("scope")
    return get_or_refuse(families, user, can=can, uid=uid)
