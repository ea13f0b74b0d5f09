"""Reads one family's case from JSON (`docs/judge-format.md`), or says in one sentence each what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from performance.pbr.parts import NEVER, Part, document, repeated
from performance.pbr.rules.catalogue import KINDS, About, Holds, KindOfFact, Shape
from performance.pbr.rules.shapes import Fact, Household, Member, Period, Term


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that `judge` needs; the scheme and the day may be left to the command."""

    household: Household
    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]
    scheme: str
    on: date | None
    confirmed_rows: Mapping[str, str]
    changed_rows: Mapping[str, Mapping[str, Any]]


class BadCase(ValueError):
    """The case cannot be judged. Each problem is a sentence with its place in the file."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def read_case(text: str) -> CaseFile:
    problems: list[str] = []
    whole = document(text, problems)
    if problems:
        raise BadCase(problems)
    case = _case(whole)
    if problems:
        raise BadCase(problems)
    return case


Shared = tuple[tuple[Term, ...], tuple[Fact, ...], list[tuple[tuple[str, ...], Fact]]]


def read_shared(text: str) -> Shared:
    """Read what a run rests on beside each family's own: calendar, records searched, and those of some localities."""
    problems: list[str] = []
    whole = document(text, problems)
    whole.only("terms", "facts", "near", "files", "use", "left_out", "attached")
    terms = _terms(whole)
    known = {term.name: term for term in terms}
    facts = tuple(_fact(part, set(), known) for part in whole.parts("facts"))
    nearby = whole.parts("near", needed=False)
    near = [(tuple(part.content["localities"]), _fact(part.part("fact"), set(), known)) for part in nearby]
    if problems:
        raise BadCase(problems)
    return terms, facts, near


def _case(whole: Part) -> CaseFile:
    whole.only("scheme", "on", "household", "terms", "facts", "confirmed_rows", "changed_rows")
    household = _household(whole.part("household"))
    terms = _terms(whole)
    people = {member.id for member in household.members}
    facts = [_fact(part, people, {term.name: term for term in terms}) for part in whole.parts("facts")]
    confirmed = {part.word("row"): part.word("reference") for part in whole.parts("confirmed_rows", needed=False)}
    changed = dict(_changed(part) for part in whole.parts("changed_rows", needed=False))
    for twice in repeated([fact.id for fact in facts]):
        whole.problem("facts", f'has two facts with the id "{twice}".')
    return CaseFile(
        household,
        tuple(facts),
        terms,
        whole.word("scheme", needed=False),
        whole.day("on", needed=False),
        confirmed | {row: reference for row, (_, reference) in changed.items()},
        {row: value for row, (value, _) in changed.items()},
    )


def _changed(part: Part) -> tuple[str, tuple[Mapping[str, Any], str]]:
    part.only("row", "value", "reference")
    return part.word("row"), (part.part("value").content, part.word("reference"))


def _household(part: Part) -> Household:
    part.only("id", "attached_on", "members")
    members = [_member(each) for each in part.parts("members")]
    if not members and isinstance(part.content.get("members"), list):
        part.problem("members", "needs at least one member.")
    for twice in repeated([member.id for member in members]):
        part.problem("members", f'has two members with the id "{twice}".')
    return Household(part.word("id"), tuple(members), part.day("attached_on", needed=False))


def _member(part: Part) -> Member:
    part.only("id", "name", "born", "lived_here", "lives_elsewhere", "parenting")
    elsewhere = part.parts("lives_elsewhere", needed=False)
    stays = part.parts("lived_here", needed=not elsewhere)
    if not stays and not elsewhere and isinstance(part.content.get("lived_here"), list):
        part.problem("lived_here", "needs at least one period: who never lived here is no member.")
    return Member(
        part.word("id"),
        part.day("born", needed=False),
        tuple(_period(stay) for stay in stays),
        part.flag("parenting", otherwise=False),
        part.word("name", needed=False),
        tuple(_period(stay) for stay in elsewhere),
    )


def _period(part: Part) -> Period:
    part.only("from", "to")
    return _from_to(part)


def _from_to(part: Part, *, to_needed: bool = False) -> Period:
    period = Period(part.day("from") or NEVER, part.day("to", needed=to_needed))
    if period.ends_on and NEVER not in period and period.ends_on < period.starts_on:
        part.problem("to", f"is {period.ends_on}, before it began on {period.starts_on}.")
    return period


