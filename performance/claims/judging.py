"""Judging a run: every attached family, chunk by chunk and by several workers, then its claims, and the run frozen."""

import gc
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from performance.claims import chunks, rules
from performance.claims.assembly import Family, Near, assemble
from performance.claims.checking import as_frozen, checks_of_run
from performance.claims.checks import Checked, Level, Line, beforehand
from performance.claims.claiming import Earned, claim
from performance.claims.frozen import attached_within, thaw_scheme
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.plain import case_as_dict
from performance.claims.record.reading import Record
from performance.claims.rules import SLOTS, Action, State
from performance.claims.services import lock
from performance.claims.using import use_of_run
from performance.claims.whole_run import claims_nothing, fingerprint
from performance.pbr.case_file import read_shared
from performance.pbr.rules import Component, Judgement, Period, judge
from slf.accounts.models import User
from slf.web.errors import NotAllowed
from slf.work.models import Job
from slf.work.services import promise

HELPERS = 1
"""How many more workers are asked to judge a run of several chunks: docker-compose.yml has two for reports."""
PAUSE = 0.1
"""Seconds until a worker that has nothing left looks again for a chunk that another one left."""
YOUNGEST = 0
WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Book:
    """What is the same for every family of a run, as the run froze it: rules, calendar, records searched."""

    def __init__(self, run: ClaimRun, *, by: User) -> None:
        self.run, self.by, self.scheme = run, by, thaw_scheme(run.rules)
        self.terms, self.searched, near = read_shared(run.shared)
        self.near, self.use = [Near(*each) for each in near], use_of_run(run)
        self.shared, self.within = json.loads(run.shared), attached_within(run)
        self.record = Record(run, self.scheme)


def judge_all(job: Job, *, run: str) -> dict[str, int]:
    """Judge every attached family, with others, from where an earlier attempt stopped; then claim and freeze.

    Raises ``NotAllowed`` when the run was withdrawn meanwhile.
    """
    by = job.asked_by
    with job.step(job.cursor or 0):
        found = still_preparing(run, by=by)
        book = Book(found, by=by)
        if found.state == State.PREPARING and chunks.cut(found, by=by) > 1:
            ask_for_help(found, by=by)
    judge_what_is_left(job, book)
    while others_are_judging(book):
        time.sleep(PAUSE)
        judge_what_is_left(job, book)
    with job.step("judged"), uncollected():
        freeze(found, by=by)
        return {
            "families": Judged.objects.visible_to(by).filter(run=found).count(),
            "claims": Claim.objects.visible_to(by).filter(run=found).count(),
        }


def ask_for_help(run: ClaimRun, *, by: User) -> None:
    for number in range(1, HELPERS + 1):
        promise("claims.help", by=by, run=str(run.uid), once=f"{run.uid}:{number}")


def help_to_judge(job: Job, *, run: str) -> None:
    """Judge what is left of a run beside the worker that prepares it. There is nothing left of one that is frozen."""
    with job.step(job.cursor):
        book = Book(ClaimRun.objects.visible_to(job.asked_by).get(uid=run), by=job.asked_by)
    judge_what_is_left(job, book)


def still_preparing(run: str, *, by: User) -> ClaimRun:
    found: ClaimRun = ClaimRun.objects.visible_to(by).get(uid=run)
    if found.state == State.WITHDRAWN:
        message = "The run was withdrawn before every family was judged."
        raise NotAllowed(message)
    return found


def judge_what_is_left(job: Job, book: Book) -> None:
    """Judge chunk after chunk until no other is free."""
    with uncollected():
        while judge_next(job, book):
            gc.collect(YOUNGEST)


def judge_next(job: Job, book: Book) -> bool:
    """Judge the first chunk that is free, in one step; tell whether there was one."""
    run, by = book.run, book.by
    with job.step():
        chunk = chunks.take(run, by=by)
        if chunk is None:
            return False
        chunk.earned = judge_chunk(chunks.cases_of(chunk, by=by, on=run.claim_on, within=book.within), book)
        chunk.save(update_fields=["earned"])
        job.cursor = chunk.number
        job.report(*chunks.progress(run, by=by), "Judging families")
    return True


