"""What stands inside a Word or Excel file: programs, other files, and what it fetches when opened. No Django here.

Such a file is an archive of parts, and says in lists of relationships what each part leads to. A link that somebody has
to press is allowed; whatever is fetched, run or opened by itself is not.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

ENCRYPTED = 1
LARGEST_PART = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
MOST_TAGS = 1_500_000
MOST_FOUND = 100_000
"""How much is read of one document: what is small when packed can take minutes and gigabytes when it is not."""
CONTENT_TYPES = "[content_types].xml"
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"

MACROS = "This document carries a program in it. Save it without macros, or as a PDF."
INSERTED = (
    "This document holds another file or object inside it. Take it out and send it by itself, or save the document as "
    "a PDF."
)
FETCHES = (
    "This document fetches something from elsewhere when it is opened, such as a template, a picture or figures. "
    "Save it without links to other files, or as a PDF."
)
LOCKED = "This file is locked with a password, so nobody could look whether it is safe. Save it without one."
CANNOT_BE_READ = "This document cannot be read to its end. Save it again, or as a PDF."

PROGRAMS = re.compile(r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml)$|(^|/)(activex|macrosheets|customui|ctrlprops)/")
OBJECTS = re.compile(r"(^|/)(embeddings|oleobjects?)/|\.(exe|dll|js|vbs|bat|cmd|lnk|scr|hta|jar)$")
FETCHED = re.compile(r"(^|/)(externallinks|querytables)/|(^|/)(connections|webextensions?\d*|taskpanes)\.xml$")
TYPES_OF_PROGRAMS = ("macroenabled", "vbaproject", "activex", "macrosheet")
TYPES_OF_OBJECTS = ("oleobject", "officedocument.package")
WRITTEN = "wordprocessingml"
"""What Word reads, fields and all: such a part is looked into wherever it stands, so it has to be named as one."""
LEADS_TO_PROGRAM = ("vbaproject", "wordvbadata", "control", "activexcontrolbinary", "xlmacrosheet", "xlintlmacrosheet")
LEADS_TO_OBJECT = ("oleobject", "package", "afchunk", "subdocument")
TEMPLATE = "attachedtemplate"
OWN_DRIVE = re.compile(r"^file:/+[a-z]:[\\/]", re.IGNORECASE)
"""Where Word notes the template a document was begun with, on the drive of whoever began it."""
LEADS_ELSEWHERE = (TEMPLATE, "externallink", "externallinkpath", "connections", "querytable", "frame")
PRESSED = "hyperlink"
FIELDS = re.compile(r"^\W*(dde|ddeauto|includepicture|includetext|link|import|include|database|rd)\b", re.IGNORECASE)
ELSEWHERE = re.compile(r"^(\\\\|//|[a-z][a-z0-9+.-]+:)", re.IGNORECASE)


class Harmful(Exception):
    """What is wrong with a document, in a sentence with what to do."""


def check_package(packed: zipfile.ZipFile) -> None:
    """Refuse a document that carries a program or another file, or fetches something when it is opened."""
    parts = packed.infolist()
    names = [part.filename.lower().replace("\\", "/") for part in parts]
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Harmful(LOCKED)
    for pattern, sentence in ((PROGRAMS, MACROS), (OBJECTS, INSERTED), (FETCHED, FETCHES)):
        if any(pattern.search(name) for name in names):
            raise Harmful(sentence)
    if len(set(names)) != len(names) or len(names) > MOST_PARTS:
        raise Harmful(CANNOT_BE_READ)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Harmful(CANNOT_BE_READ)
    if CONTENT_TYPES not in names:
        raise Harmful(CANNOT_BE_READ)
    tags, is_word = 0, WORD in names
    for part, name in zip(parts, names, strict=True):
        check = CHECKS.get(name if name == CONTENT_TYPES else name.rpartition(".")[2])
        if check is None or (check is _check_fields and not is_word):
            continue
        content = read(packed, part)
        if (tags := tags + content.count(b"<")) > MOST_TAGS:
            raise Harmful(CANNOT_BE_READ)
        check(content)


def read(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return what stands in a part, as far as it says the truth about its size."""
    try:
        with packed.open(part) as opened:
            content = opened.read(LARGEST_PART + 1)
    except Exception as wrong:  # whatever a broken archive makes the library say
        raise Harmful(CANNOT_BE_READ) from wrong
    if len(content) > LARGEST_PART:
        raise Harmful(CANNOT_BE_READ)
    return content


