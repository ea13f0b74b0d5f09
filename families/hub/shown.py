"""Files and rows as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from families.hub.models import FeedFile, FeedRow
from families.hub.rules import Feed, State
from families.people.models import Membership
from slf.accounts.models import User

TONES = {State.LOADED: "good", State.KNOWN: "neutral", State.UNMATCHED: "attention", State.FAILED: "late"}
WHO = ("Forename", "Surname")


@dataclass(frozen=True)
class ShownRow:
    """One row: the person it names, what else it says in the order of its columns, and what became of it."""

    number: int
    who: str
    cells: str
    state: str
    tone: str
    matched: str
    reason: str


def shown_row(row: FeedRow, feed: Feed) -> ShownRow:
    """Return a row with its cells in the feed's order: the database keeps them in its own."""
    cells = [row.raw.get(column, "").strip() for column in feed.columns if column not in WHO]
    return ShownRow(
        number=row.number,
        who=" ".join(filter(None, (row.raw.get(column, "").strip() for column in WHO))),
        cells=" · ".join(filter(None, cells)),
        state=row.get_state_display(),
        tone=TONES[State(row.state)],
        matched=str(row.person) if row.person else "",
        reason=row.reason,
    )


def families_of(rows: Iterable[FeedRow], *, user: User) -> set[int]:
    """Return the families of the people whom rows match, for the view log."""
    people = {row.person_id for row in rows if row.person_id}
    homes = Membership.objects.visible_to(user).filter(person__in=people)
    return set(homes.order_by().values_list("family", flat=True)) if people else set()


def shown_state(file: FeedFile) -> tuple[str, str]:
    """Return how far a file is, in a word and its tone. A colleague's job is theirs to see; the file says enough."""
    if file.loaded:
        return "Loaded", "good"
    if file.job is None:
        return "Not loaded yet", "waiting"
    return file.job.get_state_display(), {"failed": "late"}.get(file.job.state, "waiting")
