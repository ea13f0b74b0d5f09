"""What services were asked for, by locality and need: waits and what was not met, with the list behind each figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.requests import rules
from casework.requests.models import RequestQuerySet, ServiceRequest
from casework.requests.rules import UNMET, WAITING, State, Waits
from families.needs.rules import NEEDS
from referrals.directory.rules import WHY_ALL_THE_SAME
from referrals.triage.spite import in_spite
from slf.access.doors import log_view, requires, signed_in
from slf.access.models import Locality
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.paper.sheets import csv_response
from slf.policy.models import value_of
from slf.web.words import day_in_words

ROWS_A_PAGE = 50
SPITE = "Asked although the service asks for more: {why}"
NOWHERE = "none"
"""Where a restricted family is: in no locality."""
GROUPS: dict[str, tuple[str, frozenset[State]]] = {
    "waiting": ("Waiting", WAITING),
    "met": ("Started", frozenset({State.STARTED, State.ENDED})),
    "unmet": ("Not met", UNMET),
    "withdrawn": ("Not wanted any more", frozenset({State.WITHDRAWN})),
}


@dataclass(frozen=True)
class Narrowed:
    """Which requests are asked about: of one locality, one need, in which state, for which reason. Empty: all."""

    locality: str = ""
    need: str = ""
    group: str = ""
    reason: str = ""
    spite: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> "Narrowed":
        return cls(*(request.GET.get(name, "")[:60] for name in ("locality", "need", "group", "reason", "spite")))

    def href(self, **other: str) -> str:
        said = {name: value for name, value in (vars(self) | other).items() if value}
        return f"{reverse('casework:request_list')}?{urlencode(said)}"

    @property
    def in_words(self) -> str:
        place = Locality.objects.filter(slug=self.locality).values_list("name", flat=True).first() or ""
        group = GROUPS[self.group][0] if self.group in GROUPS else ""
        reason = value_of(rules.WHY_UNMET).label(self.reason) if self.reason else ""
        spite = SPITE.format(why=value_of(WHY_ALL_THE_SAME).label(self.spite)) if self.spite else ""
        return ". ".join(part for part in (place, NEEDS.get(self.need, ""), group, reason, spite) if part)


def behind(user: User, asked: Narrowed) -> RequestQuerySet:
    """Return the rows behind a figure: what a figure says is how many these are."""
    rows: RequestQuerySet = ServiceRequest.objects.visible_to(user)
    if asked.locality == NOWHERE:
        rows = rows.filter(family__scope__locality=None)
    elif asked.locality:
        rows = rows.filter(family__scope__locality__slug=asked.locality)
    if asked.need:
        rows = rows.filter(need=asked.need)
    if asked.group:
        states = GROUPS[asked.group][1] if asked.group in GROUPS else frozenset()
        rows = rows.filter(state__in=sorted(states))
    if asked.spite:
        rows = rows.filter(all_the_same=asked.spite)
    return rows.filter(reason=asked.reason, state__in=sorted(UNMET)) if asked.reason else rows


@dataclass(frozen=True)
class Figure:
    label: str
    number: int
    href: str


@dataclass(frozen=True)
class OfNeed:
    """What was asked for one need in one locality, how long it waited, and why it was not met."""

    locality: str
    place: str
    need: str
    need_name: str
    figures: list[Figure]
    reasons: list[Figure]
    waits: Waits


Row = tuple[str, str, str, str, Any, Any, Any, str, str]


def figures(user: User, asked: Narrowed) -> list[OfNeed]:
    """Return what was asked for, by locality and need, in one query however many there are."""
    rows = behind(user, asked).order_by("family__scope__locality__name", "need", "pk")
    named = ("family__scope__locality__slug", "family__scope__locality__name", "need", "state")
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows.values_list(*named, "asked_on", "started_on", "closed_on", "reason", "all_the_same"):
        found[row[0] or NOWHERE, row[2]].append(row)
    return [of_need(asked, key, those) for key, those in found.items()]


def of_need(asked: Narrowed, key: tuple[str, str], rows: list[Row]) -> OfNeed:
    slug, need = key
    href = asked.href

    def figure(label: str, number: int, **more: str) -> Figure:
        return Figure(label, number, href(locality=slug, need=need, **more))

    counts = {group: sum(1 for row in rows if row[3] in states) for group, (_, states) in GROUPS.items()}
    unmet = [row[7] for row in rows if row[3] in UNMET]
    names, same = value_of(rules.WHY_UNMET), value_of(WHY_ALL_THE_SAME)
    spite = [row[8] for row in rows if row[8]]
    return OfNeed(
        slug, rows[0][1] or "No locality", need, NEEDS[need],
        [figure("Asked for", len(rows)), *(figure(GROUPS[group][0], n, group=group) for group, n in counts.items())],
        [*(figure(names.label(code), unmet.count(code), reason=code) for code in sorted(set(unmet))),
         *(figure(SPITE.format(why=same.label(code)), spite.count(code), spite=code) for code in sorted(set(spite)))],
        Waits.of(waits(rows)),
    )  # fmt: skip


def waits(rows: Iterable[Row]) -> list[int]:
    """Return how long each waited that started or still waits: what was given up says nothing of a service's wait."""
    wanted = WAITING | {State.STARTED, State.ENDED}
    return [
        rules.days_waited(asked, started_on=started, closed_on=closed, on=today())
        for _, _, _, state, asked, started, closed, _, _ in rows
        if state in wanted
    ]


@requires(Can.VIEW_DASHBOARD)
@require_safe
def request_figures(request: HttpRequest) -> HttpResponse:
    """Show what services were asked for and what was not to be had, by locality and need."""
    user, asked = signed_in(request), Narrowed.by(request)
    rows = figures(user, asked)
    shown = {
        "rows": rows,
        "asked": asked,
        "signposted": in_spite(user, locality=asked.locality),
        "places": places(),
        "needs": NEEDS,
        "as_at": day_in_words(today()),
    }
    return render(request, "casework/requests/figures.html", shown | {"query": request.GET.urlencode()})


@requires(Can.VIEW_DASHBOARD)
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """Show the rows behind one figure."""
    user, asked = signed_in(request), Narrowed.by(request)
    rows = behind(user, asked).for_page()
    page = Paginator(rows.order_by("-asked_on", "-pk"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Figure: requests to services", families=[row.family_id for row in page])
    shown = [(row, row.waited(today())) for row in page]
    return render(request, "casework/requests/list.html", {"page": page, "rows": shown, "asked": asked, "on": today()})


@requires(Can.VIEW_DASHBOARD)
@require_safe
def request_file(request: HttpRequest) -> HttpResponse:
    """Give the figures as a file. It names no family."""
    user, asked = signed_in(request), Narrowed.by(request)
    head = ["locality", "need", "asked_for", *GROUPS, "middle_wait_days", "longest_wait_days", "not_met_because"]
    return csv_response(f"requests to services {today():%Y-%m-%d}", head, [line(row) for row in figures(user, asked)])


def line(row: OfNeed) -> list[Any]:
    because = "; ".join(f"{figure.label}: {figure.number}" for figure in row.reasons)
    numbers = [figure.number for figure in row.figures]
    return [row.place, row.need_name, *numbers, row.waits.middle, row.waits.longest, because]


def places() -> dict[str, str]:
    return dict(Locality.objects.values_list("slug", "name"))
