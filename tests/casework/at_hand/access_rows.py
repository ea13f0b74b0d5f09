"""Today's visits are the caller's own; what a device asks without a session tells yes or gone."""

from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of

WORKERS = (Role.FSW, Role.SENIOR)
ROWS = [
    Row("casework:at_hand", get=all_of(*WORKERS)),
    Row("casework:take_along", post=all_of(*WORKERS)),
    Row("api-at-hand", get=all_of(*WORKERS)),
    Exempt("casework:at_hand_still", "Answers a signed ticket with yes or gone: tests/casework/at_hand"),
    Exempt("casework:send_at_hand", "The caller's own note, as drafts:draft: tests/casework/at_hand"),
]
