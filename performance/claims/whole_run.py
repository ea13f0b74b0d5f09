"""A run as a whole, asked of PostgreSQL over the wall: families restricted since it was made are still part of it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from performance.claims.models import ClaimRun
from slf.access.rules import ROLES, Can, Role
from slf.web.errors import NotAllowed


def fingerprint(run: ClaimRun) -> str:
    """Return the digest of rules, evidence, judgements, claims and claimed people: altered content gives another."""
    return str(ask("select slf.run_fingerprint(%s)", run.pk)[0][0])


def lines_of(run: ClaimRun) -> list[tuple[Any, ...]]:
    """Return ``(reference, result, amount, price rule, attached on, digest)`` of each claim, in the order made."""
    return ask("select * from slf.run_lines(%s)", run.pk)


def claims_nothing(run: ClaimRun) -> bool:
    """Tell whether the run has no line at all, in sight or not."""
    return bool(ask("select slf.claims_nothing(%s)", run.pk)[0][0])


def i_know_of(run: ClaimRun) -> bool:
    """Tell whether whoever acts has declared that they know a family that the run claims for."""
    return bool(ask("select slf.i_know_of_run(%s)", run.pk)[0][0])


def has_reviewed(run: ClaimRun, who: int) -> bool:
    return bool(ask("select slf.has_reviewed(%s, %s)", run.pk, who)[0][0])


def another_may(run: ClaimRun, can: Can) -> bool:
    """Tell whether somebody else holds a post for this step, had no part in the run and knows no family of it."""
    roles = [role.value for role in Role if can in ROLES[role]]
    return bool(ask("select slf.another_may(%s, %s)", run.pk, roles)[0][0])


def warnings_left(run: ClaimRun) -> int:
    """Return how many warnings of the run nobody has signed off, in sight or not."""
    return int(ask("select slf.warnings_left(%s)", run.pk)[0][0])


def refuse_unsigned_warnings(run: ClaimRun) -> None:
    """Refuse to sign a run while a warning is left that nobody has signed off."""
    if left := warnings_left(run):
        warnings = "warning is" if left == 1 else "warnings are"
        message = f"{left:,} {warnings} not signed off. Somebody other than the preparer does that, with a reason."
        raise NotAllowed(message)


def is_being_judged(run: ClaimRun) -> bool:
    """Tell whether the run's job is still to finish, whoever asked for it."""
    return bool(ask("select slf.run_is_being_judged(%s)", run.pk)[0][0])


def let_go_of_people(run: ClaimRun) -> None:
    """Let every person of a withdrawn run be claimed for again."""
    ask("select slf.let_go_of_claimed_people(%s)", run.pk)


def already_claimed(scheme: str, people: Iterable[int]) -> set[tuple[str, int]]:
    """Return ``(slot, the one person)`` for those in a live claim of this scheme, whoever may see that claim."""
    return set(ask("select slot, person_id from slf.claimed_already(%s, %s)", scheme, list(people)))


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
