"""Reading a file of an agency: refused whole when it is not what it should be, else row by row."""

import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import IO, BinaryIO, NamedTuple

from families.hub.rules import LARGEST_FILE, MOST_ROWS, REASON, BadFile, Feed, check_columns

LONGEST_FIELD = 100_000
csv.field_size_limit(LONGEST_FIELD)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
AS_CSV = "saved as “CSV UTF-8”"
OTHER_KINDS = {
    b"PK\x03\x04": "an Excel file",
    b"\xd0\xcf\x11\xe0": "an Excel file of the old form",
    b"%PDF-": "a PDF",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
}
"""Files that are sent by mistake, by what they begin with."""
WHY = {
    "unexpected end of data": "a quotation mark is opened and never closed",
    "',' expected": "a quotation mark stands inside a cell; write it twice",
    "field larger": f"a cell is longer than {LONGEST_FIELD:,} characters, or a quotation mark is never closed",
    "new-line character": "there is a line break outside quotation marks",
}
"""How the reader of CSV says what is wrong, and how we do."""


def check_file(file: IO[bytes], feed: Feed) -> tuple[str, int]:
    """Read the file once and return its SHA-256 and number of rows; raise ``BadFile`` when it is refused whole."""
    content = file.read(LARGEST_FILE + 1)
    file.seek(0)
    if len(content) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB. Send it in parts."
        raise BadFile(message)
    rows = sum(1 for _ in rows_of(io.BytesIO(content), feed))
    if rows == 0:
        message = "The file has its column names, but no rows."
        raise BadFile(message)
    return hashlib.sha256(content).hexdigest(), rows


class FileRow(NamedTuple):
    """One row: its place among the rows (the head is 1), the line of the file it begins on, and its cells by column."""

    number: int
    line: int
    cells: dict[str, str]


def rows_of(file: BinaryIO, feed: Feed) -> Iterator[FileRow]:
    """Yield each row; raise ``BadFile`` for what is no file of this feed."""
    found = records(decoded(file.read()))
    _, head = next(found, (1, []))
    check_columns(head, feed)
    columns = [name.strip() for name in head]
    for number, (line, cells) in enumerate(found, start=2):
        if number > MOST_ROWS + 1:
            message = f"The file has more than {MOST_ROWS:,} rows. Send it in parts."
            raise BadFile(message)
        if len(cells) > len(columns):
            message = f"Line {line} has more cells than there are columns."
            raise BadFile(message)
        named = zip_longest(columns, cells, fillvalue="")
        yield FileRow(number, line, {column: value for column, value in named if column != REASON})


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line of the file on which it begins, cells)`` for each record; empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as wrong:
        why = next((ours for theirs, ours in WHY.items() if str(wrong).startswith(theirs)), "it cannot be read")
        message = f"Line {line} is not a line of a CSV file: {why}."
        raise BadFile(message) from wrong


def decoded(content: bytes, *, taken: str = AS_CSV) -> str:
    """Return the text of a UTF-8 file (with or without a byte order mark); of another, say what is taken."""
    for beginning, kind in OTHER_KINDS.items():
        if content.startswith(beginning):
            message = f"This is {kind}. Send the table itself, {taken}."
            raise BadFile(message)
    if content.startswith(UTF_16):
        message = "The file is in UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and send it again."
        raise BadFile(message)
    if b"\0" in content:
        message = f"This is no text file. Send the table itself, {taken}."
        raise BadFile(message)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        message = f"Line {line} has a character that is not UTF-8. Save the file as “CSV UTF-8” and send it again."
        raise BadFile(message) from wrong
