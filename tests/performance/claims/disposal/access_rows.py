"""Disposal of evidence is the claims office's; before its day and without a proposal nobody gets on."""

from performance.claims.rules import State
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.performance.claims.access_rows import OFFICE, READERS, run_in

RUN, MANAGERS = run_in(State.SIGNED), frozenset({Role.MANAGER})
WHY = {"reason": "Nobody asked for it in years"}
NOT_DATA = READERS.keys() - {Role.DATA}
CONFIRM, KEEP = (Role.AUDITOR, Role.HEAD), (Role.DATA, Role.AUDITOR, Role.HEAD)
NEITHER, NOR = READERS.keys() - set(CONFIRM), READERS.keys() - set(KEEP)
ROWS = [
    Row("performance:disposals", get=OFFICE),
    Row("performance:disposal", of_office=RUN, get=OFFICE, not_their_job=MANAGERS),
    Row("performance:propose_disposal", of_office=RUN, get={Role.DATA: 200}, post={Role.DATA: 200},
        post_body=lambda kwargs: WHY, not_their_job=NOT_DATA),
    Row("performance:keep_evidence", of_office=RUN, get=all_of(*KEEP, status=404), post=all_of(*KEEP, status=404),
        not_their_job=NOR),
    Row("performance:confirm_disposal", of_office=RUN, get=all_of(*CONFIRM, status=404),
        post=all_of(*CONFIRM, status=404), not_their_job=NEITHER, recent=True),
    Row("api-disposals", get=OFFICE),
    Row("api-disposal-days", get=OFFICE),
    Row("api-propose-disposal", of_office=RUN, post={Role.DATA: 409}, post_body=lambda kwargs: WHY,
        not_their_job=NOT_DATA),
    Row("api-keep-evidence", of_office=RUN, post=all_of(*KEEP, status=404), post_body=lambda kwargs: WHY,
        not_their_job=NOR),
    Row("api-confirm-disposal", of_office=RUN, post=all_of(*CONFIRM, status=404), not_their_job=NEITHER, recent=True),
]  # fmt: skip
