"""The verbs of a run that was submitted: enter, confirm and take back a remittance; reject, take back, reverse."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Sum
from django.db.models.functions import Coalesce

from performance.claims import rules as of_runs
from performance.claims.models import Claim, ClaimRun
from performance.claims.payments.models import ClaimEntry, Remittance
from performance.claims.payments.rules import MOST_ROWS, Kind, Matched, Money, Outcome, Owed, match, outcome_of
from performance.claims.rules import AFTER_SUBMISSION, State
from performance.claims.whole_run import ask
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict, Incomplete, NotAllowed, NotForYou
from slf.web.words import day_in_words

TO_CONFIRM = "A remittance of it waits for you to confirm."
WAITS = "A remittance waits to be confirmed by a second person: another data officer, or the head of service."
SECOND_PERSON = "You entered this remittance, so somebody else confirms it."
SETTLED = "Somebody has confirmed or taken back this remittance already."
NOTHING_LEFT = "Nothing is outstanding of this line."
UNDONE = "This entry was reversed already, or is a reversal itself."
CLAIMED_SINCE = "This cannot be done: a check of who is claimed for refused it. Tell the data office."
NAMED_ALREADY = "A remittance with this reference was entered for this run already."
TOO_MANY = f"A remittance has {MOST_ROWS:,} rows at most. Enter a larger one in parts, each under its own reference."


ONCE = "performance_remittance_once"


class LineOfRun(NamedTuple):
    """One line of a run with its money, read over the wall: of a family closed to the office since, too."""

    uid: UUID
    owed: Owed
    outcome: Outcome

    @property
    def money(self) -> Money:
        return self.owed.money


class LineOfRemittance(NamedTuple):
    """What a remittance pays of one line, beside what was claimed."""

    claim: UUID
    reference: str
    called: str
    claimed: Decimal
    amount: Decimal

    @property
    def short(self) -> Decimal:
        """Return how much less it is than was claimed."""
        return self.claimed - self.amount

    @property
    def in_pounds(self) -> dict[str, str]:
        """Return each sum as people write it."""
        return {name: of_runs.pounds(getattr(self, name)) for name in ("claimed", "amount", "short")}


def lines_of_run(run: ClaimRun) -> list[LineOfRun]:
    """Return each line of a run with what is asked, paid and let go of."""
    found = []
    for pk, uid, reference, component, called, asked, paid, released, withdrawn in ask(
        "select * from slf.run_money(%s)", run.pk
    ):
        money = Money(asked, paid, released)
        owed = Owed(pk, reference, component, called, money)
        found.append(LineOfRun(uid, owed, outcome_of(money, withdrawn=withdrawn)))
    return found


def money_of(lines: Iterable[LineOfRun]) -> Money:
    every = [line.money for line in lines]
    sums = (sum((getattr(each, part) for each in every), Decimal(0)) for part in ("asked", "paid", "released"))
    return Money(*sums)


def money_in_sight(run: ClaimRun, *, by: User) -> tuple[Money, date | None]:
    """Return what is asked, paid and let go of in the lines of a run that somebody may see, and the last day of it."""
    asked = Claim.objects.visible_to(by).filter(run=run).aggregate(sum=Sum("amount"))["sum"]
    entries = ClaimEntry.objects.visible_to(by).filter(claim__run=run)
    sums = entries.aggregate(paid=Sum("paid"), released=Sum("released"), last=Max("counts_on"))
    return Money(asked or Decimal(0), sums["paid"] or Decimal(0), sums["released"] or Decimal(0)), sums["last"]


def with_money(claims: Any) -> Any:
    """Return a queryset of claims, each with what is paid and let go of."""
    taken_back = ClaimEntry.objects.filter(claim=OuterRef("pk"), kind=Kind.WITHDRAWN, reversed_by=None)
    return claims.annotate(
        paid=Coalesce(Sum("entries__paid"), Decimal(0)), released=Coalesce(Sum("entries__released"), Decimal(0)),
        is_taken_back=Exists(taken_back),
    )  # fmt: skip


def money_of_claim(claim: Any) -> tuple[Money, Outcome]:
    """Return the money of a claim that came ``with_money``, and what became of it."""
    money = Money(claim.amount, claim.paid, claim.released)
    return money, outcome_of(money, withdrawn=claim.is_taken_back)


def is_submitted(run: ClaimRun) -> bool:
    return State(run.state) in AFTER_SUBMISSION


def lines_of_remittance(remittance: Remittance) -> list[LineOfRemittance]:
    return [LineOfRemittance(*row) for row in ask("select * from slf.remittance_lines(%s)", remittance.pk)]


def matched_with(run: ClaimRun, rows: Iterable[tuple[str, str, str]]) -> Matched:
    return match(rows, [line.owed for line in lines_of_run(run)])


@transaction.atomic
def enter_remittance(
    run: ClaimRun, *, reference: str, on: date, amount: Decimal, rows: Sequence[tuple[str, str, str]], by: User
) -> Remittance:
    """Write down what the department says it sent, line by line. It counts when a second person has confirmed it.

    Rows that are no line of the run are kept beside it, each with why: it cannot be confirmed while there are any.
    """
    run.refresh_from_db(fields=["state"])
    refuse_unsubmitted(run)
    if run.submitted_on and not run.submitted_on <= on <= today():
        message = f"A payment for this claim arrived between {day_in_words(run.submitted_on)} and today."
        raise NotAllowed(message)
    if not rows:
        raise Incomplete([("Say which lines it pays", None)])
    if len(rows) > MOST_ROWS:
        raise NotAllowed(TOO_MANY)
    if Remittance.objects.visible_to(by).filter(run=run, reference=reference.strip(), taken_back_at=None).exists():
        raise NotAllowed(NAMED_ALREADY)
    found = matched_with(run, rows)
    pays = json.dumps({claim: str(paid) for claim, paid in found.lines.items()})
    return written(run.pk, reference, on, amount, pays, json.dumps([list(row) for row in found.unmatched]))


def written(*values: Any) -> Remittance:
    """Write a remittance down. Of two people who enter the same reference at once the second is told so."""
    try:
        with transaction.atomic():
            ((pk,),) = ask("select slf.enter_remittance(%s, %s, %s, %s, %s, %s)", *values)
    except IntegrityError as there:
        if ONCE not in str(there):
            raise
        raise NotAllowed(NAMED_ALREADY) from there
    return Remittance.objects.get(pk=pk)


def refuse_unsubmitted(run: ClaimRun) -> None:
    if State(run.state) not in AFTER_SUBMISSION:
        message = f"A run that is “{of_runs.STATE_NAMES[State(run.state)].lower()}” is not paid: it was not submitted."
        raise NotAllowed(message)


def differences(remittance: Remittance, lines: Sequence[LineOfRemittance]) -> list[str]:
    """Say what keeps a remittance from being confirmed: rows of no line, and a total that is not its amount."""
    found = [f"{reference} {result}, {amount}: {why}." for reference, result, amount, why in remittance.unmatched]
    total = sum((line.amount for line in lines), Decimal(0))
    if total != remittance.amount:
        said, sum_ = of_runs.pounds(remittance.amount), of_runs.pounds(total)
        found.append(f"It is of {said} and its lines are {sum_} together.")
    return found


@transaction.atomic
def confirm_remittance(remittance: Remittance, *, by: User) -> Remittance:
    """Confirm, as a second person, that a remittance pays what it says; its lines are paid with it."""
    if remittance.entered_by_id == by.pk:
        raise NotForYou(SECOND_PERSON)
    if differences(remittance, lines_of_remittance(remittance)):
        message = "Its lines are not what it says. It is taken back and entered again."
        raise NotAllowed(message)
    try:
        with transaction.atomic():
            ((done,),) = ask("select slf.confirm_remittance(%s)", remittance.pk)
    except IntegrityError as past:
        message = "A line of it was paid or let go of since it was entered. Take it back and enter it again."
        raise NotAllowed(message) from past
    if not done:
        raise Conflict(SETTLED)
    remittance.refresh_from_db()
    return remittance


@transaction.atomic
def take_back_remittance(remittance: Remittance, *, by: User) -> Remittance:
    """Take back a remittance that nobody has confirmed."""
    ((done,),) = ask("select slf.take_back_remittance(%s)", remittance.pk)
    if not done:
        raise Conflict(SETTLED)
    remittance.refresh_from_db()
    return remittance


@transaction.atomic
def let_go_of_line(claim: Claim, *, kind: Kind, reason: str, by: User) -> Claim:
    """Say that the department rejected what is outstanding of a line, or take the whole of it back.

    What was paid of a line that is taken back is reversed first. Where nothing is paid, its people may be claimed for
    again.
    """
    refuse_unsubmitted(claim.run)
    let_go(claim.uid, kind=kind, reason=reason)
    return claim


def let_go(line: UUID, *, kind: Kind, reason: str) -> None:
    if not reason.strip():
        raise Incomplete([("Say why", None)])
    ((done,),) = ask("select slf.let_go_of_line(%s, %s, %s, %s)", line, kind.value, reason, today())
    if not done:
        raise NotAllowed(NOTHING_LEFT)


@transaction.atomic
def reverse_entry(entry: ClaimEntry, *, reason: str, by: User) -> ClaimEntry:
    """Reverse one entry to the penny. Nobody can be claimed for twice because of it: then it is refused."""
    reverse(entry.uid, reason=reason)
    return entry


def reverse(entry: UUID, *, reason: str) -> None:
    if not reason.strip():
        raise Incomplete([("Say why", None)])
    try:
        with transaction.atomic():
            ((done,),) = ask("select slf.reverse_claim_entry(%s, %s, %s)", entry, reason, today())
    except IntegrityError as taken:
        raise NotAllowed(CLAIMED_SINCE) from taken
    if not done:
        raise Conflict(UNDONE)


def entries_of(claim: Claim, *, by: User) -> list[Any]:
    """Return what was done to a line, the first first."""
    beside = ("entered_by", "remittance", "reverses", "reversed_by")
    found = ClaimEntry.objects.visible_to(by).filter(claim=claim).select_related(*beside)
    return list(found.order_by("pk"))
