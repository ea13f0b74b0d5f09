"""What partners were shown: read by whoever reads the family's evidence, written by who works with it."""

from datetime import date

from families.sharing.services import record_agreement
from families.shown.services import write_down_showing
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.plans.factories import somebody

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA)
WORKERS = all_of(Role.FSW, Role.SENIOR)
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD, Role.DATA})
ON = date(2014, 10, 1)
TALK = {
    "agency": "schools", "to": "Ms Rudge, head of year", "what": "told", "category": "education",
    "words": "That a worker visits", "shown_on": "2014-09-01",
    "shown_on_day": "1", "shown_on_month": "9", "shown_on_year": "2014",
}  # fmt: skip


def of(family) -> dict:
    return {"uid": family.uid}


def as_csv(family) -> dict:
    return of(family) | {"form": "csv"}


def taken_back(family) -> dict:
    said = {"agency": "schools", "to": "Ms Rudge", "what": "told", "category": "education", "words": "That we visit"}
    write_down_showing(family, **said, shown_on=date(2014, 9, 1), by=somebody(), on=ON)
    row = record_agreement(family, state="withdrawn", said_on=ON, how="phone", by=somebody())
    return {"uid": family.uid, "taken": row.uid}


def telling(kwargs) -> dict:
    return {
        "partner": "Schools and academies", "whom": "Ms Rudge", "how": "phone", "told_on": "2014-10-02",
        "told_on_day": "2", "told_on_month": "10", "told_on_year": "2014",
    }  # fmt: skip


TELLERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER)

ROWS = [
    Row("families:partners_to_tell", get=TELLERS),
    Row("api-partners-to-tell", get=TELLERS),
    Row("families:shown", of, get=READERS),
    Row("families:shown_file", as_csv, get=READERS),
    Row("families:add_showing", of, get=WORKERS, post=all_of(*WORKERS, status=302), post_body=lambda kwargs: TALK,
        not_their_job=NOT_WORKERS),
    Row("families:tell_partner", taken_back, get=WORKERS, post=all_of(*WORKERS, status=302), post_body=telling,
        not_their_job=NOT_WORKERS),
    Row("api-shown", of, get=READERS, post=all_of(*WORKERS, status=201), post_body=lambda kwargs: TALK,
        not_their_job=NOT_WORKERS),
    Row("api-partner-told", taken_back, post=all_of(*WORKERS, status=201), post_body=telling,
        not_their_job=NOT_WORKERS),
]  # fmt: skip
