"""Every request of one's localities with the sums behind it, and both as files."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.budget.doors import family_or_refuse
from casework.budget.page import COLUMNS, SHOWN, as_rows, awaiting, ledgers, spendings_for, totals
from slf.access.doors import log_view, requires, signed_in
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.clock import today
from slf.paper.sheets import csv_response, xlsx_response

ROWS_A_PAGE = 50
LEDGER = (
    "Family", "Day", "Written down on", "Entry", "What for", "Why", "How paid", "Reference", "Allowance", "Held",
    "Paid", "Left after it", "By",
)  # fmt: skip


def asked_for(request: HttpRequest) -> dict[str, str]:
    state = request.GET.get("state", "")
    return {"locality": request.GET.get("locality", "")[:60], "state": state if state in SHOWN else ""}


@requires(Can.APPROVE_SPENDING)
@require_safe
def spendings(request: HttpRequest) -> HttpResponse:
    """List the requests, what waits for this person first, with the sums by locality."""
    user, asked = signed_in(request), asked_for(request)
    page = Paginator(spendings_for(user, **asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    waits = awaiting(user)
    log_view(request, "Money asked for", families=[row.family_id for row in (*page, *waits)])
    sums = totals(user)
    places = {total.slug: total.name for total in sums}
    shown = {
        "page": page, "waits": waits, "totals": sums, "asked": asked, "states": SHOWN, "places": places,
        "query": request.GET.urlencode(), "place": places.get(asked["locality"], ""),
        "state": SHOWN.get(asked["state"], ""),
    }  # fmt: skip
    return render(request, "casework/budget/spendings.html", shown)


@requires(Can.APPROVE_SPENDING)
@require_safe
@recent_sign_in_required
def spendings_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list as a file: a bulk export, so the person proves who they are first."""
    rows = list(spendings_for(signed_in(request), **asked_for(request)))
    log_view(request, "Export: money asked for", families=[row.family_id for row in rows])
    answer = csv_response if form == "csv" else xlsx_response
    return answer("money asked for", COLUMNS, as_rows(rows))


@require_safe
def ledger_file(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """Give one family's ledger as a file."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "The budget, as a file", family=family)
    answer = csv_response if form == "csv" else xlsx_response
    rows = [
        (
            str(ledger.family.reference), row.entry.counts_on, row.entry.recorded_on, row.title,
            row.entry.spending.what_for if row.entry.spending else "", row.entry.reason,
            row.entry.get_method_display(), row.entry.reference, row.entry.allowance, row.entry.held, row.entry.paid,
            row.after.left, str(row.entry.recorded_by),
        )
        for ledger in ledgers(family, user=user, on=today())
        for row in ledger.rows
    ]  # fmt: skip
    return answer(f"budget {family.reference}", LEDGER, rows)
