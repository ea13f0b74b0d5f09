"""The share of a family with the provider: given when somebody is first sent, ended when the county ends it."""

from datetime import date

from django.db import transaction

from casework.provider import rules
from casework.provider.services import end_those_of, is_shared
from families.people.models import Family
from families.people.services import lock_family
from slf.access.models import Scope
from slf.access.rules import Can
from slf.access.services import move_family
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou


@transaction.atomic
def stop_sharing(family: Family, *, words: str, by: User, on: date) -> Family:
    """End what the provider does for a family and close it to the provider. Safe twice.

    What the provider wrote stays with the family; from now on its workers open none of it.
    """
    rules.check_words(words=words)
    if not Family.objects.open_to(by, can=Can.SHARE_FAMILY).filter(pk=family.pk).exists():
        raise NotForYou(rules.NOT_YOURS_TO_SHARE)
    family = lock_family(family)
    if is_shared(family):
        audience = family.scope.widens or family.scope
        if audience.kind != Scope.Kind.SHARED:
            raise NotAllowed(rules.NAMED_ONLY)
        end_those_of(family, words=words, by=by, on=on)
        move_family(family, to=Scope.objects.get(kind=Scope.Kind.LOCALITY, locality=family.scope.locality), by=by)
    return family
