"""What of a report may be given to others: no number so small that it could tell who is meant.

A line with a small number loses all its figures, since money and shares tell the number again. Where what is left and
the total would tell it after all, more lines lose theirs, and in the end the total.
"""

from collections.abc import Mapping
from typing import Any

from performance.reports.rules.tables import Holds

HIDDEN = "left out"
KEPT = {Holds.WORDS, Holds.DAY}


def for_others(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content without small numbers, and with a note that says so where any was left out."""
    columns, least = content["columns"], content["least"]
    counted = [place for place, column in enumerate(columns) if column["families"]]
    hidden = hidden_rows(content["rows"], counted, least=least, has_totals=bool(content["totals"]))
    hidden |= wholes_of(hidden, content.get("wholes", []), rows=len(content["rows"]))
    rows = [bare(row, columns) if n in hidden else row for n, row in enumerate(content["rows"])]
    totals = content["totals"]
    if totals and (any(is_small(totals[p], least) for p in counted) or still_told(content, hidden, counted)):
        totals = bare(totals, columns)
    if (rows, totals) == (content["rows"], content["totals"]):
        return dict(content)
    note = f"Left out: numbers of families below {least}, and what would tell them."
    return {**content, "rows": rows, "totals": totals, "notes": [*content["notes"], note]}


def is_small(cell: Any, least: int) -> bool:
    return isinstance(cell, int) and 0 < cell < least


def hidden_rows(rows: list[list[Any]], counted: list[int], *, least: int, has_totals: bool) -> set[int]:
    """Return the lines that lose their figures: those with a small number, then the smallest until nothing is told."""
    hidden = {n for n, row in enumerate(rows) if any(is_small(row[place], least) for place in counted)}
    while has_totals and (place := told_at(rows, hidden, counted, least)) is not None:
        left = [n for n, row in enumerate(rows) if n not in hidden and row[place]]
        if not left:
            break
        hidden.add(min(left, key=lambda n: (rows[n][place], n)))
    return hidden


def wholes_of(hidden: set[int], wholes: list[int], *, rows: int) -> set[int]:
    """Return the lines that add up others of which one lost its figures: the difference would tell it."""
    ends = [*wholes[1:], rows]
    return {whole for whole, end in zip(wholes, ends, strict=False) if hidden & set(range(whole + 1, end))}


def told_at(rows: list[list[Any]], hidden: set[int], counted: list[int], least: int) -> int | None:
    """Return a column in which total and lines left would tell a number: one line alone, or few families in several."""
    for place in counted:
        numbers = [rows[n][place] for n in hidden if rows[n][place]]
        if numbers and (len(numbers) == 1 or sum(numbers) < least):
            return place
    return None


def still_told(content: Mapping[str, Any], hidden: set[int], counted: list[int]) -> bool:
    return told_at(content["rows"], hidden, counted, content["least"]) is not None


def bare(row: list[Any], columns: list[Mapping[str, Any]]) -> list[Any]:
    return [
        cell if column["holds"] in KEPT or cell == "" else HIDDEN for cell, column in zip(row, columns, strict=True)
    ]
