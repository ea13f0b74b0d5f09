"""Looking up the numbers of a list that is made, of which too many that day belonged to people out of sight.

Each time they are looked up until the next one too many: as many in a day as one person may meet by typing.
"""

from collections.abc import Iterator, Sequence

from casework.importing.making import AT_ONCE, begin_making
from casework.importing.models import ImportFile, ImportRow
from casework.importing.numbers import Numbered, keep_numbers
from casework.importing.rows import line_of
from casework.importing.services import lock, take_turns
from families.numbers.models import NumberTry
from families.people.models import Family, Person
from slf.accounts.models import User
from slf.work.models import Job

WAITS = NumberTry.Outcome.HELD_BACK
DONE = "What may be kept is kept. The rows say what is to be checked."


def look_up_numbers(job: Job, *, file: str) -> None:
    """Look up what waits, some rows at a time, until nothing waits or one number is one too many again."""
    more = True
    while more:
        with job.step():
            found = lock(ImportFile.objects.visible_to(job.asked_by).get(uid=file), by=job.asked_by)
            more = look_up_some(found, by=job.asked_by)
            job.report(found.rows_expected, found.rows_expected, DONE)


def look_up_some(file: ImportFile, *, by: User) -> bool:
    """Look up the numbers of the next rows; tell whether to go on."""
    take_turns(file.locality, file.source)
    waiting = ImportRow.objects.visible_to(by).filter(file=file, numbers_wait=True).order_by("family_key", "number")
    rows = list(waiting.select_for_update(of=("self",))[:AT_ONCE])
    if not rows:
        return False
    numbered = list(those_here(rows, audience=begin_making(file), by=by))
    for row in rows:
        row.numbers_wait = False  # unless one is too many again
    found = keep_numbers(numbered, by=by)
    ImportRow.objects.bulk_update(rows, ["numbers", "numbers_wait", "problems"])
    return WAITS not in found


def those_here(rows: Sequence[ImportRow], *, audience: int, by: User) -> Iterator[Numbered]:
    """Yield the rows whose family is still in the audience, with the numbers that nobody wrote down meanwhile."""
    families = Family.objects.visible_to(by).filter(pk__in={row.family_id for row in rows}, scope=audience)
    here = set(families.values_list("pk", flat=True))
    people = Person.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    found = people.in_bulk({row.person_id for row in rows if row.family_id in here})
    for row in rows:
        person = found.get(row.person_id)
        if person and (numbers := waiting_of(row, person)):
            yield Numbered(row, person, numbers)


def waiting_of(row: ImportRow, person: Person) -> dict[str, str]:
    """Return the numbers of a row that wait, but for those of which the person has one by now."""
    told = line_of(row).person
    return {
        field: told.identifiers[field]
        for field, outcome in row.numbers.items()
        if outcome == WAITS and told and field in told.identifiers and getattr(person, field) is None
    }
