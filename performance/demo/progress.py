"""Progress that is worth a goal: one decided by the manager, one that waits."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.equivalents.services import decide_equivalent, needs_of, propose_equivalent
from families.restricting.audience import worker_of
from performance.demo.closings import is_plain
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

SAID = (
    ("illness", "She had to stop the course when her back gave way. She helps in the school library now."),
    ("kept_safe", "He moved to Corby in June and was not seen near the house since, with no injunction."),
)  # fmt: skip


def decide_on_progress(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Have a worker propose it for two families, and the manager of the locality decide on the first."""
    worker, manager = accounts["fsw.charnwood"], accounts["manager.charnwood"]
    week_ago, made = today - timedelta(7), []
    with acting_as(worker), transaction.atomic():
        theirs = [each.row for each in charnwood if is_plain(each.row) and worker_of(each.row) == worker]
        for family, (because, words) in zip(theirs, SAID, strict=False):
            needs = needs_of(family, by=worker)
            if needs:
                said = {"because": because, "words": words}
                made.append(propose_equivalent(family, need=needs[0], by=worker, on=week_ago, **said))
    with acting_as(manager), transaction.atomic():
        for each in made[:1]:
            decide_equivalent(each, approve="yes", by=manager, on=today)
