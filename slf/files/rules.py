"""What file may be kept: told by what is in it, never by its name alone. No Django here."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from slf.files import office, portable
from slf.files.office import Harmful
from slf.policy.rules import Number, Setting
from slf.web.errors import DomainError

MB = 1024 * 1024
LARGEST = 10 * MB
"""What PostgreSQL lets in at most. The setting may ask for less."""
LARGEST_TABLE = 50 * MB
"""Of a list or a feed, which say themselves how much they take."""
LARGEST_MB: Setting[int] = Setting(
    "file_largest", "How large a file may be", "Files", Number("MB", 1, LARGEST // MB), LARGEST // MB,
    help="Of attachments, scans, receipts and documents. Never more than 10 MB.",
)  # fmt: skip
SETTINGS = (LARGEST_MB,)

HELD_IN: Mapping[str, str] = {
    "referrals/": "referrals_attachment",
    "plans/": "casework_answerscan",
    "budget/": "casework_spendingreceipt",
    "documents/": "casework_documentversion",
    "feeds/": "families_feedfile",
    "imports/": "casework_importfile",
}
"""By folder of the storage, the table whose column ``content`` names what is in it. What no row names is swept."""

LONGEST_NAME = 80
NOT_KEPT = re.compile(r"[^\w .()-]+")
EMPTY = "The file is empty. Choose another."
NOT_ALLOWED = "Attach a PDF, a Word document (.docx), or a picture (JPEG or PNG). This file is none of them."
NO_WORD = "Choose a PDF or a picture (JPEG or PNG). A Word document can be saved as a PDF."
OLD_OR_LOCKED = (
    "This is an old kind of document (.doc), or one that is locked with a password. Save it as .docx without a "
    "password, or as a PDF."
)
OTHER_NAME = "The name says “.{said}”, but the file is a {label}. Name it .{really}, or choose the file you meant."
INFECTED = (
    "The virus scanner found something harmful in this file, so it is not kept. Do not open it, and tell the people "
    "who look after your computer. The administrators are told."
)
NOT_LOOKED_AT = (
    "The virus scanner has not looked at this file yet. It is kept, and opens as soon as the scanner has looked."
)
FOUND_LATER = "The virus scanner found something harmful in this file. Nobody can open it."


class WrongFile(DomainError):
    """A file that cannot be kept, with what to do."""

    status = 422
    title = "This file cannot be kept"


class NotLookedAt(DomainError):
    """A file that is kept and cannot be opened."""

    title = "This file cannot be opened now"


@dataclass(frozen=True)
class Kind:
    content_type: str
    ending: str
    label: str
    is_picture: bool = False


PDF = Kind("application/pdf", "pdf", "PDF")
JPEG = Kind("image/jpeg", "jpg", "Picture", is_picture=True)
PNG = Kind("image/png", "png", "Picture", is_picture=True)
WORD = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word document")
KINDS: Mapping[str, Kind] = {kind.content_type: kind for kind in (PDF, JPEG, PNG, WORD)}
SCANS = frozenset({PDF, JPEG, PNG})
BEGINNINGS: Mapping[bytes, Kind] = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS: Mapping[str, Kind] = {kind.ending: kind for kind in KINDS.values()} | {"jpeg": JPEG}


def too_large(most: int) -> str:
    return f"The file must be {most // MB} MB or smaller."


TOO_LARGE = too_large(LARGEST)


def kind_of(content: bytes, *, most: int = LARGEST) -> Kind:
    """Return what a file is, or refuse it with what to do."""
    if not content:
        raise WrongFile(EMPTY)
    if len(content) > most:
        raise WrongFile(too_large(most))
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            check_inside(content)
            return kind
    if content.startswith(ZIP) and office.WORD in check_inside(content):
        return WORD
    raise WrongFile(OLD_OR_LOCKED if content.startswith(OLE) else NOT_ALLOWED)


def check_inside(content: bytes) -> frozenset[str]:
    """Refuse a document that carries, holds or fetches what it must not; return what parts it has.

    Of a file that is neither a document of Word or Excel nor a PDF it says nothing.
    """
    try:
        if content.startswith(b"%PDF-"):
            portable.check_pdf(content)
        packed = office.packed_in(content) if content.startswith(ZIP) else None
        if packed is None:
            return frozenset()
        names = frozenset(packed.namelist())
        if not {office.CONTENT_TYPES, office.WORD, office.EXCEL}.isdisjoint(name.lower() for name in names):
            office.check_package(packed)
        return names
    except Harmful as harm:
        raise WrongFile(str(harm)) from harm


def check_kind(kind: Kind, allowed: Collection[Kind]) -> None:
    if kind not in allowed:
        raise WrongFile(NO_WORD)


def check_name(given: str, kind: Kind) -> None:
    """Refuse a name that says it is one thing while the file is another. A name without an ending says nothing."""
    said = bare_name(given).rpartition(".")[2].lower()
    if "." in bare_name(given) and ENDINGS.get(said) is not kind:
        raise WrongFile(OTHER_NAME.format(said=said[:10], label=kind.label, really=kind.ending))


def bare_name(given: str) -> str:
    return PurePosixPath(PureWindowsPath(given).name).name


def safe_name(given: str, kind: Kind) -> str:
    """Return a name that can be shown and saved anywhere: no path, nothing invisible, the ending that it really has."""
    bare = bare_name(given)
    plain = unicodedata.normalize("NFC", "".join(c for c in bare if unicodedata.category(c)[0] != "C"))
    stem = NOT_KEPT.sub("_", plain.rpartition(".")[0] or plain).strip(" ._")[:LONGEST_NAME].strip(" ._")
    return f"{stem or 'file'}.{kind.ending}"


def in_short(label: str, size: int) -> str:
    """Return "PDF, 120 KB"."""
    return f"{label}, {max(1, size // 1024):,} KB"
