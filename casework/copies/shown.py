"""Copies that were given, in the family's chronology and in the report of what was shown."""

from collections.abc import Iterator, Sequence

from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.copies.models import ChronologyCopy
from casework.copies.rules import State
from families.people.models import Family
from families.shown.rules import SERVICE, Shown, What
from slf.accounts.models import User

OWN_RECORD = "Their own family's record"


def copies_told(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell that somebody was given a copy of the story, and who had read it before."""
    rows = ChronologyCopy.objects.visible_to(user).filter(family=family, state=State.GIVEN).for_page()
    for row in newest(rows, most, "given_on"):
        said = {"text": row.why, "detail": (row.asked_for, f"Released by {row.decided_by}"), "by": str(row.given_by)}
        yield Entry(
            row.given_on, Kind.DOCUMENT, Step.DOCUMENT, f"{row}: given", href=row.get_absolute_url(), **said
        )  # fmt: skip


def copies_given(families: Sequence[int], *, user: User) -> Iterator[tuple[int, Shown]]:
    """Yield the copies that were given to people of families, for the report on a family."""
    rows = ChronologyCopy.objects.visible_to(user).of_each(families).filter(state=State.GIVEN)
    for row in rows.for_page():
        yield row.stands, Shown(
            row.given_on, SERVICE, What.DOCUMENT, f"{row}. {row.asked_for}", to=str(row.person),
            named=f"The family: {row.person}", gateway=OWN_RECORD, by=str(row.given_by),
        )  # fmt: skip
