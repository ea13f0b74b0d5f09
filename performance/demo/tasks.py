"""Tasks in Charnwood: overdue, due today, for a colleague, put off, done."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.tasks.about import About
from casework.tasks.models import Task
from casework.tasks.services import finish_task, put_off_task, set_task
from families.people.models import Family
from performance.demo.money import is_worked
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

OWN = (
    ("Ring the head of year about the days missed last week", -2, "visits"),
    ("Take the housing form to the benefits office in Loughborough", 0, "plan"),
    ("Ask the health visitor whether she has seen the baby", 1, "chronology"),
    ("Find out when the boxing club takes new members", 9, "star"),
)


def set_tasks(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker and their senior set each other and themselves something to do."""
    worker, senior = accounts["fsw.charnwood"], accounts["senior.charnwood"]
    with acting_as(senior), transaction.atomic():
        theirs = [each.row for each in charnwood if is_worked(each.row, worker)][: len(OWN)]
    if not theirs:
        return
    families = (theirs * len(OWN))[: len(OWN)]
    for family, (what, days, page) in zip(families, OWN, strict=True):
        due_on = today + timedelta(days=days)
        put(family, what, due_on, owner=worker, by=worker, on=min(today, due_on), page=page)
    first, second, third, _ = families
    put(second, "Read the assessment and sign it off", today, owner=senior, by=worker, on=today, page="assessments")
    asked = put(third, "Say at the locality meeting that no nursery place is free", today - timedelta(3),
                owner=worker, by=senior, on=today - timedelta(7), page="case")  # fmt: skip
    with acting_as(worker), transaction.atomic():
        words = "The meeting was cancelled; the next one is on Monday."
        put_off_task(asked, due_on=today + timedelta(5), words=words, by=worker, on=today - timedelta(3))
    yesterday, week_ago = today - timedelta(1), today - timedelta(6)
    what = "Send the family the dates of the parenting course"
    done = put(first, what, yesterday, owner=worker, by=worker, on=week_ago, page="help_given")
    with acting_as(worker), transaction.atomic():
        finish_task(done, words="Sent by post, and told by telephone.", by=worker, on=yesterday)


def put(family: Family, what: str, due_on: date, *, owner: User, by: User, on: date, page: str) -> Task:
    with acting_as(by), transaction.atomic():
        return set_task(family, what=what, due_on=due_on, owner=owner, by=by, on=on, about=About(page))
