from django.db import migrations

from slf.access import sql
from slf.access.policies import ProtectViews, RunFunctions

READABLE = ProtectViews("view").readable()


class Migration(migrations.Migration):
    """Who reviews access to a family also sees the lists it stood in."""

    dependencies = [
        ("slf", "0007_seals"),
    ]
    operations = [
        RunFunctions([sql.LOOKS, f"alter policy may_read on slf_view using ({READABLE})"], "select 1"),
    ]
