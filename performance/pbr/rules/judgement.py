"""One family judged under one scheme on one day: is it eligible, what has it achieved, what may be claimed, and why."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from performance.pbr.rules.answers import MET, Answer, Finding, Step
from performance.pbr.rules.shapes import Row, Scheme, canonical

ENGINE = "4"  # raised whenever the same scheme and facts could give another answer or other words


class Block(NamedTuple):
    """Why a result that is met may not be claimed yet."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that may be paid for. `amount` is what it would bring; None where it is not met or not priced."""

    name: str
    finding: Finding
    amount: Decimal | None = None
    price: Row | None = None
    blocked_by: tuple[Block, ...] = ()

    @property
    def answer(self) -> Answer:
        return self.finding.answer

    @property
    def claimable(self) -> bool:
        return self.answer is MET and self.amount is not None and not self.blocked_by

    def as_dict(self) -> dict[str, Any]:
        return {
            "answer": self.answer.value,
            "reason": self.finding.reason,
            "amount": None if self.amount is None else str(self.amount),
            "price": None if self.price is None else self.price.id,
            "claimable": self.claimable,
            "blocked_by": [block._asdict() for block in self.blocked_by],
            "facts": list(self.finding.facts),
        }


@dataclass(frozen=True)
class Judgement:
    """The answer and the whole of its reasoning. Equal facts, scheme and day give equal bytes."""

    scheme: Scheme
    household: str
    attached_on: date | None
    on: date
    judged_on: date
    eligibility: Finding
    criteria: Mapping[str, Finding]
    combination: Row | None
    components: tuple[Component, ...]
    route: str | None
    steps: tuple[Step, ...]
    warnings: tuple[Block, ...]

    @property
    def eligible(self) -> bool:
        return self.eligibility.answer is MET

    @property
    def to_be_confirmed(self) -> tuple[Row, ...]:
        """The unsourced rows that decided something here: shown as such, and nothing they decide may be submitted."""
        deciding = [self.eligibility.unsettled, *(component.finding.unsettled for component in self.components)]
        prices = [c.price.unsettled for c in self.components if c.price and c.answer is MET]
        blocks = [b.rule for c in self.components for b in c.blocked_by]
        ids = dict.fromkeys(row for rows in (*deciding, *prices, blocks) for row in rows)
        return tuple(row for row_id in ids if (row := self.scheme.rows[row_id]) and not row.settled)

    @property
    def blocks_submission(self) -> bool:
        """Whether an unsourced row stands in the way of a result that is otherwise met."""
        unsettled = {row.id for row in self.to_be_confirmed}
        return any(block.rule in unsettled for component in self.components for block in component.blocked_by)

    def as_dict(self) -> dict[str, Any]:
        """For people and programs: everything, with the digest of the canonical text."""
        return {**in_words(self.content, self.scheme), "digest": f"sha256:{self.digest}"}

    @cached_property
    def canonical(self) -> str:
        """The text a claim keeps: equal facts, scheme and day give equal bytes."""
        return canonical(self.content)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @cached_property
    def content(self) -> dict[str, Any]:
        """All that was found. What a rule asks and where it comes from is said once, in the scheme."""
        return {
            "engine": ENGINE,
            "scheme": {"version": self.scheme.version, "name": self.scheme.name, "digest": self.scheme.digest},
            "household": self.household,
            "attached_on": _iso(self.attached_on),
            "on": _iso(self.on),
            "eligibility": {
                "answer": self.eligibility.answer.value,
                "on": _iso(self.judged_on),
                "reason": self.eligibility.reason,
                "combination": self.combination.id if self.combination else None,
                "criteria": {group: finding.answer.value for group, finding in self.criteria.items()},
                "facts": list(self.eligibility.facts),
            },
            "results": {component.name: component.as_dict() for component in self.components},
            "route": self.route,
            "blocks_submission": self.blocks_submission,
            "to_be_confirmed": [_row_as_dict(row) for row in self.to_be_confirmed],
            "warnings": [warning._asdict() for warning in self.warnings],
            "trace": [_step_as_dict(step) for step in self.steps],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row_as_dict(row: Row) -> dict[str, str]:
    return {"rule": row.id, "question": row.question, "grade": row.grade, "source": row.source}


def _step_as_dict(step: Step) -> dict[str, Any]:
    row, finding = step.row, step.finding
    window = finding.window
    return {
        "rule": row.id,
        "about": step.about,
        "answer": finding.answer._value_,
        "reason": finding.reason,
        "facts": list(finding.facts),
        "window": {"from": window.first.isoformat(), "to": window.last.isoformat()} if window else None,
        "to_be_confirmed": list(finding.unsettled),
    }


def in_words(content: Mapping[str, Any], scheme: Scheme) -> dict[str, Any]:
    """Return kept content with each step's question, grade and source, as its scheme says them."""
    trace = [_row_as_dict(scheme.rows[step["rule"]]) | step for step in content["trace"]]
    return {**content, "trace": trace}
