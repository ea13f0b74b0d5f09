"""What is taken away: the empty template, the rows to mend, and the report that ties out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from casework.importing.models import ImportFile, ImportRow
from casework.importing.rules.columns import COLUMNS, REASON, ROW, Column, Sheet, names_of
from casework.importing.rules.judging import State
from families.people.models import Family, Membership
from slf.accounts.models import User
from slf.paper.sheets import Page, book_bytes, csv_bytes
from slf.web.words import day_in_words

EXPLAINED = ("Sheet", "Column", "Must be filled in", "What it holds", "Example")
TALLIED = ("What", "In the file", *(state.label for state in State))
NUMBERS = (
    ("Numbers in rows that are made", "total"),
    ("Of them kept", "kept"),
    ("Of them to be checked before they are kept", "to_check"),
    ("Of them not taken, because the person is known", "not_taken"),
)
TOLD = (
    "Sheet", "Row", "Family reference", "Who or what", "What became of it", "Why, or what to know", "SLF reference",
    "Joined on, or case opened on", "Needs dated", "Came from",
)  # fmt: skip


def template_bytes(*, example: bool = False) -> bytes:
    """Return the template: both sheets empty (or with a made-up family) and what each column holds."""
    sheets = [
        Page(sheet.label, names_of(sheet), example_rows(sheet) if example else [], as_text=True) for sheet in Sheet
    ]
    return book_bytes([*sheets, Page("Columns", EXPLAINED, explained())], title="Families to bring over")


def template_csv(sheet: Sheet) -> bytes:
    return csv_bytes(names_of(sheet), [])


def example_rows(sheet: Sheet) -> list[Sequence[str]]:
    return [[column.example for column in COLUMNS[sheet]]]


def explained() -> list[Sequence[str]]:
    return [(sheet.label, *line_of(column)) for sheet in Sheet for column in COLUMNS[sheet]]


def line_of(column: Column) -> tuple[str, str, str, str]:
    return column.name, "Yes" if column.required else "", column.means, column.example


def columns_in_words() -> str:
    """Return the columns as the document lists them: ``docs/importing.md`` holds exactly this."""
    parts = []
    for sheet in Sheet:
        lines = [f"| {' | '.join(cell or ' ' for cell in line_of(column))} |" for column in COLUMNS[sheet]]
        head = "| Column | Must be filled in | What it holds | Example |\n| --- | --- | --- | --- |"
        parts.append(f"### {sheet.label}\n\n{head}\n" + "\n".join(lines))
    return "\n\n".join(parts)


# To mend -------------------------------------------------------------------------------------------------------------


def mend_pages(rows: Iterable[ImportRow]) -> list[Page]:
    """Return the rows that are not made, sheet by sheet, as they were sent, with their number and why."""
    kept = list(rows)
    return [
        Page(
            sheet.label,
            [*names_of(sheet), ROW, REASON],
            [
                [*(row.raw.get(name, "") for name in names_of(sheet)), str(row.number), row.reasons]
                for row in kept
                if row.sheet == sheet
            ],
            as_text=True,
        )
        for sheet in Sheet
    ]


# The report ----------------------------------------------------------------------------------------------------------


Sums = list[tuple[str, int, dict[State, int]]]


def tally(file: ImportFile, *, user: User) -> Sums:
    """Return how many families, people, cases and numbers the file has, and what became of them: the sum is the first.

    A number goes with its row; of those of rows that are made, ``numbers_made`` says what became.
    """
    rows = ImportRow.objects.visible_to(user).filter(file=file)
    counts, families, numbers = rows.counts(), rows.families(), rows.numbers()
    found = [
        ("Families", families), ("People", counts[Sheet.PEOPLE]), ("Cases", counts[Sheet.CASES]),
        ("Numbers", {state: sums["total"] for state, sums in numbers.items()}),
    ]  # fmt: skip
    return [(what, sum(numbers.values()), {state: numbers.get(state, 0) for state in State}) for what, numbers in found]


def numbers_made(file: ImportFile, *, user: User) -> dict[str, int]:
    """Return of the numbers in rows that are made how many are kept, to be checked, and of people who are known."""
    made = ImportRow.objects.visible_to(user).filter(file=file).numbers().get(State.MADE)
    sums = dict(made or {"total": 0, "kept": 0, "to_check": 0})
    return sums | {"not_taken": sums["total"] - sums["kept"] - sums["to_check"]}


def report_pages(file: ImportFile, *, user: User) -> list[Page]:
    """Return the report: the sums that tie out, then every row with what became of it and its days."""
    sums = [[what, total, *numbers.values()] for what, total, numbers in tally(file, user=user)]
    numbers = numbers_made(file, user=user)
    about = [
        ["Locality", file.locality.name], ["List", file.source], ["File", file.name],
        ["Sent", f"{file.uploaded_by}, {day_in_words(file.received_on)}"],
        ["Confirmed", f"{file.confirmed_by}, {day_in_words(file.confirmed_on)}" if file.confirmed_on else "Not yet"],
        ["Taken back", day_in_words(file.taken_back_at) if file.taken_back_at else "No"],
        *([what, numbers[key]] for what, key in NUMBERS),
    ]  # fmt: skip
    return [
        Page("Sums", TALLIED, sums),
        Page("Rows", TOLD, report_rows(file, user=user)),
        Page("About", ("What", "Which"), about),
    ]


def report_rows(file: ImportFile, *, user: User) -> list[Sequence[Any]]:
    """Return a line for each row, with the days that are kept. What is out of the reader's sight now is not told."""
    rows = ImportRow.objects.visible_to(user).filter(file=file).in_order().select_related("case", "family")
    joined = days_joined(file, user=user)
    return [report_row(row, file, joined) for row in rows]


def days_joined(file: ImportFile, *, user: User) -> dict[tuple[int, int], date]:
    made = ImportRow.objects.visible_to(user).filter(file=file, sheet=Sheet.PEOPLE, state=State.MADE)
    rows = Membership.objects.visible_to(user).filter(family__in=made.values("family")).order_by("-period")
    return {(row.family_id, row.person_id): row.period.lower for row in rows.only("family_id", "person_id", "period")}


def report_row(row: ImportRow, file: ImportFile, joined: Mapping[tuple[int, int], date]) -> Sequence[Any]:
    family, case = row.family, row.case  # loaded with the row: none where the reader may not see it
    kept = case.opened_on if case else joined.get((row.family_id, row.person_id)) if family else None
    return (
        row.get_sheet_display(), row.number, row.reference, row.who, row.get_state_display(), row.reasons,
        family.reference if family else "", kept, needs_in_words(row),
        f"{file.source}, {file.name}, row {row.number}" if row.state == State.MADE else "",
    )  # fmt: skip


def needs_in_words(row: ImportRow) -> str:
    return "; ".join(
        f"{name.removeprefix('Need: ')}: {day}" for name, day in row.raw.items() if day and "Need: " in name
    )


# Whose they are -------------------------------------------------------------------------------------------------------


def families_of(rows: Iterable[ImportRow], *, user: User) -> set[int]:
    """Return the families in sight that some rows became, for the view log."""
    ids = {row.family_id for row in rows if row.family_id}
    return set(Family.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def families_made(file: ImportFile, *, user: User) -> set[int]:
    made = ImportRow.objects.visible_to(user).filter(file=file, family__isnull=False).values("family")
    return set(Family.objects.visible_to(user).filter(pk__in=made).values_list("pk", flat=True))
