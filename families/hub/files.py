"""Reading a file of an agency: refused whole when it is not what it should be, else row by row."""

import csv
import hashlib
import io
from collections.abc import Iterator
from typing import IO, BinaryIO

from families.hub.rules import LARGEST_FILE, MOST_ROWS, REASON, BadFile, Feed, check_columns

LONGEST_FIELD = 100_000
csv.field_size_limit(LONGEST_FIELD)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
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


def rows_of(file: BinaryIO, feed: Feed) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield ``(line number in the file, cells by column)``; raise ``BadFile`` for what is no file of this feed."""
    lines = csv.DictReader(io.StringIO(decoded(file.read()), newline=""), restkey="", restval="", strict=True)
    number = 0
    try:
        check_columns(list(lines.fieldnames or []), feed)
        number = 1
        for number, cells in enumerate(lines, start=2):
            if number > MOST_ROWS + 1:
                message = f"The file has more than {MOST_ROWS:,} rows. Send it in parts."
                raise BadFile(message)
            if "" in cells:
                message = f"Line {number} has more cells than there are columns."
                raise BadFile(message)
            yield number, {column.strip(): value for column, value in cells.items() if column.strip() != REASON}
    except csv.Error as wrong:
        why = next((ours for theirs, ours in WHY.items() if str(wrong).startswith(theirs)), "it cannot be read")
        message = f"Line {number + 1} is not a line of a CSV file: {why}."
        raise BadFile(message) from wrong


def decoded(content: bytes) -> str:
    """Return the text of a UTF-8 file (with or without a byte order mark)."""
    if content.startswith(UTF_16):
        message = "The file is in UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and send it again."
        raise BadFile(message)
    if b"\0" in content:
        message = "The file contains NUL bytes: it is not a text file. Save it as “CSV UTF-8” and send it again."
        raise BadFile(message)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        message = f"Line {line} has a character that is not UTF-8. Save the file as “CSV UTF-8” and send it again."
        raise BadFile(message) from wrong
