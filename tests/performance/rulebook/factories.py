"""A proposal of a rule, as a data officer makes one and a head confirms it."""

from datetime import date

from django.db import transaction

from performance.rulebook import services
from performance.rulebook.models import RuleProposal, SchemeVersion
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User

DOCUMENT = "Financial framework, March 2012"
CONFIRMS = [{"rule": "P1-ID-3b"}]
CHANGES = [{"rule": "P1-R-ASB-b", "value": {"months": 12}}]


def somebody(name: str, role: Role) -> User:
    user, new = User.objects.get_or_create(username=name)
    if new:
        give_post(user, role=role, locality=None, by=user, starts_on=date(2012, 4, 1))
    return user


def proposal(changes=CONFIRMS) -> RuleProposal:
    by = somebody("rules.data", Role.DATA)
    with acting_as(by), transaction.atomic():
        return services.propose("P1", changes, by=by, document=DOCUMENT)


def confirmed(changes=CONFIRMS) -> SchemeVersion:
    row, by = proposal(changes), somebody("rules.head", Role.HEAD)
    with acting_as(by), transaction.atomic():
        return services.confirm(row, by=by)
