"""Teams around families of Charnwood: a meeting with minutes, one to come, and what services were asked for."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import transaction

from casework.around.models import TeamMember
from casework.around.services import join_team, leave_team, name_lead
from casework.meetings.minutes import CAME, key, write_minutes
from casework.meetings.models import Meeting
from casework.meetings.papers import give_copy
from casework.meetings.rules import Said
from casework.meetings.services import (
    Invited,
    could_be_invited,
    finish_minutes,
    plan_meeting,
    say_typed,
    set_action,
)
from casework.meetings.wanting import ask_for_meeting
from casework.requests import services as requests
from families.people.models import Family
from families.sharing.services import agreement_in_force
from performance.demo.money import is_worked
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

DAY = timedelta(days=1)
OTHERS = (
    ("Helen Marriott", "schools", "Shelthorpe Primary School", "Class teacher of the younger children"),
    ("Dr Anil Desai", "health", "Woodbrook Medical Centre", "The family's doctor"),
    ("Pauline Sharpe", "housing", "Charnwood tenancy support", "Sees to the arrears and the damp"),
)
SAID = (
    ("paragraph", "Mornings are calmer since September. The children were late twice in four weeks."),
    ("paragraph", "The damp in the back bedroom is still there. Two appointments were missed by the contractor."),
    ("decision", "School keeps a place at breakfast club until Christmas."),
)
KEPT = "Mum is worried that the school will think less of her for the arrears."
WANTED = (
    ("Go through the plan with school, the family and their worker.", 9),
    ("Agree with housing who is there when the damp is looked at.", -1),
    ("Say goodbye to the health visitor, and meet the school nurse.", 20),
)
ASKED = (  # what, need, days ago, what became of it: days until it was offered, started, not met
    ("Counselling for young people", "health", 96, "unavailable", "full", 12),
    ("Speech and language therapy", "education", 61, "", "", 0),
    ("A place in the nursery", "parenting", 70, "started", "", 28),
    ("Furniture and white goods", "poverty", 33, "unavailable", "none_here", 5),
    ("Counselling for young people", "health", 40, "declined", "threshold", 21),
    ("A course for fathers", "parenting", 24, "unavailable", "too_far", 9),
)


def gather_around(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker gather the team around some of their families, meet, and ask services."""
    worker, support = accounts["fsw.charnwood"], accounts["support.charnwood"]
    with acting_as(worker), transaction.atomic():
        theirs = [each for each in charnwood if is_worked(each.row, worker)]
        for number, each in enumerate(theirs[: len(ASKED)]):
            ask(each, number, worker, today=today)
        agreed = [each for each in theirs if agreement_in_force(each.row, on=today) is not None]
        for each in agreed[:1]:
            held = meet(each, gather(each, worker, today=today), worker, today=today)
            call_next(each, held, worker, today=today)
        for each in agreed[1:3]:
            gather(each, worker, today=today, others=OTHERS[:1])
        want(agreed[:3], worker, today=today)
    support_meetings([each.row for each in agreed[1:3]], support, today=today)


def gather(each: Made, worker: User, *, today: date, others: Sequence[Sequence[str]] = OTHERS) -> list[TeamMember]:
    since = max(today - 80 * DAY, each.row.known_since)
    by = {"from_on": since, "by": worker, "on": today}
    me = join_team(each.row, kind="colleague", colleague=worker, part="Works with the whole family", **by)
    name_lead(me, by=worker)
    found = [
        join_team(each.row, kind="professional", name=name, agency=agency, organisation=where, part=part, **by)
        for name, agency, where, part in others
    ]
    gone = join_team(
        each.row, kind="professional", name="Ruth Tansley", agency="health", part="Health visitor", **by,
        organisation="Loughborough health visitors",
    )  # fmt: skip
    leave_team(gone, to_on=today - DAY, because="The youngest started school.", by=worker, on=today)
    return [me, *found]


