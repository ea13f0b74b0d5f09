from django.db import migrations

from casework.lone_working import sql_roster as roster
from casework.own_page import sql as own_page
from casework.safeguarding import sql as safeguarding
from casework.supervision import sql as supervision
from slf.access.policies import RunFunctions
from slf.access.sql import without_trigger
from slf.access.sql.own_name import CHANGED_IN_OWN_NAME, changes_own_name

SHARED_PAPERS = {"casework_assessmentanswer": "written_by_id", "casework_ownpart": "written_by_id"}
ANY_NAME = "".join(f"drop trigger if exists changed_in_own_name on {table};" for table in SHARED_PAPERS)


class Migration(migrations.Migration):
    """Supervision is no partner's, a link is tried on its own page, and whoever changes a row stands in it."""

    dependencies = [("casework", "0032_tasks")]

    operations = [
        RunFunctions(supervision.KEPT_FROM_PARTNERS, supervision.SHARED_WITH_PARTNERS),
        RunFunctions(own_page.OPEN, own_page.OPEN),
        RunFunctions(without_trigger(safeguarding.HOLD_CONCERN), without_trigger(safeguarding.HOLD_CONCERN)),
        RunFunctions(roster.HOLD_TURN, roster.NOT_HELD),
        RunFunctions(
            [CHANGED_IN_OWN_NAME, *(changes_own_name(*one) for one in SHARED_PAPERS.items())],
            f"{ANY_NAME} drop function if exists slf.changed_in_own_name();",
        ),
    ]
