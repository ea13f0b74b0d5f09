"""Receiving a list that a locality kept, trying it without changing anything, and confirming that it is made."""

from dataclasses import asdict
from uuid import uuid4

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Count, QuerySet

from casework.importing.files import check_file, rows_of
from casework.importing.known import known_of
from casework.importing.models import ImportFile, ImportRow
from casework.importing.rules.judging import State, judge
from casework.importing.rules.reading import Line, read_line
from families.hub.services import shown_name
from slf.access.acting import send_rights
from slf.access.models import Locality, Scope
from slf.access.rights import forget_rights, rights_of
from slf.access.rules import ROLES, Can, Role
from slf.access.services import locality_scope, scope_for
from slf.accounts.models import User
from slf.clock import today
from slf.files.scanner import Verdict
from slf.files.services import check_open_for, hold, look_at_table
from slf.web.errors import Conflict, NotAllowed
from slf.work.models import Job
from slf.work.services import promise

AT_ONCE = 1000
NOTHING_TO_MAKE = "No row of this file can be made. Mend the rows and send the file again."
NOT_TRIED = "This file is still being tried. Wait until that is over."
NOT_MADE = "This list is not made yet. Its numbers are looked up when it is."
BEING_MADE = "This file is confirmed already: what it says is made once."


def office_of(locality: Locality) -> Scope:
    """Return the audience of a locality's lists: its data officers, nobody in casework."""
    members = [("locality", locality.pk, Role.DATA)]
    return scope_for(Scope.Kind.SHARED, name=f"Data office, {locality.name}", members=members)


def may_load_for(user: User) -> QuerySet[Locality]:
    """Return the localities whose lists a person may bring over: those where their post loads files."""
    loads = {scope for role, scope in rights_of(user).reaches if Can.LOAD_FEED in ROLES[role]}
    scopes = Scope.objects.filter(pk__in=loads, kind=Scope.Kind.LOCALITY)
    return Locality.objects.filter(pk__in=scopes.values("locality"))


@transaction.atomic
def receive_list(upload: "UploadedFile[bytes]", *, locality: Locality, source: str, by: User) -> ImportFile:
    """Keep a file and promise to try it. The same content of the same list again is the same file, tried again,
    unless that was taken back.

    Raises ``BadFile`` (nothing kept) when it holds neither of the sheets, ``NotAllowed`` when the person loads nothing
    for the locality.
    """
    if not may_load_for(by).filter(pk=locality.pk).exists():
        message = "You do not load files for this locality."
        raise NotAllowed(message)
    verdict = look_at_table(upload, what="List that is brought over", by=by)
    sha256, rows = check_file(upload)
    source = " ".join(source.split())
    take_turns(locality, source)
    locality_scope(locality)
    office = office_of(locality)
    forget_rights(by)
    send_rights()
    files = ImportFile.objects.visible_to(by).filter(taken_back_at=None)
    file: ImportFile | None = files.filter(locality=locality, source__iexact=source, sha256=sha256).first()
    if file is None:
        source = known_source(office, source, by=by)
        file = ImportFile.objects.create(
            scope=office, locality=locality, source=source, name=shown_name(upload), sha256=sha256,
            content=File(upload.file, f"{uuid4()}"), rows_expected=rows, uploaded_by=by, received_on=today(),
        )  # fmt: skip
        if verdict is Verdict.UNSEEN:
            hold(str(file.content.name), what="List that is brought over")
    return file if file.is_confirmed else try_list(file, by=by)


def known_source(office: Scope, source: str, *, by: User) -> str:
    """Return the name of a list as it was first written, so that capitals do not make another list of it."""
    first = ImportFile.objects.visible_to(by).filter(scope=office, source__iexact=source).order_by("pk").first()
    return first.source if first else source


def take_turns(locality: Locality, source: str) -> None:
    """Wait, until the transaction ends, for whoever sends or makes the same list."""
    with connection.cursor() as cursor:
        name = f"casework_import {locality.pk} {source.casefold()}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@transaction.atomic
def try_list(file: ImportFile, *, by: User) -> ImportFile:
    """Promise to try a file that is not confirmed: what is known may have changed since it was tried."""
    file = lock(file, by=by)
    if file.is_confirmed:
        raise NotAllowed(BEING_MADE)
    file.check_job = promise("importing.try", by=by, file=file.uid)
    file.save(update_fields=["check_job"])
    return file


