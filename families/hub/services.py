"""Receiving a file and loading it: each chunk of rows once, whatever is killed in between; sent again, tried again."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from uuid import uuid4

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet

from families.hub.files import FileRow, check_file, rows_of
from families.hub.gate import no_gateway
from families.hub.models import FeedFile, FeedRetry, FeedRow
from families.hub.rules import FEEDS, Area, Feed, State, after
from families.hub.settling import Origin, as_row, read_line, settle
from slf.access.acting import send_rights
from slf.access.models import Locality, Scope
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import scope_for
from slf.accounts.models import User
from slf.clock import today
from slf.files.scanner import Verdict
from slf.files.services import check_open_for, hold, look_at_table
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words
from slf.work.models import Job
from slf.work.services import promise

CHUNK = 1000
LONGEST_NAME = 200
NO_NAME = "File without a name.csv"


def data_office() -> Scope:
    """Return the audience of raw files: data officers of any locality, nobody in casework."""
    members = [("locality", pk, Role.DATA) for pk in Locality.objects.values_list("pk", flat=True)]
    return scope_for(Scope.Kind.SHARED, name="Data office", members=members)


@transaction.atomic
def receive_file(
    upload: "UploadedFile[bytes]", *, feed: Feed, covers: tuple[date, date], area: Area, by: User
) -> FeedFile:
    """Keep a file and promise to load it. The same content again is the same file, loaded once.

    ``covers`` is the first and the last day the agency looked at, ``area`` where: what is not in the file did not
    happen then and there.

    Raises ``NotAllowed`` when there is no gateway for it, ``BadFile`` (nothing kept) when it is not a file of this
    feed, ``Conflict`` when the same content stands for other days or another area, or is still being loaded for
    somebody else. One whose loading was given up is begun again; of one that is loaded, the rows that matched nobody
    are tried again.
    """
    if closed := no_gateway(feed, on=today()):
        raise NotAllowed(closed)
    verdict = look_at_table(upload, what="File of an agency", by=by)
    sha256, rows = check_file(upload, feed)
    one_at_a_time(sha256)
    office = office_of(by)
    files = FeedFile.objects.visible_to(by).for_list()
    known: FeedFile | None = files.filter(feed=feed.code, sha256=sha256).first()
    if known:
        return received_again(known, covers=covers, area=area, by=by)
    file: FeedFile = FeedFile.objects.create(
        scope=office, feed=feed.code, name=shown_name(upload), content=File(upload.file, f"{uuid4()}.csv"),
        sha256=sha256, rows_expected=rows, uploaded_by=by, received_on=today(), covers=(covers[0], after(covers[1])),
        whole_county=area.whole_county, searched_localities=sorted(area.localities),
    )  # fmt: skip
    if verdict is Verdict.UNSEEN:
        hold(str(file.content.name), what="File of an agency")
    return promise_to_load(file, by=by)


def received_again(known: FeedFile, *, covers: tuple[date, date], area: Area, by: User) -> FeedFile:
    """Return the file that has this content: begun again when it was given up, else with unmatched rows tried again."""
    first, last = known.covers.lower, known.last_day
    sent = f"{known.uploaded_by} sent the same file on {day_in_words(known.received_on)}"
    if (first, last) != covers:
        message = (
            f"{sent}, for the days from {day_in_words(first)} to {day_in_words(last)}. A file stands for one time only."
        )
        raise Conflict(message)
    if known.area.is_stated and set(known.area.localities) != set(area.localities):
        message = f"{sent}, as searched in {known.searched_in_words}. A file stands for one area only."
        raise Conflict(message)
    if not known.area.is_stated:
        known.whole_county, known.searched_localities = area.whole_county, sorted(area.localities)
        known.save(update_fields=["whole_county", "searched_localities"])
    if known.loaded:
        return promise_to_retry(known, by=by)
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


def promise_to_retry(file: FeedFile, *, by: User) -> FeedFile:
    """Note that the file came again, and promise to try its rows that matched nobody, if there are any."""
    uid, tried = uuid4(), unmatched(file, by=by).count()
    job = promise("hub.retry", by=by, retry=str(uid), file=str(file.uid)) if tried else None
    FeedRetry.objects.create(
        uid=uid, scope_id=file.scope_id, file=file, asked_by=by, asked_on=today(), tried=tried,
        became=None if tried else 0, job=job,
    )  # fmt: skip
    return file


def unmatched(file: FeedFile, *, by: User) -> QuerySet[FeedRow]:
    return FeedRow.objects.visible_to(by).current().filter(file=file, state=State.UNMATCHED)


def one_at_a_time(sha256: str) -> None:
    """Wait, until the transaction ends, for whoever is sending the same content."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def take_turns(feed: str) -> None:
    """Wait, until the transaction ends, for whoever is turning rows of the same feed into facts.

    Two files that state the same in another order would else wait for each other, and neither would see what the
    other is about to say.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"families_feed {feed}"])


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
    check_open_for(job, source.content.name)
    with source.content.open("rb") as content:
        for chunk in chunks_after(job.cursor or 0, rows_of(content, FEEDS[source.feed])):
            with job.step(chunk[-1].number):
                load_chunk(source, chunk, by=job.asked_by)
                job.report(chunk[-1].number - 1, source.rows_expected, "Matching rows to people by exact identifier")
    with job.step(job.cursor):
        return FeedRow.objects.visible_to(job.asked_by).current().filter(file=source).counts()


def chunks_after(number: int, rows: Iterator[FileRow]) -> Iterator[list[FileRow]]:
    rows = (row for row in rows if row.number > number)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def load_chunk(file: FeedFile, chunk: list[FileRow], *, by: User) -> None:
    """Turn one chunk of rows into facts and keep every row with what became of it; what is kept already stays."""
    take_turns(file.feed)
    kept = kept_lines(file, chunk, by=by)
    lines = [read_line(*row, FEEDS[file.feed]) for row in chunk if row.number not in kept]
    outcome = settle(lines, Origin(file, by))
    FeedRow.objects.bulk_create(as_row(line, file, outcome) for line in lines)


def retry_rows(job: Job, *, retry: str) -> dict[str, int]:
    """Try the rows of a file again that matched nobody, from where an earlier attempt stopped."""
    by = job.asked_by
    with job.step(job.cursor or 0):
        again = FeedRetry.objects.visible_to(by).select_related("file").get(uid=retry)
        left = unmatched(again.file, by=by).filter(number__gt=job.cursor)
        numbers = list(left.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        with job.step(chunk[-1]):
            retry_chunk(again, chunk, by=by)
            job.report(start + len(chunk), len(numbers), "Trying the rows again that matched nobody")
    with job.step(job.cursor):
        again.became = again.rows.filter(state=State.LOADED).count()
        again.save(update_fields=["became"])
        return {"tried": again.tried, "became": again.became}


def retry_chunk(again: FeedRetry, numbers: list[int], *, by: User) -> None:
    """Try some rows again; those of which something else becomes now are kept anew, the others stay as they are."""
    take_turns(again.file.feed)
    file = lock(again.file, by=by)
    before = {row.number: row for row in unmatched(file, by=by).filter(number__in=numbers)}
    lines = [read_line(row.number, row.line, row.raw, FEEDS[file.feed]) for row in before.values()]
    outcome = settle(lines, Origin(file, by, retried_at=again.asked_at))
    after = [as_row(line, file, outcome, retry=again, supersedes=before[line.number]) for line in lines]
    FeedRow.objects.bulk_create(row for row in after if not says_the_same(row, before[row.number]))


def says_the_same(row: FeedRow, other: FeedRow) -> bool:
    return (row.state, row.reason, row.person_id) == (other.state, other.reason, other.person_id)


def lock(file: FeedFile, *, by: User) -> FeedFile:
    rows = FeedFile.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    locked: FeedFile = rows.get(pk=file.pk)
    return locked


def kept_lines(file: FeedFile, chunk: list[FileRow], *, by: User) -> set[int]:
    """Lock the file and return which rows of a chunk another job has dealt with."""
    lock(file, by=by)
    between = (chunk[0].number, chunk[-1].number)
    rows = FeedRow.objects.visible_to(by).filter(file=file, number__range=between)
    return set(rows.order_by().values_list("number", flat=True))
