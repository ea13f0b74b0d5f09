"""Rows on their way to facts: read, matched to people, and written down once with what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import Truncator

from families.facts.models import Fact
from families.hub.matching import Match, match_all
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import FEEDS, LONGEST_REASON, BadRow, Feed, Reading, State, about_key, source_key
from slf.accounts.models import User

LONGEST_SAID = 100
OVERTAKEN = "A file that came later says otherwise, and that stands."
Raw = dict[str, str]


@dataclass
class Line:
    """One row on its way: as sent, as read, and whom it matches."""

    number: int
    line: int
    raw: Raw
    reading: Reading | None = None
    reason: str = ""
    match: Match = field(default_factory=Match)


def read_line(number: int, line: int, raw: Raw, feed: Feed) -> Line:
    try:
        return Line(number, line, raw, feed.read(raw))
    except BadRow as wrong:
        return Line(number, line, raw, reason=str(wrong))


@dataclass(frozen=True)
class Origin:
    """The file that rows come from and who loads them; ``retried_at`` is since when they are tried again."""

    file: FeedFile
    by: User
    retried_at: datetime | None = None

    @property
    def feed(self) -> Feed:
        return FEEDS[self.file.feed]

    def is_overtaken_by(self, fact: Fact) -> bool:
        """Tell whether a fact came after this file, so that a row of the file does not correct it.

        Of two files of one day the one sent later is right, whichever is loaded first.
        """
        file = self.file
        came, sent = (fact.recorded_on, fact.sent_at or file.uploaded_at), (file.received_on, file.uploaded_at)
        before_the_retry = self.retried_at is not None and fact.recorded_at < self.retried_at
        return came > sent or (came == sent and before_the_retry)


@dataclass
class Outcome:
    """The numbers of the rows that became a fact, and of those that a later file has overtaken."""

    fresh: set[int] = field(default_factory=set)
    overtaken: set[int] = field(default_factory=set)


def settle(lines: list[Line], origin: Origin) -> Outcome:
    """Match what could be read to people and add the facts that are not known yet."""
    readable = [(line, line.reading) for line in lines if line.reading]
    matches = match_all((reading for _, reading in readable), by=origin.by)
    for (line, _), found in zip(readable, matches, strict=True):
        line.match = found
    statements = [
        Statement(line.number, line.line, reading, person, family, about)
        for line, reading in readable
        if (person := line.match.person_id)
        for family in line.match.families
        for about in [about_key(origin.feed, person, family, reading)]
    ]
    outcome = Outcome()
    for batch in rounds(statements):
        add_batch(batch, origin, outcome)
    return outcome


@dataclass(frozen=True)
class Statement:
    """What one row states about its person in one family; ``about`` is shared by all versions of it."""

    number: int
    line: int
    reading: Reading
    person: int
    family: int
    about: str

    def is_what(self, fact: Fact | None) -> bool:
        """Tell whether a fact states exactly this."""
        ends = self.reading.ends_before
        return bool(
            fact and fact.value == self.reading.value
            and (fact.period.lower, fact.period.upper) == (self.reading.starts_on, ends)
        )  # fmt: skip


def rounds(statements: list[Statement]) -> Iterator[list[Statement]]:
    """Split so that each batch holds one version of a statement: a later row of a file corrects an earlier one."""
    while statements:
        first = {statement.about: statement for statement in reversed(statements)}
        yield list(first.values())
        statements = [s for s in statements if first[s.about] is not s]


def add_batch(batch: list[Statement], origin: Origin, outcome: Outcome) -> None:
    """Add one batch. What the latest version states already stays as it is; other figures supersede an earlier one."""
    facts = Fact.objects.visible_to(origin.by).filter(about_key__in=[s.about for s in batch], superseded_by=None)
    latest = {fact.about_key: fact for fact in facts}
    other = [statement for statement in batch if not statement.is_what(latest.get(statement.about))]
    late = {s.about for s in other if (fact := latest.get(s.about)) and origin.is_overtaken_by(fact)}
    fresh = [statement for statement in other if statement.about not in late]
    Fact.objects.bulk_create(as_fact(s, origin, supersedes=latest.get(s.about)) for s in fresh)
    outcome.fresh |= {statement.number for statement in fresh}
    outcome.overtaken |= {statement.number for statement in other if statement.about in late}


def as_fact(statement: Statement, origin: Origin, *, supersedes: Fact | None) -> Fact:
    """Return the fact as known since the file arrived, however late its row is matched: evidence gets no fresher."""
    reading, file = statement.reading, origin.file
    name = Truncator(file.name).chars(LONGEST_SAID)
    return Fact(
        family_id=statement.family, person_id=statement.person, kind=origin.feed.fact_kind,
        period=(reading.starts_on, reading.ends_before), value=reading.value, source=Fact.Source.FEED,
        agency=origin.feed.agency,
        source_name=f"{origin.feed.label}: {name}, line {statement.line}", about_key=statement.about,
        source_key=source_key(statement.about, reading, corrects=supersedes.pk if supersedes else None),
        recorded_on=file.received_on, sent_at=file.uploaded_at, recorded_by=origin.by, supersedes=supersedes,
    )  # fmt: skip


def as_row(line: Line, file: FeedFile, outcome: Outcome, **tried_again: Any) -> FeedRow:
    """Return the row as it is kept: raw, whom it matched, and why not if not."""
    reason = (line.reason or line.match.reason)[:LONGEST_REASON]
    state = state_of(line, outcome)
    if state is State.KNOWN and line.number in outcome.overtaken:
        reason = OVERTAKEN
    return FeedRow(
        scope_id=file.scope_id, file=file, number=line.number, line=line.line, raw=line.raw, state=state, reason=reason,
        person_id=line.match.person_id, **tried_again,
    )  # fmt: skip


def state_of(line: Line, outcome: Outcome) -> State:
    if line.reading is None:
        return State.FAILED
    if not line.match.families:
        return State.UNMATCHED
    return State.LOADED if line.number in outcome.fresh else State.KNOWN
