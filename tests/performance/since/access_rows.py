"""What changed since is read with the claim, without lines for who certifies; a data officer has it looked at."""

from performance.claims.rules import State
from slf.access.rules import Role
from tests.access_table import Row
from tests.performance.claims.access_rows import READERS, run_in

OTHERS = READERS.keys() - {Role.DATA}

ROWS = [
    Row(
        "performance:since", of_office=run_in(State.PREPARED), get=READERS, post={Role.DATA: 302}, not_their_job=OTHERS
    ),
    Row(
        "api-since",
        of_office=run_in(State.PREPARED),
        get=READERS,
        post={Role.DATA: 202},
        not_their_job=OTHERS,
        recent=True,
    ),
]
