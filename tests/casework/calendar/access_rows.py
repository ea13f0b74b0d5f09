"""One's own calendar address; what is given at it shows no family."""

from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of

WORKERS = (Role.FSW, Role.SENIOR)
ROWS = [
    Row("casework:calendar", get=all_of(*WORKERS), post=all_of(*WORKERS)),
    Row("casework:revoke_calendar", post=all_of(*WORKERS, status=302)),
    Row("api-calendar-address", get=all_of(*WORKERS), post=all_of(*WORKERS, status=201),
        delete=all_of(*WORKERS, status=204)),
    Exempt("casework:calendar_feed", "Asked by a calendar that is not signed in: tests/casework/calendar"),
]  # fmt: skip
