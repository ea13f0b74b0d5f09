"""A report as it is kept: one table of plain values, each column with what exactly it says."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from performance.pbr.rules.shapes import canonical

__all__ = ["TOTAL", "Cell", "Column", "Holds", "Table", "as_content", "canonical", "digest_of", "money", "summed"]

Cell = str | int | bool | None
"""Pounds are text with two places, days are 2014-10-15, None is "not known"."""

TOTAL = "Total"


class Holds(StrEnum):
    WORDS = "words"
    DAY = "day"
    NUMBER = "number"
    POUNDS = "pounds"
    PERCENT = "percent"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """One column. ``families``: it counts families or people, so that a small number may tell who they are."""

    name: str
    definition: str
    holds: Holds = Holds.WORDS
    families: bool = False


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    wholes: tuple[int, ...] = ()
    """The places of rows that add up those after them, to the next such row."""


def money(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01")))


def summed(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, only: frozenset[str] = frozenset()
) -> tuple[Cell, ...]:
    """Return the line of totals: numbers and pounds added up (those named, if any are), the rest left empty."""
    totals: list[Cell] = [TOTAL]
    for place, column in enumerate(columns[1:], start=1):
        cells = [row[place] for row in rows]
        if column.holds not in {Holds.NUMBER, Holds.POUNDS} or (only and column.name not in only):
            totals.append("")
        elif None in cells:
            totals.append(None)
        elif column.holds is Holds.POUNDS:
            totals.append(money(sum((Decimal(str(cell)) for cell in cells), Decimal(0))))
        else:
            totals.append(sum(int(cell or 0) for cell in cells))
    return tuple(totals)


def as_content(table: Table, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept: the table and what it is about, as JSON has it."""
    return {
        **about,
        "columns": [asdict(column) for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "totals": list(table.totals),
        "notes": list(table.notes),
        "wholes": list(table.wholes),
    }


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
