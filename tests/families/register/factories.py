"""Rows of the register made the short way, and what ships with the service taken away."""

from datetime import date, timedelta

from families.register.models import Basis, Gateway
from families.register.services import confirm, end, propose
from slf.accounts.models import User
from slf.clock import today

SINCE = date(2012, 4, 1)
SOURCED = {"source": "Made for the tests", "grade": "U"}


def keeper(name: str) -> User:
    return User.objects.get_or_create(username=name)[0]


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
