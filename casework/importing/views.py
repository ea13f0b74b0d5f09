"""Bring over what a locality kept by hand: take the template, send a list, see what would be made, confirm, read on."""

from collections.abc import Sequence
from pathlib import PurePath
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.importing import paper, services
from casework.importing.forms import ListForm
from casework.importing.models import ImportFile, ImportRow
from casework.importing.rules.columns import COLUMNS, Sheet
from casework.importing.rules.judging import STATE_NAMES, State
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.paper.sheets import XLSX, book_response, csv_response, download
from slf.web.forms import sent
from slf.work.once import once_only

ROWS_A_PAGE = 50
CAME_BEFORE = "This file of this list was confirmed before. It is the same one: nothing is made twice."
ROWS = ("People", "Cases")
ONE = {"Families": "family", "People": "person", "Cases": "case", "Numbers": "number"}
TONES = {
    State.MADE: "good",
    State.READY: "good",
    State.KNOWN: "neutral",
    State.HELD: "attention",
    State.REFUSED: "late",
    State.TAKEN_BACK: "neutral",
}


@requires(Can.LOAD_FEED)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """List the lists that were sent, the latest first."""
    found = ImportFile.objects.visible_to(request.user).for_list()
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Lists brought over")
    return render(request, "casework/importing/imports.html", {"page": page})


@requires(Can.LOAD_FEED)
@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Explain the columns of both sheets."""
    return render(request, "casework/importing/columns.html", {"sheets": COLUMNS.items()})


@requires(Can.LOAD_FEED)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the empty template with both sheets."""
    return download("families-to-bring-over.xlsx", paper.template_bytes(), content_type=XLSX)


@requires(Can.LOAD_FEED)
@require_safe
def template_csv(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Give the empty template of one sheet."""
    content = paper.template_csv(sheet)
    return download(f"{sheet}-to-bring-over.csv", content, content_type="text/csv; charset=utf-8")


@requires(Can.LOAD_FEED)
@require_http_methods(["GET", "POST"])
@once_only
def send_list(request: HttpRequest) -> HttpResponse:
    """Take a list; one that is refused whole is refused beside its field."""
    form = ListForm(sent(request), request.FILES or None, user=request.user)
    if form.is_valid():
        said = form.cleaned_data
        file = services.receive_list(said["file"], locality=said["locality"], source=said["source"], by=request.user)
        if file.is_confirmed:
            messages.info(request, CAME_BEFORE)
        return redirect(file)
    return render(request, "casework/importing/send.html", {"form": form})


def file_or_refuse(request: HttpRequest, uid: UUID) -> ImportFile:
    file: ImportFile = get_or_refuse(ImportFile.objects.for_list(), request.user, can=Can.LOAD_FEED, uid=uid)
    return file


@requires(Can.LOAD_FEED)
@require_safe
def one_import(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what would be made of a list, or what was, and the rows of one state."""
    file = file_or_refuse(request, uid)
    rows = ImportRow.objects.visible_to(request.user).filter(file=file).in_order().select_related("family")
    state = request.GET.get("state", "")
    chosen = rows.filter(state=state) if state in STATE_NAMES else rows
    page = Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("page"))
    sums = paper.tally(file, user=request.user)
    states = states_shown(file)
    context = {
        "file": file,
        "job": file.numbers_job or file.make_job or file.check_job,
        "numbers": paper.numbers_made(file, user=request.user) if file.is_made else None,
        "sums": [(what, total, [(s.label, numbers[s]) for s in states]) for what, total, numbers in sums],
        "taking": file.takings.visible_to(request.user).for_list().first(),
        "states": states,
        "figures": "|".join(("In the file", *(s.label for s in states))),
        "to_make": in_words([(what, numbers[State.READY]) for what, _, numbers in sums if what != "Numbers"]),
        "numbers_tried": {what: total for what, total, _ in sums}["Numbers"],
        "may_confirm": file.checked_on and not file.is_confirmed and any(n[State.READY] for _, _, n in sums),
        "to_mend": sum(n[state] for what, _, n in sums if what in ROWS for state in (State.HELD, State.REFUSED)),
        "state": state,
        "state_name": STATE_NAMES.get(state, ""),
        "page": page,
        "lines": [(row, TONES[State(row.state)]) for row in page],
    }
    log_view(request, f"List {file.name}", families=paper.families_of(page, user=request.user))
    return render(request, "casework/importing/import.html", context)


def states_shown(file: ImportFile) -> list[State]:
    """Return the states that a list can be in now: what would be made until it is made, and then what was."""
    left_out = {State.READY if file.is_made else State.MADE}
    return [state for state in State if state not in left_out and (state != State.TAKEN_BACK or file.taken_back_at)]


def in_words(numbers: Sequence[tuple[str, int]]) -> str:
    """Return "1 family, 2 people, 1 case"."""
    return ", ".join(f"{number:,} {ONE[what] if number == 1 else what.lower()}" for what, number in numbers)


@requires(Can.LOAD_FEED)
@require_POST
@once_only
def try_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Try a list again: what is known may have changed."""
    return redirect(services.try_list(file_or_refuse(request, uid), by=request.user))


@requires(Can.LOAD_FEED)
@require_POST
@once_only
def make(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm that what the try said is made; start one again that has stopped."""
    return redirect(services.confirm_list(file_or_refuse(request, uid), by=request.user))


@requires(Can.LOAD_FEED)
@require_POST
@once_only
def look_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look up the numbers that are to be checked first, as far as one person may in 24 hours."""
    return redirect(services.look_up_again(file_or_refuse(request, uid), by=request.user))


@requires(Can.LOAD_FEED)
@require_safe
@recent_sign_in_required
def to_mend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give back the rows that are not made, with the reasons, to mend and send again."""
    file = file_or_refuse(request, uid)
    rows = ImportRow.objects.visible_to(request.user).filter(file=file).in_order().to_mend()
    log_view(request, f"Rows to mend of {file.name}")
    return book_response(f"Rows to mend {PurePath(file.name).stem}", paper.mend_pages(rows))


@requires(Can.LOAD_FEED)
@require_safe
@recent_sign_in_required
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the report as a spreadsheet: the sums that tie out, and every row."""
    file = file_or_refuse(request, uid)
    families = paper.families_made(file, user=request.user)
    log_view(request, f"Report of {file.name}", families=families)
    return book_response(f"Report {PurePath(file.name).stem}", paper.report_pages(file, user=request.user))


@requires(Can.LOAD_FEED)
@require_safe
@recent_sign_in_required
def report_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the rows of the report as CSV."""
    file = file_or_refuse(request, uid)
    log_view(request, f"Report of {file.name}", families=paper.families_made(file, user=request.user))
    rows = paper.report_rows(file, user=request.user)
    return csv_response(f"Report {PurePath(file.name).stem}", paper.TOLD, rows)
