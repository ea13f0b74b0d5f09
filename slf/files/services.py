"""Taking a file, keeping it, opening it, and looking again at what the scanner could not look at. One place for all.

Content is stored before its row and taken away after it: what can be left over is content without a row, which the
sweep finds; a row without its content cannot.
"""

import hashlib
import io
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from slf.accounts.models import User
from slf.files import rules, scanner
from slf.files.models import FoundFile, HeldFile
from slf.files.pictures import without_whereabouts
from slf.files.rules import KINDS, LARGEST_MB, MB, Kind, NotLookedAt, WrongFile
from slf.files.scanner import Verdict
from slf.files.tasks import note_found
from slf.policy.models import value_of
from slf.work.models import Job

log = logging.getLogger(__name__)
LEFT_FOR = timedelta(days=1)
"""How long content may be without a row: longer than any request that is still to commit one."""
AT_ONCE = 50


@dataclass(frozen=True)
class Taken:
    """A file that may be kept. ``is_unseen``: the scanner did not answer, so it waits to be looked at."""

    content: bytes
    kind: Kind
    name: str
    digest: str
    what: str
    is_unseen: bool

    @property
    def row(self) -> dict[str, Any]:
        """What the row of each file says of it."""
        return {
            "name": self.name, "content_type": self.kind.content_type, "size": len(self.content), "digest": self.digest,
        }  # fmt: skip


def check(file: BinaryIO, *, kinds: Collection[Kind]) -> None:
    """Say of a file what is wrong with it, before it is taken; the scanner is asked only then."""
    content = file.read(rules.LARGEST + 1)
    kind = rules.kind_of(content)
    rules.check_kind(kind, kinds)
    if kind.is_picture:
        without_whereabouts(content, kind)
    file.seek(0)


def take(
    file: BinaryIO,
    *,
    name: str,
    what: str,
    by: User,
    kinds: Collection[Kind] = frozenset(KINDS.values()),
    named: bool = False,
) -> Taken:
    """Look at a file that somebody sent, or refuse it with what to do: what it is, how large, what the scanner says.

    Of a picture only the picture is kept, not where it was taken. ``named``: its name must say what it is.
    """
    most = value_of(LARGEST_MB) * MB
    content = file.read(most + 1)
    kind = rules.kind_of(content, most=most)
    rules.check_kind(kind, kinds)
    if named:
        rules.check_name(name, kind)
    verdict = look_at(io.BytesIO(content), what=what, by=by)
    content = without_whereabouts(content, kind) if kind.is_picture else content
    digest = hashlib.sha256(content).hexdigest()
    return Taken(content, kind, rules.safe_name(name, kind), digest, what, verdict is Verdict.UNSEEN)


def look_at_table(file: Any, *, what: str, by: User) -> Verdict:
    """Look at a table that somebody sent, whatever form it has: what is inside it, then what the scanner says."""
    rules.check_inside(file.read(rules.LARGEST_TABLE))
    file.seek(0)
    return look_at(file, what=what, by=by)


def look_at(file: Any, *, what: str, by: User) -> Verdict:
    """Ask the scanner. What it finds something in is refused, and the administrators are told without the content."""
    looked = scanner.ask(file)
    if looked.verdict is Verdict.FOUND:
        tell_found(looked.found, what=what, sender=by.pk)
        raise WrongFile(rules.INFECTED)
    if looked.verdict is Verdict.UNSEEN:
        log.warning("The virus scanner at %s did not look at a file (%s).", scanner.settings.CLAMD, what)
    return looked.verdict


def tell_found(found: str, *, what: str, sender: int | None) -> None:
    """Have it noted by a worker: the refusal undoes whatever this request writes."""
    log.error("The virus scanner found %s in a file (%s) of account %s.", found, what, sender)
    try:
        note_found.delay(found=found, what=what, sender=sender)
    except OperationalError:
        log.exception("Nobody could be told of it.")


def keep(field: Any, taken: Taken) -> None:
    """Store the content of a row that is saved next; until the scanner has looked it cannot be opened."""
    field.save(taken.name, ContentFile(taken.content), save=False)
    if taken.is_unseen:
        hold(field.name, what=taken.what)


