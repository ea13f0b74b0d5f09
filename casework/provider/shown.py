"""Who is with the provider, as its worker sees it: each with what is due, the most overdue first."""

from dataclasses import dataclass
from datetime import date

from casework.provider.models import Provision
from casework.provider.rules import ANSWER_WITHIN, CONTACT_WITHIN, Due
from slf.accounts.models import User
from slf.policy.models import value_of


@dataclass(frozen=True)
class Row:
    """One person with the provider, and what is due for them."""

    provision: Provision
    due: Due | None
    is_late: bool


def with_us(user: User, *, on: date) -> list[Row]:
    """Return everybody who was sent to the provider or is with it, in one question to the database."""
    rows = Provision.objects.visible_to(user).living().for_page()
    answer, contact = value_of(ANSWER_WITHIN, on=on), value_of(CONTACT_WITHIN, on=on)
    found = [(row, row.due(answer=answer, contact=contact)) for row in rows]
    listed = [Row(row, due, due is not None and due.is_late(on)) for row, due in found]
    return sorted(listed, key=lambda each: (each.due.by if each.due else date.max, str(each.provision.person)))
