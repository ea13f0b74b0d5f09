"""A run as a whole, asked of PostgreSQL over the wall: families restricted since it was made are still part of it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from performance.claims.models import ClaimRun


def fingerprint(run: ClaimRun) -> str:
    """Return the digest of rules, evidence, judgements, claims and claimed people: altered content gives another."""
    return str(ask("select slf.run_fingerprint(%s)", run.pk)[0][0])


def lines_of(run: ClaimRun) -> list[tuple[Any, ...]]:
    """Return ``(reference, result, amount, price rule, attached on, digest)`` of each claim, in the order made."""
    return ask("select * from slf.run_lines(%s)", run.pk)


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
