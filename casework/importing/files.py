"""Reading the sheets a locality kept: a file is refused whole when it is not what it should be, else row by row."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import IO, Any, NamedTuple
from xml.parsers import expat

from openpyxl import load_workbook

from casework.importing.rules.columns import (
    COLUMNS,
    REASON,
    ROW,
    SHEET_NAMES,
    Sheet,
    names_of,
    sheet_of,
)
from families.hub.files import decoded, records
from families.hub.rules import BadFile, named, refuse_separator

MOST_ROWS, LAST_ROW = 20_000, 100_000
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_COLUMNS = 200
LONGEST_CELL = 5_000
OURS = {ROW, REASON}
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
AS_SHEETS = "as XLSX or saved as “CSV UTF-8”"
NOT_A_SPREADSHEET = "This is no spreadsheet that can be read. Save it as XLSX or as “CSV UTF-8” and send that."


class FileRow(NamedTuple):
    """One row: its sheet, its number as the spreadsheet counts (the head is 1), and its cells by column."""

    sheet: Sheet
    number: int
    cells: dict[str, str]


def check_file(file: IO[bytes]) -> tuple[str, int]:
    """Read the file once and return its SHA-256 and number of rows; raise ``BadFile`` when it is refused whole."""
    content = file.read(LARGEST_FILE + 1)
    file.seek(0)
    rows = sum(1 for _ in rows_of(content))
    if rows == 0:
        message = "The file has its column names, but no rows."
        raise BadFile(message)
    return hashlib.sha256(content).hexdigest(), rows


def rows_of(content: bytes) -> Iterator[FileRow]:
    """Yield each row that says anything; raise ``BadFile`` for what is none of our sheets."""
    if len(content) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB. Send it in parts."
        raise BadFile(message)
    if content.startswith(OLD_EXCEL):
        message = "This is the old form of an Excel file (or one with a password). Save it as XLSX without a password."
        raise BadFile(message)
    yield from rows_of_book(content) if content.startswith(ZIP) else rows_of_csv(content)


# CSV -----------------------------------------------------------------------------------------------------------------


def rows_of_csv(content: bytes) -> Iterator[FileRow]:
    found = records(decoded(content, taken=AS_SHEETS))
    _, head = next(found, (1, []))
    sheet, columns = head_of(head)
    yield from rows_under(sheet, columns, ((n, cells) for n, (_, cells) in enumerate(found, start=2)))


# XLSX ----------------------------------------------------------------------------------------------------------------


def rows_of_book(content: bytes) -> Iterator[FileRow]:
    """Yield the rows of the sheets called People and Cases, or of the only sheet, whatever it is called."""
    try:
        refuse_a_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        chosen = sheets_in(book)
        for sheet in chosen:
            yield from rows_of_sheet(book[sheet])
    except BadFile:
        raise
    except Exception as wrong:  # whatever a broken archive makes the library say
        raise BadFile(NOT_A_SPREADSHEET) from wrong


def refuse_a_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            message = "This spreadsheet unpacks to far more than its rows can be. Copy the rows into our template."
            raise BadFile(message)
        for part in packed.namelist():
            with packed.open(part) as content_of_part:
                refuse_entities(content_of_part)


class Begun(Exception):
    """The first element of a part: no document type stands before it."""


def refuse_entities(part: IO[bytes]) -> None:
    """Refuse a part with a document type: a few letters of it can stand for more than any memory holds.

    Any part, whatever it is called: which of them is a sheet is said inside. What is no XML is read as none.
    """
    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = document_type
    reader.StartElementHandler = begun
    try:
        reader.ParseFile(part)
    except (Begun, expat.ExpatError):
        return


def document_type(*_: object) -> None:
    raise BadFile(NOT_A_SPREADSHEET)


def begun(*_: object) -> None:
    raise Begun


def sheets_in(book: Any) -> list[str]:
    ours = {name.casefold() for name in SHEET_NAMES.values()}
    found = [name for name in book.sheetnames if name.strip().casefold() in ours]
    if not found and len(book.sheetnames) > 1:
        message = "Call the sheets of the file “People” and “Cases”, as the template does."
        raise BadFile(message)
    return found or book.sheetnames


def rows_of_sheet(page: Any) -> Iterator[FileRow]:
    page.reset_dimensions()
    rows = page.iter_rows(max_col=MOST_COLUMNS)
    head = trimmed([as_text(cell) for cell in next(rows, [])])
    if not any(head):
        return
    sheet, columns = head_of(head)
    texts = ((number, trimmed([as_text(cell) for cell in row])) for number, row in enumerate(rows, start=2))
    yield from rows_under(sheet, columns, texts)


def trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def as_text(cell: Any) -> str:
    """Return what a cell shows: a day as 2013-10-03, a whole number without a point, a formula as it is typed."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


# Both ----------------------------------------------------------------------------------------------------------------


def head_of(head: Sequence[str]) -> tuple[Sheet, list[str]]:
    """Return whose columns these are; refuse columns of neither sheet, naming the missing and the unknown ones."""
    refuse_separator(list(head))
    columns = [name.strip() for name in head]
    given = [name for name in columns if name not in OURS]
    if (sheet := sheet_of(given)) is None:
        nearest = max(Sheet, key=lambda each: len(set(names_of(each)) & set(given)))
        required = [column.name for column in COLUMNS[nearest] if column.required]
        missing = named([name for name in required if name not in given])
        message = f"These are not the columns of {nearest.label.lower()}. Missing: {missing}. Use our template."
        raise BadFile(message)
    unknown = [name for name in given if name not in names_of(sheet)]
    twice = sorted({name for name in given if given.count(name) > 1})
    if found := [f"{what}: {named(names)}." for what, names in (("Not known", unknown), ("Twice", twice)) if names]:
        message = f"These are not the columns of {sheet.label.lower()}. {' '.join(found)} Use our template."
        raise BadFile(message)
    return sheet, columns


def rows_under(sheet: Sheet, columns: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[FileRow]:
    said_something = 0
    for number, cells in rows:
        said_something += any(cell.strip() for cell in cells)
        if said_something > MOST_ROWS or number > LAST_ROW:
            message = f"The sheet of {sheet.label.lower()} has more than {MOST_ROWS:,} rows. Send it in parts."
            raise BadFile(message)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            message = f"Row {number} of {sheet.label.lower()} has more cells than there are columns."
            raise BadFile(message)
        if any(len(cell) > LONGEST_CELL or "\0" in cell for cell in cells):
            message = f"Row {number} of {sheet.label.lower()} has a cell that is no text a person typed."
            raise BadFile(message)
        said = zip_longest(columns, cells, fillvalue="")
        yield FileRow(sheet, number, {column: value.strip() for column, value in said if column not in OURS})
