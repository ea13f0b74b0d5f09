"""The entries of a trail as a page shows them: what happened in words, when, and by whom."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from performance.audit.rules.opinion import LEVELS
from performance.claims.rules import STATE_NAMES, State
from performance.trail.models import TrailEntry
from performance.trail.rules import BY_NAME, DISPOSED

LINES: Mapping[str, str] = {
    "performance_judged": "Judgements of families",
    "performance_claim": "Claims",
    "performance_claimedperson": "Claims with the people they are for",
}
OF_DISPOSAL = "performance_disposal"
DISPOSALS = {
    "proposed": "Proposed that its evidence goes", "kept": "Its evidence is kept for now",
    "disposed": "Its evidence is disposed of, as a second person confirmed",
}  # fmt: skip
RESULTS = {
    "passed": "evidence supports the claim", "failed": "evidence does not support the claim",
    **{level.value: name.lower() for level, name in LEVELS.items()},
}  # fmt: skip


def as_event(entry: TrailEntry) -> dict[str, Any]:
    return {"what": what(entry), "at": entry.at, "by": entry.by or "Nobody by name", "number": entry.number,
            "head": entry.head}  # fmt: skip


def what(entry: TrailEntry) -> str:
    """Say what happened: a step of the run by its state, else the row it happened to."""
    if entry.name == DISPOSED:
        return f"What the first {entry.key:,} entries rested on was disposed of"
    if entry.name == "performance_claimrun":
        return STATE_NAMES[State(entry.says)] if entry.says in set(State) else "The run was changed"
    if entry.name == OF_DISPOSAL:
        return DISPOSALS.get(entry.says, "A disposal was changed")
    called = BY_NAME[entry.name].called.removeprefix("the ").capitalize() if entry.name in BY_NAME else "A row"
    return f"{called}: {RESULTS.get(entry.says, entry.says)}" if entry.says else called


def lines_of(entries) -> list[dict[str, Any]]:
    """Return how many lines of each kind the trail of a run holds."""
    counts = dict(entries.filter(name__in=LINES).values_list("name").annotate(n=Count("key", distinct=True)))
    return [{"called": called, "number": counts.get(name, 0)} for name, called in LINES.items()]
