"""What the chronology tells of safeguarding, to those who read it there."""

from collections.abc import Iterator

from django.utils.timezone import localtime

from casework.chronology.rules import Entry, Kind
from casework.chronology.rules import Step as Order
from casework.safeguarding.models import Concern, ConcernEntry
from casework.safeguarding.rules import Step
from families.people.models import Family
from slf.accounts.models import User

TOLD_OF = (Step.RAISED, Step.REVIEWED, Step.OUTCOME, Step.ESCALATED, Step.MISTAKE_MADE)


def result(entry: ConcernEntry) -> str:
    """Return the answer of an entry in words that stand alone: "Yes" and "No" are said of what was asked."""
    told = entry.result_in_words
    return f"Do they know that it was written down? {told}" if told and entry.is_first else told


def concerns(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what was raised, decided and became of it. What is said about staff stands in no family's record."""
    rows = Concern.objects.visible_to(user).filter(family=family).for_list()
    for row in rows[:most]:
        for entry in row.all_entries:
            if entry.step not in TOLD_OF or (row.is_mistaken and entry.step != Step.MISTAKE_MADE):
                continue
            moment = localtime(entry.at)
            by = str(row.raised_by if entry.is_first else entry.by)
            title = f"{row.rules.label}: {str(entry).lower()}"
            detail = tuple(filter(None, (entry.who, result(entry))))
            yield Entry(
                moment.date(), Kind.CONCERN, Order.CONCERN, title, text=entry.words, detail=detail, by=by,
                href=row.get_absolute_url(), at=moment.time(), mark=f"concern:{entry.uid}",
            )  # fmt: skip
