"""Small files of each kind, and attaching them through the service."""

import io
import zipfile

from PIL import ExifTags, Image

from referrals.attachments.services import attach_file
from tests.referrals.intake.factories import in_the_name_of

PDF = b"%PDF-1.4 made up"


def picture(form: str, *, size=(6, 4), mode="RGB", **how) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, color=1).save(written, form, **how)
    return written.getvalue()


def taken_at_the_refuge() -> bytes:
    """Return a picture of a telephone held upright: turned when shown, with its position, its maker and a comment."""
    told = Image.Exif()
    told[ExifTags.Base.Orientation], told[ExifTags.Base.Make] = 6, "Made-up telephone"
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 38.0, 1.0)
    return picture("JPEG", exif=told, comment=b"taken at the refuge")


PNG = picture("PNG")
JPEG = picture("JPEG")
PROGRAM = b"MZ\x90\x00 made up"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        for name in names:
            inside.writestr(name, "<made-up/>")
    return made.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
WITH_MACROS = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def attach(draft, by, *, content=PDF, name="report.pdf"):
    with in_the_name_of(by):
        return attach_file(draft, by=by, file=io.BytesIO(content), name=name)
