"""The catalogue of methods: read by who works here, kept by who keeps lists; and what was given of each."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.interventions.forms import MethodForm
from casework.interventions.models import Help, Method
from casework.interventions.rules import RESULTS, State
from slf.access.doors import log_view, requires, signed_in, staff_only
from slf.access.models import Locality
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import value_of
from slf.web.forms import sent
from slf.web.words import day_in_words
from slf.work.once import once_only

ROWS_A_PAGE = 50
REACHED = "reached"
BAD_REQUEST = 400


@staff_only
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """List what is offered today; to who keeps the list also what was and will be."""
    keeps = rights_of(signed_in(request)).may(Can.KEEP_LISTS)
    rows = Method.objects.all() if keeps else Method.objects.offered_on(today())
    return render(request, "casework/interventions/methods.html", {"methods": rows, "keeps": keeps})


@requires(Can.KEEP_LISTS)
@require_http_methods(["GET", "POST"])
@once_only
def add_method(request: HttpRequest) -> HttpResponse:
    return edit(request, MethodForm(sent(request), initial={"starts_on": today()}), title="Add a method")


@requires(Can.KEEP_LISTS)
@require_http_methods(["GET", "POST"])
@once_only
def change_method(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an entry, or give it a last day; every version stays in its history."""
    method = get_object_or_404(Method, uid=uid)
    return edit(request, MethodForm(sent(request), instance=method), title=method.name)


def edit(request: HttpRequest, form: MethodForm, *, title: str) -> HttpResponse:
    if form.is_valid():
        form.save()
        messages.success(request, f"{form.instance} is kept.")
        return redirect("casework:methods")
    status = BAD_REQUEST if form.errors else 200
    return render(request, "casework/interventions/method.html", {"form": form, "title": title}, status=status)


# Figures -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Narrowed:
    """Which help is asked about: of one locality, of one method, what became of it. Empty: all."""

    locality: str = ""
    method: str = ""
    became: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> "Narrowed":
        return cls(*(request.GET.get(name, "")[:60] for name in ("locality", "method", "became")))

    def href(self, **other: str) -> str:
        said = {name: value for name, value in (vars(self) | other).items() if value}
        return f"{reverse('casework:help_list')}?{urlencode(said)}"


def behind(user: User, asked: Narrowed) -> QuerySet[Help]:
    """Return the rows behind a figure: what a figure says is how many these are."""
    rows = Help.objects.visible_to(user).with_delivered()
    if asked.locality:
        rows = rows.filter(family__scope__locality__slug=asked.locality)
    if asked.method:
        rows = rows.filter(method__uid=as_uid(asked.method))
    if asked.became in set(State):
        return rows.filter(state=asked.became)
    if asked.became == REACHED:
        return rows.filter(sessions__isnull=False, delivered__gte=F("sessions"))
    return rows.filter(result=asked.became) if asked.became else rows


def as_uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Figure:
    label: str
    number: int
    href: str


@dataclass(frozen=True)
class OfMethod:
    """What was given of one entry of the catalogue."""

    method: Method
    families: int
    figures: list[Figure]


def figures(user: User, asked: Narrowed) -> list[OfMethod]:
    """Return how much of each method was given, with the list behind each figure, in two queries."""
    rows = behind(user, asked).order_by()
    reached = Count("pk", filter=Q(sessions__isnull=False, delivered__gte=F("sessions")))
    counts = {
        each["method"]: each
        for each in rows.values("method").annotate(
            families=Count("family", distinct=True), begun=Count("pk"), reached=reached,
            going=Count("pk", filter=Q(state=State.GOING)),
        )
    }  # fmt: skip
    ended = {(m, r): n for m, r, n in rows.exclude(result="").values_list("method", "result").annotate(n=Count("pk"))}
    found = Method.objects.filter(pk__in=counts)
    return [of_method(method, counts[method.pk], ended, asked) for method in found]


def of_method(method: Method, counts: dict[str, int], ended: dict[Any, int], asked: Narrowed) -> OfMethod:
    uid, names = str(method.uid), value_of(RESULTS)
    said = [("Begun", counts["begun"], ""), ("Going on", counts["going"], str(State.GOING))]
    if method.sessions:
        said.append(("All sessions delivered", counts["reached"], REACHED))
    said += [(names.label(code), number, code) for (of, code), number in sorted(ended.items()) if of == method.pk]
    return OfMethod(
        method,
        counts["families"],
        [Figure(label, number, asked.href(method=uid, became=became)) for label, number, became in said],
    )


@requires(Can.VIEW_DASHBOARD)
@require_safe
def help_figures(request: HttpRequest) -> HttpResponse:
    """Show what was given of each method, how much of it was delivered, and how it ended."""
    user, asked = signed_in(request), Narrowed(locality=request.GET.get("locality", "")[:60])
    shown = {"rows": figures(user, asked), "asked": asked, "places": places(), "as_at": day_in_words(today())}
    return render(request, "casework/interventions/figures.html", shown)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def help_list(request: HttpRequest) -> HttpResponse:
    """Show the rows behind one figure."""
    user, asked = signed_in(request), Narrowed.by(request)
    rows = behind(user, asked).select_related("method", "family__merged_into", "family__scope__locality", "begun_by")
    page = Paginator(rows.order_by("-begun_on", "-pk"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Figure: help given", families=[row.family_id for row in page])
    method = Method.objects.filter(uid=as_uid(asked.method)).first() if asked.method else None
    families = rows.order_by().values("family").distinct().count()
    title = method.name if method else "Help given"
    shown = {"page": page, "title": title, "families": families, "asked": asked, "on": today()}
    return render(request, "casework/interventions/list.html", shown | {"became": in_words(asked.became)})


def in_words(became: str) -> str:
    known = {State.GOING: "Going on", State.ENDED: "Ended", REACHED: "All sessions delivered", "": ""}
    return known.get(became) or (value_of(RESULTS).label(became) if became else "")


def places() -> dict[str, str]:
    return dict(Locality.objects.values_list("slug", "name"))
