"""The team and the drift list: for those who review the work."""

from slf.access.rules import ROLES, Can, Role
from tests.access_table import Row, all_of

REVIEWS = all_of(*(role for role in Role if Can.REVIEW_FAMILY in ROLES[role]))
ROWS = [
    Row("casework:team", get=REVIEWS),
    Row("casework:drift", get=REVIEWS),
    Row("api-team", get=REVIEWS),
    Row("api-drift", get=REVIEWS),
]
