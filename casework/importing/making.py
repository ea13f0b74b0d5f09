"""Making what a confirmed file says: a hundred families at a time, as sets, each once whatever is killed in between.

Rows that would be made are the queue: a step takes the next ones, makes them and marks them, in one transaction.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils import timezone

from casework.importing.homes import Household, make_households
from casework.importing.known import cases_of, families_there
from casework.importing.models import ImportFile, ImportRow
from casework.importing.opening import BroughtCase, make_cases
from casework.importing.rows import line_of
from casework.importing.rules.columns import Sheet
from casework.importing.rules.judging import CASE_THERE, FAMILY_THERE, State, overlap
from casework.importing.rules.reading import CaseRow
from casework.importing.services import keep_judgement, lock, states_of, take_turns
from casework.importing.since import move_back
from families.people.models import Family
from slf.access.services import locality_scope
from slf.accounts.models import User
from slf.web.errors import NotAllowed
from slf.work.models import Job

AT_ONCE = 100
GOES_ON_OTHERWISE = "{who} has started this list again. It goes on in their name."
NOT_HERE = "No case can be brought over to this family any more. Tell the locality's manager."


def make_file(job: Job, *, file: str) -> dict[str, int]:
    """Make the families of a file, then its cases, from where an earlier attempt stopped."""
    by = job.asked_by
    with job.step(job.cursor or 0):
        found = prepare(ImportFile.objects.visible_to(by).get(uid=file), by=by)
        rows = ImportRow.objects.visible_to(by).filter(file=found)
        total = rows.filter(state__in=[State.READY, State.MADE]).count()
    for make, what in ((make_some_families, "families"), (make_some_cases, "cases")):
        more = not found.is_made
        while more:
            with job.step():
                did = make(found, by=by)
                job.cursor += did
                job.report(job.cursor, total, f"Making {what}")
            more = did > 0
    with job.step(job.cursor):
        found = lock(found, by=by)
        found.made_at = found.made_at or timezone.now()
        found.save(update_fields=["made_at"])
        job.report(job.cursor, total, "Everything is made. The report says what became of every row.")
        return states_of(found, by=by)


def prepare(file: ImportFile, *, by: User) -> ImportFile:
    """Judge the rows once more before the first is made: days may have passed since the file was tried."""
    file = lock(file, by=by)
    if file.maker != by:
        raise NotAllowed(GOES_ON_OTHERWISE.format(who=file.maker))
    locality_scope(file.locality)
    if not ImportRow.objects.visible_to(by).filter(file=file, state=State.MADE).exists():
        keep_judgement(file, by=by)
    return file


def next_rows(file: ImportFile, sheet: Sheet, *, by: User) -> list[ImportRow]:
    """Return the next rows to make, every row of each family among them, once nobody else makes rows of this list."""
    take_turns(file.locality, file.source)
    ready = ImportRow.objects.visible_to(by).filter(file=file, sheet=sheet, state=State.READY)
    keys = list(ready.order_by("family_key").values_list("family_key", flat=True).distinct()[:AT_ONCE])
    return list(ready.filter(family_key__in=keys).order_by("number").select_for_update(of=("self",)))


def made_before(file: ImportFile, rows: Iterable[ImportRow], *, by: User) -> dict[str, int]:
    """Return which family each of these rows' families became already, by this file or another one of the list."""
    made = ImportRow.objects.visible_to(by).filter(scope=file.scope_id, source=file.source, state=State.MADE)
    return families_there(made, {row.family_key for row in rows})


def begin_making(file: ImportFile) -> int:
    """Write in the audience of the file's locality until the transaction ends; return that audience."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.begin_making(%s)", [file.pk])
        (audience,) = cursor.fetchone()
    return int(audience)


def settle(row: ImportRow, state: State, sentence: str = "") -> None:
    row.state = state
    if sentence:
        row.problems = [*row.problems, {"column": "", "sentence": sentence, "level": "refused"}]


def keep(rows: Sequence[ImportRow]) -> int:
    columns = ["state", "problems", "numbers", "numbers_wait", "family", "person", "case"]
    ImportRow.objects.bulk_update(rows, columns)
    return len(rows)


# Families ------------------------------------------------------------------------------------------------------------


def make_some_families(file: ImportFile, *, by: User) -> int:
    """Make the next families with their people; return how many rows are dealt with."""
    rows = next_rows(file, Sheet.PEOPLE, by=by)
    there = made_before(file, rows, by=by)
    for row in rows:
        if row.family_key in there:
            settle(row, State.REFUSED, FAMILY_THERE)
    households: dict[str, Household] = {}
    for row in rows:
        if row.state == State.READY:
            households.setdefault(row.family_key, Household(row.reference)).rows.append((row, line_of(row)))
    for key, case in first_cases(file, households, by=by).items():
        households[key].case = case
    make_households(list(households.values()), file=file, audience=begin_making(file), by=by)
    return keep(rows)


def first_cases(file: ImportFile, families: Iterable[str], *, by: User) -> dict[str, CaseRow]:
    """Return the earliest case of each family that the file has."""
    rows = ImportRow.objects.visible_to(by).filter(file=file, sheet=Sheet.CASES, family_key__in=list(families))
    found: dict[str, CaseRow] = {}
    for row in rows:
        case = line_of(row).case
        if (
            case
            and case.opened_on
            and (row.family_key not in found or case.opened_on < found[row.family_key].opened_on)
        ):
            found[row.family_key] = case
    return found


# Cases ---------------------------------------------------------------------------------------------------------------


def make_some_cases(file: ImportFile, *, by: User) -> int:
    """Make the next cases; return how many rows are dealt with."""
    rows = next_rows(file, Sheet.CASES, by=by)
    there = made_before(file, rows, by=by)
    taken = cases_of(there.values(), by=by)
    audience = begin_making(file)
    here = Family.objects.visible_to(by).filter(pk__in=there.values(), scope=audience).in_bulk()
    families = {key: here[pk] for key, pk in there.items() if pk in here}
    cases = []
    for row in rows:
        case, family = line_of(row).case, families.get(row.family_key)
        if case is None or case.opened_on is None or family is None:
            settle(row, State.REFUSED, NOT_HERE)
        elif any(overlap((case.opened_on, case.closed_on), other) for other in taken[family.pk]):
            settle(row, State.REFUSED, CASE_THERE)
        else:
            taken[family.pk].append((case.opened_on, case.closed_on))
            cases.append(BroughtCase(row, case, family))
    make_cases(cases, file=file, by=by)
    move_back(cases, file=file, by=by)
    return keep(rows)
