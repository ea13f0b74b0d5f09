"""Help that families of Charnwood are given: going on, finished, stopped, and a reward that was agreed in the plan."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.interventions.models import Help, Method
from casework.interventions.services import begin_help, deliver_session, end_help
from casework.plans.models import Goal
from casework.plans.rules import PlanState
from families.restricting.audience import worker_of
from performance.demo.closings import is_plain
from performance.demo.money import is_worked
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

EVERY = timedelta(days=7)
GIVEN = (
    ("Parenting course, in a group", "Bedtimes and mornings without shouting.", 10, 10, "finished",
     "“I count to ten now.” Mornings are quiet on most days."),
    ("Money and debt, step by step", "The rent arrears and three catalogues.", 9, 3, "", ""),
    ("Time for one young person", "Somebody of his own to talk to since the exclusion.", 12, 4, "family",
     "He stopped coming after the summer. Mum says he found football instead."),
    ("Talking as a family", "Who does what at home, and how an argument ends.", 5, 2, "", ""),
    ("Getting ready for work", "Back into work after seven years.", 11, 6, "finished",
     "She starts in the school kitchen after half-term."),
)  # fmt: skip


def help_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker give some of their families what the catalogue has, and write down how it went."""
    worker = accounts["fsw.charnwood"]
    with acting_as(worker), transaction.atomic():
        theirs = [each for each in charnwood if is_worked(each.row, worker)][: len(GIVEN)]
        for each, (name, words, weeks, sessions, result, said) in zip(theirs, GIVEN, strict=False):
            begun_on = max(today - EVERY * weeks, each.row.known_since)
            method = Method.objects.get(name=name)
            made = begin_help(
                each.row, method, people=each.adults[:1], words=words, begun_on=begun_on, by=worker, on=today
            )
            give(made, each, sessions, worker, today=today)
            if result:
                end_help(made, ended_on=today, result=result, result_words=said, by=worker, on=today)
        promise_a_reward(theirs, worker, today=today)


def give(made: Help, each: Made, sessions: int, worker: User, *, today: date) -> None:
    days = [made.begun_on + EVERY * number for number in range(sessions)]
    for day in (day for day in days if day <= today):
        people = [each.adults[0], *each.children[:1]]
        deliver_session(made, happened_on=day, people=people, by=worker, on=today)


def promise_a_reward(theirs: Sequence[Made], worker: User, *, today: date) -> None:
    """Agree on an outing with the first of the families that has a plan."""
    for each in theirs:
        goals = Goal.objects.filter(family=each.row, plan__state=PlanState.AGREED)
        if is_plain(each.row) and worker_of(each.row) == worker and (goal := goals.first()) is not None:
            begin_help(
                each.row, Method.objects.get(name="Something to do together"), people=[*each.adults, *each.children],
                words="A day at Bradgate Park when the children were in school for four whole weeks.", goal=goal,
                agreed_by=each.adults, agreed_on=today - EVERY, begun_on=today - EVERY, by=worker, on=today,
            )  # fmt: skip
            return