def _terms(whole: Part) -> tuple[Term, ...]:
    terms = [_term(part) for part in whole.parts("terms", needed=False)]
    for twice in repeated([term.name for term in terms]):
        whole.problem("terms", f'has two terms called "{twice}".')
    in_order = sorted((term for term in terms if NEVER not in term), key=lambda term: term.starts_on)
    for before, after in pairwise(in_order):
        if after.starts_on <= before.ends_on:
            whole.problem("terms", f'overlap: "{after.name}" begins before "{before.name}" has ended.')
    return tuple(terms)


def _term(part: Part) -> Term:
    part.only("name", "starts_on", "ends_on")
    term = Term(part.word("name"), part.day("starts_on") or NEVER, part.day("ends_on") or NEVER)
    if NEVER not in term and term.ends_on < term.starts_on:
        part.problem("ends_on", f"is {term.ends_on}, before the term began on {term.starts_on}.")
    return term


def _fact(part: Part, people: set[str], terms: Mapping[str, Term]) -> Fact:
    kind = part.word("kind")
    if kind and kind not in KINDS:
        part.problem("kind", f'"{kind}" is not a kind of fact; the kinds are {", ".join(KINDS)}.')
    known = KINDS.get(kind)
    value = _value(part, known, terms) if known else {}
    fact = Fact(
        part.word("id"),
        kind,
        _person(part, known, people),
        _when(part, known, terms.get(str(value.get("term")))),
        value,
        part.word("source"),
        part.day("recorded_on") or NEVER,
        part.flag("confirmed", otherwise=True),
    )
    _check_order(part, fact)
    return fact


def _person(part: Part, known: KindOfFact | None, people: set[str]) -> str | None:
    person = part.word("person", needed=bool(known and known.about is About.PERSON)) or None
    if person and person not in people:
        part.problem("person", f'"{person}" is not a member of the household.')
    return person


def _when(part: Part, known: KindOfFact | None, term: Term | None) -> Period:
    common = ("id", "kind", "person", "value", "source", "recorded_on", "confirmed")
    if known is None:
        return Period(NEVER, NEVER)
    if known.shape is Shape.TERM:
        part.only(*common)
        return Period(term.starts_on, term.ends_on) if term else Period(NEVER, NEVER)
    if known.shape is Shape.EVENT:
        part.only(*common, "day")
        day = part.day("day") or NEVER
        return Period(day, day)
    part.only(*common, "from", "to")
    return _from_to(part, to_needed=known.shape is Shape.STRETCH)


def _check_order(part: Part, fact: Fact) -> None:
    """What is recorded before it happens is a mistake in one date or the other."""
    began = fact.period.starts_on
    if NEVER not in (began, fact.recorded_on) and fact.recorded_on < began:
        part.problem("recorded_on", f"is {fact.recorded_on}, before the fact itself, {began}.")


def _value(fact: Part, known: KindOfFact, terms: Mapping[str, Term]) -> dict[str, Any]:
    needed = any(field.needed for field in known.value.values())
    if not needed and fact.content.get("value") is None:
        return {}
    part = fact.part("value")
    part.only(*known.value)
    value = {
        name: _held(part, name, field.holds, needed=field.needed)
        for name, field in known.value.items()
        if field.needed or part.content.get(name) is not None
    }
    if known.shape is Shape.TERM and part.content:
        _check_sessions(part, value, terms)
    return value


def _held(part: Part, name: str, holds: Holds, *, needed: bool) -> Any:
    if holds is Holds.COUNT:
        return part.count(name, needed=needed)
    if holds is Holds.YES_NO:
        return part.flag(name)
    if holds is Holds.WORDS:
        return part.words(name)
    word = part.word(name, needed=needed)
    if holds is Holds.KIND and word and word not in KINDS:
        part.problem(name, f'"{word}" is not a kind of fact; the kinds are {", ".join(KINDS)}.')
    return word


def _check_sessions(part: Part, value: Mapping[str, Any], terms: Mapping[str, Term]) -> None:
    if value["term"] and value["term"] not in terms:
        part.problem("term", f'"{value["term"]}" is not one of the terms of the file.')
    if value["attended"] + value["unauthorised"] > value["possible"]:
        sessions = f"{value['attended']} attended and {value['unauthorised']} unauthorised"
        part.problem("possible", f"is {value['possible']}, fewer than the sessions {sessions}.")
