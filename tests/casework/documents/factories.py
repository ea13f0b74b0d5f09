"""Documents, kept by their services."""

import io
from datetime import date

from casework.documents.services import Told, add_version, keep_document, say_mistake
from slf.accounts.models import User
from tests.casework.closing.factories import TODAY
from tests.casework.safeguarding.factories import acting
from tests.referrals.attachments.factories import PDF

TITLE = "Letter about attendance"
WHY = "It belongs to another family of the same name."
DATED = date(2014, 10, 2)


def told(**other) -> Told:
    said = {"kind": "letter", "title": TITLE, "dated_on": DATED, "source": "Limehurst Academy"}
    return Told(**said | other)


def kept(family, by: User, *, content: bytes = PDF, name: str = "letter.pdf", **other):
    with acting(by):
        return keep_document(family, told(**other), file=io.BytesIO(content), name=name, by=by, on=TODAY)


def newer(document, by: User, *, content: bytes = PDF + b" again", name: str = "letter.pdf", why: str = "Signed now."):
    with acting(by):
        return add_version(document, file=io.BytesIO(content), name=name, why=why, by=by, on=TODAY)


def mistaken(document, by: User, because: str = WHY):
    with acting(by):
        return say_mistake(document, because=because, by=by, on=TODAY)
