"""Files and rows as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from families.hub.models import FeedFile, FeedRetry, FeedRow
from families.hub.rules import Feed, State
from families.people.models import Membership
from slf.accounts.models import User
from slf.web.words import day_in_words

TONES = {State.LOADED: "good", State.KNOWN: "neutral", State.UNMATCHED: "neutral", State.FAILED: "late"}
WHO = ("Forename", "Surname")


@dataclass(frozen=True)
class ShownRow:
    """One row: the person it names, what else it says column by column, and what became of it."""

    line: int
    who: str
    cells: str
    state: str
    tone: str
    matched: str
    reason: str


def shown_row(row: FeedRow, feed: Feed) -> ShownRow:
    """Return a row with its cells in the feed's order: the database keeps them in its own."""
    said = {column: row.raw.get(column, "").strip() for column in feed.columns if column not in WHO}
    return ShownRow(
        line=row.line,
        who=" ".join(filter(None, (row.raw.get(column, "").strip() for column in WHO))),
        cells=" · ".join(f"{column}: {words}" for column, words in said.items() if words),
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


def how_many(number: int, one: str) -> str:
    """Return "1 row" or "40,000 rows"; nothing for none."""
    return f"{number:,} {one}{'' if number == 1 else 's'}" if number else ""


def sent_again(file: FeedFile, retry: FeedRetry, *, user: User) -> str:
    """Return in a sentence what happened when the file came again."""
    first = "You" if file.uploaded_by == user else str(file.uploaded_by)
    again = "you" if retry.asked_by == user else str(retry.asked_by)
    once, then = day_in_words(file.received_on), day_in_words(retry.asked_on)
    came = f"again on {then}" if file.uploaded_by == retry.asked_by else f"{again} sent it again on {then}"
    return f"{first} sent this file on {once}, and {came}; {what_was_tried(retry)}."


def what_was_tried(retry: FeedRetry) -> str:
    if not retry.tried:
        return "no row of it matched nobody, so there was nothing to try again"
    rows = f"{how_many(retry.tried, 'row')} that matched nobody"
    if retry.became is None:
        return f"{rows} {'is' if retry.tried == 1 else 'are'} being tried again"
    now = f"{retry.became:,} of them now" if retry.became else "none of them"
    return f"{rows} {'was' if retry.tried == 1 else 'were'} tried again, {now} became a fact"
