"""Entries of a family's record with words that can be looked for, and their marks."""

from casework.provenance.rules import Marks
from casework.provenance.services import mark_entry
from casework.stars.models import Reading, StarTool
from casework.visits.services import record_visit
from families.needs.models import Need
from slf.accounts.models import User
from tests.casework.closing.factories import EARLIER, TODAY
from tests.casework.safeguarding.factories import acting

WORDS = {"visit": "She says that he drinks.", "need": "Seen by the health visitor.", "reading": "She cried about him."}


def entries(family, by: User) -> dict:
    """Return one entry of each kind, by kind."""
    with acting(by):
        visit = record_visit(
            family, by=by, kind="home", happened_on=EARLIER, note=WORDS["visit"], sightings=[]
        )  # fmt: skip
        need = Need.objects.create(
            family=family, kind="debt", started_on=EARLIER, evidence=WORDS["need"], source="Health visitor"
        )
        tool = StarTool.objects.in_use(on=TODAY)
        first = tool.areas.first()
        reading = Reading.objects.create(
            family=family, tool=tool, taken_on=EARLIER, completed="together", marks={first.code: tool.highest},
            note=WORDS["reading"], recorded_by=by,
        )  # fmt: skip
    return {"visit": visit, "need": need, "reading": reading}


def marked(about: str, entry, by: User, **marks):
    with acting(by):
        return mark_entry(about, entry, Marks(**marks), by=by, on=TODAY)
