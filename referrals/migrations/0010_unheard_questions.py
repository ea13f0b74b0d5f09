from django.db import migrations

from referrals.intake import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Who heads the service is told that a question reaches nobody."""

    dependencies = [("referrals", "0009_over_a_full_caseload"), ("slf", "0013_narrow_grants")]
    operations = [RunFunctions(sql.UNHEARD, "drop function if exists slf.unheard_questions()")]
