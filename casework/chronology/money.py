"""The chronology of a family's money: asked for, approved or declined, paid, cancelled; a changed allowance."""

from collections.abc import Iterator

from casework.budget.models import BudgetEntry, Spending
from casework.budget.rules import Kind as EntryKind
from casework.budget.rules import State, pounds
from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from families.people.models import Family
from slf.accounts.models import User

DECIDED = {State.DECLINED: "declined", State.APPROVED: "approved", State.PAID: "approved", State.CANCELLED: "approved"}
TOLD = (EntryKind.CHANGE, EntryKind.PAYMENT, EntryKind.REVERSAL)


def requests(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Spending.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "ended_on", "decided_on", "asked_on"):
        what, href = f"{pounds(row.amount)} for {row.payee}", row.get_absolute_url()
        asked = {"text": row.what_for, "by": str(row.asked_by), "href": href}
        yield Entry(row.asked_on, Kind.MONEY, Step.MONEY, f"{what}: asked for", **asked)
        if row.decided_on:
            said = {"text": row.answer, "by": str(row.decided_by), "href": href}
            yield Entry(row.decided_on, Kind.MONEY, Step.MONEY, f"{what}: {DECIDED[State(row.state)]}", **said)
        if row.ended_on:
            said = {"text": row.because, "by": str(row.ended_by), "href": href}
            yield Entry(row.ended_on, Kind.MONEY, Step.MONEY, f"{what}: cancelled", **said)


def entries(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what was paid, a changed allowance, and what was reversed."""
    rows = BudgetEntry.objects.visible_to(user).filter(family=family, kind__in=TOLD)
    rows = rows.select_related("spending", "recorded_by", "reverses")
    for row in newest(rows, most, "counts_on"):
        href = row.spending.get_absolute_url() if row.spending else ""
        said = {"text": row.reason, "by": str(row.recorded_by), "href": href}
        yield Entry(row.counts_on, Kind.MONEY, Step.MONEY, title_of(row), **said)


def title_of(row: BudgetEntry) -> str:
    undone = row.reverses or row
    if undone.kind == EntryKind.CHANGE:
        title = f"Allowance {'raised' if undone.allowance > 0 else 'lowered'} by {pounds(undone.amount)}"
    else:
        title = f"{pounds(undone.amount)} paid to {undone.spending.payee}"
    return f"Reversed: {title}" if row.reverses else title
