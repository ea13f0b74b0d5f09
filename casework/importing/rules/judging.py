"""What becomes of each row of a file, from the rows and what is known already. A family is made whole or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from casework.importing.rules import columns as c
from casework.importing.rules.cells import Level, Problem
from casework.importing.rules.columns import Sheet
from casework.importing.rules.reading import Line


class State(StrEnum):
    """What becomes, or became, of a row."""

    READY = "ready"
    MADE = "made"
    KNOWN = "known"
    HELD = "held"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return STATE_NAMES[self]


STATE_NAMES = {
    State.READY: "Would be made",
    State.MADE: "Made",
    State.KNOWN: "Already there",
    State.HELD: "For the duty manager",
    State.REFUSED: "Refused",
    State.TAKEN_BACK: "Taken back",
}
TO_MEND = frozenset({State.HELD, State.REFUSED})

MAY_BE_KNOWN = "This person may already be known. The duty manager decides; write the decision in the last column."
ONE_NUMBER = "A number belongs to one person only, so this cannot be a new one."
NUMBER_NOT_TAKEN = "This person is known without it, and a list gives nobody known a number. Write it on their page."
NOBODY_LIKE = "Nobody is known here who could be the same person."
SEVERAL_LIKE = "More than one person could be the same. Their entries have to be made one first."
FAMILY_THERE = "This family was brought over before. Add people to it on its own page."
NO_FAMILY = "No family with this reference is in this file, and none was brought over from this list before."
FAMILY_NOT_MADE = "The family itself is not made: mend its people first."
CASE_THERE = "The family has a case with some of these days already."
CASE_IN_FILE = "Row {number} is a case of the same family with some of these days."
TWICE_IN_FAMILY = "This is the same person as in row {number} of the same family."
Days = tuple[date, date | None]
"""From the day a case was opened up to the day it was closed; none while it is open."""


@dataclass(frozen=True)
class Likeness:
    """People in sight who may be the one of a row, and which of its numbers say so."""

    people: tuple[int, ...] = ()
    numbers: frozenset[str] = frozenset()

    @property
    def by_number(self) -> bool:
        return bool(self.numbers)


@dataclass(frozen=True)
class Known:
    """What is there already: families and rows of the same list, people like those of the rows, workers, cases."""

    families: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    likeness: Mapping[int, Likeness] = field(default_factory=dict)
    workers: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, Sequence[Days]] = field(default_factory=dict)


def judge(lines: Sequence[Line], known: Known) -> None:
    """Give every row its state, with a sentence for each that is not made."""
    people = [line for line in lines if line.sheet is Sheet.PEOPLE]
    cases = [line for line in lines if line.sheet is Sheet.CASES]
    twins = twins_of(people)
    for line in settled_before(people, known, twins):
        judge_person(line, known)
    twice_in_file([line for line in people if line.number not in twins])
    whole_families(people)
    follow(twins, people)
    ready = {line.family for line in people if line.state is State.READY} | known.families
    named = {line.family for line in people}
    twins = twins_of(cases)
    for line in settled_before(cases, known, twins):
        judge_case(line, known, ready=ready, named=named)
    one_at_a_time(cases)
    follow(twins, cases)


def twins_of(lines: Iterable[Line]) -> dict[int, Line]:
    """Return, by their number, the rows that say again what an earlier one of the file says, each with that one."""
    first: dict[str, Line] = {}
    return {line.number: first[line.key] for line in lines if first.setdefault(line.key, line) is not line}


def settled_before(lines: Iterable[Line], known: Known, twins: Mapping[int, Line]) -> list[Line]:
    """Mark the rows that were made before; return the others, without those that stand twice in the file."""
    rest = []
    for line in lines:
        if state_by_itself(line) is State.READY and line.key in known.rows:
            become(line, State.KNOWN)
        elif line.number not in twins:
            rest.append(line)
    return rest


def follow(twins: Mapping[int, Line], lines: Iterable[Line]) -> None:
    """Say of a row that stands twice what is said of the first: there already when that is made."""
    for line in lines:
        if line.number in twins and line.state is not State.KNOWN:
            first = twins[line.number]
            state = State(first.state) if first.state in TO_MEND else State.KNOWN
            become(line, state, Problem("", f"The same as row {first.number}.", Level.WARNING))


def become(line: Line, state: State, problem: Problem | None = None) -> None:
    line.state = state
    if problem:
        line.problems.append(problem)


def refuse(line: Line, sentence: str, *, column: str = "") -> None:
    become(line, State.REFUSED, Problem(column, sentence))


def hold(line: Line, sentence: str) -> None:
    become(line, State.HELD, Problem(c.DECIDED, sentence, Level.HELD))


def judge_person(line: Line, known: Known) -> None:
    line.state = state_by_itself(line)
    if line.state is State.READY and line.family in known.families:
        refuse(line, FAMILY_THERE, column=c.REFERENCE)
    elif line.person:
        decide_likeness(line, line.person.decided, known.likeness.get(line.number, Likeness()))


def state_by_itself(line: Line) -> State:
    return State.REFUSED if any(problem.level is Level.REFUSED for problem in line.problems) else State.READY


def decide_likeness(line: Line, decided: str, like: Likeness) -> None:
    """Follow what the duty manager decided; where nobody has yet, leave the row to them."""
    if decided == c.SAME and len(like.people) != 1:
        refuse(line, SEVERAL_LIKE if like.people else NOBODY_LIKE, column=c.DECIDED)
    elif decided == c.SAME:
        line.same_as = like.people[0]
        others = line.person.identifiers.keys() - like.numbers if line.person else ()
        line.problems += [Problem(column_of(field), NUMBER_NOT_TAKEN, Level.WARNING) for field in sorted(others)]
    elif decided == c.NEW and like.by_number:
        refuse(line, ONE_NUMBER, column=c.DECIDED)
    elif like.people and not decided and line.state is not State.REFUSED:
        hold(line, MAY_BE_KNOWN)


def twice_in_file(people: Iterable[Line]) -> None:
    """Refuse a number that stands with two people; leave two rows of one name and birth to the duty manager."""
    numbers: dict[tuple[str, str], int] = {}
    births: dict[object, Line] = {}
    same: dict[tuple[str, int], int] = {}
    for line in people:
        if line.person is None or line.state is State.KNOWN:
            continue
        for pair in line.person.identifiers.items():
            if pair in numbers and line.same_as is None:
                refuse(line, f"The same number stands in row {numbers[pair]}.", column=column_of(pair[0]))
            numbers.setdefault(pair, line.number)
        if line.same_as and same.setdefault((line.family, line.same_as), line.number) != line.number:
            refuse(line, TWICE_IN_FAMILY.format(number=same[line.family, line.same_as]))
        born = line.person.name_and_birth
        if born and born in births and not line.person.decided and line.state is State.READY:
            hold(line, f"Row {births[born].number} has the same name and date of birth. {MAY_BE_KNOWN}")
        if born:
            births.setdefault(born, line)


def column_of(field_name: str) -> str:
    return next(column for column, name in c.IDENTIFIERS.items() if name == field_name)


def whole_families(people: Iterable[Line]) -> None:
    """Hold back the other rows of a family of which one is refused or waits: it is never half made."""
    worst: dict[str, Line] = {}
    for line in people:
        if line.state in TO_MEND and (line.family not in worst or line.state is State.REFUSED):
            worst[line.family] = line
    for line in people:
        if line.state is State.READY and (other := worst.get(line.family)):
            verb = "is refused" if other.state is State.REFUSED else "waits for the duty manager"
            sentence = f"Row {other.number} of the same family {verb}, and a family is made whole or not at all."
            become(line, State(other.state), Problem("", sentence, Level(other.state)))


def judge_case(line: Line, known: Known, *, ready: Iterable[str], named: Iterable[str]) -> None:
    line.state = state_by_itself(line)
    case = line.case
    if line.state is not State.READY or case is None:
        return
    if line.family not in ready:
        refuse(line, FAMILY_NOT_MADE if line.family in named else NO_FAMILY, column=c.REFERENCE)
    elif any(overlap(days_of(line), days) for days in known.cases.get(line.family, ())):
        refuse(line, CASE_THERE, column=c.OPENED)
    if case.worker:
        line.worker = known.workers.get(case.worker.casefold())
        if line.worker is None:
            sentence = "No worker of this locality is called this: the case is made and waits for a worker."
            line.problems.append(Problem(c.WORKER, sentence, Level.WARNING))


def one_at_a_time(cases: Iterable[Line]) -> None:
    """Refuse a case with days of another one of its family: a family has one case at a time."""
    taken: dict[str, list[Line]] = {}
    for line in cases:
        if line.state is not State.READY:
            continue
        others = taken.setdefault(line.family, [])
        if clash := next((other for other in others if overlap(days_of(line), days_of(other))), None):
            refuse(line, CASE_IN_FILE.format(number=clash.number), column=c.OPENED)
        else:
            others.append(line)


def days_of(line: Line) -> Days:
    if line.case is None or line.case.opened_on is None:
        message = f"Row {line.number} is no case with a first day."
        raise ValueError(message)
    return line.case.opened_on, line.case.closed_on


def overlap(one: Days, other: Days) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


def families_by_state(lines: Iterable[tuple[str, str]]) -> Counter[State]:
    """Count families, given ``(family, state)`` of each row of people: of several states the first here counts."""
    order = [State.MADE, State.TAKEN_BACK, State.READY, State.KNOWN, State.REFUSED, State.HELD]
    best: dict[str, int] = {}
    for family, state in lines:
        place = order.index(State(state))
        best[family] = min(place, best.get(family, place))
    return Counter(order[place] for place in best.values())
