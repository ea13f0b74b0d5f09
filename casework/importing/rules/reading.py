"""A row of people and a row of cases, read: what is made of them when nothing is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from casework.importing.rules import columns as c
from casework.importing.rules.cells import Cells, Problem
from casework.importing.rules.columns import Sheet
from families.households.rules import check_expected
from families.hub.rules import digest
from families.people.rules import LIVES_THERE, LONGEST_NAME

LONGEST_REFERENCE, LONGEST_PHONE, LONGEST_SCHOOL = 40, 30, 120
LONGEST_RESPONSIBLE = 120
UNNAMED = "Baby"
NOBODY_KNOWS_WHEN = "Without a date of birth nobody can tell whether this is a child, or somebody known."
NO_ADDRESS = "Of somebody who does not live in the home no address is kept in this family."
NO_PHONE = "Of a child in care, and of a baby that is not born, no telephone is kept in this family."
NO_WORKER_WEIGHS = "The weight is kept with the worker. There is none, so say it again when the family is given to one."
NO_AGREEMENT = "No case is made without an agreement. Ask the family, and say here when it agreed."


@dataclass(frozen=True)
class PersonRow:
    """Somebody of a family, as the list has them."""

    given_names: str
    family_name: str
    part: str
    born_on: date | None = None
    born_estimated: bool = False
    expected_on: date | None = None
    gender: str = ""
    responsible: str = ""
    in_care_since: date | None = None
    school: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    joined_on: date | None = None
    left_on: date | None = None
    decided: str = ""

    @property
    def name_and_birth(self) -> tuple[str, str, date] | None:
        """What makes two rows likely one person: the first given name, the surname and a birth that is no estimate."""
        first = self.given_names.split()[:1]
        if self.born_on is None or self.born_estimated or not first:
            return None
        return first[0].casefold(), self.family_name.casefold(), self.born_on


@dataclass(frozen=True)
class CaseRow:
    """A family's time with the service, as the list has it."""

    opened_on: date | None
    closed_on: date | None = None
    worker: str = ""
    worker_since: date | None = None
    referred_by: str = ""
    referred_on: date | None = None
    agreed_on: date | None = None
    agreed_how: str = ""
    last_visit_on: date | None = None
    highly_complex: bool = False
    needs: Mapping[str, date] = field(default_factory=dict)


@dataclass
class Line:
    """One row on its way. ``family`` and ``key`` name it across files; ``state`` comes with the judgement."""

    sheet: Sheet
    number: int
    raw: Mapping[str, str]
    reference: str
    family: str
    key: str
    person: PersonRow | None = None
    case: CaseRow | None = None
    problems: list[Problem] = field(default_factory=list)
    state: str = ""
    same_as: int | None = None
    worker: int | None = None


def read_line(sheet: Sheet, number: int, raw: Mapping[str, str], *, today: date) -> Line:
    """Read one row of either sheet with every problem it has by itself."""
    cells = Cells(raw, today=today)
    reference = cells.text(c.REFERENCE, required=True, longest=LONGEST_REFERENCE)
    line = Line(sheet, number, raw, reference, family_key(reference), "", problems=cells.problems)
    if sheet is Sheet.PEOPLE:
        line.person = read_person(cells)
        line.key = digest([line.family, *who(line.person)])
    else:
        line.case = read_case(cells)
        line.key = digest([line.family, str(line.case.opened_on)])
    return line


def family_key(reference: str) -> str:
    """Return what names a family of a list, however it is capitalised and spaced."""
    return "".join(reference.split()).casefold()


def who(person: PersonRow) -> tuple[str, ...]:
    return person.given_names.casefold(), person.family_name.casefold(), str(person.expected_on or person.born_on)


def read_person(cells: Cells) -> PersonRow:
    part = cells.choice(c.PART, c.PARTS, required=True)
    row = PersonRow(
        given_names=read_given(cells, part),
        family_name=cells.text(c.SURNAME, required=True, longest=LONGEST_NAME),
        part=part,
        born_on=cells.day(c.BORN),
        born_estimated=bool(cells.choice(c.ESTIMATED, c.YES_OR_NO)),
        expected_on=cells.day_to_come(c.DUE, partial(check_expected, today=cells.today)),
        gender=cells.choice(c.SEX, c.SEXES),
        responsible=cells.text(c.CARE_OF, longest=LONGEST_RESPONSIBLE),
        in_care_since=cells.day(c.CARE_SINCE),
        school=cells.text(c.SCHOOL, longest=LONGEST_SCHOOL),
        address=cells.text(c.ADDRESS),
        postcode=cells.postcode(c.POSTCODE),
        phone=cells.telephone(c.PHONE),
        identifiers={name: code for column, name in c.IDENTIFIERS.items() if (code := cells.identifier(column, name))},
        joined_on=cells.day(c.JOINED),
        left_on=cells.day(c.LEFT),
        decided=cells.choice(c.DECIDED, c.DECISIONS),
    )
    check_person(cells, row)
    check_care(cells, row)
    check_baby(cells, row)
    return row


