"""The state of files: for administrators, and nothing of any family."""

from slf.access.rules import Role
from tests.access_table import Row, all_of

ROWS = [
    Row("files:files", get=all_of(Role.ADMIN)),
    Row("api-files", get=all_of(Role.ADMIN)),
]
