"""Rows of the register made the short way, and what ships with the service taken away."""

from datetime import date, timedelta

from families.register import services
from families.register.models import Basis, Gateway
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.clock import today
from tests.own_name import InOwnName

SINCE = date(2012, 4, 1)
SOURCED = {"source": "Made for the tests", "grade": "U"}
verbs = InOwnName(services)
propose, confirm, end = verbs.propose, verbs.confirm, verbs.end


def keeper(name: str) -> User:
    """Return somebody who keeps the register."""
    user, new = User.objects.get_or_create(username=name)
    if new:
        give_post(user, role=Role.HEAD, locality=None, by=user, starts_on=SINCE)
    return user


def in_force(model, *, starts=SINCE, ends_before=None, **said):
    """Make a row that two people have put in force."""
    row = propose(model, by=keeper("proposer"), starts=starts, ends_before=ends_before, **(SOURCED | said))
    return confirm(row, by=keeper("confirmer"))


def close(model, **which) -> None:
    """End, from today on, the rows that count today."""
    for row in model.objects.counting().on(today()).filter(**which):
        end(row, by=keeper("proposer"), because="Closed for the test", on=today())


def close_gateway(agency: str, category: str, purpose: str) -> None:
    close(Gateway, agency=agency, category=category, purpose=purpose)


def close_basis(category: str, purpose: str) -> None:
    close(Basis, category=category, purpose=purpose)


TOMORROW = timedelta(days=1)
