"""Which families are a worker's to talk over: theirs, and those they cover."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from families.people.models import Family
from referrals.allocation.models import current_on
from slf.access.models import Share
from slf.access.rights import rights_of
from slf.accounts.models import User


def caseload(worker: User, *, by: User, on: date) -> QuerySet[Family]:
    """Return the families a worker has or covers on a day, as far as whoever asks may open them."""
    has = Q(allocations__worker=worker) & current_on(on, through="allocations__")
    covers = Q(shares__user=worker, shares__kind=Share.Kind.COVER, shares__period__contains=timezone.now())
    return Family.objects.visible_to(by).open_to(by).standing().filter(has | covers).distinct()


def open_to_staff(user: User) -> QuerySet[Family]:
    """Return the families whose supervision somebody reads: how it is done here is no partner's, whatever is shared."""
    return Family.objects.open_to(user).exclude(scope__in=rights_of(user).as_partner)


def has_family(worker: User, family: Family, *, by: User, on: date) -> bool:
    return caseload(worker, by=by, on=on).filter(pk=family.pk).exists()
