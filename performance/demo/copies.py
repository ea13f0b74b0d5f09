"""Copies of the chronology for people of families of Charnwood: one waits for a senior, one was given."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.copies.services import Wanted, ask_for_copy, give_copy, read_copy, release_copy
from performance.demo.money import is_worked
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

GIVEN = "She wants to show her mother what they did together."
ASKED = "To read it again before the next meeting."


def copy_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    worker, senior = accounts["fsw.charnwood"], accounts["senior.charnwood"]
    with acting_as(worker), transaction.atomic():
        found = [each for each in charnwood if each.adults and is_worked(each.row, worker)][:2]
    for each, why, days in zip(found, (GIVEN, ASKED), (9, 1), strict=False):
        on = today - timedelta(days=days)
        with acting_as(worker), transaction.atomic():
            made = ask_for_copy(each.row, each.adults[0], Wanted(why, True, False), by=worker, on=on)  # noqa: FBT003
        if why is ASKED:
            continue
        with acting_as(senior), transaction.atomic():
            reading = read_copy(made, by=senior, on=on)
            if not reading.shown:
                continue
            made = release_copy(made, seen=reading.tag, by=senior, on=on)
        with acting_as(worker), transaction.atomic():
            give_copy(made, by=worker, on=on + timedelta(days=1))
