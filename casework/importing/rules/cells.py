"""One row, cell by cell: what each says, and every problem it has, not only the first."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from families.hub.rules import DAY, FORMULA, quoted
from families.identifiers.rules import KINDS
from families.localities.rules import written
from slf.web.errors import NotAllowed

LONGEST_CELL = 200
FIRST_DAY = date(1900, 1, 1)
EXCEL_BEGINS = date(1899, 12, 30)
SERIAL = re.compile(r"[1-9][0-9]{3,4}(\.[0-9]+)?")
TWO_FIGURES = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,28}[0-9]")
LOST_NOUGHT = re.compile(r"[1-9][0-9]{9}")
GUARD = "'"
Named = tuple[str, date | None]
"""A day with the column it stands in."""


class Level(StrEnum):
    """How grave a problem is: it refuses the row, leaves it to the duty manager, or is only said."""

    REFUSED = "refused"
    HELD = "held"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell (or, with no column, the row), as a sentence."""

    column: str
    sentence: str
    level: Level = Level.REFUSED


class Cells:
    """Reads one row. Every method returns what a cell says or nothing, and notes what is wrong with it."""

    def __init__(self, raw: Mapping[str, str], *, today: date) -> None:
        self.raw, self.today = raw, today
        self.problems: list[Problem] = []

    def wrong(self, column: str, sentence: str, level: Level = Level.REFUSED) -> None:
        self.problems.append(Problem(column, sentence, level))

    def warn(self, column: str, sentence: str) -> None:
        self.wrong(column, sentence, Level.WARNING)

    def text(self, column: str, *, required: bool = False, longest: int = LONGEST_CELL) -> str:
        said = " ".join(unguarded(self.raw.get(column, "")).split())
        if required and not said:
            self.wrong(column, "This is empty.")
        elif len(said) > longest:
            self.wrong(column, f"This is longer than {longest} characters.")
        elif said.startswith(FORMULA):
            self.wrong(column, f"This starts with {said[0]!r}: a formula is not a value. Paste it as a value.")
        elif not said.isprintable():
            self.wrong(column, f"{quoted(said)} has a character in it that cannot be kept. Type it again.")
        else:
            return said
        return ""

    def day(self, column: str, *, required: bool = False) -> date | None:
        """Return a day up to today."""
        if not (said := self.text(column, required=required)):
            return None
        day, problem = read_day(said)
        if problem:
            self.wrong(column, problem)
        elif day and day > self.today:
            self.wrong(column, f"{quoted(said)} is still to come.")
        else:
            return day
        return None

    def day_to_come(self, column: str, check: Callable[[date], None]) -> date | None:
        """Return a day that may be still to come, unless ``check`` refuses it in words."""
        if not (said := self.text(column)):
            return None
        day, problem = read_day(said)
        try:
            if day:
                check(day)
        except NotAllowed as refused:
            problem = f"{quoted(said)}: {refused.message}"
        if problem:
            self.wrong(column, problem)
        return None if problem else day

    def choice(self, column: str, choices: Mapping[str, str], *, required: bool = False) -> str:
        """Return the code of one of the answers, however it is written."""
        if not (said := self.text(column, required=required)):
            return ""
        codes = {label.casefold(): code for label, code in choices.items()}
        if said.casefold() not in codes:
            self.wrong(column, f"{quoted(said)} is none of: {', '.join(choices)}.")
        return codes.get(said.casefold(), "")

    def identifier(self, column: str, field: str) -> str:
        said, kind = self.text(column), KINDS[field]
        if problem := kind.wrong(said):
            self.wrong(column, f"{quoted(said)}: a {kind.in_sentence} {problem.rstrip('.')}.")
        return kind.read(said) or ""

    def postcode(self, column: str) -> str:
        said = self.text(column)
        if said and written(said) is None:
            self.wrong(column, f"{quoted(said)} is no postcode.")
        return written(said) or ""

    def telephone(self, column: str) -> str:
        """Return a number, which may begin with the sign that makes a formula of anything else."""
        said = " ".join(unguarded(self.raw.get(column, "")).split())
        if said and not TELEPHONE.fullmatch(said):
            self.wrong(column, f"{quoted(said)} is no telephone number.")
            return ""
        if LOST_NOUGHT.fullmatch(said):
            self.warn(column, f"{said} may have lost the nought at its beginning.")
        return said

    def in_order(
        self, first: tuple[str, date | None], later: tuple[str, date | None], *, strictly: bool = False
    ) -> None:
        """Note that one day is before another that it cannot be before."""
        (earlier_column, earlier), (column, day) = first, later
        if earlier and day and (day < earlier or (strictly and day == earlier)):
            how = "not after" if strictly else "before"
            self.wrong(column, f"This day is {how} “{earlier_column}”.")


def unguarded(said: str) -> str:
    """Return what a cell says without the apostrophe our own lists put before what a spreadsheet would run."""
    return said[1:] if said.startswith(GUARD) and said[1:].lstrip().startswith(FORMULA) else said


def read_day(said: str) -> tuple[date | None, str]:
    """Return the day that is written, or what is wrong with it."""
    if (found := DAY.fullmatch(said)) is None:
        return None, not_a_day(said)
    d, m, y, iso_y, iso_m, iso_d = found.groups()
    try:
        day = date(int(y or iso_y), int(m or iso_m), int(d or iso_d))
    except ValueError:
        return None, f"{quoted(said)}: there is no such day."
    return (day, "") if day >= FIRST_DAY else (None, f"{quoted(said)} is before {FIRST_DAY.year}.")


def not_a_day(said: str) -> str:
    if SERIAL.fullmatch(said):
        day = EXCEL_BEGINS + timedelta(days=int(float(said)))
        return (
            f"{quoted(said)} is how a spreadsheet counts days; it may mean {day:%d/%m/%Y}. "
            "Format the column as a date and save it again."
        )
    if TWO_FIGURES.fullmatch(said):
        return f"{quoted(said)}: write the year with four figures."
    return f"{quoted(said)} is no day. Write it as 03/10/2013."
