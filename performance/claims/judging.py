"""Judging a run: every attached family, chunk by chunk, and the run frozen at the end."""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from performance.claims import rules
from performance.claims.assembly import Family, Near, assemble, attached_cases
from performance.claims.frozen import thaw_scheme
from performance.claims.models import Claim, ClaimedPerson, ClaimRun, Judged
from performance.claims.plain import case_as_dict
from performance.claims.rules import CALLED, SLOTS, Action, State
from performance.claims.services import lock
from performance.claims.using import use_of_run
from performance.claims.whole_run import already_claimed, fingerprint
from performance.pbr.case_file import read_shared
from performance.pbr.rules import Component, Judgement, Period, judge
from slf.accounts.models import User
from slf.web.errors import NotAllowed
from slf.work.models import Job

CHUNK = 250
WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Book:
    """What is the same for every family of a run, as the run froze it: rules, calendar, records searched."""

    def __init__(self, run: ClaimRun, *, by: User) -> None:
        self.run, self.by, self.scheme = run, by, thaw_scheme(run.rules)
        self.terms, self.searched, near = read_shared(run.shared)
        self.near, self.use = [Near(*each) for each in near], use_of_run(run)


def judge_all(job: Job, *, run: str) -> dict[str, int]:
    """Judge every attached family, chunk by chunk from where an earlier attempt stopped, and freeze the run.

    Raises ``NotAllowed`` when the run was withdrawn meanwhile.
    """
    by = job.asked_by
    with job.step(job.cursor or 0):
        found = still_preparing(run, by=by)
        cases = list(attached_cases(by=by, on=found.claim_on))
        book = Book(found, by=by)
    left = [case for case in cases if case[0] > job.cursor]
    done = len(cases) - len(left)
    for chunk in chunks(left):
        with job.step(chunk[-1][0]), uncollected():
            judge_chunk(chunk, book)
            done += len(chunk)
            job.report(done, len(cases), "Judging families")
    with job.step(job.cursor):
        freeze(found)
        return {"families": len(cases), "claims": Claim.objects.visible_to(by).filter(run=found).count()}


def still_preparing(run: str, *, by: User) -> ClaimRun:
    found: ClaimRun = ClaimRun.objects.visible_to(by).get(uid=run)
    if found.state == State.WITHDRAWN:
        message = "The run was withdrawn before every family was judged."
        raise NotAllowed(message)
    return found


def chunks(cases: Sequence[tuple[int, date]]) -> Iterator[Sequence[tuple[int, date]]]:
    return (cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK))


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while a chunk is judged: its facts all live, and walking them over and over costs time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def judge_chunk(chunk: Sequence[tuple[int, date]], book: Book) -> None:
    """Judge some families and write what was known, what was found and what is claimed."""
    run = book.run
    families = list(assemble(chunk, by=book.by, on=run.claim_on, at=run.created_at, use=book.use, near=book.near))
    results = [(f, judge(book.scheme, f.household, (*f.facts, *book.searched), run.claim_on, book.terms))
               for f in families]  # fmt: skip
    judged = Judged.objects.bulk_create(as_judged(family, found, book) for family, found in results)
    taken = already_claimed(run.scheme, [pk for family in families for pk in family.people.values()])
    claims, people = [], []
    for row, (family, found) in zip(judged, results, strict=True):
        members = members_claimed(family, run.claim_on)
        for component in claimable(found, members, taken):
            claims.append(as_claim(row, component, run))
            people.append(members)
            taken |= {(SLOTS[component.name], pk) for pk in members}
    claims = Claim.objects.bulk_create(claims)
    ClaimedPerson.objects.bulk_create(
        ClaimedPerson(family_id=c.family_id, claim=c, person_id=pk, scheme=run.scheme, slot=SLOTS[c.component])
        for c, members in zip(claims, people, strict=True)
        for pk in members
    )


def members_claimed(family: Family, on: date) -> list[int]:
    """Return the people a claim is for: whoever lived in the household since the service began with it."""
    return [family.people[m.id] for m in family.household.members if lived_there(m.lived_here, family, on)]


def lived_there(stays: Iterable[Period], family: Family, on: date) -> bool:
    attached_on = family.household.attached_on
    return attached_on is not None and any(stay.overlaps(Period(attached_on, on)) for stay in stays)


def claimable(found: Judgement, members: Iterable[int], taken: set[tuple[str, int]]) -> list[Component]:
    """Return the components to claim: met, priced, not blocked, and nobody of the family claimed for already."""
    return [c for c in found.components if c.claimable and not {(SLOTS[c.name], pk) for pk in members} & taken]


def as_judged(family: Family, found: Judgement, book: Book) -> Judged:
    return Judged(
        run=book.run, family_id=family.pk, reference=family.household.id, attached_on=family.household.attached_on,
        case=WRITE(case_as_dict(family.household, family.facts)), judgement=found.canonical, digest=found.digest,
        answer=found.eligibility.answer.value, reason=found.eligibility.reason[:500],
    )  # fmt: skip


def as_claim(judged: Judged, component: Component, run: ClaimRun) -> Claim:
    if component.amount is None or component.price is None:
        message = f"{component.name} has no price, so it cannot be claimed."
        raise ValueError(message)
    return Claim(
        run=run, judged=judged, family_id=judged.family_id, component=component.name,
        component_name=CALLED[component.name], amount=component.amount, price_rule=component.price.id,
    )  # fmt: skip


def freeze(run: ClaimRun) -> None:
    """Close a run for every change, under one digest of all it holds."""
    run = lock(run)
    if run.state == State.PREPARED:
        return
    run.state = rules.next_state(run.state, Action.FREEZE)
    run.digest, run.prepared_at = fingerprint(run), timezone.now()
    run.save(update_fields=["state", "digest", "prepared_at"])
