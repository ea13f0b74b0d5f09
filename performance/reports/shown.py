"""A kept report as a page shows it: every cell in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from performance.claims.rules import pounds
from performance.reports.files import NOT_KNOWN
from performance.reports.rules import Holds
from performance.reports.rules.leaving import HIDDEN
from performance.reports.rules.tables import TOTAL
from slf.paper.pdf import render_pdf
from slf.web.tables import Column
from slf.web.words import day_in_words

FIGURES = {Holds.NUMBER, Holds.POUNDS, Holds.PERCENT}


def in_words(cell: Any, holds: str) -> str:
    if cell is None:
        return NOT_KNOWN
    if cell in {"", HIDDEN, TOTAL}:
        return str(cell)
    if holds == Holds.POUNDS:
        return pounds(Decimal(cell))
    if holds == Holds.DAY:
        return day_in_words(date.fromisoformat(cell))
    if holds == Holds.YES_NO:
        return "Yes" if cell else "No"
    return f"{cell:,}" if holds == Holds.NUMBER else f"{cell}%" if holds == Holds.PERCENT else str(cell)


def table_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return heads and rows: of each cell its column's name, its words and whether it is a figure."""
    columns = content["columns"]
    names = [column["name"].removesuffix(", pounds") for column in columns]
    heads = [Column(name, numeric=c["holds"] in FIGURES) for name, c in zip(names, columns, strict=True)]
    rows = [cells(row, heads, columns) for row in content["rows"]]
    totals = cells(content["totals"], heads, columns) if content["totals"] else []
    told = [(name, c["definition"]) for name, c in zip(names, columns, strict=True)]
    return {"heads": heads, "rows": rows, "totals": totals, "definitions": told}


def cells(row: list[Any], heads: list[Column], columns: list[Mapping[str, Any]]) -> list[tuple[str, str, bool]]:
    return [
        (head.label, in_words(cell, column["holds"]), head.numeric)
        for cell, head, column in zip(row, heads, columns, strict=True)
    ]


def rests_on(content: Mapping[str, Any]) -> str:
    """Return the claim runs that the report was made from, in words."""
    days = [f"{run['scheme']}, {day_in_words(date.fromisoformat(run['claim_on']))}" for run in content["runs"]]
    return f"{len(days)} claim run{'s' if len(days) > 1 else ''}: {'; '.join(days)}" if days else ""


def as_pdf(content: Mapping[str, Any]) -> bytes:
    """Return the report as a document to print and keep, tagged for screen readers."""
    shown = table_of(content)
    words = [
        [words for _, words, _ in row] for row in (*shown["rows"], *([shown["totals"]] if shown["totals"] else []))
    ]
    data = {
        "title": content["title"],
        "about": f"{content['place']}, {days_of(content)}",
        "tells": content["tells"],
        "heads": [head.label for head in shown["heads"]],
        "rows": words,
        "definitions": shown["definitions"],
        "notes": [*content["notes"], rests_on(content)] if content["runs"] else content["notes"],
    }
    return render_pdf("performance/reports/report.typ", data)


def days_of(content: Mapping[str, Any]) -> str:
    since, until, as_of = (day_in_words(date.fromisoformat(content[name])) for name in ("since", "until", "as_of"))
    days = until if since == until else f"{since} to {until}"
    return f"{days}, as known on {as_of}"
