"""Somebody knows a family, said the way the pages say it."""

from families.interests import services
from families.interests.models import Interest
from slf.access.rights import forget_rights
from slf.clock import today
from tests.referrals.intake.factories import in_the_name_of

FOUND = "Looked into: they only share a surname"


def knows(family, user, *, by=None, kind="friend", words="Lives next door") -> Interest:
    by = by or user
    for one in (user, by):
        forget_rights(one)
    with in_the_name_of(by):
        return services.declare(family, about=user, kind=kind, words=words, by=by, on=today())


def looked_into(interest, *, by) -> Interest:
    forget_rights(by)
    with in_the_name_of(by):
        return services.end(interest, reason=FOUND, by=by, on=today())