@transaction.atomic
def confirm_list(file: ImportFile, *, by: User) -> ImportFile:
    """Promise to make what the last try said. A second time changes nothing.

    One whose making has stopped is started again, in the name of whoever asks, and goes on from where it stopped.
    Raises ``Conflict`` when a colleague's is being made, ``NotAllowed`` while it is being tried or has nothing to make.
    """
    file = lock(file, by=by)
    stopped = has_stopped(file)
    if file.maker not in {None, by} and not stopped:
        message = f"{file.maker} confirmed this file already."
        raise Conflict(message)
    if file.is_made:
        return file
    if file.checked_on is None:
        raise NotAllowed(NOT_TRIED)
    if not file.is_confirmed and not file.rows.filter(state=State.READY).exists():
        raise NotAllowed(NOTHING_TO_MAKE)
    return make_again(file, by=by) if stopped else make_first(file, by=by)


def make_first(file: ImportFile, *, by: User) -> ImportFile:
    if not file.is_confirmed:
        file.confirmed_by, file.confirmed_on = by, today()
        file.make_job = promise("importing.make", by=by, once=f"{file.uid} {by.pk}", file=file.uid)
        file.save(update_fields=["confirmed_by", "confirmed_on", "make_job"])
    return file


def make_again(file: ImportFile, *, by: User) -> ImportFile:
    file.restarted_by, file.restarted_on = by, today()
    file.make_job = promise("importing.make", by=by, once=f"{file.uid} {by.pk}", file=file.uid)
    file.save(update_fields=["restarted_by", "restarted_on", "make_job"])
    return file


@transaction.atomic
def look_up_again(file: ImportFile, *, by: User) -> ImportFile:
    """Promise to look up the numbers of a list that are to be checked first, as far as one person may in 24 hours.

    Whether there are any that were not looked up yet, nobody is told.
    """
    file = lock(file, by=by)
    if not file.is_made or file.taken_back_at:
        raise NotAllowed(NOT_MADE)
    file.numbers_job = promise("importing.numbers", by=by, file=file.uid)
    file.save(update_fields=["numbers_job"])
    return file


def has_stopped(file: ImportFile) -> bool:
    """Tell whether the job that makes a list gave up or was refused, whoever asked for it."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.making_has_stopped(%s)", [file.pk])
        (stopped,) = cursor.fetchone()
    return bool(stopped)


def lock(file: ImportFile, *, by: User) -> ImportFile:
    """Wait for whoever changes the file; return it as it is now. Who confirmed it is looked up after the wait."""
    rows = ImportFile.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    found: ImportFile = rows.select_related("locality").get(pk=file.pk)
    return found


def try_file(job: Job, *, file: str) -> dict[str, int]:
    """Say of every row of a file what would become of it. Nothing is changed but what is said."""
    with job.step(job.cursor):
        stored = ImportFile.objects.visible_to(job.asked_by).get(uid=file).content.name
    check_open_for(job, stored)
    with job.step(job.cursor):
        found = lock(ImportFile.objects.visible_to(job.asked_by).get(uid=file), by=job.asked_by)
        if found.is_confirmed:
            return {}
        keep_judgement(found, by=job.asked_by)
        job.report(found.rows_expected, found.rows_expected, "Every row is tried. Nothing is made yet.")
        return states_of(found, by=job.asked_by)


def states_of(file: ImportFile, *, by: User) -> dict[str, int]:
    """Return how many rows of a file, of both sheets, are in each state."""
    rows = ImportRow.objects.visible_to(by).filter(file=file).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def keep_judgement(file: ImportFile, *, by: User) -> None:
    """Judge every row of a file and keep that, instead of what an earlier try said."""
    lines = judged(file, by=by)
    ImportRow.objects.visible_to(by).filter(file=file).delete()
    ImportRow.objects.bulk_create((as_row(line, file) for line in lines), batch_size=AT_ONCE)
    file.checked_on = today()
    file.save(update_fields=["checked_on"])


def judged(file: ImportFile, *, by: User) -> list[Line]:
    with file.content.open("rb") as content:
        lines = [read_line(*row, today=today()) for row in rows_of(content.read())]
    judge(lines, known_of(file, lines, by=by))
    return lines


def as_row(line: Line, file: ImportFile) -> ImportRow:
    return ImportRow(
        scope_id=file.scope_id, file=file, source=file.source, sheet=line.sheet, number=line.number, raw=line.raw,
        reference=line.reference, family_key=line.family, key=line.key, state=line.state,
        problems=[asdict(problem) for problem in line.problems], person_id=line.same_as, worker_id=line.worker,
    )  # fmt: skip
