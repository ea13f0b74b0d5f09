"""What identification finds is for data officers alone: no head, no auditor, nobody of casework."""

from datetime import date

from families.hub.services import data_office
from performance.identification.models import IdentificationRun
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row
from tests.performance.claims.access_rows import somebody

DATA = {Role.DATA: 200}


def run() -> dict:
    """Make a run somebody of the data office asked for."""
    officer = somebody("preparer", Role.DATA)
    with acting_as(officer):
        found = IdentificationRun.objects.create(
            scope=data_office(), on=date(2014, 10, 15), asked_by=officer, engine="3", schemes=[], use={},
            delete_on=date(2014, 11, 14),
        )  # fmt: skip
    return {"uid": found.uid}


ROWS = [
    Row("performance:identification", get=DATA),
    Row("performance:look_for_families", post={Role.DATA: 302}),
    Row("performance:identification_run", of_office=run, get=DATA),
    Row("performance:identification_csv", of_office=run, get=DATA, recent=True),
    Row("api-identification", get=DATA, post={Role.DATA: 201}),
    Row("api-identified", of_office=run, get=DATA, recent=True),
    Row("api-found-people", of_office=run, get=DATA, recent=True),
]
