"""Receiving a file and loading it: each chunk of rows once, whatever is killed in between."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import uuid4

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.text import Truncator

from families.facts.models import Fact
from families.hub.files import check_file, rows_of
from families.hub.matching import Match, match_all
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import FEEDS, LONGEST_REASON, BadRow, Feed, Reading, State, about_key, after, source_key
from slf.access.acting import send_rights
from slf.access.models import Locality, Scope
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import scope_for
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict
from slf.web.words import day_in_words
from slf.work.models import Job
from slf.work.services import promise

CHUNK = 1000
LONGEST_NAME, LONGEST_SAID = 200, 100
NO_NAME = "File without a name.csv"
Raw = dict[str, str]


def data_office() -> Scope:
    """Return the audience of raw files: data officers of any locality, nobody in casework."""
    members = [("locality", pk, Role.DATA) for pk in Locality.objects.values_list("pk", flat=True)]
    return scope_for(Scope.Kind.SHARED, name="Data office", members=members)


@transaction.atomic
def receive_file(upload: "UploadedFile[bytes]", *, feed: Feed, covers: tuple[date, date], by: User) -> FeedFile:
    """Keep a file and promise to load it. The same content again is the same file, loaded once.

    ``covers`` is the first and the last day the agency looked at: what is not in the file did not happen then.

    Raises ``BadFile`` (nothing kept) when it is not a file of this feed, ``Conflict`` when the same content stands
    for other days or is still being loaded for somebody else. One whose loading was given up is begun again.
    """
    sha256, rows = check_file(upload, feed)
    one_at_a_time(sha256)
    office = office_of(by)
    files = FeedFile.objects.visible_to(by).for_list()
    known: FeedFile | None = files.filter(feed=feed.code, sha256=sha256).first()
    if known:
        return received_again(known, covers=covers, by=by)
    file: FeedFile = FeedFile.objects.create(
        scope=office, feed=feed.code, name=shown_name(upload), content=File(upload.file, f"{uuid4()}.csv"),
        sha256=sha256, rows_expected=rows, uploaded_by=by, received_on=today(), covers=(covers[0], after(covers[1])),
    )  # fmt: skip
    return promise_to_load(file, by=by)


def received_again(known: FeedFile, *, covers: tuple[date, date], by: User) -> FeedFile:
    """Return the file that has this content already, begun again when its loading was given up."""
    first, last = known.covers.lower, known.last_day
    sent = f"{known.uploaded_by} sent the same file on {day_in_words(known.received_on)}"
    if (first, last) != covers:
        message = (
            f"{sent}, for the days from {day_in_words(first)} to {day_in_words(last)}. A file stands for one time only."
        )
        raise Conflict(message)
    if known.loaded:
        return known
    if was_given_up(known):
        return promise_to_load(known, by=by)
    if known.uploaded_by_id != by.pk:
        message = f"{sent}, and it is being loaded. Look for it in the list of files."
        raise Conflict(message)
    return known


def promise_to_load(file: FeedFile, *, by: User) -> FeedFile:
    file.job = promise("hub.load", by=by, file=str(file.uid))
    file.save(update_fields=["job"])
    return file


def one_at_a_time(sha256: str) -> None:
    """Wait, until the transaction ends, for whoever is sending the same content."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def office_of(by: User) -> Scope:
    """Return the data office, with the rights of whoever acts in it: it may be younger than their transaction."""
    office = data_office()
    forget_rights(by)
    send_rights()
    return office


