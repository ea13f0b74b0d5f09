"""What was left out is shown by who decides; a look at what was is the evidence's, a review somebody else's."""

from datetime import date

from families.facts.models import Fact
from families.overriding.models import Override
from families.overriding.rules import Occasion
from families.overriding.services import show_all_the_same
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.casework.plans.factories import somebody

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA)
DECIDE = (Role.SENIOR, Role.MANAGER)
REVIEW = (Role.SENIOR, Role.MANAGER, Role.HEAD)
SEE_IT = frozenset({Role.FSW, Role.HEAD, Role.DATA})
WHY = "The court asked for it by noon"
SHOWN: dict = {}
"""To whom it is shown in each family, by its uid: the body of a post is made while nobody acts."""


def of(family) -> dict:
    return {"uid": family.uid}


def left_out(family) -> dict:
    """A fact from health, which is used by consent alone; and a colleague of the locality."""
    Fact.objects.create(
        family=family, kind="homelessness", agency="health", source="feed", source_name="A file",
        source_key=f"left-{family.uid}", period=(date(2014, 3, 3), date(2014, 3, 4)), recorded_on=date(2014, 4, 1),
        recorded_by=somebody(),
    )  # fmt: skip
    worker = User.objects.create(username=f"colleague.{family.uid}")
    place = family.scope.locality
    give_post(worker, role=Role.FSW, locality=place, by=somebody(), starts_on=date(2012, 4, 1))
    SHOWN[family.uid] = worker
    return {"uid": family.uid}


def shown(family) -> Override:
    left_out(family)
    said = {"agency": "health", "kind": "homelessness", "occasion": Occasion.COURT, "reason": WHY}
    return show_all_the_same(family, **said, shown_to=SHOWN[family.uid], by=somebody())


def an_override(family) -> dict:
    return {"uid": shown(family).uid}


def in_family(family) -> dict:
    return {"uid": family.uid, "override": shown(family).uid}


def body(kwargs) -> dict:
    who = SHOWN.get(kwargs["uid"])
    return {
        "what": "health:homelessness", "agency": "health", "kind": "homelessness", "occasion": "court", "reason": WHY,
        "shown_to": str(who.uid) if who else str(kwargs["uid"]),
    }  # fmt: skip


ROWS = [
    Row("families:show_all_the_same", left_out, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302), post_body=body,
        not_their_job=SEE_IT),
    Row("families:end_override", in_family, post=all_of(*DECIDE, status=302), not_their_job=SEE_IT),
    Row("families:overrides", get=all_of(*REVIEW)),
    Row("families:review_override", an_override, post=all_of(*REVIEW, status=302),
        not_their_job=frozenset({Role.FSW, Role.DATA})),
    Row("api-overrides", left_out, get=READERS, post=all_of(*DECIDE, status=201), post_body=body, not_their_job=SEE_IT),
    Row("api-overrides-to-review", get=all_of(*REVIEW)),
    Row("api-end-override", an_override, post=all_of(*DECIDE), not_their_job=SEE_IT),
    Row("api-review-override", an_override, post=all_of(*REVIEW), not_their_job=frozenset({Role.FSW, Role.DATA})),
]  # fmt: skip
