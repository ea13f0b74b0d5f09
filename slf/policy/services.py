"""The verbs of settings: propose a value, confirm it as a second person, take a proposal back."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from slf.accounts.models import User
from slf.clock import today
from slf.policy import rules
from slf.policy.models import SettingValue, forget_settings
from slf.policy.rules import Setting, WrongValue
from slf.policy.settling import held_to_confirm, take_back
from slf.web.errors import Conflict

__all__ = ["confirm", "propose", "take_back", "to_confirm"]
ONE_WAITS = "Another value of this setting waits for a second person. Confirm it or take it back first."
NO_DOCUMENT = "Say which document it rests on."


@transaction.atomic
def propose(setting: Setting[Any], *, by: User, value: Any, starts_on: date, document: str) -> SettingValue:
    """Propose what a setting is to be from a day on. Until a second person has confirmed it the old value counts.

    Raises ``WrongValue`` for a value, day or document that cannot be, ``Conflict`` where another proposal waits.
    """
    earlier = SettingValue.objects.confirmed().filter(key=setting.key).values_list("value", flat=True)
    setting.kind.check(value, before=[setting.default, *earlier])
    rules.check_first_day(starts_on, today=today())
    if not document.strip():
        raise WrongValue(NO_DOCUMENT)
    proposal = {"value": value, "starts_on": starts_on, "document": document.strip(), "proposed_by": by}
    try:
        with transaction.atomic():
            made: SettingValue = SettingValue.objects.create(key=setting.key, **proposal)
    except IntegrityError as error:
        raise Conflict(ONE_WAITS) from error
    return made


@transaction.atomic
def confirm(row: SettingValue, *, by: User) -> SettingValue:
    """Confirm what somebody else proposed. If its first day has passed meanwhile, it counts from today. Safe twice."""
    row = held_to_confirm(row, by=by)
    if row.confirmed_by_id is not None:
        return row
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.starts_on = max(row.starts_on, today())
    row.save(update_fields=["confirmed_by", "confirmed_at", "starts_on"])
    forget_settings()
    return row


def to_confirm(user: User) -> list[SettingValue]:
    """Return what somebody else proposed, so that this person may confirm it."""
    rows = SettingValue.objects.waiting().exclude(proposed_by=user)  # not a door: a setting is of no family
    return [row for row in rows.for_list() if row.setting]