def was_given_up(file: FeedFile) -> bool:
    """Tell whether the loading of a file failed; whoever asked for it, for a job is only theirs to see."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.feed_file_given_up(%s)", [file.pk])
        return bool(cursor.fetchone()[0])


def shown_name(upload: "UploadedFile[bytes]") -> str:
    """Return the name of a file as it can be kept and shown."""
    name = "".join(letter for letter in upload.name or "" if letter.isprintable()).strip()
    return name[:LONGEST_NAME] or NO_NAME


def load_file(job: Job, *, file: str) -> dict[str, int]:
    """Load a file chunk by chunk from where an earlier attempt stopped; return the count of rows in each state."""
    with job.step(job.cursor or 0):
        source = FeedFile.objects.visible_to(job.asked_by).get(uid=file)
    with source.content.open("rb") as content:
        for chunk in chunks_after(job.cursor or 0, rows_of(content, FEEDS[source.feed])):
            with job.step(chunk[-1][0]):
                load_chunk(source, chunk, by=job.asked_by)
                job.report(chunk[-1][0] - 1, source.rows_expected, "Matching rows to people by exact identifier")
    with job.step(job.cursor):
        return FeedRow.objects.visible_to(job.asked_by).filter(file=source).counts()


def chunks_after(line: int, rows: Iterator[tuple[int, Raw]]) -> Iterator[list[tuple[int, Raw]]]:
    rows = (row for row in rows if row[0] > line)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


@dataclass
class Line:
    """One row on its way: as sent, as read, and whom it matches."""

    number: int
    raw: Raw
    reading: Reading | None = None
    reason: str = ""
    match: Match = field(default_factory=Match)


def load_chunk(file: FeedFile, chunk: list[tuple[int, Raw]], *, by: User) -> None:
    """Turn one chunk of rows into facts and keep every row with what became of it; what is kept already stays."""
    feed, kept = FEEDS[file.feed], kept_lines(file, chunk, by=by)
    lines = [read_line(number, raw, feed) for number, raw in chunk if number not in kept]
    readable = [(line, line.reading) for line in lines if line.reading]
    matches = match_all((reading for _, reading in readable), by=by)
    for (line, _), found in zip(readable, matches, strict=True):
        line.match = found
    fresh = add_facts(lines, feed, file, by=by)
    FeedRow.objects.bulk_create(as_row(line, file, fresh) for line in lines)


def kept_lines(file: FeedFile, chunk: list[tuple[int, Raw]], *, by: User) -> set[int]:
    """Lock the file and return which lines of a chunk another job has dealt with."""
    FeedFile.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=file.pk)
    between = (chunk[0][0], chunk[-1][0])
    rows = FeedRow.objects.visible_to(by).filter(file=file, number__range=between)
    return set(rows.order_by().values_list("number", flat=True))


def read_line(number: int, raw: Raw, feed: Feed) -> Line:
    try:
        return Line(number, raw, feed.read(raw))
    except BadRow as wrong:
        return Line(number, raw, reason=str(wrong))


def add_facts(lines: list[Line], feed: Feed, file: FeedFile, *, by: User) -> set[int]:
    """Add the facts that are not known yet; return the numbers of the lines that became one."""
    statements = [
        Statement(line.number, reading, person, family, about)
        for line in lines
        if (reading := line.reading) and (person := line.match.person_id)
        for family in line.match.families
        for about in [about_key(feed, person, family, reading)]
    ]
    return {number for batch in rounds(statements) for number in add_batch(batch, feed, file, by=by)}


@dataclass(frozen=True)
class Statement:
    """What one row states about its person in one family; ``about`` is shared by all versions of it."""

    number: int
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


def add_batch(batch: list[Statement], feed: Feed, file: FeedFile, *, by: User) -> list[int]:
    """Add one batch. What the latest version states already stays as it is; other figures supersede it."""
    facts = Fact.objects.visible_to(by).filter(about_key__in=[s.about for s in batch], superseded_by=None)
    latest = {fact.about_key: fact for fact in facts}
    fresh = [statement for statement in batch if not statement.is_what(latest.get(statement.about))]
    Fact.objects.bulk_create(as_fact(s, feed, file, supersedes=latest.get(s.about), by=by) for s in fresh)
    return [statement.number for statement in fresh]


def as_fact(statement: Statement, feed: Feed, file: FeedFile, *, supersedes: Fact | None, by: User) -> Fact:
    reading, name = statement.reading, Truncator(file.name).chars(LONGEST_SAID)
    return Fact(
        family_id=statement.family, person_id=statement.person, kind=feed.fact_kind,
        period=(reading.starts_on, reading.ends_before), value=reading.value, source=Fact.Source.FEED,
        source_name=f"{feed.label}: {name}, line {statement.number}", about_key=statement.about,
        source_key=source_key(statement.about, reading, corrects=supersedes.pk if supersedes else None),
        recorded_on=file.received_on, recorded_by=by, supersedes=supersedes,
    )  # fmt: skip


def as_row(line: Line, file: FeedFile, fresh: set[int]) -> FeedRow:
    """Return the row as it is kept: raw, whom it matched, and why not if not."""
    reason = (line.reason or line.match.reason)[:LONGEST_REASON]
    state = State.FAILED if line.reading is None else State.UNMATCHED if reason else State.LOADED
    if state is State.LOADED and line.number not in fresh:
        state = State.KNOWN
    return FeedRow(
        scope_id=file.scope_id, file=file, number=line.number, raw=line.raw, state=state, reason=reason,
        person_id=line.match.person_id,
    )  # fmt: skip
