"""Small files of each kind, and attaching them through the service."""

import io
import zipfile

from referrals.attachments.services import attach_file
from tests.referrals.intake.factories import in_the_name_of

PDF = b"%PDF-1.4 made up"
PNG = b"\x89PNG\r\n\x1a\n made up"
JPEG = b"\xff\xd8\xff\xe0 made up"
PROGRAM = b"MZ\x90\x00 made up"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        for name in names:
            inside.writestr(name, "made up")
    return made.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
WITH_MACROS = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def attach(draft, by, *, content=PDF, name="report.pdf"):
    with in_the_name_of(by):
        return attach_file(draft, by=by, file=io.BytesIO(content), name=name)
