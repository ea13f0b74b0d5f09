"""What a check is, what it looks at, and what it may answer. Pure: no Django, nothing but what a line froze."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from performance.pbr.rules import Scheme

Part = Mapping[str, Any]


class Level(StrEnum):
    BLOCK = "block"  # cannot be submitted
    WARN = "warn"  # somebody has to look at it


class State(StrEnum):
    PASSED = "passed"
    BLOCKS = "blocks"
    WARNS = "warns"
    NOT_KNOWN = "not_known"  # what it asks after is not kept: never the same as passed
    NOT_ASKED = "not_asked"  # no question of this scheme or result


class Where(StrEnum):
    """Where somebody puts right what a check found."""

    EVIDENCE = "evidence"
    HOUSEHOLD = "household"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    CONTACTS = "contacts"
    CASE = "case"
    FILES = "files"
    REGISTER = "register"
    RULES = "rules"
    RUN = "run"


class Answer(NamedTuple):
    state: State
    sentence: str


class Line:
    """One result of one family as its run froze it: judgement, household, facts, and what could be used that day.

    ``claimed`` tells whether the run claims it, None while that is not decided; ``is_stopped``, whether a check that
    is asked beforehand kept it out.
    """

    def __init__(self, scheme: Scheme, component: str, judgement: Part, case: Part, shared: Part) -> None:
        self.scheme, self.component, self.judgement, self.shared = scheme, component, judgement, shared
        self.household: Part = case["household"]
        self.facts: Sequence[Part] = [*case["facts"], *shared.get("facts", ())]
        self.result: Part = judgement["results"][component]
        self.claimed: bool | None = None
        self.is_stopped = False
        self.text, self.digest = "", ""

    def frozen(self, text: str, digest: str, *, claimed: bool | None) -> "Line":
        self.text, self.digest, self.claimed = text, digest, claimed
        return self

    @property
    def met(self) -> bool:
        return bool(self.result["answer"] == "met")

    @property
    def reason(self) -> str:
        return str(self.result["reason"])

    @property
    def on(self) -> str:
        return str(self.judgement["on"])

    @property
    def attached_on(self) -> str:
        return self.judgement["attached_on"] or self.on

    @property
    def is_whole(self) -> bool:
        return hashlib.sha256(self.text.encode()).hexdigest() == self.digest

    def kind(self, rule: str) -> str:
        row = self.scheme.rows.get(rule)
        return row.kind if row else ""

    def blocks(self, *kinds: str) -> list[str]:
        """Return why the judgement lets nothing be claimed, where a rule of these kinds says so."""
        return [block["reason"] for block in self.result["blocked_by"] if self.kind(block["rule"]) in kinds]

    def warnings(self, kind: str) -> list[str]:
        return [each["reason"] for each in self.judgement["warnings"] if self.kind(each["rule"]) == kind]

    def steps(self, *kinds: str) -> list[Part]:
        return [step for step in self.judgement["trace"] if self.kind(step["rule"]) in kinds]

    @cached_property
    def window(self) -> Part | None:
        """The days over which the result was looked at."""
        mine = [step for step in self.steps(*RESULT_KINDS) if self.of_result(step) and step["window"]]
        return mine[-1]["window"] if mine else None

    def of_result(self, step: Part) -> bool:
        row = self.scheme.rows.get(step["rule"])
        return row is not None and row.group == self.component

    @property
    def result_on(self) -> str:
        """The day of the result: the last of its window; the day of the claim where it has none."""
        return str(self.window["to"]) if self.window else self.on

    @cached_property
    def used(self) -> list[Part]:
        """The facts that eligibility and this result rest on."""
        ids = {*self.judgement["eligibility"]["facts"], *self.result["facts"]}
        return [fact for fact in self.facts if fact["id"] in ids]

    def of(self, *kinds: str) -> list[Part]:
        return [fact for fact in self.facts if fact["kind"] in kinds]

    def is_searched(self, kind: str, starts: str, ends: str) -> bool:
        """Tell whether somebody looked for a kind of fact on all of these days: silence is evidence then."""
        looked = (fact for fact in self.of("records_checked") if fact["value"]["for"] == kind)
        everybody = [fact for fact in looked if not fact.get("person")]
        return any(fact["from"] <= starts and ends <= fact.get("to", ends) for fact in everybody)


RESULT_KINDS = ("combined", "progress_to_work", "continuous_employment", "sustained_progress")


@dataclass(frozen=True)
class Check:
    """One of the 27 checks of a claim: its number, how much hangs on it, what it rests on, and the rule itself."""

    number: int
    level: Level
    asks: str
    basis: str
    where: Where
    rule: Callable[[Any], Answer]
    schemes: Collection[str] = ("P1", "P2", "SF")
    results: Collection[str] | None = None
    of_run: bool = False
    needs_frozen: bool = False

    def applies(self, scheme: str, component: str) -> bool:
        return scheme in self.schemes and (self.results is None or component in self.results)


class Checked(NamedTuple):
    """What a check answered."""

    check: Check
    state: State
    sentence: str

    @property
    def keeps_out(self) -> bool:
        """Tell whether a line may not be claimed: a blocking check has to pass, and what is not known does not."""
        return self.check.level is Level.BLOCK and self.state not in (State.PASSED, State.NOT_ASKED)


def passed(sentence: str) -> Answer:
    return Answer(State.PASSED, sentence)


def blocks(sentence: str) -> Answer:
    return Answer(State.BLOCKS, sentence)


def warns(sentence: str) -> Answer:
    return Answer(State.WARNS, sentence)


def not_known(sentence: str) -> Answer:
    return Answer(State.NOT_KNOWN, sentence)


def blocks_or(reasons: Iterable[str], otherwise: Answer) -> Answer:
    """Block in the words of the judgement, where it says something; else as told."""
    said = " ".join(dict.fromkeys(reasons))
    return blocks(said) if said else otherwise


def if_met(line: Line, sentence: str) -> Answer:
    """Pass what the judgement could only meet by this; of a result that is not met nothing can be said."""
    return passed(sentence) if line.met else not_known(f"The result is not met, so nothing is claimed. {line.reason}")


def sentences(steps: Iterable[Part]) -> Iterator[str]:
    return (step["reason"] for step in steps)


def unmet(steps: Iterable[Part]) -> list[Part]:
    """Return the steps that do not show what they have to: not met, or not known, which is never met."""
    return [step for step in steps if step["answer"] in ("not_met", "not_known")]


def day(iso: str) -> date:
    return date.fromisoformat(iso)
