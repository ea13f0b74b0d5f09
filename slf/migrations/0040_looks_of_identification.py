from slf.access.policies import ProtectViews, RunFunctions
from slf.access.sql import LOOKS
from slf.migrating import Migration as Migrating


class Migration(Migrating):
    """Show nobody of casework that a family stood on a list of identification."""

    dependencies = [
        ("slf", "0039_certifying_claims"),
    ]

    operations = [
        RunFunctions(LOOKS, "select 1"),
        RunFunctions(f"alter policy may_read on slf_view using ({ProtectViews('view').readable()})", "select 1"),
    ]
