"""What another locality was shown of a family before and after it was handed over, for the report on the family."""

from collections.abc import Iterator

from casework.transfers.models import Transfer
from casework.transfers.rules import State
from families.people.models import Family
from families.shown.rules import SERVICE, Shown, What
from slf.accounts.models import User

INSIDE = "Inside the service: the family's locality"


def shown_to_localities(family: Family, *, user: User) -> Iterator[Shown]:
    for each in Transfer.objects.visible_to(user).filter(family=family).for_page():
        to = f"The {each.to_locality} team"
        told = "That the family may come, and why"
        yield Shown(each.proposed_on, SERVICE, What.TOLD, told, to=to, gateway=INSIDE, by=str(each.proposed_by))
        if each.state == State.ACCEPTED and each.decided_on:
            record = "The whole record, when the team took the family on"
            yield Shown(each.decided_on, SERVICE, What.RECORD, record, to=to, gateway=INSIDE, by=str(each.decided_by))
