"""Cases with agreement, needs, worker and last visit, made as sets on the days the list gives them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from casework.cases.models import Case
from casework.importing.models import BroughtOver, ImportFile, ImportRow, came_from, counted
from casework.importing.rules.judging import State
from casework.importing.rules.reading import CaseRow
from casework.visits.models import Visit
from casework.visits.rules import Kind
from families.facts.models import Fact
from families.needs.models import Need
from families.needs.rules import CONCERNS
from families.needs.services import concern_of
from families.people.models import Family
from families.sharing.models import Agreement
from referrals.allocation.models import Allocation
from referrals.allocation.services import caseloads
from referrals.workers.services import workers_in
from slf.access.models import Locality, Share
from slf.access.services import derive_shares, one_at_a_time
from slf.accounts.models import User
from slf.clock import today

NOTE = "The last visit before this service, as the list “{source}” has it. What was seen and said was not brought over."
OVER = "Brought over from the list “{source}” with the families the worker had."


@dataclass
class BroughtCase:
    """A row of cases, as kept and as read, with its family; then the case that it became."""

    row: ImportRow
    told: CaseRow
    family: Family
    case: Case | None = None

    @property
    def opened_on(self) -> date:
        return self.told.opened_on or today()

    @property
    def is_open(self) -> bool:
        return self.told.closed_on is None


def make_cases(cases: Sequence[BroughtCase], *, file: ImportFile, by: User) -> None:
    """Make the cases with all that belongs to them, and note on every row what it became."""
    agreed = agree(cases, by=by)
    opened = Case.objects.bulk_create(
        Case(
            family=each.family, opened_on=each.opened_on, closed_on=each.told.closed_on, opened_by=by,
            attached_on=max(each.opened_on, each.told.agreed_on or each.opened_on),
        )
        for each in cases
    )  # fmt: skip
    for each, case in zip(cases, opened, strict=True):
        each.case = each.row.case = case
        each.row.family, each.row.state = each.family, State.MADE
    came = counted(agreed, find_needs(cases, source=came_from(file), by=by))
    allocate(cases, file=file, by=by)
    visit(cases, source=file.source, by=by)
    BroughtOver.objects.bulk_create(
        BroughtOver(
            family=each.family, case=each.case, source=file.source, reference=each.row.reference, row=each.row.number,
            file_name=file.name, referred_by=each.told.referred_by, referred_on=each.told.referred_on,
            brought_on=today(), brought_by=by,
            came_with=came.pop(each.family.pk, Counter()) + Counter({BroughtOver._meta.db_table: 1}),
        )
        for each in cases
    )  # fmt: skip


def agree(cases: Sequence[BroughtCase], *, by: User) -> list[Agreement]:
    return Agreement.objects.bulk_create(
        Agreement(
            family=each.family, state=Agreement.State.GIVEN, said_on=each.told.agreed_on, recorded_by=by,
            how=each.told.agreed_how or Agreement.How.IN_PERSON,
        )
        for each in cases
        if each.told.agreed_on
    )  # fmt: skip


def find_needs(cases: Sequence[BroughtCase], *, source: str, by: User) -> list[Fact]:
    """Keep the needs with their days, and return the evidence that they are from today on. One open already stays."""
    families = [each.family.pk for each in cases]
    there = set(Need.objects.of_each(families).filter(ended_on=None, person=None).values_list("stands", "kind"))
    needs = Need.objects.bulk_create(
        Need(family=each.family, kind=kind, started_on=day, ended_on=each.told.closed_on, source=source)
        for each in cases
        for kind, day in each.told.needs.items()
        if not each.is_open or (each.family.pk, kind) not in there
    )
    return Fact.objects.bulk_create(concern_of(need, by=by, on=today()) for need in needs if need.kind in CONCERNS)


def allocate(cases: Sequence[BroughtCase], *, file: ImportFile, by: User) -> None:
    """Give the families to the workers the list names, who hold those whose case is open from now on.

    A worker whose post has ended since the file was tried is given nothing: the family waits for one.
    """
    wanted = {each.row.worker_id for each in cases if each.row.worker_id}
    place = Locality.objects.filter(pk=file.locality_id).values("pk")
    workers = {worker.pk: worker for worker in workers_in(place).filter(pk__in=wanted).order_by("pk")}
    for worker in workers.values():
        one_at_a_time(worker)
    given = [each for each in cases if each.row.worker_id in workers]
    over = over_the_limit(given, workers, source=file.source)
    Allocation.objects.bulk_create(
        Allocation(
            family=each.family, worker_id=each.row.worker_id, allocated_by=by, over_reason=over.get(each.row.pk, ""),
            highly_complex=each.told.highly_complex,
            period=DateRange(each.told.worker_since or each.opened_on, each.told.closed_on),
        )
        for each in given
    )  # fmt: skip
    period = DateTimeTZRange(timezone.now(), None)
    Share.objects.bulk_create(
        Share(user_id=each.row.worker_id, family=each.family, kind=Share.Kind.WORKER, period=period, given_by=by)
        for each in given
        if each.is_open
    )
    for worker in workers.values():
        derive_shares(worker)


def over_the_limit(given: Sequence[BroughtCase], workers: dict[int, User], *, source: str) -> dict[int, str]:
    """Return, by row, why a family is given although it makes more than a full caseload: the worker had it before."""
    loads, over = caseloads(workers.values(), on=today()), {}
    for each in given:
        if each.is_open:
            loads[each.row.worker_id] = loads[each.row.worker_id].with_one_more(highly_complex=each.told.highly_complex)
            if loads[each.row.worker_id].is_over:
                over[each.row.pk] = OVER.format(source=source)
    return over


def visit(cases: Sequence[BroughtCase], *, source: str, by: User) -> None:
    Visit.objects.bulk_create(
        Visit(
            family=each.family, case=each.case, kind=Kind.HOME, happened_on=each.told.last_visit_on,
            note=NOTE.format(source=source), recorded_by=by,
        )
        for each in cases
        if each.told.last_visit_on
    )  # fmt: skip
