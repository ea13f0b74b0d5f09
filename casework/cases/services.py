"""Allocating a family: its worker, and its case, which opens with the first one."""

from datetime import date

from django.db import transaction

from casework.cases.models import Case
from families.people.models import Family
from families.sharing.models import Agreement
from families.sharing.services import agreement_in_force
from referrals.allocation.models import Allocation
from referrals.allocation.services import give_family
from slf.access.rules import Can
from slf.access.services import one_at_a_time
from slf.accounts.models import User
from slf.web.errors import NotAllowed

NO_AGREEMENT = "The family has not agreed to the service, so there is no case yet. Record its agreement first."


@transaction.atomic
def allocate_family(
    family: Family, *, worker: User, by: User, on: date, highly_complex: bool = False, reason: str = ""
) -> Allocation:
    """Give a family to a worker and open its case if none is open. Again, with another worker, it is a handover.

    More than a full caseload takes a ``reason``.
    """
    one_at_a_time(worker)  # the person before the family, as everywhere: two who wait for each other wait for ever
    rows = Family.objects.visible_to(by, can=Can.ALLOCATE)
    family = rows.select_for_update(of=("self",), no_key=True).get(pk=family.pk)
    agreement = agreement_in_force(family, on=on)
    if agreement is None:
        raise NotAllowed(NO_AGREEMENT)
    allocation = give_family(family, worker=worker, by=by, on=on, highly_complex=highly_complex, reason=reason)
    _open_case(family, agreement=agreement, by=by, on=on)
    return allocation


def _open_case(family: Family, *, agreement: Agreement, by: User, on: date) -> None:
    """Open the case. The family counts as attached from the first day on which it had agreed and had a worker."""
    if not Case.objects.filter(family=family).open_on(on).exists():
        Case.objects.create(family=family, opened_on=on, attached_on=on, opened_by=by)
