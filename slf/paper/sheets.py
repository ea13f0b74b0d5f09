"""Spreadsheets and CSV files that open safely: what somebody typed is never a formula, a link or a command.

``columns`` is the row of heads; ``rows`` yields one tuple a row. Both answers are made whole before they are sent,
because a stream is read after the request's rights have ended.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.timezone import localtime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the file is UTF-8
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
             "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
NARROWEST, WIDEST = 10, 50
SAFELY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


class DoesNotFit(ValueError):
    """A spreadsheet has no room for this: too many rows, or a text above 32,767 characters."""


def csv_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a CSV file to download, named after what it holds."""
    return download(f"{slugify(name)}.csv", csv_bytes(columns, rows), content_type="text/csv; charset=utf-8")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the file: UTF-8 with its mark, dates as 2014-10-15, every text cell harmless."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([guarded(as_text(cell)) for cell in row] for row in rows)
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


def guarded(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run; numbers stay numbers."""
    if isinstance(cell, str) and (cell.lstrip(" \N{NO-BREAK SPACE}").startswith(DANGEROUS)):
        return f"'{cell}"
    return cell


def as_text(cell: Any) -> Any:
    """Return what a cell of a CSV file holds: numbers as they are, everything else as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        return localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float | Decimal) else str(cell).replace("\0", "")


def xlsx_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a spreadsheet to download."""
    return download(f"{slugify(name)}.xlsx", xlsx_bytes(columns, rows, title=name), content_type=XLSX)


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "Sheet1") -> bytes:
    """Return one sheet with a fixed head and filters. A text stays a text whatever it begins with."""
    return book_bytes([Page(title, columns, rows)], title=title)


@dataclass(frozen=True)
class Page:
    """One sheet of a spreadsheet; ``as_text`` keeps whatever is typed into it later as it is typed."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    as_text: bool = False


def book_bytes(pages: Sequence[Page], *, title: str) -> bytes:
    """Return a spreadsheet of several sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {**SAFELY, "default_date_format": "d mmmm yyyy"}) as book:
        book.set_properties({"title": title})
        for page in pages:
            write_page(book, page)
    return file.getvalue()


def write_page(book: xlsxwriter.Workbook, page: Page) -> None:
    sheet = book.add_worksheet(sheet_name(page.title))
    sheet.freeze_panes(1, 0)
    text = book.add_format({"num_format": "@"}) if page.as_text else None
    for index, column in enumerate(page.columns):
        sheet.set_column(index, index, min(max(len(column) + 4, NARROWEST), WIDEST), text)
    sheet.write_row(0, 0, page.columns, book.add_format({"bold": True, "bottom": 1}))
    last = write_rows(sheet, page.rows)
    sheet.autofilter(0, 0, last, len(page.columns) - 1)


def write_rows(sheet: xlsxwriter.worksheet.Worksheet, rows: Iterable[Sequence[Any]]) -> int:
    """Write every row under the head, and return the number of the last."""
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            if write_cell(sheet, last, index, cell):
                raise DoesNotFit(f"Row {last}, column {index + 1} does not fit in a spreadsheet.")
    return last


def write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Any) -> int:
    """Write one cell as what it is; anything but nought says that it did not fit."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        return sheet.write_string(row, column, "Yes" if cell else "No")
    if isinstance(cell, datetime):
        return sheet.write_datetime(row, column, localtime(cell).replace(tzinfo=None))
    if isinstance(cell, date):
        return sheet.write_datetime(row, column, cell)
    if isinstance(cell, int | float | Decimal):
        return sheet.write_number(row, column, cell)
    return sheet.write_string(row, column, str(cell).replace("\0", ""))


def book_response(name: str, pages: Sequence[Page]) -> HttpResponse:
    """Return a spreadsheet of several sheets to download."""
    return download(f"{slugify(name)}.xlsx", book_bytes(pages, title=name), content_type=XLSX)


def sheet_name(title: str) -> str:
    """Return a name that Excel takes: at most 31 characters, none of []:*?/\\."""
    return "".join(" " if character in "[]:*?/\\'" else character for character in title)[:31].strip() or "Sheet1"


def download(name: str, content: bytes, *, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
