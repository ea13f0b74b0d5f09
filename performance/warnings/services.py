"""The verbs of warnings: sign several off with one reason, take that back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, F, Func, Value

from performance.claims.models import ClaimRun
from performance.claims.whole_run import ask
from performance.warnings import rules
from performance.warnings.models import LineWarning, RunWarning
from slf.access.rights import rights_of
from slf.accounts.models import User
from slf.web.errors import Incomplete, NotAllowed, NotForYou


@transaction.atomic
def sign_off(run: ClaimRun, warnings: Collection[UUID], *, reason: str, by: User) -> int:
    """Sign off some warnings of a run; return how many were not signed off before. What is not theirs is refused."""
    return say(run, warnings, reason=reason, signed=True, by=by)


@transaction.atomic
def take_back(run: ClaimRun, warnings: Collection[UUID], *, reason: str, by: User) -> int:
    """Take back that some warnings were signed off, with the reason; what was said stays."""
    return say(run, warnings, reason=reason, signed=False, by=by)


def say(run: ClaimRun, warnings: Collection[UUID], *, reason: str, signed: bool, by: User) -> int:
    run.refresh_from_db(fields=["state"])
    if run.prepared_by_id == by.pk:
        raise NotForYou(rules.PREPARER)
    if not rules.is_open(run.state):
        raise NotAllowed(rules.OVER)
    if len(reason.strip()) < rules.SHORTEST:
        raise Incomplete([(rules.TOO_SHORT, None)], rules.TOO_SHORT)
    lines = list(lines_for(run, by).filter(uid__in=warnings).values_list("pk", flat=True))
    wide = list(wide_for(run, by).filter(uid__in=warnings).values_list("pk", flat=True))
    if len(lines) + len(wide) < len(set(warnings)):
        message = "Some of these are not yours to sign off."
        raise NotForYou(message)
    done: int = ask("select slf.sign_off_warnings(%s, %s, %s, %s)", lines, wide, signed, reason.strip())[0][0]
    return done


def lines_for(run: ClaimRun, user: User) -> Any:
    """Return the warnings of lines that this person may sign off: of their locality, of families they do not know."""
    mine = [scope for role, scope in rights_of(user).reaches if role in rules.OF_A_LINE]
    known = Func(Value(user.pk), F("family_id"), function="slf.declared", output_field=BooleanField())
    return LineWarning.objects.visible_to(user).filter(run=run, scope__in=mine).alias(known=known).filter(known=False)


def wide_for(run: ClaimRun, user: User) -> Any:
    """Return the warnings of the run as a whole that this person may sign off."""
    found = RunWarning.objects.visible_to(user).filter(run=run)
    may = any(role in rules.OF_A_RUN for role, _ in rights_of(user).reaches)
    return found if may else found.none()