def hold(stored: str, *, what: str) -> None:
    HeldFile.objects.create(stored=stored, what=what)


def check_open(stored: str) -> None:
    """Refuse to open what the scanner has not looked at, or has found something in."""
    held = HeldFile.objects.filter(stored=stored).exclude(state=HeldFile.State.CLEAN).first()
    if held is not None:
        raise NotLookedAt(rules.FOUND_LATER if held.state == HeldFile.State.FOUND else rules.NOT_LOOKED_AT)


def check_open_for(job: Job, stored: str) -> None:
    """The same for a job: it is started again as soon as its file was looked at."""
    with transaction.atomic():
        HeldFile.objects.filter(stored=stored, state=HeldFile.State.WAITING).update(
            resumes=job.uid, waiter=job.asked_by
        )
    with transaction.atomic():
        check_open(stored)


def held_among(stored: Collection[str]) -> dict[str, str]:
    """Return, of some stored files, those that cannot be opened, each with why in words."""
    rows = HeldFile.objects.filter(stored__in=stored).exclude(state=HeldFile.State.CLEAN)
    return {row.stored: row.get_state_display() for row in rows}


def look_again() -> list[HeldFile]:
    """Look at what waits; return what was found clean. Stops when the scanner does not answer.

    First comes what was tried least: neither a file that the scanner cannot do nor one that is gone bars the way.
    """
    clean = []
    waiting = HeldFile.objects.filter(state=HeldFile.State.WAITING).order_by("tries", "pk")
    for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            held = (
                HeldFile.objects.select_for_update(skip_locked=True).filter(pk=pk, state=HeldFile.State.WAITING).first()
            )
            if held is None:
                continue
            HeldFile.objects.filter(pk=pk).update(tries=F("tries") + 1)
            if not default_storage.exists(held.stored):
                continue  # taken off again, and its content with it
            with default_storage.open(held.stored) as content:
                looked = scanner.ask(io.BytesIO(content.read()))
            if looked.verdict is Verdict.UNSEEN:
                break
            if settle(held, looked):
                clean.append(held)
    return clean


def settle(held: HeldFile, looked: scanner.Looked) -> bool:
    """Write down what the scanner said of a file that waited; tell whether it can be opened now.

    Where no scanner is configured any more, nobody will look: it waits on, and the page says so.
    """
    if looked.verdict is Verdict.NOT_ASKED:
        return False
    is_clean = looked.verdict is Verdict.CLEAN
    held.state = HeldFile.State.CLEAN if is_clean else HeldFile.State.FOUND
    held.found, held.looked_at, held.tries = looked.found, timezone.now(), held.tries + 1
    held.save(update_fields=["state", "found", "looked_at", "tries"])
    if not is_clean:
        FoundFile.objects.create(what=held.what, found=looked.found)
        transaction.on_commit(lambda: log.error("The virus scanner found %s in a kept file.", looked.found))
    return is_clean


def sweep() -> int:
    """Delete stored content that has had no row for a day; return how much."""
    before, old = timezone.now() - LEFT_FOR, []
    for folder in rules.HELD_IN:
        if default_storage.exists(folder):
            stored = [folder + name for name in default_storage.listdir(folder)[1]]
            old += [name for name in stored if default_storage.get_modified_time(name) < before]
    left = _without_row(old)
    for name in left:
        log.warning("Stored file %s belongs to no row and is deleted.", name)
        default_storage.delete(name)
    return len(left)


def _without_row(names: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select slf.stored_without_row(%s::text[])", [names])
        return [name for (name,) in cursor.fetchall()]


def state_of_scanner() -> dict[str, Any]:
    """Return what the page of files says."""
    is_configured = bool(scanner.settings.CLAMD)
    waiting = HeldFile.objects.filter(state=HeldFile.State.WAITING)
    return {
        "is_configured": is_configured,
        "answers": is_configured and scanner.answers(),
        "waiting": waiting.count(),
        "waits_since": waiting.values_list("since", flat=True).first(),
        "found": FoundFile.objects.select_related("sender")[:AT_ONCE],
    }
