"""Settings confirmed by two people."""

from datetime import date

from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import SettingValue
from slf.policy.services import confirm, propose

DOCUMENT = "Practice guidance 2014, section 3"


def keeper(name: str) -> User:
    return User.objects.get_or_create(username=name)[0]


def proposal(setting, value, *, starts_on: date | None = None, by: str = "proposer") -> SettingValue:
    return propose(setting, by=keeper(by), value=value, starts_on=starts_on or today(), document=DOCUMENT)


def confirmed(setting, value, *, starts_on: date | None = None) -> SettingValue:
    return confirm(proposal(setting, value, starts_on=starts_on), by=keeper("confirmer"))


def reasons(**labels: str) -> list[dict]:
    return [{"code": code, "label": label, "retired": False} for code, label in labels.items()]
