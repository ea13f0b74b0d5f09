"""Documents of families of Charnwood: letters, a report, a consent form with a newer version, one kept by mistake."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from PIL import Image, ImageDraw

from casework.documents.services import Told, add_version, keep_document, say_mistake
from performance.demo.money import is_worked
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

SIGNED = "The second parent signed it as well."
KEPT = (
    ("school", "Attendance letter, autumn term", "Limehurst Academy", 12),
    ("report", "Report of the educational psychologist", "County psychology service", 40),
    ("consent", "Consent to share with the school nurse", "", 25),
    ("court_order", "Child arrangements order", "Leicester Family Court", 60),
)  # fmt: skip


def keep_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker keep documents of a family; one was signed again, one belongs to another family."""
    worker = accounts["fsw.charnwood"]
    with acting_as(worker), transaction.atomic():
        each = next((each for each in charnwood if is_worked(each.row, worker)), None)
        if each is None:
            return
        made = {}
        for kind, title, source, ago in KEPT:
            told = Told(kind, title, today - timedelta(days=ago), source, each.children[0] if each.children else None)
            paper = photograph(title, source)
            made[kind] = keep_document(each.row, told, file=paper, name=f"{kind}.png", by=worker, on=today)
        again = photograph(f"{KEPT[2][1]}: both parents", "")
        add_version(made["consent"], file=again, name="consent.png", why=SIGNED, by=worker, on=today)
        wrong = "It belongs to a family of the same name in Melton."
        say_mistake(made["court_order"], because=wrong, by=worker, on=today)


def photograph(title: str, source: str) -> io.BytesIO:
    """Return the picture of a made-up page."""
    page = Image.new("RGB", (620, 877), "white")
    drawn = ImageDraw.Draw(page)
    for line, text in enumerate((source, "", title, "", "Made up for the demonstration.")):
        drawn.text((60, 80 + 28 * line), text, fill="black")
    made = io.BytesIO()
    page.save(made, "PNG")
    made.seek(0)
    return made
