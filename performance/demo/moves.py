"""Made-up families that moved: to another locality, which is asked to take them, and where nobody may find them."""

from datetime import date, timedelta

from casework.transfers.services import propose_transfer
from families.moving.services import NewHome, change_address
from families.people.models import Membership
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User

MOVED, FLED = timedelta(days=20), timedelta(days=95)
MUST_KNOW = "Ring before you visit, after four. The youngest starts nursery in January; they count on the place."


def make_moves(families: dict[str, list[Made]], accounts: dict[str, User], *, by: User, today: date) -> None:
    """Let one family of Charnwood and one of Melton move to the other, and a third live where nobody may find them."""
    there = {"melton": ("3 Asfordby Road, Melton Mowbray", "LE13 4AB"), "charnwood": ("27 Park Road", "LE11 5AB")}
    for place, to, who in (("charnwood", "melton", "senior.charnwood"), ("melton", "charnwood", "manager.melton")):
        each, (address, postcode) = families[place][-2], there[to]
        live(each, NewHome(since=today - MOVED, address=address, postcode=postcode), by=by, today=today)
        with acting_as(accounts[who]):
            propose_transfer(
                each.row, to=Locality.objects.get(slug=to), moves_on=today - MOVED, by=accounts[who], on=today,
                reason="They have a tenancy there and do not come back.", must_know=MUST_KNOW, keep_days=14,
            )  # fmt: skip
    safe = NewHome(since=today - FLED, address="Flat 2, 6 Burton Street", postcode="LE11 7AB", protected=True)
    live(families["charnwood"][-3], safe, by=by, today=today)


def live(each: Made, home: NewHome, *, by: User, today: date) -> None:
    members = list(Membership.objects.on(today).filter(family=each.row))
    change_address(each.row, members=members, home=home, by=by, on=today)
