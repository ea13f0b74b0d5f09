"""Verify the trail: everything recomputed from the rows as they stand, and what was found kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from performance.claims.disposal.rules import sentence as gone_in_words
from performance.trail.rules import Fault, run_in_words, sentence
from slf.accounts.models import User
from slf.clock import shown, today
from slf.work.models import Job
from slf.work.services import promise

LONGEST = "1h"
"""A million lines take longer than a request may."""


@dataclass(frozen=True)
class Verified:
    """What a verification found: how much there is, the head of the county's chain, and what is not as it was."""

    at: datetime | None
    runs: int
    entries: int
    anchors: int
    head: str
    faults: tuple[Fault, ...]

    @property
    def sentences(self) -> list[str]:
        return [in_words(fault) for fault in self.faults]


@transaction.atomic
def verify() -> Verified:
    """Recompute both chains, all that was written and each row; keep the result, in the name of whoever acts."""
    with connection.cursor() as cursor:
        cursor.execute(f"set local statement_timeout = '{LONGEST}'")
        cursor.execute("select at, runs, entries, anchors, head, faults::text from slf.verify_trail()")
        row = cursor.fetchone()
        cursor.execute("set local statement_timeout to default")
    if row is None:
        return Verified(None, 0, 0, 0, "", ())
    at, runs, entries, anchors, head, faults = row
    return Verified(at, runs, entries, anchors, head, tuple(Fault.of(fault) for fault in json.loads(faults)))


def ask_to_verify(*, by: User) -> Job:
    """Promise to verify the trail in the background, in the name of whoever asks."""
    return promise("trail.verify", by=by, day=today().isoformat())


def in_words(fault: Fault) -> str:
    """Return the sentence about a fault, with columns called as a person calls them."""
    return sentence(fault, columns_of(fault.table))


def columns_of(table: str) -> dict[str, str]:
    """Return the words for the columns of a table."""
    found = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    return {str(field.column): str(field.verbose_name) for field in found._meta.concrete_fields} if found else {}


def disposed_of() -> list[str]:
    """Return a sentence for each run whose evidence was disposed of: whose, on which day, by whom."""
    with connection.cursor() as cursor:
        cursor.execute("select scheme, claim_on, at, proposed_by, confirmed_by from slf.trail_disposals()")
        rows = cursor.fetchall()
    return [
        f"{run_in_words(scheme, day)}: "
        + gone_in_words(on=shown(at).date(), proposed_by=proposed or "", confirmed_by=confirmed or "")
        for scheme, day, at, proposed, confirmed in rows
    ]


def alarm() -> tuple[datetime, bool] | None:
    """Return when the trail was last verified and whether it failed, where somebody has to look at it."""
    with connection.cursor() as cursor:
        cursor.execute("select at, failed from slf.trail_alarm()")
        found: tuple[Any, Any] | None = cursor.fetchone()
    return found
