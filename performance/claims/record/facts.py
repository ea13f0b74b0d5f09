"""From what the record says to facts, as the engine reads them. Pure functions, no Django."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from performance.claims.record.progress import Seen, Spell, in_each, spells_of
from performance.pbr.rules import Fact, Member, Period, Scheme, calendar
from performance.pbr.rules.figures import as_pair

DAY = timedelta(days=1)
ADULT = 18
KINDS = frozenset(
    {
        "problem_identified", "progress_reached", "equivalent_progress", "assessment", "plan", "lead_practitioner",
        "contact", "case_closed", "pregnancy", "in_education",
    }
)  # fmt: skip
"""The kinds of fact that come from the family's record, and from no agency."""
OWN_FINDINGS = "local_concern"
"""What the register has of the service's own findings: a basis for it is one for the record."""
SEARCHED = ("contact",)
"""What the record itself would say if it had happened, from the day it is kept here."""
FOUND = frozenset({"outcome", "review", "check"})
RECORD = "The family's record"
SOURCES: Mapping[str, str] = {
    "problem_identified": f"{RECORD}: a need that was found",
    "progress_reached": f"{RECORD}: how goals and needs went",
    "equivalent_progress": f"{RECORD}: a decision on progress",
    "assessment": f"{RECORD}: an assessment that was signed off",
    "plan": f"{RECORD}: a plan the family agreed to",
    "lead_practitioner": f"{RECORD}: who works with the family",
    "contact": f"{RECORD}: a visit, call or session",
    "case_closed": f"{RECORD}: the closing of the case",
    "pregnancy": f"{RECORD}: a baby that is expected",
    "in_education": f"{RECORD}: the school or college that is named",
    "records_checked": f"{RECORD}, as kept here",
}


class Entry(NamedTuple):
    """One thing the record says of a family: what, when, of whom, and when it was seen last."""

    what: str
    entry: str
    about: str | None
    said: str
    starts: date
    ends: date | None
    seen: date


class Need(NamedTuple):
    """A need that counts as a problem of the scheme."""

    entry: Entry
    code: str


class Times(NamedTuple):
    """The rows of one need, found perhaps again and again, and the times for which it was better."""

    rows: frozenset[str]
    spells: Sequence[Spell]


Key = tuple[str, str | None]
Better = Mapping[str, Mapping[Key, Times]]
"""By problem, by need and whose it is."""


class Reading:
    """How a scheme reads the record of one family: which problem each need is, and what was known on which day."""

    def __init__(self, scheme: Scheme, on: date, reasons: Callable[[str], str] = str) -> None:
        row = scheme.by_kind.get("needs_of_the_record")
        self.codes = dict(as_pair(pair) for pair in row.in_use["pairs"]) if row else {}
        self.on, self.reasons = on, reasons

    def code_of(self, need: Entry, member: Member | None) -> str | None:
        """Return the problem that a need is: of an adult or a child where the scheme tells them apart."""
        young = calendar.is_under(ADULT, member, need.starts) if member else None
        age = {True: "child", False: "adult"}.get(young) if young is not None else None
        return self.codes.get(f"{need.said}, {age}") or self.codes.get(need.said)


def facts_of(entries: Iterable[Entry], members: Sequence[Member], reading: Reading, attached_on: date) -> list[Fact]:
    """Return the facts that a family's record holds, of people of its household alone."""
    there = {member.id: member for member in members}
    by_what: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        if each.about is None or each.about in there:
            by_what[each.what].append(each)
    needs = [Need(n, code) for n in by_what["need"] if (code := reading.code_of(n, there.get(n.about or "")))]
    counting = [need for need in needs if need.entry.ends is None or need.entry.ends > attached_on]
    better = better_times(counting, [each for what in sorted(FOUND) for each in by_what[what]])
    return [
        *problems(needs),
        *progress(better),
        *decisions(better, by_what["decision"], reading),
        *plans(by_what["plan"], {need.entry.entry: need.code for need in needs}),
        *assessments(by_what["assessment"]),
        *(spell("lead_practitioner", each) for each in by_what["lead"]),
        *contacts(by_what["contact"], by_what["kept"], reading.on),
        *closings(by_what["case"]),
        *(spell("pregnancy", each) for each in by_what["pregnancy"] if each.seen >= each.starts),
        *(spell("in_education", each) for each in by_what["school"] if each.seen >= each.starts),
    ]


def fact(kind: str, name: str, period: Period, seen: date, person: str | None = None, **value: Any) -> Fact:
    return Fact(f"record:{name}", kind, person, period, value, SOURCES[kind], max(seen, period.starts_on))


def event(kind: str, name: str, day: date, seen: date, person: str | None = None, **value: Any) -> Fact:
    return fact(kind, name, Period(day, day), seen, person, **value)