@transaction.atomic
def others_are_judging(book: Book) -> bool:
    return chunks.are_left(book.run, by=book.by)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage unless told to: most of what there is lives, and walking it over and over costs time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def judge_chunk(cases: Sequence[tuple[int, date]], book: Book) -> list[Earned]:
    """Judge some families and write what was known and what was found; return what they may claim."""
    run, rows, earned = book.run, [], []
    for family in assemble(cases, by=book.by, on=run.claim_on, at=run.created_at, use=book.use, near=book.near,
                           record=book.record):  # fmt: skip
        facts = (*family.facts, *book.searched)
        found = judge(book.scheme, family.household, facts, run.claim_on, book.terms)
        case = case_as_dict(family.household, family.facts)
        asked = {name: beforehand(Line(book.scheme, name, found.content, case, book.shared)) for name in met(found)}
        rows.append(as_judged(family, found, case, asked, book))
        earned.append((family, [c for c in found.components if c.claimable and not is_kept_out(asked[c.name])]))
    return [
        as_earned(row, component, members_claimed(family, run.claim_on))
        for row, (family, components) in zip(Judged.objects.bulk_create(rows), earned, strict=True)
        for component in components
    ]


def met(found: Judgement) -> list[str]:
    """Return the results that are met: their checks are asked now, and what they answer is frozen."""
    return [name for name, result in found.content["results"].items() if result["answer"] == "met" and name in SLOTS]


def is_kept_out(asked: Iterable[Checked]) -> bool:
    """Tell whether a check blocks what the judgement lets be claimed; its line shows which, and why."""
    return any(each.keeps_out for each in asked)


def members_claimed(family: Family, on: date) -> list[int]:
    """Return the people a claim is for: whoever was of the family since the service began with it."""
    members = family.household.members
    return [family.people[m.id] for m in members if were_there((*m.lived_here, *m.elsewhere), family, on)]


def were_there(stays: Iterable[Period], family: Family, on: date) -> bool:
    attached_on = family.household.attached_on
    return attached_on is not None and any(stay.overlaps(Period(attached_on, on)) for stay in stays)


def as_judged(
    family: Family, found: Judgement, case: Mapping[str, Any], asked: Mapping[str, Iterable[Checked]], book: Book
) -> Judged:
    return Judged(
        run=book.run, family_id=family.pk, reference=family.household.id, attached_on=family.household.attached_on,
        case=WRITE(case), judgement=found.canonical, digest=found.digest,
        checks=WRITE({name: as_frozen(some) for name, some in asked.items()}),
        answer=found.eligibility.answer.value, reason=found.eligibility.reason[:500],
    )  # fmt: skip


def as_earned(judged: Judged, component: Component, people: Sequence[int]) -> Earned:
    if component.amount is None or component.price is None:
        message = f"{component.name} has no price, so it cannot be claimed."
        raise ValueError(message)
    return Earned(judged.pk, judged.family_id, component.name, str(component.amount), component.price.id, people)


def freeze(run: ClaimRun, *, by: User) -> None:
    """Claim what was earned and close the run for every change, under one digest of all it holds."""
    run = lock(run)
    if run.state in {State.PREPARED, State.REVIEWED}:
        return
    run.state = rules.next_state(run.state, Action.FREEZE)
    of_each = chunks.of(run, by=by).order_by("number").values_list("earned", flat=True)
    claim((Earned(*each) for chunk in of_each for each in chunk), run, by=by)
    chunks.of(run, by=by).delete()
    run.answers = WRITE(as_frozen(each for each in checks_of_run(run, by=by) if each.check.level is Level.WARN))
    run.digest, run.prepared_at = fingerprint(run), timezone.now()
    run.save(update_fields=["state", "digest", "answers", "prepared_at"])
    if claims_nothing(run):  # no locality has anything to look at
        run.state, run.reviewed_at = rules.next_state(run.state, Action.REVIEW), timezone.now()
        run.save(update_fields=["state", "reviewed_at"])
