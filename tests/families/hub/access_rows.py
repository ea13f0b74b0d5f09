"""Files from agencies belong to the data office alone."""

from slf.access.rules import Role
from tests.access_table import Row

ROWS = [
    Row("families:feed_files", get={Role.DATA: 200}, post={Role.DATA: 200}),
    Row("api-feed-files", get={Role.DATA: 200}),
]