def read_given(cells: Cells, part: str) -> str:
    named = cells.text(c.GIVEN, required=part != c.EXPECTED, longest=LONGEST_NAME)
    return named or (UNNAMED if part == c.EXPECTED else "")


def says(cells: Cells, column: str) -> bool:
    return bool(cells.raw.get(column, "").strip())


def check_person(cells: Cells, row: PersonRow) -> None:
    if row.part != c.EXPECTED and not says(cells, c.BORN):
        cells.warn(c.BORN, NOBODY_KNOWS_WHEN)
    if row.born_estimated and not says(cells, c.BORN):
        cells.wrong(c.ESTIMATED, "There is no date of birth that could be an estimate.")
    if not row.born_estimated:
        cells.in_order((c.BORN, row.born_on), (c.JOINED, row.joined_on))
    cells.in_order((c.JOINED, row.joined_on), (c.LEFT, row.left_on), strictly=True)
    if row.left_on and row.joined_on is None:
        cells.wrong(c.JOINED, "Somebody who left must have joined on some day: say when.")
    if row.part and row.part not in LIVES_THERE and (row.address or row.postcode):
        cells.warn(c.ADDRESS, NO_ADDRESS)
    if row.part in {c.CARE, c.EXPECTED} and row.phone:
        cells.warn(c.PHONE, NO_PHONE)


def check_care(cells: Cells, row: PersonRow) -> None:
    if row.part == c.CARE and not says(cells, c.CARE_OF):
        cells.wrong(c.CARE_OF, "Say who is responsible for this child.")
    if row.part and row.part != c.CARE:
        for column in (c.CARE_OF, c.CARE_SINCE):
            if says(cells, column):
                cells.wrong(column, f"Only of somebody whose place is “{c.part_in_words(c.CARE)}”.")
    if row.in_care_since and not says(cells, c.JOINED):
        cells.wrong(c.JOINED, f"Say since when the child was in the family before “{c.CARE_SINCE}”.")
    cells.in_order((c.JOINED, row.joined_on), (c.CARE_SINCE, row.in_care_since))
    cells.in_order((c.CARE_SINCE, row.in_care_since), (c.LEFT, row.left_on), strictly=True)


def check_baby(cells: Cells, row: PersonRow) -> None:
    if row.part != c.EXPECTED:
        if row.part and says(cells, c.DUE):
            cells.wrong(c.DUE, f"Only of somebody whose place is “{c.part_in_words(c.EXPECTED)}”.")
        return
    if not says(cells, c.DUE):
        cells.wrong(c.DUE, "Say when the baby is expected.")
    for column in (c.BORN, c.LEFT, *c.IDENTIFIERS):
        if says(cells, column):
            cells.wrong(column, "A baby that is not born yet has none. Leave it empty, or say that it is a child.")


def read_case(cells: Cells) -> CaseRow:
    needs = {kind: day for name, kind in c.NEED_COLUMNS.items() if (day := cells.day(name))}
    row = CaseRow(
        opened_on=cells.day(c.OPENED, required=True),
        closed_on=cells.day(c.CLOSED),
        worker=cells.text(c.WORKER),
        worker_since=cells.day(c.WORKER_SINCE),
        referred_by=cells.text(c.REFERRED_BY),
        referred_on=cells.day(c.REFERRED_ON),
        agreed_on=cells.day(c.AGREED_ON),
        agreed_how=cells.choice(c.AGREED_HOW, c.HOWS),
        last_visit_on=cells.day(c.LAST_VISIT),
        highly_complex=bool(cells.choice(c.COMPLEX, c.YES_OR_NO)),
        needs=needs,
    )
    check_case(cells, row)
    return row


def check_case(cells: Cells, row: CaseRow) -> None:
    opened, closed = (c.OPENED, row.opened_on), (c.CLOSED, row.closed_on)
    cells.in_order(opened, closed, strictly=True)
    cells.in_order(opened, (c.WORKER_SINCE, row.worker_since))
    cells.in_order((c.WORKER_SINCE, row.worker_since), closed, strictly=True)
    cells.in_order((c.REFERRED_ON, row.referred_on), opened)
    cells.in_order((c.LAST_VISIT, row.last_visit_on), closed)
    cells.in_order((c.AGREED_ON, row.agreed_on), closed)
    for name, kind in c.NEED_COLUMNS.items():
        cells.in_order((name, row.needs.get(kind)), closed)
    if row.agreed_on is None and not cells.raw.get(c.AGREED_ON, "").strip():
        cells.wrong(c.AGREED_ON, NO_AGREEMENT)
    if row.agreed_on and row.opened_on and row.agreed_on > row.opened_on:
        cells.warn(c.AGREED_ON, "The family agreed after the case was opened. Work counts from the agreement on.")
    if row.last_visit_on and row.opened_on and row.last_visit_on < row.opened_on:
        cells.warn(c.LAST_VISIT, "The last visit was before the case was opened.")
    if row.highly_complex and not row.worker:
        cells.warn(c.COMPLEX, NO_WORKER_WEIGHS)
    if row.agreed_on and not row.agreed_how and not cells.raw.get(c.AGREED_HOW, "").strip():
        cells.warn(c.AGREED_HOW, "Nothing says how: it is kept as told a worker in person.")