def meet(each: Made, team: Sequence[TeamMember], worker: User, *, today: date) -> Meeting:
    """Hold a meeting some days ago, with minutes, actions and everybody's copy."""
    said = {"day": today - 9 * DAY, "starts_at": time(9, 30), "place": OTHERS[0][2]}
    invited = Invited(each.adults[:1], team)
    held = plan_meeting(
        each.row, invited=invited, purpose="How school and the house are going.", by=worker, on=today, **said
    )
    held = Meeting.objects.in_full(worker).get(pk=held.pk)
    those = held.those_invited
    came = {key(CAME, one): "apologies" if str(one) == OTHERS[1][0] else "came" for one in those}
    teacher = next(one for one in those if str(one) == OTHERS[0][0])
    points = [*(Said(kind, words) for kind, words in SAID), Said("paragraph", KEPT, frozenset({teacher.pk}))]
    write_minutes(held, answers=came, more=points, revision=0, by=worker, on=today)
    finish_minutes(held, by=worker, on=today)
    tenancy = next(one for one in those if str(one) == OTHERS[2][0])
    mine = next(one for one in those if one.account == worker.pk)
    actions = (("Book the damp survey again, with the family at home.", tenancy, today + 5 * DAY),
               ("Ask the breakfast club for the two places.", mine, today - 2 * DAY))  # fmt: skip
    for what, owner, due_on in actions:
        set_action(held, what=what, owner=owner, due_on=due_on, by=worker, on=today)
    for one in those:
        give_copy(held, one, what="minutes", by=worker, on=today)
    return held


def call_next(each: Made, held: Meeting, worker: User, *, today: date) -> None:
    team = list(TeamMember.objects.present().filter(family=each.row))
    plan_meeting(
        each.row, day=today + 19 * DAY, starts_at=time(9, 30), place=OTHERS[0][2], follows=held, by=worker, on=today,
        purpose="What changed since the last meeting.", invited=Invited(each.adults[:1], team),
    )  # fmt: skip


def want(agreed: Sequence[Made], worker: User, *, today: date) -> None:
    """Ask business support for meetings: one soon, one that is overdue."""
    for each, (purpose, days) in zip(agreed, WANTED, strict=False):
        asked_on = today - 12 * DAY
        ask_for_meeting(each.row, purpose=purpose, by_day=today + days * DAY, by=worker, on=asked_on)


def support_meetings(families: Sequence[Family], support: User, *, today: date) -> None:
    """Let business support hold two meetings: the minutes of one are to type, those of the other to finish."""
    with acting_as(support), transaction.atomic():
        for family, is_typed in zip(families, (False, True), strict=False):
            could = could_be_invited(family, by=support, on=today)
            held = plan_meeting(
                family, day=today - 2 * DAY, starts_at=time(14, 0), place="Shelthorpe community house", by=support,
                purpose="Who does what until Christmas.", invited=could, on=today - 9 * DAY,
            )  # fmt: skip
            if is_typed:
                held = Meeting.objects.in_full(support).get(pk=held.pk)
                came = {key(CAME, one): "came" for one in held.those_invited}
                points = [Said(kind, words) for kind, words in SAID[:2]]
                write_minutes(held, answers=came, more=points, revision=0, by=support, on=today)
                say_typed(held, by=support, on=today)


def ask(each: Made, number: int, worker: User, *, today: date) -> None:
    what, need, ago, became, reason, after = ASKED[number]
    asked_on = max(today - ago * DAY, each.row.known_since)
    day, by = min(asked_on + after * DAY, today), {"by": worker, "on": today}
    words = "Asked for together with the family."
    made = requests.ask_service(each.row, other=what, need=need, words=words, asked_on=asked_on, **by)
    if became == "started":
        requests.start(made, started_on=day, **by)
    elif became:
        requests.not_met(made, how=became, reason=reason, closed_on=day, **by)
