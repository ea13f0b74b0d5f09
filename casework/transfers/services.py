"""Handing a family over to another locality: proposed there, accepted or sent back here."""

from datetime import date

from django.db import IntegrityError, connection, transaction

from casework.transfers import rules
from casework.transfers.models import Arrival, Transfer
from families.people.models import Family
from families.people.services import lock_family
from slf.access.acting import send_rights
from slf.access.models import Locality, Share
from slf.access.rules import Can
from slf.access.services import derive_shares, locality_scope
from slf.accounts.models import User
from slf.web.errors import Conflict, NotForYou

NOT_YOURS = "Only those who work with the family, and the seniors and managers of its locality, hand it over."
ONE_WAITS = "This family is handed over already: the other locality has not answered yet."
DECIDED = "This hand-over does not wait any more: somebody else has decided on it, or it was withdrawn."


def hands_over(user: User, family: Family) -> bool:
    """Tell whether a person may hand this family over: who only looks at it may not."""
    return bool(Family.objects.open_to(user, can=Can.REFER).filter(pk=family.pk).exists())


@transaction.atomic
def propose_transfer(
    family: Family, *, to: Locality, moves_on: date, reason: str, must_know: str, keep_days: int, by: User, on: date
) -> Transfer:
    """Offer a family to another locality. Until it accepts, everything stays as it is. The same again is the same."""
    if not hands_over(by, family):
        raise NotForYou(NOT_YOURS)
    lock_family(family)
    left = rules.check_elsewhere(held=family.scope.locality_id, wanted=to.pk)
    rules.check_day(moves_on, on=on)
    rules.check_words(reason=reason, must_know=must_know)
    said = {"to_locality": to, "moves_on": moves_on, "reason": reason, "must_know": must_know, "keep_days": keep_days}
    waiting: Transfer | None = Transfer.objects.visible_to(by).waiting().filter(family=family).first()
    if waiting is not None:
        if all(getattr(waiting, name) == value for name, value in said.items()):
            return waiting
        raise Conflict(ONE_WAITS)
    locality_scope(to)
    transfer = _write(family, {**said, "from_locality_id": left}, by=by, on=on)
    with connection.cursor() as cursor:
        cursor.execute("select slf.announce_transfer(%s)", [transfer.pk])
    return transfer


def _write(family: Family, said: dict[str, object], *, by: User, on: date) -> Transfer:
    try:
        with transaction.atomic():
            return Transfer.objects.create(family=family, proposed_by=by, proposed_on=on, **said)
    except IntegrityError as taken:
        raise Conflict(ONE_WAITS) from taken


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, by: User, on: date) -> None:
    """Take an offer back, as long as the other locality has not accepted it. A second time changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.withdraw_transfer(%s, %s)", [transfer.pk, on])
        (withdrawn,) = cursor.fetchone()
    held = Transfer.objects.visible_to(by).filter(pk=transfer.pk).first()
    if not withdrawn and (held is None or held.state != rules.State.WITHDRAWN):
        raise Conflict(DECIDED)


@transaction.atomic
def accept_transfer(arrival: Arrival, *, by: User, on: date) -> Family:
    """Take a family over: its record is the new locality's, and what the old one held of it ends."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.accept_transfer(%s, %s)", [arrival.pk, on])
        (family,) = cursor.fetchone()
    if family is None:
        raise Conflict(DECIDED)
    send_rights()
    for user in User.objects.filter(pk__in=Share.objects.of(family).values("user")):
        derive_shares(user)
    found: Family = Family.objects.visible_to(by).get(pk=family)
    return found


@transaction.atomic
def send_back_transfer(arrival: Arrival, *, answer: str, by: User, on: date) -> None:
    """Refuse a family with a reason; it stays where it is."""
    rules.check_words(answer=answer)
    with connection.cursor() as cursor:
        cursor.execute("select slf.send_back_transfer(%s, %s, %s)", [arrival.pk, answer, on])
        (sent_back,) = cursor.fetchone()
    if not sent_back:
        raise Conflict(DECIDED)


def close_kept_transfers() -> int:
    """End what workers kept of families they handed over, where the time is over; return of how many."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.close_kept_transfers()")
        return int(cursor.fetchone()[0])