Element = tuple[str, dict[str, str], list[str]]


def elements(content: bytes, *wanted: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the wanted elements by their bare names, with their attributes by theirs, and the text that follows."""
    found: list[Element] = []
    is_open = False
    reader = expat.ParserCreate()

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_open
        if is_open := bare(name) in wanted:
            if len(found) == MOST_FOUND:
                raise Harmful(CANNOT_BE_READ)
            found.append((bare(name), {bare(key): value for key, value in attributes.items()}, []))

    def says(text: str) -> None:
        if is_open:
            found[-1][2].append(text)

    def ends(_: str) -> None:
        nonlocal is_open
        is_open = False

    def has_a_type(*_: object) -> None:
        raise Harmful(CANNOT_BE_READ)

    reader.StartElementHandler, reader.CharacterDataHandler, reader.EndElementHandler = begins, says, ends
    reader.StartDoctypeDeclHandler = has_a_type
    try:
        reader.Parse(content, True)  # noqa: FBT003  (its only way)
    except expat.ExpatError as wrong:
        raise Harmful(CANNOT_BE_READ) from wrong
    for name, attributes, texts in found:
        yield name, attributes, "".join(texts)


def bare(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _check_types(content: bytes) -> None:
    parts = [attributes for _, attributes, _ in elements(content, "default", "override")]
    types = [attributes.get("contenttype", "").lower() for attributes in parts]
    if any(word in kind for kind in types for word in TYPES_OF_PROGRAMS):
        raise Harmful(MACROS)
    if any(word in kind for kind in types for word in TYPES_OF_OBJECTS):
        raise Harmful(INSERTED)
    endings = [(part.get("extension") or part.get("partname", "").rpartition(".")[2]).lower() for part in parts]
    if any(WRITTEN in kind and ending != "xml" for kind, ending in zip(types, endings, strict=True)):
        raise Harmful(CANNOT_BE_READ)


def _check_relationships(content: bytes) -> None:
    for _, attributes, _ in elements(content, "relationship"):
        target = attributes.get("target", "").strip()
        kind = attributes.get("type", "").rstrip("/").rpartition("/")[2].lower()
        if kind == TEMPLATE and OWN_DRIVE.match(target):
            continue
        for kinds, sentence in ((LEADS_TO_PROGRAM, MACROS), (LEADS_TO_OBJECT, INSERTED), (LEADS_ELSEWHERE, FETCHES)):
            if kind in kinds:
                raise Harmful(sentence)
        is_outside = attributes.get("targetmode", "").lower() == "external"
        if kind != PRESSED and (is_outside or ELSEWHERE.match(target)):
            raise Harmful(FETCHES)


def _check_fields(content: bytes) -> None:
    """Refuse a field that fetches: its words may be cut into pieces, so they are read together."""
    said: list[str] = []
    for name, attributes, text in elements(content, "fldsimple", "fldchar", "instrtext"):
        if name == "fldsimple":
            _check_field(attributes.get("instr", ""))
        elif name == "fldchar" and attributes.get("fldchartype") == "begin":
            _check_field("".join(said))
            said = []
        elif name == "instrtext":
            said.append(text)
    _check_field("".join(said))


def _check_field(words: str) -> None:
    if FIELDS.match(words):
        raise Harmful(FETCHES)


CHECKS: Mapping[str, Callable[[bytes], None]] = {
    CONTENT_TYPES: _check_types,
    "rels": _check_relationships,
    "xml": _check_fields,
}
"""What is looked for in a part, by its name or else by its ending."""


def packed_in(file: bytes | IO[bytes]) -> zipfile.ZipFile | None:
    """Return the archive that a file is, or nothing when it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
