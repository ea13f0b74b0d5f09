"""Three claim runs: one paid in part, one paid, and one that waits for its localities."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from performance.audit import services as audits
from performance.audit.models import AuditTest
from performance.audit.rules.opinion import Level
from performance.audit.rules.sheet import Answer, Found, Section
from performance.claims import services
from performance.claims.models import Claim, ClaimRun
from performance.claims.payments import services as payments
from performance.claims.payments.rules import Kind
from performance.claims.payments.services import LineOfRun
from performance.claims.putting_names import certify_run, sign_run, submit_run
from performance.claims.reviewing import localities_of, managed_by, review_claims
from performance.warnings.services import lines_for, sign_off, wide_for
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.work.services import run as run_job

SUPPORTED = {section: Answer(Found.SUPPORTED) for section in Section}
REJECTED = "The register of the summer term was not shown. The family is claimed for again when it is."
LOOKED_AT = "Looked at with the worker of each family, against the record. What the family was helped with stands."
AGREED = "We went through these with their workers. The work was done."


@contextmanager
def standing_on(day: date) -> Iterator[None]:
    """Let the service stand on an earlier day: what arrives then can be claimed for from that day on."""
    kept = settings.SERVICE_DATE
    settings.SERVICE_DATE = day.isoformat()
    try:
        yield
    finally:
        settings.SERVICE_DATE = kept


def claim_some(accounts: dict[str, User], *, today: date) -> None:
    """Claim three times: paid in part, then paid for those who were rejected at first, then waiting for localities."""
    first = prepared(accounts["data"], today - timedelta(days=2))
    lines = lines_of(first, accounts["data"])
    again, later, paid = lines[::4], lines[2::4], lines[1::2]
    if not later:
        return
    submit(first, accounts)
    reject(first, again, accounts["data"])
    second = prepared(accounts["data"], today - timedelta(days=1))
    submit(second, accounts)
    pay(second, lines_of(second, accounts["data"]), "DCLG 2014/121", accounts, today=today)
    reject(first, later, accounts["data"])
    pay(first, paid[:-1], "DCLG 2014/118", accounts, today=today)
    third = prepared(accounts["data"], today)
    for manager in managers(accounts):
        if manager.username not in {"manager.charnwood", "manager.melton"}:
            review(third, manager)


def lines_of(run: ClaimRun, data: User) -> list[LineOfRun]:
    with acting_as(data), transaction.atomic():
        return payments.lines_of_run(run)


def submit(run: ClaimRun, accounts: dict[str, User]) -> None:
    """Take a claim from prepared to submitted, each step by the person whose it is."""
    for manager in managers(accounts):
        review(run, manager)
        sign_off_own(run, manager)
    sign_off_own(run, accounts["head"])
    audit(run, accounts["auditor"])
    for act, who in ((sign_run, "head"), (certify_run, "sro"), (submit_run, "data")):
        with acting_as(accounts[who]), transaction.atomic():
            act(run, by=accounts[who])


def managers(accounts: dict[str, User]) -> list[User]:
    return [user for name, user in accounts.items() if name.startswith("manager.")]


def prepared(data: User, claim_on: date) -> ClaimRun:
    with acting_as(data):
        with transaction.atomic():
            run = services.prepare_run("P1", by=data, claim_on=claim_on)
        run_job(run.job.uid)
        with transaction.atomic():
            run.refresh_from_db()
    return run


def review(run: ClaimRun, manager: User) -> None:
    with acting_as(manager), transaction.atomic():
        own = {place.pk for place in managed_by(manager)}
        for each in localities_of(run, by=manager):
            if each.locality.pk in own:
                review_claims(run, locality=each.locality, agreed=True, word=AGREED, by=manager)


def sign_off_own(run: ClaimRun, user: User) -> None:
    """Sign off the warnings that this person may."""
    with acting_as(user), transaction.atomic():
        found = [*lines_for(run, user), *wide_for(run, user)]
        if found:
            sign_off(run, [warning.uid for warning in found], reason=LOOKED_AT, by=user)


def audit(run: ClaimRun, auditor: User) -> None:
    with acting_as(auditor), transaction.atomic():
        audits.draw_sample(run, seed="7 3 5", by=auditor)
        audits.open_own_samples()
        for test in AuditTest.objects.visible_to(auditor).filter(run=run).select_related("run"):
            audits.record_test(test, sheet=SUPPORTED, by=auditor)
        audits.pass_run(run, level=Level.FULL, by=auditor)


def reject(run: ClaimRun, lines: Sequence[LineOfRun], data: User) -> None:
    with acting_as(data), transaction.atomic():
        claims = Claim.objects.visible_to(data).select_related("run").order_by("pk")
        for claim in claims.filter(uid__in=[line.uid for line in lines]):
            payments.let_go_of_line(claim, kind=Kind.REJECTED, reason=REJECTED, by=data)


def pay(run: ClaimRun, lines: Sequence[LineOfRun], reference: str, accounts: dict[str, User], *, today: date) -> None:
    """Enter what the department sent for these lines, in full, and confirm it as somebody else."""
    data, head = accounts["data"], accounts["head"]
    rows = [(line.owed.reference, line.owed.component, str(line.money.asked)) for line in lines]
    said = {"reference": reference, "on": today, "amount": payments.money_of(lines).asked, "rows": rows}
    with acting_as(data), transaction.atomic():
        remittance = payments.enter_remittance(run, **said, by=data)
    with acting_as(head), transaction.atomic():
        payments.confirm_remittance(remittance, by=head)
