"""The list behind each figure: its columns, its order, and what each row says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from casework.visits.contact import Contact, last_contacts
from families.people.models import Family, Membership
from performance.outcomes.figures import Asked
from referrals.allocation.models import Allocation
from referrals.intake.models import Referral
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.web.words import day_in_words

Cell = str | date | None


@dataclass(frozen=True)
class Line:
    """One row of the list: what it is, where it opens to its reader, a cell for each further column, and its words."""

    title: str
    href: str
    cells: tuple[Cell, ...]
    said: tuple[tuple[str, str], ...]


class Known:
    """What the rows of one page say of their families, asked once for all of them and only where it is shown."""

    def __init__(self, rows: Iterable[Model], asked: Asked) -> None:
        self.asked, self.families = asked, families_of(rows)

    @cached_property
    def workers(self) -> dict[int, str]:
        rows = Allocation.objects.visible_to(self.asked.user).current(on=self.asked.on)
        found = rows.of_each(self.families).select_related("worker")
        return {row.stands: str(row.worker) for row in found}

    @cached_property
    def contacts(self) -> tuple[dict[int, Contact], dict[tuple[int, int], date]]:
        return last_contacts(self.families, user=self.asked.user)

    @property
    def seen(self) -> dict[tuple[int, int], date]:
        return self.contacts[1]

    def worker(self, family: int) -> str:
        return self.workers.get(family, "Nobody")

    def last_visit(self, family: int) -> date | None:
        contacts, _ = self.contacts
        return contacts[family].happened_on if family in contacts else None


@dataclass(frozen=True)
class Listing:
    """How the rows of one figure are listed. A date that is missing is said as ``none``."""

    columns: tuple[str, ...]
    cells: Callable[[Any, Known], tuple[Cell, ...]]
    order: tuple[str, ...] = ()
    none: str = "None"

    @property
    def heads(self) -> str:
        return "|".join(self.columns)

    def said(self, cells: Iterable[Cell]) -> tuple[tuple[str, str], ...]:
        """Return ``(column, words)`` of each cell after the first column."""
        words = (day_in_words(cell) if isinstance(cell, date) else cell or self.none for cell in cells)
        return tuple(zip(self.columns[1:], words, strict=True))


def referral(last: str, field: str, *order: str) -> Listing:
    columns = ("Referral", "From", "Sent", last)
    return Listing(columns, lambda row, known: (row.agency, row.sent_on, getattr(row, field)), order)


def case(*columns: str, cells: Callable[[Any, Known], tuple[Cell, ...]] = lambda row, known: ()) -> Listing:
    return Listing(
        ("Family", "Reference", "Worker", "Worked with since", *columns),
        lambda row, known: (
            row.family.reference, known.worker(row.family_id), row.opened_on, *cells(row, known)
        ),
    )  # fmt: skip


LISTINGS: Mapping[str, Listing] = {
    "received": referral("Decide by", "due_on", "-sent_on", "-pk"),
    "own": referral("Decide by", "due_on", "-sent_on", "-pk"),
    "accepted": referral("Decided", "decided_on", "-decided_on", "-pk"),
    "esf": referral("Decided", "decided_on", "-decided_on", "-pk"),
    "signposted": referral("Decided", "decided_on", "-decided_on", "-pk"),
    "asked": referral("Reply by", "reply_by", "reply_by", "pk"),
    "incomplete": referral("Sent", "sent_on", "-sent_on", "-pk"),
    "came_back": referral("Sent", "sent_on", "-sent_on", "-pk"),
    "refused": referral("Sent", "sent_on", "-sent_on", "-pk"),
    "waiting": referral("Decide by", "due_on", "due_on", "pk"),
    "overdue": referral("Decide by", "due_on", "due_on", "pk"),
    "open": case(),
    "closed": Listing(
        ("Family", "Reference", "Worked with since", "Closed from"),
        lambda row, known: (row.family.reference, row.opened_on, row.closed_on),
        ("-closed_on", "-pk"),
    ),
    "quiet": case("Last visit", cells=lambda row, known: (known.last_visit(row.family_id),)),
    "read": case(),
    "unallocated": Listing(
        ("Family", "Reference", "Known since"),
        lambda row, known: (row.reference, row.known_since),
        ("known_since", "pk"),
    ),
    "complex": Listing(
        ("Family", "Reference", "Worker", "Theirs since"),
        lambda row, known: (row.family.reference, str(row.worker), row.began_on),
        ("family__name", "family__reference"),
    ),
    "visits": Listing(
        ("Family", "Visit", "On", "Recorded by"),
        lambda row, known: (row.get_kind_display(), row.happened_on, str(row.recorded_by)),
        ("-happened_on", "-pk"),
    ),
    "unseen": Listing(
        ("Child", "Family", "Born", "Last seen", "Worker"),
        lambda row, known: (
            row.family.name, row.person.born_on, known.seen.get((row.family_id, row.person.pk)),
            known.worker(row.family_id),
        ),
        ("family__name", "family__reference", "person__born_on", "pk"),
        none="Never",
    ),
    "plans": Listing(
        ("Family", "Reference", "Agreed", "Worker"),
        lambda row, known: (row.family.reference, row.agreed_on, known.worker(row.family_id)),
        ("-agreed_on", "-pk"),
    ),
    "reread": Listing(
        ("Family", "Reference", "Latest reading", "Worker"),
        lambda row, known: (row.family.reference, row.taken_on, known.worker(row.family_id)),
    ),
}  # fmt: skip
WITH = {
    "Family": (), "Referral": ("family",), "Membership": ("family", "person__merged_into"),
    "Allocation": ("family", "worker"), "Visit": ("family", "recorded_by"),
}  # fmt: skip


def loaded(rows: QuerySet, code: str) -> QuerySet:
    """Load what the lines show, in the list's own order; a figure that has to be in another keeps it."""
    order = LISTINGS[code].order
    many = ("people",) if rows.model is Referral else ()
    found = rows.select_related(*WITH.get(rows.model.__name__, ("family",))).prefetch_related(*many)
    return found.order_by(*order) if order else found


def lines(rows: Sequence[Model], code: str, *, asked: Asked) -> list[Line]:
    """Return what the list says of some rows, in a fixed number of queries."""
    known, listing = Known(rows, asked), LISTINGS[code]
    cells = [listing.cells(row, known) for row in rows]
    return [
        Line(title_of(row), way_to(row, asked=asked), of_row, listing.said(of_row))
        for row, of_row in zip(rows, cells, strict=True)
    ]


def title_of(row: Any) -> str:
    if isinstance(row, Membership):
        return str(row.person)
    return str(row) if isinstance(row, Referral | Family) else row.family.name


def way_to(row: Any, *, asked: Asked) -> str:
    """Return the page the reader may open: a referral where it is decided, else its family, if there is one."""
    if isinstance(row, Referral) and rights_of(asked.user).may(Can.TRIAGE, row.scope_id):
        return reverse("referrals:triage", args=[row.uid])
    family = row if isinstance(row, Family) else row.family
    return family.get_absolute_url() if family else ""


def families_of(rows: Iterable[Any]) -> list[int]:
    """Return the ids of the families on a list, for the view log too."""
    return [pk for row in rows if (pk := row.pk if isinstance(row, Family) else row.family_id)]
