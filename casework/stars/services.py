"""Taking a reading, and correcting one."""

from datetime import date

from django.db import IntegrityError, transaction

from casework.provenance.rules import About
from casework.provenance.services import carry_marks
from casework.stars import rules
from casework.stars.models import Reading, StarTool
from families.people.models import Family
from slf.accounts.models import User
from slf.web.errors import Conflict, DomainError


class MarksRefused(DomainError):
    """Marks that the tool does not take. ``problems`` is ``{area code: sentence}``."""

    status = 422
    title = "Some marks are not right"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def take_reading(
    family: Family,
    *,
    tool: StarTool,
    marks: rules.Marks,
    completed: rules.Completed,
    taken_on: date,
    by: User,
    note: str = "",
) -> Reading:
    """Keep a family's marks on one day."""
    answers = {"marks": dict(marks), "completed": completed, "taken_on": taken_on, "note": note}
    return _keep(Reading(family=family, tool=tool, recorded_by=by, **answers))


@transaction.atomic
def correct_reading(
    reading: Reading,
    *,
    marks: rules.Marks,
    completed: rules.Completed,
    taken_on: date,
    by: User,
    why: str,
    note: str = "",
) -> Reading:
    """Put right what was recorded wrongly, and say why. The wrong reading is kept and no longer counts."""
    answers = {"marks": dict(marks), "completed": completed, "taken_on": taken_on, "note": note}
    right = Reading(family=reading.family, tool=reading.tool, recorded_by=by, **answers)
    right.supersedes, right.why_corrected = reading, why
    try:
        kept = _keep(right)
    except IntegrityError as refused:
        if not Reading.objects.filter(supersedes=reading).exists():
            raise
        message = "Somebody else has corrected this reading already. Look at the star again before you change it."
        raise Conflict(message) from refused
    carry_marks(About.READING, reading, kept, by=by)
    return kept


@transaction.atomic
def _keep(reading: Reading) -> Reading:
    if problems := rules.problems_with_marks(reading.marks, reading.tool.as_rules()):
        raise MarksRefused(problems)
    reading.save()
    return reading
