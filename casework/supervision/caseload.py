"""Which families are a worker's to talk over: theirs, and those they cover."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from families.people.models import Family
from referrals.allocation.models import current_on
from slf.access.models import Share
from slf.accounts.models import User


def caseload(worker: User, *, by: User, on: date) -> QuerySet[Family]:
    """Return the families a worker has or covers on a day, as far as whoever asks may open them."""
    has = Q(allocations__worker=worker) & current_on(on, through="allocations__")
    covers = Q(shares__user=worker, shares__kind=Share.Kind.COVER, shares__period__contains=timezone.now())
    return Family.objects.visible_to(by).open_to(by).standing().filter(has | covers).distinct()


def has_family(worker: User, family: Family, *, by: User, on: date) -> bool:
    return caseload(worker, by=by, on=on).filter(pk=family.pk).exists()
