"""The verbs of a disposal: propose that the evidence of a run goes, keep it for now, dispose of it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from performance.claims.disposal import rules
from performance.claims.disposal.models import Disposal
from performance.claims.frozen import Gone
from performance.claims.models import ClaimRun
from performance.claims.services import lock
from performance.claims.whole_run import ask
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Incomplete, NotAllowed, NotForYou
from slf.web.words import day_in_words

CONFIRMS = (Can.AUDIT_CLAIM, Can.SIGN_CLAIM)
DECIDES = (Can.PREPARE_CLAIM, *CONFIRMS)


class Days(NamedTuple):
    """When the money of a run was settled, and from when on what it froze need not be kept."""

    closed_on: date
    years: int
    due_on: date
    is_due: bool


def days_of_runs() -> Mapping[int, Days]:
    """Return the days of every run whose money is settled and whose evidence is there, the first due first.

    Due is what is due by the day the service stands on and by the real one.
    """
    rows = ask("select run_id, closed_on, years, due_on, is_due from slf.disposal_days()")
    return {run: Days(closed, years, due, is_due and due <= today()) for run, closed, years, due, is_due in rows}


def may_confirm(user: User) -> bool:
    return any(rights_of(user).may(can) for can in CONFIRMS)


def may_decide(user: User) -> bool:
    return any(rights_of(user).may(can) for can in DECIDES)


def done_of(run: ClaimRun, *, by: User) -> Disposal | None:
    """Return how the evidence of a run was disposed of; None while it is there."""
    found: Disposal | None = Disposal.objects.visible_to(by).filter(run=run).done().for_list().first()
    return found


def refuse_what_is_gone(run: ClaimRun, *, by: User) -> None:
    """Raise ``Gone``, saying since when and by whom, where the evidence of a run was disposed of."""
    if done := done_of(run, by=by):
        raise Gone(done.words)


def refuse_before_the_day(run: ClaimRun) -> None:
    days = days_of_runs().get(run.pk)
    if days is None:
        raise NotAllowed(rules.NOT_CLOSED)
    if not days.is_due:
        raise NotAllowed(rules.BEFORE.format(day=day_in_words(days.due_on)))


@transaction.atomic
def propose(run: ClaimRun, *, reason: str, by: User) -> Disposal:
    """Propose that the evidence of a run goes. Raises ``NotAllowed`` before its day and while it is proposed."""
    run, reason = lock(run), said(reason)
    refuse_what_is_gone(run, by=by)
    if there := Disposal.objects.visible_to(by).filter(run=run).waiting().for_list().first():
        raise NotAllowed(rules.THERE.format(who=there.proposed_by))
    refuse_before_the_day(run)
    made = ask("select slf.propose_disposal(%s, %s)", run.pk, reason)[0][0]
    return now(made, by=by)


@transaction.atomic
def keep(disposal: Disposal, *, reason: str, by: User) -> Disposal:
    """Say that the evidence is kept for now, and why; it can be proposed again."""
    if not may_decide(by):
        raise NotForYou(rules.NOT_YOURS)
    lock(disposal.run)
    decided(ask("select slf.keep_evidence(%s, %s)", disposal.pk, said(reason))[0][0])
    return now(disposal.pk, by=by)


@transaction.atomic
def dispose(disposal: Disposal, *, by: User) -> Disposal:
    """Dispose for good of what a run froze of families, as the second of two people.

    Raises ``NotForYou`` for the first.
    """
    if disposal.proposed_by_id == by.pk:
        raise NotForYou(rules.ONE_PERSON)
    lock(disposal.run)
    decided(now(disposal.pk, by=by).state == rules.Standing.PROPOSED)
    refuse_before_the_day(disposal.run)
    decided(ask("select slf.dispose(%s)", disposal.pk)[0][0])
    return now(disposal.pk, by=by)


def now(pk: int, *, by: User) -> Disposal:
    """Return a disposal as it stands now."""
    found: Disposal = Disposal.objects.visible_to(by).for_list().get(pk=pk)
    return found


def decided(done: bool) -> None:  # noqa: FBT001
    if not done:
        raise NotAllowed(rules.OVER)


def said(reason: str) -> str:
    if len(reason.strip()) < rules.SHORTEST:
        raise Incomplete([(rules.TOO_SHORT, None)], rules.TOO_SHORT)
    return reason.strip()[: rules.LONGEST]
