"""What a chronology is made of, and its one order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import IntEnum, StrEnum, auto
from uuid import UUID


class Kind(StrEnum):
    CONTACT = "contact"
    DECISION = "decision"
    HOUSEHOLD = "household"
    NEED = "need"
    STAR = "star"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    HELP = "help"
    TASK = "task"
    TEAM = "team"
    DOCUMENT = "document"
    MONEY = "money"
    EVIDENCE = "evidence"
    CONCERN = "concern"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.CONTACT: "Contacts",
    Kind.DECISION: "Decisions",
    Kind.HOUSEHOLD: "Household",
    Kind.NEED: "Needs",
    Kind.STAR: "Star readings",
    Kind.ASSESSMENT: "Assessments",
    Kind.PLAN: "Plan",
    Kind.HELP: "Help given",
    Kind.TASK: "Tasks",
    Kind.TEAM: "Team around the family",
    Kind.DOCUMENT: "Documents",
    Kind.MONEY: "Money",
    Kind.EVIDENCE: "Evidence",
    Kind.CONCERN: "Safeguarding",
}

ONE_OF: Mapping[Kind, str] = {
    Kind.CONTACT: "Contact",
    Kind.DECISION: "Decision",
    Kind.HOUSEHOLD: "Household",
    Kind.NEED: "Need",
    Kind.STAR: "Star reading",
    Kind.ASSESSMENT: "Assessment",
    Kind.PLAN: "Plan",
    Kind.HELP: "Help given",
    Kind.TASK: "Task",
    Kind.TEAM: "Team around the family",
    Kind.DOCUMENT: "Document",
    Kind.MONEY: "Money",
    Kind.EVIDENCE: "Evidence",
    Kind.CONCERN: "Safeguarding",
}


class Step(IntEnum):
    """What comes before what within one day, as the work goes."""

    EVIDENCE = auto()
    REFERRED = auto()
    ACCEPTED = auto()
    AGREEMENT = auto()
    HOUSEHOLD = auto()
    NEED_FOUND = auto()
    CASE_OPENED = auto()
    WORK_BEGAN = auto()
    HANDED_OVER = auto()
    MOVED = auto()
    ALLOCATED = auto()
    RESTRICTED = auto()
    DOCUMENT = auto()
    CONTACT = auto()
    CONCERN = auto()
    STATEMENT = auto()
    STAR = auto()
    ASSESSMENT_STARTED = auto()
    ASSESSMENT_FINISHED = auto()
    ASSESSMENT_SIGNED = auto()
    PLAN_STARTED = auto()
    PLAN_AGREED = auto()
    PLAN_REVIEWED = auto()
    OWN_PAGE = auto()
    OWN_WORD = auto()
    SUPERVISED = auto()
    HELP = auto()
    TASK = auto()
    TEAM = auto()
    MONEY = auto()
    CARE_STEP = auto()
    NEED_MET = auto()
    CLOSING_PROPOSED = auto()
    PLAN_ENDED = auto()
    CASE_CLOSED = auto()
    CLOSING_TAKEN_BACK = auto()
    BROUGHT_OVER = auto()


@dataclass(frozen=True)
class Entry:
    """One thing that happened. ``detail`` are short facts beside it, ``text`` what somebody wrote.

    ``key`` names the row it tells of, where somebody may contest that, ``mark`` where it may be kept from somebody;
    ``people`` those of whom it tells; ``rests_on`` the marks of what else it tells of.
    """

    on: date
    kind: Kind
    step: Step
    title: str
    text: str = ""
    detail: tuple[str, ...] = ()
    by: str = ""
    href: str = ""
    at: time | None = None
    key: str = ""
    mark: str = ""
    people: frozenset[UUID] = frozenset()
    rests_on: frozenset[str] = frozenset()

    @property
    def kind_name(self) -> str:
        return ONE_OF[self.kind]

    @property
    def marks(self) -> frozenset[str]:
        """What may be kept from somebody, and this entry with it."""
        return self.rests_on | ({self.mark} if self.mark else set())

    def is_a_need_of(self, people: frozenset[UUID]) -> bool:
        return self.kind is Kind.NEED and not self.people.isdisjoint(people)

    @property
    def is_for_a_reader(self) -> bool:
        return self.kind in FOR_A_READER and self.step not in OF_ONE_PERSON


FOR_A_READER = frozenset({Kind.CONTACT, Kind.NEED, Kind.STAR, Kind.PLAN, Kind.HELP})
"""What is in a chronology that is made for one person of the family: what was done with them, and nothing of where
others are, of what agencies told, of money or of concerns."""
OF_ONE_PERSON = frozenset({Step.OWN_PAGE, Step.OWN_WORD})
"""What somebody was asked alone and said for themselves: that an own page is not safe, and their words on theirs."""


def with_marks(entries: Iterable["Entry"], marks: Mapping[str, Iterable[str]]) -> list["Entry"]:
    """Return the entries as those read them whose work needs it: with whose information each is, and whom it is not
    for. ``marks`` are lines of words by what they are said of."""
    return [
        replace(entry, detail=(*entry.detail, *marks[entry.mark])) if entry.mark in marks else entry
        for entry in entries
    ]


def printed_for(
    entries: Iterable["Entry"], *, withheld: frozenset[str], others: frozenset[UUID] = frozenset()
) -> list["Entry"]:
    """Return what one person of the family may have in their hands: ``withheld`` are the marks kept from them, and
    ``others`` those of whose needs they are not told."""
    theirs = (entry for entry in entries if entry.is_for_a_reader and not entry.is_a_need_of(others))
    return [entry for entry in theirs if entry.marks.isdisjoint(withheld)]


@dataclass(frozen=True)
class Narrowed:
    """What is shown of a chronology: what tells of one person, and the days from and to, both included."""

    person: UUID | None = None
    since: date | None = None
    until: date | None = None

    def takes(self, entry: Entry) -> bool:
        return (
            (self.person is None or self.person in entry.people)
            and (self.since is None or self.since <= entry.on)
            and (self.until is None or entry.on <= self.until)
        )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the newest first; of one day what came last in the work, and of contacts the later hour."""
    return sorted(entries, key=lambda entry: (entry.on, entry.step, entry.at or time.min), reverse=True)


def counted(entries: Iterable[Entry]) -> dict[Kind, int]:
    """Return how many there are of each kind, every kind named; concerns only where there are some to be seen."""
    found = Counter(entry.kind for entry in entries)
    return {kind: found[kind] for kind in Kind if found[kind] or kind is not Kind.CONCERN}


def known_kind(text: str | None) -> Kind | None:
    return Kind(text) if text in set(Kind) else None
