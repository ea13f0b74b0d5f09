"""Asking for a list to be taken back, deciding on it, and taking it back in one transaction."""

from collections import defaultdict

from django.db import connection, transaction
from django.utils import timezone

from casework.importing.models import ImportFile
from casework.importing.services import lock as lock_file
from casework.importing.services import take_turns
from casework.taking_back import rules
from casework.taking_back.models import TakingBack
from casework.taking_back.rules import Added, Answer, State
from slf.access.rules import Can
from slf.access.services import locality_scope
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import promise

LONGEST_MS = "600000"
"""A county's list is one statement: every row of it gets another audience, and each is written into its history."""
DECIDES = Can.RESTRICT_FAMILY
"""Whoever may close a family to others also decides that those of a list are seen by nobody any more."""


@transaction.atomic
def ask_to_take_back(file: ImportFile, *, reason: str, by: User) -> TakingBack:
    """Ask for what a list made to be taken back. A second time by the same person changes nothing.

    Raises ``Conflict`` when a colleague asked first, ``NotAllowed`` when there is nothing to take back any more.
    """
    file = lock_file(file, by=by)
    if file.made_at is None or file.confirmed_by is None:
        raise NotAllowed(rules.NOT_MADE)
    if file.taken_back_at:
        raise NotAllowed(rules.TAKEN_BACK)
    waiting = TakingBack.objects.visible_to(by).filter(file=file, state__in=rules.WAITS).select_related("asked_by")
    there: TakingBack | None = waiting.first()
    if there:
        if there.asked_by_id != by.pk:
            raise Conflict(rules.ASKED.format(who=there.asked_by))
        return there
    refuse_too_late(file)
    asked: TakingBack = TakingBack.objects.create(
        scope=locality_scope(file.locality), file=file, locality=file.locality, source=file.source,
        file_name=file.name, confirmed_by=file.confirmed_by, made_at=file.made_at, asked_by=by, asked_on=today(),
        reason=reason,
    )  # fmt: skip
    return asked


def refuse_too_late(made: ImportFile | TakingBack) -> None:
    within = value_of(rules.TAKE_BACK_WITHIN, on=today())
    if made.made_at and not rules.in_time(made.made_at, within=within, now=timezone.now()):
        raise NotAllowed(rules.too_late(made.made_at, within=within))


@transaction.atomic
def decide_on_taking_back(taking: TakingBack, *, answer: Answer, note: str = "", by: User) -> TakingBack:
    """Promise to take a list back, or leave everything as it is. Never whoever asked for it."""
    if taking.asked_by_id == by.pk:
        raise NotForYou(rules.NOT_ONESELF)
    if taking.state != State.ASKED:
        raise Conflict(rules.SETTLED)
    work = None
    if answer is Answer.AGREE:
        refuse_too_late(taking)
        work = promise("importing.take_back", by=by, once=f"{taking.uid} {by.pk}", taking=taking.uid)
    with connection.cursor() as cursor:
        said = [taking.pk, rules.BECOMES[answer].value, note, today(), work.pk if work else None]
        cursor.execute("select slf.decide_taking_back(%s, %s, %s, %s, %s)", said)
        (became,) = cursor.fetchone()
    if became is None:
        raise Conflict(rules.SETTLED)
    now: TakingBack = TakingBack.objects.for_list().get(pk=taking.pk)
    return now


def take_back(job: Job, *, taking: str) -> dict[str, int]:
    """Take back every family of the list that nobody has added to: all of them in one transaction, or none."""
    with job.step(job.cursor):
        rows = TakingBack.objects.visible_to(job.asked_by, can=DECIDES).select_related("locality")
        found: TakingBack = rows.get(uid=taking)
        take_turns(found.locality, found.source)
        found.refresh_from_db(fields=["state"])
        if found.state == State.AGREED:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, true)", [LONGEST_MS])
                cursor.execute("select slf.take_back_list(%s)", [found.pk])
            found.refresh_from_db()
        job.report(found.taken, found.taken, "What nobody has added to is taken back.")
    return {"taken": found.taken, "stayed": found.stayed}


def families_of(file: int) -> list[int]:
    """Return the families that a list made and that are not taken back, out of sight too, by their keys."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.families_of_list(%s)", [file])
        return [family for (family,) in cursor.fetchall()]


def staying(file: int) -> dict[int, list[Added]]:
    """Return, by family, what was added to those that would stay if the list were taken back now."""
    found: dict[int, list[Added]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select family_id, what, people from slf.stays_of_list(%s)", [file])
        for family, what, people in cursor.fetchall():
            found[family].append(Added(family, what, tuple(one for one in people if one)))
    return dict(found)
