"""The files agencies send: their columns, whose they are, and how one row becomes one fact.

Columns are data; a new feed is a new ``Feed`` row here. Pure functions, no Django.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from families.facts.rules import AGENCIES
from families.facts.rules import KINDS as KINDS_OF_FACT
from families.identifiers.rules import KINDS
from slf.web.errors import DomainError

Row = Mapping[str, str]
MOST_ROWS = 200_000
LARGEST_FILE = 50 * 1024 * 1024
LONGEST_CELL, LONGEST_NUMBER, LONGEST_REASON = 200, 6, 300
LONGEST_QUOTE = 60
NAMED_COLUMNS = 12
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})")
FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY = date(FIRST_YEAR, 1, 1)


class State(StrEnum):
    """What became of one row."""

    LOADED = "loaded"
    KNOWN = "known"
    UNMATCHED = "unmatched"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return STATE_NAMES[self]


STATE_NAMES = {
    State.LOADED: "Became a fact",
    State.KNOWN: "Known already",
    State.UNMATCHED: "Matches nobody",
    State.FAILED: "Could not be read",
}


class BadRow(Exception):
    """A row that cannot be read; the message says which cell and why."""


class BadFile(DomainError):
    """A file that is refused whole; the message says why and what to do."""

    status = 422
    title = "This file cannot be taken"


@dataclass(frozen=True)
class Reading:
    """One row as read: whom it is about, what it states, and when."""

    identifiers: Mapping[str, str]  # "upn" / "ni_number" -> value
    born_on: date | None
    starts_on: date
    ends_before: date | None  # first day after; None while it goes on
    value: Mapping[str, object]
    statement: str  # what is stated, without the figures: a later row with the same statement corrects it


@dataclass(frozen=True)
class Area:
    """Where an agency searched its records: the whole county, or some localities by their slugs. Never both."""

    whole_county: bool = False
    localities: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        return self.whole_county or bool(self.localities)


WHOLE_COUNTY = Area(whole_county=True)


@dataclass(frozen=True)
class Feed:
    """One kind of file from one agency."""

    code: str
    label: str
    agency: str
    fact_kind: str
    columns: tuple[str, ...]
    read: Callable[[Row], Reading]

    @property
    def agency_name(self) -> str:
        return AGENCIES[self.agency]

    @property
    def category(self) -> str:
        """What its rows are about: the gateway for it stands in the register."""
        return KINDS_OF_FACT[self.fact_kind].category


# --- cells -----------------------------------------------------------------------------------------------------------


def text(row: Row, column: str, *, required: bool = True) -> str:
    value = row[column].strip()
    if len(value) > LONGEST_CELL:
        message = f"“{column}” is longer than {LONGEST_CELL} characters."
        raise BadRow(message)
    if value.startswith(FORMULA):
        message = f"“{column}” starts with {value[0]!r}: a formula is not a value."
        raise BadRow(message)
    if required and not value:
        message = f"“{column}” is empty."
        raise BadRow(message)
    return value


def day(row: Row, column: str) -> date:
    """Read 03/10/2013 or 2013-10-03."""
    value = text(row, column)
    if (found := DAY.fullmatch(value)) is None:
        message = f"“{column}” is {quoted(value)}: write the date as 03/10/2013."
        raise BadRow(message)
    d, m, y, iso_y, iso_m, iso_d = found.groups()
    year = int(y or iso_y)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"“{column}” is {quoted(value)}: the year must be from {FIRST_YEAR} to {LAST_YEAR}."
        raise BadRow(message)
    try:
        return date(year, int(m or iso_m), int(d or iso_d))
    except ValueError as wrong:
        message = f"“{column}” is {quoted(value)}: there is no such day."
        raise BadRow(message) from wrong


def day_if_given(row: Row, column: str) -> date | None:
    return day(row, column) if text(row, column, required=False) else None


def count(row: Row, column: str) -> int:
    value = text(row, column)
    if not (value.isascii() and value.isdecimal()):
        message = f"“{column}” is {quoted(value)}: write a whole number."
        raise BadRow(message)
    if len(value) > LONGEST_NUMBER:
        message = f"“{column}” is {quoted(value)}: a number has at most {LONGEST_NUMBER} figures."
        raise BadRow(message)
    return int(value)


def quoted(value: str) -> str:
    """Return what a cell says, short enough for a reason and with nothing in it that does not print."""
    said = repr(value)
    return said if len(said) <= LONGEST_QUOTE else f"{said[: LONGEST_QUOTE - 2]}…{said[0]}"


def identifiers(row: Row, **columns: str) -> dict[str, str]:
    """Return the identifiers a row gives, as they are written; at least one is needed, and none that cannot be one."""
    given = {field: said for field, column in columns.items() if (said := text(row, column, required=False))}
    if not given:
        message = f"No identifier: fill in {' or '.join(f'“{c}”' for c in columns.values())}."
        raise BadRow(message)
    return {field: identifier(said, field=field, column=columns[field]) for field, said in given.items()}


def identifier(said: str, *, field: str, column: str) -> str:
    if (code := KINDS[field].read(said)) is None:
        message = f"“{column}” is {quoted(said)}: a {KINDS[field].in_sentence} {KINDS[field].wrong(said)}."
        raise BadRow(message)
    return code


def after(day_: date) -> date:
    return date.fromordinal(day_.toordinal() + 1)


def days_problem(first: date, last: date, *, on: date) -> str:
    """Return what is wrong with the days a file is said to cover; empty when nothing is."""
    if last < first:
        return "The last day is before the first day."
    if first < FIRST_DAY:
        return f"The first day is before {FIRST_YEAR}."
    return "No agency can have searched days that are still to come." if last > on else ""


def area_problem(area: Area, *, known: Collection[str]) -> str:
    """Return what is wrong with the area a file is said to be searched for; empty when nothing is."""
    if area.whole_county and area.localities:
        return "Say either the whole county or some localities, not both."
    if not area.is_stated:
        return "Say where the agency searched: the whole county, or which localities."
    unknown = sorted(set(area.localities) - set(known))
    return f"There is no locality {', '.join(quoted(slug) for slug in unknown)}." if unknown else ""


# --- the feeds -------------------------------------------------------------------------------------------------

TERM = re.compile(r"[0-9]{4}-[0-9]{2} (autumn|spring|summer)")


def read_attendance(row: Row) -> Reading:
    possible, attended = count(row, "Possible sessions"), count(row, "Attended sessions")
    unauthorised = count(row, "Unauthorised absences")
    if attended + unauthorised > possible:
        message = (
            f"{attended} attended and {unauthorised} missed without leave are more than {possible} possible sessions."
        )
        raise BadRow(message)
    term = text(row, "Term").lower()
    if not TERM.fullmatch(term):
        message = f"“Term” is {quoted(row['Term'])}: write it as 2013-14 autumn."
        raise BadRow(message)
    starts, ends = day(row, "Term starts"), day(row, "Term ends")
    if ends < starts:
        message = "The term ends before it starts."
        raise BadRow(message)
    value = {"term": term, "possible": possible, "attended": attended, "unauthorised": unauthorised,
             "fixed_exclusions": count(row, "Fixed exclusions"), "school": text(row, "School")}  # fmt: skip
    return Reading(identifiers(row, upn="UPN"), day_if_given(row, "Date of birth"), starts, after(ends), value, term)


def read_asb(row: Row) -> Reading:
    on, instrument = day(row, "Intervention date"), text(row, "Instrument")
    reference = text(row, "Case reference", required=False)
    value = {"instrument": instrument, "reference": reference}
    who = identifiers(row, ni_number="NI number", upn="UPN")
    return Reading(who, day_if_given(row, "Date of birth"), on, after(on), value, f"{on}:{instrument}:{reference}")


def read_offence(row: Row) -> Reading:
    on, offence = day(row, "Offence date"), text(row, "Offence")
    who = identifiers(row, ni_number="NI number", upn="UPN")
    return Reading(who, day_if_given(row, "Date of birth"), on, after(on), {"offence": offence}, f"{on}:{offence}")


def read_benefit(row: Row) -> Reading:
    starts, ends = day(row, "Start date"), day_if_given(row, "End date")
    if ends and ends < starts:
        message = "The benefit ends before it starts."
        raise BadRow(message)
    benefit = text(row, "Benefit").upper()
    who = identifiers(row, ni_number="NI number")
    return Reading(who, day_if_given(row, "Date of birth"), starts, ends and after(ends), {"benefit": benefit},
                   f"{benefit}:{starts}")  # fmt: skip


FEEDS: Mapping[str, Feed] = {
    feed.code: feed
    for feed in (
        Feed(
            "attendance", "School attendance by term", "schools", "attendance_term",
            ("UPN", "Surname", "Forename", "Date of birth", "School", "Term", "Term starts", "Term ends",
             "Possible sessions", "Attended sessions", "Unauthorised absences", "Fixed exclusions"),
            read_attendance,
        ),
        Feed(
            "asb", "Antisocial behaviour interventions", "csp", "asb_intervention",
            ("NI number", "UPN", "Surname", "Forename", "Date of birth", "Intervention date", "Instrument",
             "Case reference"),
            read_asb,
        ),
        Feed(
            "offences", "Proven offences", "police", "offence_proven",
            ("NI number", "UPN", "Surname", "Forename", "Date of birth", "Offence date", "Offence"),
            read_offence,
        ),
        Feed(
            "benefits", "Out-of-work benefit spells", "dwp", "benefit_spell",
            ("NI number", "Surname", "Forename", "Date of birth", "Benefit", "Start date", "End date"),
            read_benefit,
        ),
    )
}  # fmt: skip

REASON = "Reason"
"""Column that a download of rows to mend carries; ignored when the file comes back."""

SEPARATORS = {";": "semicolons", "\t": "tabs"}


def check_columns(header: list[str], feed: Feed) -> None:
    """Refuse a file whose columns are not the feed's, naming the missing and the unknown ones."""
    refuse_separator(header)
    given = [name.strip() for name in header if name.strip() != REASON]
    missing = [name for name in feed.columns if name not in given]
    unknown = [name for name in given if name not in feed.columns]
    twice = sorted({name for name in given if given.count(name) > 1})
    problems = [("Missing", missing), ("Not known", unknown), ("Twice", twice)]
    if found := [f"{what}: {named(names)}." for what, names in problems if names]:
        message = f"These are not the columns of {feed.label.lower()}. {' '.join(found)}"
        raise BadFile(message)


def refuse_separator(header: list[str]) -> None:
    """Refuse a file whose cells are set apart by something else: all its columns then look like one."""
    for sign, called in SEPARATORS.items():
        if len(header) == 1 and sign in header[0]:
            message = f"This file uses {called} between its cells. Save it with commas, as “CSV UTF-8”, and send that."
            raise BadFile(message)


def named(columns: list[str]) -> str:
    """Return the names of columns as a sentence lists them; a file that is something else has hundreds."""
    shown = [quoted(name)[1:-1] or "(no name)" for name in columns[:NAMED_COLUMNS]]
    more = len(columns) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def about_key(feed: Feed, person_id: int, family_id: int, reading: Reading) -> str:
    """Return what a row states, about whom, in which family: versions of one statement share it."""
    return f"{feed.code}:{family_id}:{person_id}:{digest(reading.statement)}"


def source_key(about: str, reading: Reading, *, corrects: int | None = None) -> str:
    """Return the key of this version of the statement: loaded once as the first, and once as what corrects a fact."""
    ends = reading.ends_before and reading.ends_before.isoformat()
    version = digest([dict(reading.value), reading.starts_on.isoformat(), ends])
    return f"{about}:{version}" if corrects is None else f"{about}:{version}:{corrects}"


def digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]
