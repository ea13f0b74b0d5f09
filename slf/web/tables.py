"""The head of a table: columns given by a view, or written as "Family|Worker|Days" in a template."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column. With ``href`` its head is a link that sorts; ``sorted`` is "ascending", "descending" or ""."""

    label: str
    numeric: bool = False
    href: str = ""
    sorted: str = ""
    hidden: bool = False


def columns_of(columns: str | Iterable[Column], *, numeric: str = "") -> list[Column]:
    """Read ``"Family|Days since contact"``; ``numeric`` names the columns of figures the same way."""
    if not isinstance(columns, str):
        return list(columns)
    figures = set(numeric.split("|"))
    return [Column(label, numeric=label in figures) for label in columns.split("|")]
