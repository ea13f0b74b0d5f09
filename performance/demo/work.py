"""What the made-up workers did: allocations, visits, readings and plans."""

import random
from datetime import date, timedelta

from casework.cases.models import Case, Handover
from casework.plans.rules import How, Said
from casework.plans.services import add_action, add_goal, record_answer, start_plan
from casework.stars.models import Reading, StarTool
from casework.visits.models import Sighting, Visit
from families.needs.models import Need
from performance.demo.names import GOALS, NOTES, TOLD
from performance.demo.people import Made
from referrals.allocation.models import Allocation
from slf.access.models import Share
from slf.accounts.models import User

SHARE_WORKED_WITH = 0.55
MOST_EACH = 9
HANDED_OVER_EVERY = 6


def work_with(chance: random.Random, families: list[Made], workers: list[User], *, by: User, today: date) -> list[Made]:
    """Allocate as many families as the workers can carry, and let them work; return those worked with."""
    worked = families[: min(int(len(families) * SHARE_WORKED_WITH), len(workers) * MOST_EACH)]
    pairs = [(each, workers[n % len(workers)]) for n, each in enumerate(worked)]
    began = {each.row.pk: begin_day(chance, each, today) for each in worked}
    Allocation.objects.bulk_create(
        Allocation(family=each.row, worker=worker, highly_complex=each.complex and chance.random() < 0.3,
                   period=(began[each.row.pk], None), allocated_by=by)
        for each, worker in pairs
    )  # fmt: skip
    Share.objects.bulk_create(
        Share(user=worker, family=each.row, kind=Share.Kind.WORKER, period=(began[each.row.pk], None), given_by=by)
        for each, worker in pairs
    )
    cases = Case.objects.bulk_create(
        Case(family=each.row, opened_on=began[each.row.pk], attached_on=began[each.row.pk], opened_by=by)
        for each, _ in pairs
    )
    for case, (each, worker) in zip(cases, pairs, strict=True):
        visit(chance, each, worker, case, today=today)
    read_stars(chance, pairs, began, today=today)
    for each, worker in pairs[::2]:
        plan(chance, each, worker, began[each.row.pk], today=today)
    hand_over(chance, pairs, began, workers, by=by, today=today)
    return worked


def hand_over(
    chance: random.Random,
    pairs: list[tuple[Made, User]],
    began: dict[int, date],
    workers: list[User],
    *,
    by: User,
    today: date,
) -> None:
    """Let some families have had another worker first."""
    for each, worker in pairs[::HANDED_OVER_EVERY]:
        former = next((other for other in workers if other != worker), None)
        first, day = began[each.row.pk], today - timedelta(days=chance.randint(3, 12))
        if former is None or first >= day:
            continue
        rows = Allocation.objects.filter(family=each.row, worker=worker)
        rows.update(period=(day, None))
        Allocation.objects.create(family=each.row, worker=former, period=(first, day), allocated_by=by)
        Handover.objects.create(
            family=each.row, former=former, next=worker, happened_on=day, must_know=chance.choice(TOLD), made_by=by
        )


def begin_day(chance: random.Random, each: Made, today: date) -> date:
    first = each.row.known_since + timedelta(days=chance.randint(5, 30))
    return min(first, today - timedelta(days=chance.randint(20, 90)))


def visit(chance: random.Random, each: Made, worker: User, case: Case, *, today: date) -> None:
    """Visit about every ten days in the last half year; now and then a gap that the drift figures find."""
    day = max(case.opened_on + timedelta(days=3), today - timedelta(days=180))
    last = today - timedelta(days=chance.choice((1, 2, 4, 6, 9, 12, 34)))
    visits = []
    while day <= last:
        following = day + timedelta(days=chance.choice((7, 7, 10, 14)))
        words = {"child": chance.choice(each.children).given_names, "adult": each.adults[0].given_names}
        visits.append(
            Visit(family=each.row, case=case, kind=chance.choice(("home", "home", "home", "school", "phone")),
                  happened_on=day, note=chance.choice(NOTES).format(**words),
                  next_visit_on=following, recorded_by=worker, grade="fact")
        )  # fmt: skip
        day = following
    Visit.objects.bulk_create(visits)
    Sighting.objects.bulk_create(
        Sighting(family=each.row, visit=made, person=person, how=chance.choice(("seen", "seen", "alone")))
        for made in visits if made.kind != "phone"
        for person in (*each.adults, *each.children) if chance.random() < 0.7
    )  # fmt: skip


def read_stars(chance: random.Random, pairs: list[tuple[Made, User]], began: dict[int, date], *, today: date) -> None:
    """Take a first reading within four weeks and others every twelve, rising where the family improves."""
    tool = StarTool.objects.in_use(on=today)
    areas = [area.code for area in tool.as_rules().areas]
    readings = []
    for each, worker in pairs:
        marks = {area: chance.randint(1, 4) for area in areas}
        day = began[each.row.pk] + timedelta(days=chance.randint(7, 28))
        while day < today:
            readings.append(
                Reading(family=each.row, tool=tool, taken_on=day, completed="together", marks=marks, recorded_by=worker)
            )
            step = (0, 0, 1, 1) if each.improves else (-1, 0, 0, 1)
            marks = {area: min(6, max(1, mark + chance.choice(step))) for area, mark in marks.items()}
            day += timedelta(days=84)
    Reading.objects.bulk_create(readings)


def plan(chance: random.Random, each: Made, worker: User, began: date, *, today: date) -> None:
    """Write a plan of two goals and have the family agree to it."""
    day = min(began + timedelta(days=30), today)
    made = start_plan(each.row, by=worker, on=day)
    needs = list(Need.objects.filter(family=each.row)[:2])
    for words, own, agency in chance.sample(GOALS, 2):
        goal = add_goal(made, words=words, needs=needs[:1], by=worker)
        add_action(
            goal, what=own, owner=each.adults[0], due_on=today + timedelta(days=chance.randint(-10, 60)), by=worker
        )
        add_action(goal, what=agency, owner=worker, due_on=today + timedelta(days=chance.randint(5, 40)), by=worker)
    made.refresh_from_db()
    record_answer(
        made, person=each.adults[0], said=Said.AGREED, how=How.PAPER, said_on=day, revision=made.revision, by=worker
    )
