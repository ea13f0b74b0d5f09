"""What stands inside a PDF: programs, other files, and what it opens elsewhere. No Django here.

Most of a PDF can be read as it stands. What is packed together in it (object streams) is unpacked by pypdf and read the
same way; one that says it has such and cannot be unpacked is refused.
"""

import io
import re
from time import monotonic

from pypdf import PdfReader
from pypdf.generic import StreamObject

from slf.files.office import Harmful

PROGRAM = "This PDF carries a program in it. Print it to a new PDF, and choose that."
INSERTED = (
    "This PDF holds another file inside it. Print it to a new PDF, and choose that; send the other file by itself."
)
FETCHES = "This PDF opens another file from elsewhere. Print it to a new PDF, and choose that."
LOCKED = "This file is locked with a password, so nobody could look whether it is safe. Save it without one."
CANNOT_BE_READ = "This PDF cannot be read to its end. Print it to a new PDF, and choose that."

HARMS = (
    (re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia|XFA)\b"), PROGRAM),
    (re.compile(rb"/(EmbeddedFiles?|FileAttachment)\b"), INSERTED),
    (re.compile(rb"/(GoToR|GoToE|ImportData)\b"), FETCHES),
)
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
PACKED = b"/ObjStm"
BEGINS_OR_ENDS = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b|endobj|/ObjStm")
MOST_PACKED = 5_000
MOST_UNPACKED = 100 * 1024 * 1024
LONGEST = 10
"""How many seconds its packed parts may take: what no list leads to is looked for through the whole file, each time."""


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is locked, or says of itself that it runs, holds or opens something."""
    open_words = spelled(content)
    if b"/Encrypt" in open_words:
        raise Harmful(LOCKED)
    _check_words(open_words)
    if PACKED in open_words:
        for words in _packed_words(content):
            _check_words(spelled(words))


def spelled(words: bytes) -> bytes:
    """Return the words with their names written out: ``/J#61vaScript`` is ``/JavaScript``."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), words)


def _check_words(words: bytes) -> None:
    for pattern, sentence in HARMS:
        if pattern.search(words):
            raise Harmful(sentence)


def _numbers_in(words: bytes) -> set[int]:
    """Return the numbers of the objects that say they hold others packed together, in one look at the words."""
    found: set[int] = set()
    begun: set[int] = set()
    for each in BEGINS_OR_ENDS.finditer(words):
        if each[1]:
            begun.add(int(each[1]))
        else:
            found |= begun if each[0] == PACKED else set()
            begun.clear()
        if len(begun) + len(found) > MOST_PACKED:
            raise Harmful(CANNOT_BE_READ)
    return found


def _packed_words(content: bytes) -> list[bytes]:
    """Unpack every part of a PDF in which its objects stand packed together, also those no list leads to."""
    found: list[bytes] = []
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        listed = {pair[0] for pair in reader.xref_objStm.values()}
        unpacked, until = 0, monotonic() + LONGEST
        for number in sorted(listed | _numbers_in(spelled(content))):
            part = reader.get_object(number)
            if isinstance(part, StreamObject) and part.get("/Type") == "/ObjStm":
                found.append(part.get_data())
                unpacked += len(found[-1])
            if unpacked > MOST_UNPACKED or monotonic() > until:
                raise Harmful(CANNOT_BE_READ)
    except Harmful:
        raise
    except Exception as wrong:  # whatever a broken PDF makes the library say
        raise Harmful(CANNOT_BE_READ) from wrong
    if not found:
        raise Harmful(CANNOT_BE_READ)
    return found
