"""Numbers of those who are new: asked about before one is kept, as if somebody typed them one after the other.

Which of the numbers that are not kept was asked about, and which was one too many, a row knows and nobody is told.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from casework.importing.models import ImportRow
from casework.importing.rules.cells import Level, Problem
from casework.importing.rules.columns import IDENTIFIERS
from families.identifiers.rules import KINDS, identifier_in_words
from families.needs.models import Statement
from families.numbers.models import NumberTry
from families.numbers.rules import FREE, TO_CHECK, to_check
from families.numbers.services import Told, outcomes
from families.people.models import Person
from slf.accounts.models import User
from slf.clock import today

COLUMNS = {field: column for column, field in IDENTIFIERS.items()}
SENTENCE = f"{TO_CHECK.capitalize()}."


@dataclass(frozen=True)
class Numbered:
    """A row that was made, whom it became, and the numbers it has of them."""

    row: ImportRow
    person: Person
    numbers: dict[str, str]

    def asked(self) -> list[Told]:
        return [Told(field, code, self.person.pk, self.row.family_id) for field, code in self.numbers.items()]


def keep_numbers(rows: Sequence[Numbered], *, by: User) -> list[str]:
    """Write the numbers down that may be kept, and note on each row what became of its own; return what came of all."""
    told = [one for each in rows for one in each.asked()]
    found = outcomes(told, by=by)
    of_person: dict[int, dict[str, str]] = defaultdict(dict)
    for one, outcome in zip(told, found, strict=True):
        of_person[one.person][one.kind] = outcome
    for each in rows:
        note(each, of_person[each.person.pk])
    Person.objects.bulk_update([each.person for each in rows], [*KINDS, "revision"])
    return found


def note(each: Numbered, became: dict[str, str]) -> None:
    """Note on a row, and on the person that is not saved yet, what became of each number."""
    row, kept = each.row, [field for field, outcome in became.items() if outcome == FREE]
    for field in kept:
        setattr(each.person, field, each.numbers[field])
    each.person.revision += bool(kept)
    row.numbers |= became
    row.numbers_wait = NumberTry.Outcome.HELD_BACK in row.numbers.values()
    others = [problem for problem in row.problems if problem["sentence"] != SENTENCE]
    row.problems = [*others, *(asdict(Problem(COLUMNS[field], SENTENCE, Level.WARNING)) for field in row.to_check)]


def state_numbers(rows: Sequence[Numbered], *, source: str, by: User) -> list[Statement]:
    """Keep with each person the numbers that were told of them and have to be checked first."""
    words = [(each, to_check(identifier_in_words(each.numbers[field]) for field in each.row.to_check)) for each in rows]
    return Statement.objects.bulk_create(
        Statement(
            family_id=each.row.family_id, person_id=each.person.pk, words=said, source=source, said_on=today(),
            recorded_by=by,
        )
        for each, said in words
        if said
    )  # fmt: skip
