"""Decisions on progress in the chronology of a family."""

from collections.abc import Iterator

from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.equivalents.models import EquivalentProgress
from casework.equivalents.rules import State
from families.people.models import Family
from slf.accounts.models import User


def decisions_told(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what was decided of progress that is worth a goal; kept from whoever the need is kept from."""
    decided = (State.APPROVED, State.REFUSED)
    rows = EquivalentProgress.objects.visible_to(user).filter(family=family, state__in=decided).for_page()
    for row in newest(rows, most, "decided_on"):
        said = {"text": row.words, "detail": (row.because_words,), "by": f"{row.decided_by}, {row.grade}"}
        yield Entry(
            row.decided_on, Kind.DECISION, Step.PLAN_REVIEWED, f"{row}: {row.get_state_display().lower()}",
            href=row.get_absolute_url(), rests_on=frozenset({f"need:{row.need.uid}"}), **said,
        )  # fmt: skip
