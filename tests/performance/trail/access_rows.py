"""The trail is internal audit's; what happened to a run, the claims office's. Administrators learn if it holds."""

from performance.claims.rules import State
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.performance.claims.access_rows import READERS, run_in

AUDIT = all_of(Role.AUDITOR)
ROWS = [
    Row("performance:trail", get=all_of(Role.AUDITOR, Role.ADMIN)),
    Row("performance:verify_trail", post=all_of(Role.AUDITOR, status=302)),
    Row("performance:trail_of_run", of_office=run_in(State.PREPARED), get=READERS),
    Row("api-trail-checks", get=AUDIT, post=all_of(Role.AUDITOR, status=202)),
    Row("api-trail-of-run", of_office=run_in(State.PREPARED), get=READERS),
]
