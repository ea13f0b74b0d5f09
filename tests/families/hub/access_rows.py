"""Files from agencies belong to the data office alone."""

from uuid import uuid4

from families.hub.models import FeedFile
from families.hub.services import data_office
from slf.access.rules import Role
from slf.accounts.models import User
from tests.access_table import Row
from tests.families.hub.factories import COVERS

OTHERS = frozenset(Role) - {Role.DATA}


def file() -> dict:
    """Keep a file that somebody of the data office sent."""
    sender = User.objects.get_or_create(username="sender")[0]
    kept = FeedFile.objects.create(
        scope=data_office(), feed="attendance", name="a.csv", content="a.csv", sha256=uuid4().hex, rows_expected=1,
        uploaded_by=sender, received_on=COVERS[1], covers=COVERS,
    )  # fmt: skip
    return {"uid": kept.uid}


ROWS = [
    Row("families:feed_files", get={Role.DATA: 200}),
    Row("families:send_feed_file", get={Role.DATA: 200}, post={Role.DATA: 200}),
    Row("families:feed_file", of_office=file, get={Role.DATA: 200}, not_their_job=OTHERS),
    Row("families:feed_rows_to_mend", of_office=file, get={Role.DATA: 200}, not_their_job=OTHERS, recent=True),
    Row("families:feed_rows_unmatched", of_office=file, get={Role.DATA: 200}, not_their_job=OTHERS, recent=True),
    Row("api-feed-files", get={Role.DATA: 200}),
    Row("api-feed-file", of_office=file, get={Role.DATA: 200}, not_their_job=OTHERS),
    Row("api-feed-rows", of_office=file, get={Role.DATA: 200}, not_their_job=OTHERS),
]
