"""Which tables the trail holds, and what it says of a row that is not as it was chained. Pure, no Django.

A table joins by one line here and one operation in its migration: ``sql.joining(table)``. Every column is part of what
is chained, one that is added later too, but for those named here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slf.web.words import day_in_words

MOVES = ("scope_id",)
"""A row follows its family into another audience, so that column is no part of what happened."""

SIGNED = "case when t.signed then 'signed off' else 'taken back' end"


@dataclass(frozen=True)
class Chained:
    """One table of the trail.

    ``key`` groups its rows (its own id, else all of one parent are one entry), ``run`` is SQL for the run of a row
    ``t``, ``heavy`` are columns of which the trail keeps a digest only, ``left_out`` those that are no part of it.
    ``steps`` tells whether what happens in it is a step of the run, to be anchored in the county's chain; ``says`` is
    SQL for the one word a page reads.
    """

    table: str
    called: str
    key: str = "id"
    run: str = "t.run_id"
    heavy: Sequence[str] = ()
    left_out: Sequence[str] = MOVES
    steps: bool = False
    says: str = "''"


TABLES: Sequence[Chained] = (
    Chained("performance_claimrun", "the run", run="t.id", heavy=("rules", "shared", "answers"),
            left_out=(*MOVES, "job_id"), steps=True, says="t.state"),
    Chained("performance_judged", "the judgement", heavy=("case", "judgement", "checks")),
    Chained("performance_claim", "the claim"),
    Chained("performance_claimedperson", "the list of people in the claim", key="claim_id",
            run="(select c.run_id from performance_claim c where c.id = t.claim_id)"),
    Chained("performance_disposal", "the disposal of its evidence", steps=True, says="t.state"),
    Chained("performance_linewarning", "a warning"),
    Chained("performance_runwarning", "a warning of the whole run"),
    Chained("performance_linesignoff", "the sign-off of a warning", steps=True, says=SIGNED,
            run="(select w.run_id from performance_linewarning w where w.id = t.warning_id)"),
    Chained("performance_runsignoff", "the sign-off of a warning of the whole run", steps=True, says=SIGNED,
            run="(select w.run_id from performance_runwarning w where w.id = t.warning_id)"),
    Chained("performance_localityreview", "the word of a locality", steps=True,
            says="case when t.agreed then 'agreed' else 'sent back' end"),
    Chained("performance_remittance", "the remittance", steps=True,
            says="case when t.confirmed_at is not null then 'confirmed' when t.taken_back_at is not null "
                 "then 'taken back' else 'entered' end"),
    Chained("performance_remittanceline", "what a remittance pays",
            run="(select c.run_id from performance_claim c where c.id = t.claim_id)"),
    Chained("performance_claimentry", "the entry", steps=True, says="t.kind",
            run="(select c.run_id from performance_claim c where c.id = t.claim_id)"),
    Chained("performance_sampledraw", "the drawing of the sample", heavy=("frame",), steps=True),
    Chained("performance_audittest", "the audit test", steps=True, says="t.result"),
    Chained("performance_audittestevent", "what was found in an audit test", key="pgh_id"),
    Chained("performance_auditopinion", "the opinion of internal audit", steps=True, says="t.level"),
)  # fmt: skip
BY_NAME: Mapping[str, Chained] = {each.table: each for each in TABLES}
DISPOSED = "performance_trailpayload"
"""What the entry about disposed payloads names as its table."""

KEPT_ON = "kept"
"""How an entry of what is left of a run is called, once the rest of it was disposed of."""

KEPT = "is not what was chained when it was written"
FAULTS: Mapping[str, str] = {
    "altered": KEPT,
    "added": "was added past the service: the trail knows nothing of it",
    "removed": "is gone: the trail still has what was written",
    "entry": "was altered, or one before it is missing",
    "payload": "no longer has what its digest was taken of",
    "payload_gone": "lost what its digest was taken of, and nobody disposed of it",
    "anchor": "was altered, or one before it is missing",
    "cut": "has no such entry any more: its end was cut off",
    "unanchored": "is not in the county's chain",
    "published": "is not the one that was there when it was last verified",
    "fingerprint": "is not of what the run holds",
}


def run_in_words(scheme: str, claim_on: date) -> str:
    return f"Claim of {day_in_words(claim_on)} ({scheme})"


@dataclass(frozen=True)
class Fault:
    """The first thing, or another, that is not as it was chained."""

    kind: str
    table: str
    key: int
    columns: Sequence[str] = ()
    line: str = ""
    scheme: str = ""
    claim_on: date | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Fault":
        on = told.get("claim_on")
        return cls(
            told["fault"], told["name"], told["key"], tuple(told.get("columns") or ()), told.get("line") or "",
            told.get("scheme") or "", date.fromisoformat(on) if on else None,
        )  # fmt: skip

    @property
    def run(self) -> str:
        return run_in_words(self.scheme, self.claim_on) if self.claim_on else "Trail of the county"

    @property
    def what(self) -> str:
        """Name the row as a person finds it: of which line, or the how-manieth entry."""
        if self.kind in {"entry", "payload", "payload_gone", "unanchored"}:
            return f"entry {self.key} of its trail"
        if self.kind in {"anchor", "published", "cut"}:
            return f"step {self.key} of the county's chain"
        if self.kind == "fingerprint":
            return "its fingerprint"
        known = BY_NAME.get(self.table)
        called = known.called if known else self.table
        return f"{called} of {self.line}" if self.line else called


def sentence(fault: Fault, words: Mapping[str, str]) -> str:
    """Say what is not as it was: where, of which line, and what differs, with the words for its columns."""
    told = ", ".join(words.get(column, column) for column in fault.columns if column != "*")
    differs = f" Different: {told}." if told else " Other rows than were written." if fault.columns else ""
    return f"{fault.run}: {fault.what} {FAULTS[fault.kind]}.{differs}"
