"""What another locality was shown of families before and after they were handed over, for the report on a family."""

from collections.abc import Iterator, Sequence

from casework.transfers.models import Transfer
from casework.transfers.rules import State
from families.shown.rules import SERVICE, Shown, What
from slf.accounts.models import User

INSIDE = "Inside the service: the family's locality"


def shown_to_localities(families: Sequence[int], *, user: User) -> Iterator[tuple[int, Shown]]:
    for each in Transfer.objects.visible_to(user).of_each(families).for_page():
        to = f"The {each.to_locality} team"
        told = "That the family may come, and why"
        asked = Shown(each.proposed_on, SERVICE, What.TOLD, told, to=to, gateway=INSIDE, by=str(each.proposed_by))
        yield each.stands, asked
        if each.state == State.ACCEPTED and each.decided_on:
            record = "The whole record, when the team took the family on"
            by = str(each.decided_by)
            yield each.stands, Shown(each.decided_on, SERVICE, What.RECORD, record, to=to, gateway=INSIDE, by=by)
