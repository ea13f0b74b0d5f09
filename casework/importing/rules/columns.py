"""The columns of the two sheets: what the template, the page, the document and the reading of a file all go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from families.identifiers.rules import KINDS
from families.needs.rules import NEEDS


class Sheet(StrEnum):
    """The two lists a locality keeps."""

    PEOPLE = "people"
    CASES = "cases"

    @property
    def label(self) -> str:
        return SHEET_NAMES[self]


SHEET_NAMES = {Sheet.PEOPLE: "People", Sheet.CASES: "Cases"}

CARE, EXPECTED = "care", "expected"
PARTS: Mapping[str, str] = {
    "Parent or carer": "parent",
    "Child": "child",
    "Child in care": CARE,
    "Expected baby": EXPECTED,
    "Other adult": "adult",
    "Parent living elsewhere": "away",
    "Relative living elsewhere": "relative",
}
SEXES: Mapping[str, str] = {"Female": "female", "Male": "male", "Another way": "other", "Not known": "not_known"}
YES_OR_NO: Mapping[str, str] = {"Yes": "yes", "No": ""}
HOWS: Mapping[str, str] = {
    "Told the referrer": "referrer",
    "Told a worker in person": "in_person",
    "In writing": "writing",
    "By telephone": "phone",
}
SAME, NEW = "same", "new"
DECISIONS: Mapping[str, str] = {"Same person": SAME, "New person": NEW}

REFERENCE, GIVEN, SURNAME, BORN = "Family reference", "Given names", "Surname", "Date of birth"
ESTIMATED, SEX, PART, SCHOOL = "Birth is an estimate", "Sex", "Place in the household", "School"
ADDRESS, POSTCODE, PHONE, JOINED, LEFT = "Address", "Postcode", "Telephone", "Joined on", "Left on"
DECIDED = "Duty manager decided"
CARE_OF, CARE_SINCE, DUE = "Responsible for a child in care", "In care since", "Baby expected on"
OPENED, CLOSED, WORKER, WORKER_SINCE = "Case opened on", "Case closed on", "Worker", "Worker since"
REFERRED_BY, REFERRED_ON, AGREED_ON, AGREED_HOW = "Referred by", "Referred on", "Agreement given on", "How it agreed"
LAST_VISIT, COMPLEX = "Last visit on", "Highly complex"
IDENTIFIERS: Mapping[str, str] = {kind.short: field for field, kind in KINDS.items()}
NEED_COLUMNS: Mapping[str, str] = {f"Need: {label}": kind for kind, label in NEEDS.items()}

ROW, REASON = "Row", "Reason"
"""What the list of rows to mend has beside its columns; a file that comes back with them is taken as well."""


@dataclass(frozen=True)
class Column:
    """One column: its head, what stands in it, and how the sheet of a made-up family fills it."""

    name: str
    means: str
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""


def chosen(name: str, means: str, choices: Mapping[str, str], *, required: bool = False, example: str = "") -> Column:
    said = f"{means} One of: {', '.join(choices)}."
    return Column(name, said, required, tuple(choices), example)


A_DAY = "Written 03/10/2013 or 2013-10-03, or a cell formatted as a date."

COLUMNS: Mapping[Sheet, tuple[Column, ...]] = {
    Sheet.PEOPLE: (
        Column(REFERENCE, "What your list calls the family. Rows with the same one are one family; it is kept, so that "
               "the same row sent again changes nothing.", required=True, example="CH-014"),
        Column(GIVEN, "All given names. An expected baby without a name is called Baby.", required=True,
               example="Donna Louise"),
        Column(SURNAME, "The family name in use.", required=True, example="Palmer"),
        Column(BORN, f"{A_DAY} Leave it empty if nobody knows.", example="04/05/1980"),
        chosen(ESTIMATED, "Yes when the day of birth is only near to it.", YES_OR_NO, example="No"),
        chosen(SEX, "As the person says it.", SEXES, example="Female"),
        chosen(PART, "What this person is in the household.", PARTS, required=True, example="Parent or carer"),
        Column(CARE_OF, "Of a child in care, and of nobody else: the council or team that is responsible."),
        Column(CARE_SINCE, f"Of a child in care. {A_DAY} The child lived in the family from “Joined on” to it. "
               "Empty: in care since “Joined on”."),
        Column(DUE, f"Of an expected baby, and of nobody else. {A_DAY} Within the next ten months, or the last two."),
        Column(SCHOOL, "School or nursery of a child."),
        Column(ADDRESS, "Where this person lives now, without the postcode. Nothing for who lives elsewhere, is in "
               "care or is not born yet.",
               example="12 Mill Lane, Loughborough"),
        Column(POSTCODE, "The postcode of that address.", example="LE11 2AB"),
        Column(PHONE, "A telephone number. Format the column as text, or a spreadsheet drops the first nought.",
               example="01509 555012"),
        Column("NHS number", "Ten numbers.", example=""),
        Column("UPN", "Unique pupil number: a letter and 12 numbers."),
        Column("NI number", "National Insurance number."),
        Column(JOINED, f"The first day in this family, as far as you know. {A_DAY} Empty: since the case was opened or "
               "the family referred, else since the day of the import.", example="07/01/2013"),
        Column(LEFT, f"The first day no longer in the family. {A_DAY} Empty for who is in it."),
        chosen(DECIDED, "Only where an earlier try said that somebody may already be known: what the duty manager "
               "decided.", DECISIONS),
    ),
    Sheet.CASES: (
        Column(REFERENCE, "The family, as in the sheet of people, or as it was brought over from the same list before.",
               required=True, example="CH-014"),
        Column(OPENED, A_DAY, required=True, example="14/02/2014"),
        Column(CLOSED, f"Only for a case that is over. {A_DAY}"),
        Column(WORKER, "Who works with the family: user name, e-mail address, or first and last name as in this "
               "service. Empty: the family waits for a worker.", example="fsw.charnwood"),
        Column(WORKER_SINCE, f"{A_DAY} Empty: since the case was opened."),
        Column(REFERRED_BY, "The school, practice or team that referred the family.", example="Rawlins Academy"),
        Column(REFERRED_ON, A_DAY, example="20/01/2014"),
        Column(AGREED_ON, f"When the family agreed to the service. {A_DAY} Without it no case is made.",
               example="10/02/2014"),
        chosen(AGREED_HOW, "How the family said so. Empty: told a worker in person.", HOWS, example="In writing"),
        chosen(COMPLEX, "Yes when the case weighs as highly complex in the caseload of its worker.", YES_OR_NO,
               example="No"),
        Column(LAST_VISIT, f"The last home visit. {A_DAY} It becomes one entry without a story.", example="01/10/2014"),
        *(Column(name, f"The day this need was found, if the family has it. {A_DAY}",
                 example="14/02/2014" if kind == "housing" else "") for name, kind in NEED_COLUMNS.items()),
    ),
}  # fmt: skip


def part_in_words(part: str) -> str:
    return next(words for words, code in PARTS.items() if code == part)


def names_of(sheet: Sheet) -> tuple[str, ...]:
    return tuple(column.name for column in COLUMNS[sheet])


def sheet_of(names: list[str]) -> Sheet | None:
    """Return which sheet has these columns: the one whose required ones are all there."""
    for sheet, columns in COLUMNS.items():
        if {column.name for column in columns if column.required} <= set(names):
            return sheet
    return None