def spell(kind: str, each: Entry) -> Fact:
    return fact(kind, f"{kind}:{each.entry}", Period(each.starts, each.ends), each.seen, each.about)


def problems(needs: Iterable[Need]) -> Iterator[Fact]:
    for need, code in needs:
        name = f"need:{need.entry}"
        yield event("problem_identified", name, need.starts, need.seen, need.about, problem=code, need=need.said)


def better_times(needs: Iterable[Need], found: Iterable[Entry]) -> Better:
    """Return for each problem its needs, each with the times for which it was better."""
    seen: dict[str, list[Seen]] = defaultdict(list)
    for each in found:
        seen[each.entry].append(Seen(each.starts, each.what, each.said, each.seen))
    told: dict[str, dict[Key, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    rows: dict[str, dict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
    for need, code in sorted(needs, key=lambda one: one.entry.starts):
        key = need.said, need.about
        told[code][key] += [Seen(need.starts, "found", "", need.starts)] if rows[code][key] else []
        told[code][key] += seen[need.entry]
        rows[code][key].add(need.entry)
    return {
        code: {key: Times(frozenset(rows[code][key]), spells_of(of_it)) for key, of_it in of_each.items()}
        for code, of_each in told.items()
    }


def progress(better: Better) -> Iterator[Fact]:
    """Yield for each problem the times for which all its needs were better, as far as somebody saw it."""
    for code, of_each in better.items():
        for each in in_each([times.spells for times in of_each.values()]):
            period, person = Period(each.starts_on, each.ends_on), person_of(of_each)
            name = f"progress:{code}:{each.starts_on}"
            yield fact("progress_reached", name, period, each.seen_on, person, problem=code)


def person_of(of_each: Mapping[Key, Times]) -> str | None:
    """Return the one person a problem is of; None where it is the family's, or several people's."""
    people = {person for _, person in of_each}
    return people.pop() if len(people) == 1 else None


def decisions(better: Better, entries: Sequence[Entry], reading: Reading) -> Iterator[Fact]:
    """Yield what was decided to be worth a goal, where every other need of the same problem is better."""
    for code, of_each in better.items():
        mine = [each for each in entries if any(each.entry in times.rows for times in of_each.values())]
        decided = {each.entry for each in mine}
        open_still = (times for times in of_each.values() if not times.rows & decided)
        if mine and all(times.spells and times.spells[-1].ends_on is None for times in open_still):
            last = max(mine, key=lambda one: (one.starts, one.entry))
            told = json.loads(last.said)
            because = reading.reasons(told.pop("because"))
            name = f"decision:{code}:{last.entry}"
            told = {"problem": code, "reason": because, **told}
            yield event("equivalent_progress", name, last.starts, last.seen, person_of(of_each), **told)


def plans(entries: Iterable[Entry], codes: Mapping[str, str]) -> Iterator[Fact]:
    """Yield each plan that was agreed, with the problems that its goals act on."""
    acts_on: dict[tuple[str, date], set[str]] = defaultdict(set)
    for each in entries:
        acts_on[each.entry, each.starts] |= {codes[each.said]} if each.said in codes else set()
    for (uid, day), found in acts_on.items():
        value = {"problems": sorted(found)} if found else {}
        yield event("plan", f"plan:{uid}", day, day, **value)


def assessments(entries: Iterable[Entry]) -> Iterator[Fact]:
    for each in entries:
        whole = each.said == "true"
        yield event("assessment", f"assessment:{each.entry}", each.starts, each.seen, whole_family=whole)


def contacts(entries: Iterable[Entry], kept: Iterable[Entry], on: date) -> Iterator[Fact]:
    """Yield the days of contact, and that no other was, from the day on which the record is kept here."""
    for each in sorted(entries, key=lambda one: one.starts):
        yield event("contact", f"contact:{each.starts}", each.starts, each.seen)
    for each in kept:
        for kind in SEARCHED:
            yield fact("records_checked", f"searched:{kind}", Period(each.starts, on), on, **{"for": kind})


def closings(cases: Iterable[Entry]) -> Iterator[Fact]:
    """Yield the time since each closing, to the day before a case was opened again."""
    ordered = sorted(cases, key=lambda one: (one.starts, one.entry))
    opened = [each.starts for each in ordered]
    for each in ordered:
        if each.ends is None:
            continue
        again = min((day for day in opened if day >= each.ends and day > each.starts), default=None)
        if again == each.ends:
            continue  # opened again the same day: it was never closed
        period = Period(each.ends, again - DAY if again else None)
        yield fact("case_closed", f"closed:{each.entry}", period, max(each.seen, each.ends))
