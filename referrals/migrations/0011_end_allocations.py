from django.db import migrations

from referrals.allocation import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Allocations end with the post that opened their families, on the day of the service."""

    dependencies = [
        ("referrals", "0010_unheard_questions"),
        ("slf", "0015_shares_end_alone"),
    ]
    operations = [
        RunFunctions(sql.END_ALLOCATIONS, "drop function if exists slf.end_allocations(bigint, date, date)"),
    ]
