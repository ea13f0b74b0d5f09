"""What may be attached to a referral: told by what is in the file, never by its name. No Django here."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from referrals.intake.rules import WrongAnswer

LARGEST = 10 * 1024 * 1024
MOST = 10
"""How large a file, and how many of one referral. Source: ``EXAMPLE``."""

LONGEST_NAME = 80
NOT_KEPT = re.compile(r"[^\w .()-]+")
TOO_LARGE = f"The file must be {LARGEST // 1024 // 1024} MB or smaller."
TOO_MANY = f"A referral carries at most {MOST} files."
EMPTY = "The file is empty. Choose another."
NOT_ALLOWED = "Attach a PDF, a Word document (.docx), or a picture (JPEG or PNG). This file is none of them."
MACROS = "This Word document carries a program in it. Save it without macros, or as a PDF."


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
BEGINNINGS: Mapping[bytes, Kind] = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
ZIP = b"PK\x03\x04"


def kind_of(content: bytes) -> Kind:
    """Return what a file is, or refuse it with what to do."""
    if not content:
        raise WrongAnswer(EMPTY)
    if len(content) > LARGEST:
        raise WrongAnswer(TOO_LARGE)
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(ZIP) and _is_word(content):
        return WORD
    raise WrongAnswer(NOT_ALLOWED)


def _is_word(content: bytes) -> bool:
    """Read the list of what is in the archive, and unpack nothing of it."""
    try:
        inside = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in inside):
        raise WrongAnswer(MACROS)
    return {"[Content_Types].xml", "word/document.xml"} <= inside


def safe_name(given: str, kind: Kind) -> str:
    """Return a name that can be shown and saved anywhere: no path, nothing invisible, the ending that it really has."""
    bare = PurePosixPath(PureWindowsPath(given).name).name
    plain = unicodedata.normalize("NFC", "".join(c for c in bare if unicodedata.category(c)[0] != "C"))
    stem = NOT_KEPT.sub("_", plain.rpartition(".")[0] or plain).strip(" ._")[:LONGEST_NAME].strip(" ._")
    return f"{stem or 'file'}.{kind.ending}"


def check_number(held: int) -> None:
    if held >= MOST:
        raise WrongAnswer(TOO_MANY)
