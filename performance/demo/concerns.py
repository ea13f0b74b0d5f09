"""Safeguarding in the demo county: one to review, one under way, one whose answer is overdue, one done, and one that
only its author and the head of service read."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from casework.safeguarding.models import Concern
from casework.safeguarding.rules import Said, Step, Told
from casework.safeguarding.services import add_step, raise_concern, review_concern
from families.people.models import Family
from families.restricting.audience import worker_of
from performance.demo.closings import is_plain
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User
from slf.clock import LONDON

BURN = Told(
    "child", "The boy, 8", "A round burn on his left arm, about the size of a coin. He said “I must not tell”.",
    "told", "unsafe", "I stayed until his aunt came. She takes him for tonight.", "Mrs Ali, duty worker, 21:50",
)  # fmt: skip
SHOUTING = Told(
    "abuse", "Both parents", "The neighbour hears shouting and things thrown most nights. The mother had a swollen lip "
    "on Monday and said that she fell.", "unsure", "no", "I gave her the number of the helpline when we were alone.",
)  # fmt: skip
LIFTS = Told(
    "exploited", "The girl, 14", "She is fetched from school by a man in a grey van and has a second telephone.",
    "now", "no", "School looks who fetches her.",
)  # fmt: skip
COUSIN = Told(
    "adult", "The grandmother, 81", "Her pension is gone two days after it comes. She says that a cousin “helps”.",
    "told", "yes", "", "Adult duty desk, Mr Webb",
)  # fmt: skip
STRANGER = Told(
    "child", "A girl of about five at the flats in Lowther Way", "Alone on the stairs at half past nine at night, in "
    "pyjamas. She did not know when her mother would be back.", "told", "no", "I waited until the police came.",
    "Police, 21:35, log 412",
)  # fmt: skip
COLLEAGUE = Told(
    "staff", "A family in Loughborough", "A mother told me that her worker asked her for money, and came in the "
    "evening when nothing was planned.", "unsure", "no", "I asked nothing more.",
)  # fmt: skip
CALLED = "They took it down and will ring back."


def raise_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    worker, senior, second = (accounts[name] for name in ("fsw.charnwood", "senior.charnwood", "fsw2.charnwood"))
    with acting_as(senior), transaction.atomic():
        theirs = [each.row for each in charnwood if is_plain(each.row) and worker_of(each.row) == worker]
    if not theirs:
        return
    theirs = [theirs[number % len(theirs)] for number in range(4)]
    raised(BURN, theirs[0], by=worker, at=at(today, -1, 22))
    raised(SHOUTING, theirs[1], by=worker, at=at(today, 0, 8))
    late = raised(LIFTS, theirs[2], by=worker, at=at(today, -5, 15))
    reviewed(late, "refer", by=senior, at=at(today, -5, 17))
    took(late, Step.TOLD, by=worker, at=at(today, -5, 18), who="Duty worker, children's social care", words=CALLED)
    took(late, Step.WRITTEN, by=worker, at=at(today, -4, 10), who="The duty desk", words="The referral form, by post.")
    done = raised(COUSIN, theirs[3], by=worker, at=at(today, -20, 11))
    reviewed(done, "refer", by=senior, at=at(today, -20, 15))
    took(done, Step.WRITTEN, by=worker, at=at(today, -19, 9), who="Adult duty desk", words="The form, by post.")
    took(done, Step.OUTCOME, by=worker, at=at(today, -16, 14), who="Mr Webb", result="assessment",
         words="A social worker visits her alone on Thursday.")  # fmt: skip
    raised(STRANGER, None, by=second, at=at(today, 0, 7))
    raised(COLLEAGUE, None, by=senior, at=at(today, -1, 16), accused=second)


def at(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(hour, 10), tzinfo=LONDON)


def raised(told: Told, family: Family | None, *, by: User, at: datetime, accused: User | None = None) -> Concern:
    with acting_as(by), transaction.atomic():
        team = None if family or accused else Locality.objects.get(slug="charnwood").pk
        said = Told(**vars(told) | {"team": team, "accused": accused and accused.pk})
        return raise_concern(said, family=family, by=by, at=at)


def reviewed(concern: Concern, decision: str, *, by: User, at: datetime) -> None:
    with acting_as(by), transaction.atomic():
        review_concern(concern, decision=decision, words="Ring the duty desk now and tell me.", by=by, at=at)


def took(concern: Concern, step: Step, *, by: User, at: datetime, **said: str) -> None:
    with acting_as(by), transaction.atomic():
        add_step(concern, Said(step, **said), by=by, at=at)
