"""What is contested: read with the evidence, taken down by who works with the family, decided by who decides."""

from datetime import date

from families.contesting.models import Contest
from families.contesting.rules import Decision, Kind
from families.contesting.services import decide_contest, take_down
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.plans.factories import somebody

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA)
WORK, DECIDE = (Role.FSW, Role.SENIOR), (Role.SENIOR, Role.MANAGER)
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD, Role.DATA})
NOT_DECIDERS = frozenset({Role.FSW, Role.HEAD, Role.DATA})
ON = date(2014, 10, 1)
PARENTS: dict = {}


def of(family) -> dict:
    PARENTS[family.uid] = family.memberships.filter(part="parent").first().person
    return {"uid": family.uid}


def contest(family) -> Contest:
    of(family)
    said = {"says": "We were never late", "received_on": ON, "words": "The letter of May"}
    return take_down(family, kind=Kind.CORRECTION, raised_by=PARENTS[family.uid], **said, by=somebody(), on=ON)


def open_one(family) -> dict:
    return {"uid": family.uid, "contest": contest(family).uid}


def decided(family) -> dict:
    row = decide_contest(
        contest(family), decision=Decision.NOTED, reason="The school stands by it", by=somebody(), on=ON
    )
    return {"uid": family.uid, "contest": row.uid}


def saying(kwargs) -> dict:
    who = PARENTS.get(kwargs["uid"])
    return {
        "kind": "correction", "raised_by": str(who.uid if who else kwargs["uid"]), "item": "words", "words": "A letter",
        "says": "We were never late",
        "received_on_day": "1", "received_on_month": "10", "received_on_year": "2014",
    }  # fmt: skip


def saying_to_the_api(kwargs) -> dict:
    said = saying(kwargs)
    return {name: said[name] for name in ("kind", "raised_by", "words", "says")} | {"received_on": "2014-10-01"}


def deciding(kwargs) -> dict:
    return {"decision": "refused", "reason": "The register of the school says so"}


def telling(kwargs) -> dict:
    days = {"told_on_day": "15", "told_on_month": "10", "told_on_year": "2014"}
    return {"told_on": "2014-10-15", "told_how": "phone"} | days


ROWS = [
    Row("families:contests", of, get=READERS),
    Row("families:add_contest", of, get=all_of(*WORK), post=all_of(*WORK, status=302), post_body=saying,
        not_their_job=NOT_WORKERS),
    Row("families:decide_contest", open_one, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302), post_body=deciding,
        not_their_job=NOT_DECIDERS),
    Row("families:contest_told", decided, get=all_of(*WORK), post=all_of(*WORK, status=302), post_body=telling,
        not_their_job=NOT_WORKERS),
    Row("families:contests_waiting", get=all_of(*DECIDE)),
    Row("api-contests", of, get=READERS, post=all_of(*WORK, status=201), post_body=saying_to_the_api,
        not_their_job=NOT_WORKERS),
    Row("api-contests-waiting", get=all_of(*DECIDE)),
    Row("api-decide-contest", open_one, post=all_of(*DECIDE), post_body=deciding, not_their_job=NOT_DECIDERS),
    Row("api-contest-told", decided, post=all_of(*WORK), post_body=telling, not_their_job=NOT_WORKERS),
]  # fmt: skip
