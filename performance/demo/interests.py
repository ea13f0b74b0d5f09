"""Who knows a family: a worker whose child is in the same class, a neighbour who is not given it, one looked into."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from families.interests.services import declare, end
from families.people.models import Family
from families.restricting.audience import worker_of
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

SAID_LATELY, SAID_BEFORE, LOOKED_INTO = timedelta(days=2), timedelta(days=60), timedelta(days=52)


def declare_some(families: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let the second worker of Charnwood know three of its families: one they work with, and two of others."""
    worker, senior = accounts["fsw2.charnwood"], accounts["senior.charnwood"]
    with acting_as(senior), transaction.atomic():
        theirs = [each.row for each in families if worker_of(each.row) == worker]
        others = [each.row for each in families[3:] if worker_of(each.row) not in {worker, None}]
    if not theirs or not others[1:]:
        return
    said(theirs[-1], worker, "child", "Our youngest are in one class at Rendell Primary.", on=today - SAID_LATELY)
    said(others[0], worker, "friend", "They moved in two doors down in the summer.", on=today - SAID_LATELY)
    same_name = said(others[1], worker, "other", "Same family name as my mother's.", on=today - SAID_BEFORE)
    with acting_as(senior), transaction.atomic():
        end(same_name, reason="Looked into with her: not related.", by=senior, on=today - LOOKED_INTO)


def said(family: Family, worker: User, kind: str, words: str, *, on: date):
    with acting_as(worker), transaction.atomic():
        return declare(family, about=worker, kind=kind, words=words, by=worker, on=on)
