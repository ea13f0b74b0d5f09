"""Settings confirmed by two people."""

from datetime import date

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import SettingValue
from slf.policy.services import confirm, propose

DOCUMENT = "Practice guidance 2014, section 3"


def keeper(name: str) -> User:
    """Return somebody who keeps settings."""
    user, new = User.objects.get_or_create(username=name)
    if new:
        give_post(user, role=Role.ADMIN, locality=None, by=user, starts_on=date(2012, 4, 1))
    return user


def proposed(setting, *, by: User, **said) -> SettingValue:
    with acting_as(by):
        return propose(setting, by=by, **said)


def settled(verb, row: SettingValue, *, by: User) -> SettingValue:
    """Confirm a value, or take it back, in somebody's own name."""
    with acting_as(by):
        return verb(row, by=by)


def proposal(setting, value, *, starts_on: date | None = None, by: str = "proposer") -> SettingValue:
    return proposed(setting, by=keeper(by), value=value, starts_on=starts_on or today(), document=DOCUMENT)


def confirmed(setting, value, *, starts_on: date | None = None) -> SettingValue:
    return settled(confirm, proposal(setting, value, starts_on=starts_on), by=keeper("confirmer"))


def reasons(**labels: str) -> list[dict]:
    return [{"code": code, "label": label, "retired": False} for code, label in labels.items()]
