"""Supervision in Charnwood: one signed by both, one under way, one that is overdue, and the senior's own."""

from datetime import date, timedelta

from django.db import transaction

from casework.supervision.agenda import agenda
from casework.supervision.line import lines, mine
from casework.supervision.models import AgreedAction, SupervisionPart
from casework.supervision.rules import Agreed, OwnWords
from casework.supervision.services import begin_supervision, decide, mark_done, opens, sign_part, write_own_part
from slf.access.acting import acting_as
from slf.accounts.models import User

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
SAID = (
    ("step_up", "School is worried again. The meeting with social care comes first.", "Ring the social worker"),
    ("change_plan", "Two goals are reached. What is left is the debts.", "Write the new goals with the family"),
    ("continue", "", ""),
    ("joint_visit", "It is hard to get in. We go together once.", "Find an evening on which both parents are at home"),
    ("step_down", "The school takes over from half-term on.", ""),
)  # fmt: skip
OWN = OwnWords(
    "Tired after the two night calls in one week; says that the team carries it.",
    "Two highly complex families more than is good. No new ones until half-term.",
    "Wants to watch a star review with a family that argues.",
)
SENIORS_OWN = OwnWords(
    "Well.", "Eight workers, one of them new. It is full.", "Group supervision: has led two, wants a third watched."
)


def make_supervisions(accounts: dict[str, User], *, today: date) -> None:
    """Let the senior supervise two workers, and the manager the senior."""
    worker, other = accounts["fsw.charnwood"], accounts["fsw2.charnwood"]
    senior, manager = accounts["senior.charnwood"], accounts["manager.charnwood"]
    first = held(worker, senior, on=today - MONTH, today=today)
    talk_over(first, senior, most=len(SAID), today=today - MONTH)
    write(first, worker, OWN)
    settle(first, senior, worker, on=today - MONTH)
    finish_one(first, worker, on=today - WEEK)
    under_way = held(other, senior, on=today - timedelta(days=1), today=today)
    talk_over(under_way, senior, most=3, today=today)
    own = held(senior, manager, on=today - timedelta(days=10), today=today)
    write(own, senior, SENIORS_OWN)
    settle(own, manager, senior, on=today - timedelta(days=9))
    for supervisor in (senior, accounts["manager.melton"], accounts["head"]):
        supervise_the_rest(supervisor, today=today)


def supervise_the_rest(by: User, *, today: date) -> None:
    """Let everybody else in somebody's line have been supervised lately, but for the last, whose turn is overdue."""
    with acting_as(by), transaction.atomic():
        never = [line.worker for line in mine(lines(by, on=today), by) if line.due.last is None]
    for number, worker in enumerate(never[:-1]):
        day = today - timedelta(days=2 + 3 * number % 24)
        settle(held(worker, by, on=day, today=today), by, worker, on=day)


def held(worker: User, by: User, *, on: date, today: date) -> SupervisionPart:
    with acting_as(by), transaction.atomic():
        return begin_supervision([worker], kind="line", held_on=on, by=by, on=today).parts.get()


def talk_over(part: SupervisionPart, by: User, *, most: int, today: date) -> None:
    """Decide on the most pressing families, as they stand."""
    due = part.supervision.held_on + 2 * WEEK
    with acting_as(by), transaction.atomic():
        topics = [one for one in agenda(part, user=by, on=today) if opens(part.worker, one.family)][:most]
        for topic, (decision, note, what) in zip(topics, SAID, strict=False):
            action = Agreed(what, due) if what else None
            decide(part, topic.family, decision=decision, note=note, action=action, by=by, on=today)


def write(part: SupervisionPart, by: User, words: OwnWords) -> None:
    with acting_as(by), transaction.atomic():
        write_own_part(part, words, revision=0, by=by)


def settle(part: SupervisionPart, *people: User, on: date) -> None:
    for person in people:
        with acting_as(person), transaction.atomic():
            sign_part(part, by=person, on=on)


def finish_one(part: SupervisionPart, by: User, *, on: date) -> None:
    with acting_as(by), transaction.atomic():
        action = AgreedAction.objects.visible_to(by).to_do().filter(decision__part=part).first()
        if action is not None:
            mark_done(action, by=by, on=on, came_of_it="She rings back on Monday.")
