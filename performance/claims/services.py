"""The verbs of a claim run: prepare, draw the sample, test, pass, sign, record the payment, withdraw."""

import gc
import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from performance.claims import rules
from performance.claims.assembly import (
    Family,
    as_case,
    assemble,
    attached_cases,
    scheme_in_use,
    school_terms,
    searched_facts,
)
from performance.claims.frozen import freeze_scheme, thaw_scheme
from performance.claims.models import AuditTest, Claim, ClaimedPerson, ClaimRun, Judged
from performance.claims.rules import SLOTS, Action, State
from performance.pbr.rules import ENGINE, Component, Judgement, Period, Scheme, Term, judge
from slf.access.models import Locality, Scope
from slf.access.rules import Role
from slf.access.services import scope_for
from slf.accounts.models import User
from slf.web.errors import Incomplete, NotAllowed
from slf.work.models import Job
from slf.work.services import promise

CHUNK = 250
CALLED = {
    "crime_asb_education": "Crime, antisocial behaviour and education",
    "progress_to_work": "Progress to work",
    "continuous_employment": "Continuous employment",
}


def claims_office() -> Scope:
    """Return the audience of claim runs: those who prepare, audit and sign."""
    pks = Locality.objects.values_list("pk", flat=True)
    members = [("locality", pk, role) for pk in pks for role in (Role.DATA, Role.AUDITOR, Role.HEAD)]
    return scope_for(Scope.Kind.SHARED, name="Claims office", members=members)


@transaction.atomic
def prepare_run(version: str, *, by: User, claim_on: date) -> ClaimRun:
    """Start a run of one scheme on one day: freeze the rules now and promise to judge every attached family."""
    if (
        taken := ClaimRun.objects.visible_to(by)
        .filter(scheme=version, claim_on=claim_on)
        .exclude(state=State.WITHDRAWN)
        .first()
    ):
        message = (
            f"There is a run for {claim_on:%-d %B %Y} already, prepared by {taken.prepared_by}. "
            "Withdraw it first, or choose another day."
        )
        raise NotAllowed(message)
    scheme = scheme_in_use(version)
    run = ClaimRun.objects.create(
        scope=claims_office(), scheme=version, rules=freeze_scheme(scheme), rules_digest=scheme.digest, engine=ENGINE,
        claim_on=claim_on, prepared_by=by,
    )  # fmt: skip
    run.job = promise("claims.prepare", by=by, run=str(run.uid), once=str(run.uid))
    run.save(update_fields=["job"])
    return run


def judge_all(job: Job, *, run: str) -> dict[str, int]:
    """Judge every attached family, chunk by chunk from where an earlier attempt stopped, and freeze the run."""
    by = job.asked_by
    with job.step(job.cursor or 0):
        found = ClaimRun.objects.visible_to(by).get(uid=run)
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
        freeze(found, by=by)
        return {"families": len(cases), "claims": Claim.objects.visible_to(by).filter(run=found).count()}


class Book:
    """What is the same for every family of a run: rules, calendar, and which records were searched."""

    def __init__(self, run: ClaimRun, *, by: User) -> None:
        self.run, self.by = run, by
        self.scheme: Scheme = thaw_scheme(run.rules)
        self.terms: tuple[Term, ...] = school_terms()
        self.searched = searched_facts(by=by)


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
    families = list(assemble(chunk, by=book.by, on=run.claim_on, searched=book.searched))
    results = [(f, judge(book.scheme, f.household, f.facts, run.claim_on, book.terms)) for f in families]
    judged = Judged.objects.bulk_create(as_judged(family, found, book) for family, found in results)
    taken = already_claimed(run.scheme, [pk for family in families for pk in family.people.values()])
    claims, people = [], []
    for row, (family, found) in zip(judged, results, strict=True):
        members = [
            family.people[m.id] for m in family.household.members if lived_there(m.lived_here, family, run.claim_on)
        ]
        for component in claimable(found, members, taken):
            claims.append(as_claim(row, component, run))
            people.append(members)
    claims = Claim.objects.bulk_create(claims)
    ClaimedPerson.objects.bulk_create(
        ClaimedPerson(family_id=c.family_id, claim=c, person_id=pk, scheme=run.scheme, slot=SLOTS[c.component])
        for c, members in zip(claims, people, strict=True)
        for pk in members
    )


def claimable(found: Judgement, members: Iterable[int], taken: set[tuple[str, int]]) -> list[Component]:
    """Return the components to claim: met, priced, not blocked, and nobody of the family claimed for already."""
    return [c for c in found.components if c.claimable and not {(SLOTS[c.name], pk) for pk in members} & taken]


def lived_there(stays: Iterable[Period], family: Family, on: date) -> bool:
    attached_on = family.household.attached_on
    return attached_on is not None and any(stay.overlaps(Period(attached_on, on)) for stay in stays)


def already_claimed(scheme: str, people: Iterable[int]) -> set[tuple[str, int]]:
    """Return ``(slot, person)`` for those in a live claim of this scheme, whoever may see that claim."""
    with connection.cursor() as cursor:
        cursor.execute("select slot, person_id from slf.claimed_already(%s, %s)", [scheme, list(people)])
        return set(cursor.fetchall())


