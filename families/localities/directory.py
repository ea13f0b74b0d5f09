"""Reading a file of the ONS postcode directory: whole and right, or refused whole with the reasons.

Columns that are used, of the many of an ONSPD file: ``pcds`` (the postcode with its space), ``oslaua`` (the code of its
district; called ``laua`` or ``lad25cd`` in other years), ``dointr`` and ``doterm`` (the month it came into use and was
ended, YYYYMM). A postcode without a district is left out: nothing is said of where it is.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from slf.web.errors import DomainError

MOST_PROBLEMS = 10
CODE = re.compile(r"[A-Z]{1,3}[0-9]?[0-9A-Z]? [0-9][A-Z]{2}")
DISTRICT = re.compile(r"[A-Z][0-9]{8}")
DISTRICT_COLUMN = re.compile(r"oslaua|laua|lad[0-9]{2}cd")
MONTH = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])")


class BadDirectory(DomainError):
    """A file that is refused whole. ``problems`` are sentences, each with its line."""

    status = 422
    title = "This file cannot be taken"

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Line:
    code: str
    district: str
    introduced_on: date
    ended_on: date | None

    def for_copy(self) -> str:
        return "\t".join((self.code, self.district, str(self.introduced_on), str(self.ended_on or r"\N"))) + "\n"


def write_lines(file: Path, into: IO[str]) -> None:
    """Write every postcode of a file as PostgreSQL copies it in; raise ``BadDirectory`` when anything is wrong."""
    problems: list[str] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            for found in lines(text):
                if isinstance(found, str):
                    problems.append(found)
                elif not problems:
                    into.write(found.for_copy())
                if len(problems) == MOST_PROBLEMS:
                    problems.append("There may be more; the rest was not read.")
                    break
    except OSError as wrong:
        raise BadDirectory([f"{file} cannot be read: {wrong.strerror}."]) from wrong
    except UnicodeDecodeError as wrong:
        raise BadDirectory([f"{file} is no text in UTF-8."]) from wrong
    except csv.Error as wrong:
        raise BadDirectory([f"{file} is no CSV file: {wrong}."]) from wrong
    if problems:
        raise BadDirectory(problems)


def lines(text: IO[str]) -> Iterator[Line | str]:
    """Yield each postcode, or a sentence on what is wrong with its line."""
    reader = csv.reader(text, strict=True)
    columns = columns_of([name.strip().lower() for name in next(reader, [])])
    for cells in reader:
        if not cells:
            continue
        if max(columns) >= len(cells):
            yield f"Line {reader.line_num} has too few cells."
            continue
        code, district, begun, ended = (cells[place].strip().upper() for place in columns)
        if problem := wrong_with(code, district, begun, ended):
            yield f"Line {reader.line_num}: {problem}"
        elif district:
            yield Line(code, district, month(begun), month(ended) if ended else None)


def columns_of(head: list[str]) -> tuple[int, int, int, int]:
    """Return where the four columns stand; raise ``BadDirectory`` when one is missing."""
    district = next((name for name in head if DISTRICT_COLUMN.fullmatch(name)), "oslaua")
    wanted = ("pcds", district, "dointr", "doterm")
    if missing := [name for name in wanted if name not in head]:
        raise BadDirectory([f"The file has no column {', '.join(missing)}. Is it the ONS postcode directory?"])
    return (head.index(wanted[0]), head.index(wanted[1]), head.index(wanted[2]), head.index(wanted[3]))


def wrong_with(code: str, district: str, begun: str, ended: str) -> str:
    if not CODE.fullmatch(code):
        return f"“{code}” is no postcode with its space (pcds)."
    if district and not DISTRICT.fullmatch(district):
        return f"“{district}” is no ONS code of a district."
    if not MONTH.fullmatch(begun) or (ended and not MONTH.fullmatch(ended)):
        return "dointr and doterm must be months like 198001; doterm may be empty."
    return "It was ended before it came into use." if ended and ended < begun else ""


def month(text: str) -> date:
    return date(int(text[:4]), int(text[4:]), 1)
