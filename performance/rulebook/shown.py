"""The rules as a page shows them: each with its value in words, how well it is known, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass

from performance.pbr.rules import Row, Scheme
from performance.pbr.rules.figures import in_words
from performance.pbr.rules.shapes import PARTS
from performance.rulebook.models import SchemeVersion
from performance.rulebook.rules import state_of
from slf.web.words import day_in_words

CALLED = {
    "criteria": "Who: criteria",
    "combinations": "Who: combinations that let a family in",
    "results": "What has to be better",
    "prices": "What is paid",
    "windows": "When it may be claimed",
    "settings": "Lists, settings and checks",
}


@dataclass(frozen=True)
class Shown:
    """One rule in words."""

    row: Row
    lines: list[str]
    strict: list[str]
    state: tuple[str, str]
    days: str

    @property
    def source(self) -> str:
        """What it rests on: the county's document where there is one."""
        return self.row.confirmed or self.row.source


def shown(row: Row) -> Shown:
    strict = [] if row.settled or row.strict is None else in_words(row.strict)
    return Shown(row, in_words(row.value), strict, state_of(row), days_of(row))


def days_of(row: Row) -> str:
    if row.starts_on and row.ends_on:
        return f"{day_in_words(row.starts_on)} to {day_in_words(row.ends_on)}"
    if row.starts_on or row.ends_on:
        return f"From {day_in_words(row.starts_on)}" if row.starts_on else f"To {day_in_words(row.ends_on)}"
    return ""


def parts_of(scheme: Scheme, *, open_only: bool) -> list[tuple[str, list[Shown]]]:
    """Return the rules by part; those to be confirmed alone, where asked."""
    found = [
        (CALLED[part], [shown(r) for r in getattr(scheme, part) if not (open_only and r.settled)]) for part in PARTS
    ]
    return [(called, rows) for called, rows in found if rows]


def to_be_confirmed(scheme: Scheme) -> list[Row]:
    return [row for row in scheme.rows.values() if not row.settled]


def history_of(rule: str, versions: Iterable[SchemeVersion]) -> list[tuple[SchemeVersion, Shown]]:
    """Return the versions in which a rule became another, the newest first."""
    found: list[tuple[SchemeVersion, Shown]] = []
    before: tuple | None = None
    for version in versions:
        row = next((each.as_row for each in version.rows.all() if each.rule == rule), None)
        if row is not None and (row.value, row.confirmed, row.grade, row.source) != before:
            before = row.value, row.confirmed, row.grade, row.source
            found.append((version, shown(row)))
    return found[::-1]