def as_judged(family: Family, found: Judgement, book: Book) -> Judged:
    return Judged(
        run=book.run, family_id=family.pk, judgement=found.canonical, digest=found.digest,
        case=as_case(family, book.terms, scheme=book.scheme, on=book.run.claim_on),
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


def freeze(run: ClaimRun, *, by: User) -> None:
    """Close a run for every change, under one digest of all it holds."""
    run = lock(run)
    if run.state == State.PREPARED:
        return
    run.state = rules.next_state(run.state, Action.FREEZE)
    run.digest, run.prepared_at = digest_of(run, by=by), timezone.now()
    run.save(update_fields=["state", "digest", "prepared_at"])


def digest_of(run: ClaimRun, *, by: User) -> str:
    """Return the digest of every judgement and claim of a run: altered content gives another one."""
    content = hashlib.sha256(run.rules_digest.encode())
    for digest in (
        Judged.objects.visible_to(by).filter(run=run).order_by("pk").values_list("digest", flat=True).iterator()
    ):
        content.update(digest.encode())
    rows = Claim.objects.visible_to(by).filter(run=run).order_by("pk").values_list("family_id", "component", "amount")
    for family, component, amount in rows.iterator():
        content.update(f"{family}:{component}:{amount}".encode())
    return content.hexdigest()


def lock(run: ClaimRun) -> ClaimRun:
    locked: ClaimRun = ClaimRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    return locked


@transaction.atomic
def draw_sample(run: ClaimRun, *, by: User) -> ClaimRun:
    """Draw the sample of a frozen run by a new seed, which is kept: anyone can draw the same again."""
    run = lock(run)
    rules.three_people(preparer=run.prepared_by_id, auditor=by.pk, signer=None)
    run.state = rules.next_state(run.state, Action.DRAW_SAMPLE)
    run.seed, run.audited_by = secrets.token_hex(8), by
    run.save(update_fields=["state", "seed", "audited_by"])
    claims = {str(claim.uid): claim for claim in Claim.objects.visible_to(by).filter(run=run)}
    AuditTest.objects.bulk_create(
        AuditTest(run=run, claim=claims[uid], family_id=claims[uid].family_id, place=place)
        for place, uid in enumerate(rules.draw(run.seed, claims), start=1)
    )
    return run


@transaction.atomic
def record_test(test: AuditTest, *, result: str, note: str, by: User) -> AuditTest:
    """Record what the auditor found in one claim of the sample."""
    run = lock(test.run)
    if run.state != State.SAMPLED or run.audited_by_id != by.pk:
        message = "Only the auditor who drew the sample tests it, and only until the run is passed."
        raise NotAllowed(message)
    test.result, test.note, test.tested_by, test.tested_at = result, note, by, timezone.now()
    test.save(update_fields=["result", "note", "tested_by", "tested_at"])
    return test


@transaction.atomic
def pass_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Pass a run whose whole sample was tested and supported."""
    run = lock(run)
    rules.three_people(preparer=run.prepared_by_id, auditor=by.pk, signer=None)
    state = rules.next_state(run.state, Action.PASS)
    tests = AuditTest.objects.visible_to(by).filter(run=run)
    if untested := tests.filter(result="").count():
        raise Incomplete([(f"Claims of the sample still to test: {untested}", None)], "The sample is not tested yet.")
    if tests.filter(result=AuditTest.Result.FAILED).exists():
        message = (
            "The evidence of a sampled claim does not support it, so the run cannot pass. "
            "Withdraw it and prepare another."
        )
        raise NotAllowed(message)
    run.state, run.audited_by, run.audited_at = state, by, timezone.now()
    run.save(update_fields=["state", "audited_by", "audited_at"])
    return run


@transaction.atomic
def sign_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Sign a run that others prepared and audited, after checking that nothing in it was altered."""
    run = lock(run)
    rules.three_people(preparer=run.prepared_by_id, auditor=run.audited_by_id, signer=by.pk)
    run.state = rules.next_state(run.state, Action.SIGN)
    if digest_of(run, by=by) != run.digest:
        message = "What this run holds is not what was frozen. It cannot be signed; tell internal audit."
        raise NotAllowed(message)
    run.signed_by, run.signed_at = by, timezone.now()
    run.save(update_fields=["state", "signed_by", "signed_at"])
    return run


@transaction.atomic
def record_payment(run: ClaimRun, *, reference: str, on: date, by: User) -> ClaimRun:
    """Record that the claim was paid."""
    run = lock(run)
    run.state = rules.next_state(run.state, Action.RECORD_PAYMENT)
    run.paid_on, run.payment_reference = on, reference
    run.save(update_fields=["state", "paid_on", "payment_reference"])
    return run


@transaction.atomic
def withdraw_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Withdraw a run before it is signed; its people may then be claimed for again."""
    run = lock(run)
    run.state = rules.next_state(run.state, Action.WITHDRAW)
    run.save(update_fields=["state"])
    ClaimedPerson.objects.visible_to(by).filter(claim__run=run).update(live=False)
    return run
