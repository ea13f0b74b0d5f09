"""The files of a kept report, each made from its content when it is asked for: the same content, the same file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from performance.reports.rules import Holds, canonical, for_others
from performance.reports.rules.leaving import HIDDEN
from slf.paper.sheets import Page, book_bytes, csv_bytes
from slf.web.words import day_in_words

NOT_KNOWN = "not known"
WHOSE = {"inside": "For use in the service", "others": "To give to others"}


def given_as(content: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the two ways a report is given as a file; one for a report that counts no families."""
    if any(column["families"] for column in content["columns"]):
        return WHOSE
    return {"others": WHOSE["others"]}


def content_for(inside: dict[str, Any], whose: str) -> dict[str, Any]:
    return for_others(inside) if whose == "others" else inside


def rows_of(content: Mapping[str, Any]) -> list[list[Any]]:
    """Return the rows with the totals last, as files have them: pounds are numbers, days are text."""
    holds = [column["holds"] for column in content["columns"]]
    rows = [*content["rows"], *([content["totals"]] if content["totals"] else [])]
    return [[in_file(cell, kind) for cell, kind in zip(row, holds, strict=True)] for row in rows]


def in_file(cell: Any, holds: str) -> Any:
    if cell is None:
        return NOT_KNOWN
    return Decimal(cell) if holds == Holds.POUNDS and cell not in {"", HIDDEN} else cell


def as_csv(content: Mapping[str, Any]) -> bytes:
    return csv_bytes([column["name"] for column in content["columns"]], rows_of(content))


def as_xlsx(content: Mapping[str, Any]) -> bytes:
    """Return a spreadsheet: the table, then what each column says and what the report is about."""
    names = [column["name"] for column in content["columns"]]
    return book_bytes(
        [Page(content["title"], names, rows_of(content)), Page("About", ("What", "Words"), about(content))],
        title=content["title"],
    )  # fmt: skip


def about(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    days = [day_in_words(date.fromisoformat(content[name])) for name in ("since", "until", "as_of")]
    return [
        ("Report", content["title"]), ("What it tells", content["tells"]), ("Of", content["place"]),
        ("From", days[0]), ("To", days[1]), ("As known on", days[2]),
        *((column["name"], column["definition"]) for column in content["columns"]),
        *(("Note", note) for note in content["notes"]),
    ]  # fmt: skip


def as_json(content: Mapping[str, Any]) -> bytes:
    return canonical(content).encode()
