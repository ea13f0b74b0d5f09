import django.contrib.postgres.indexes
from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A day of the view log is found without reading all of it; what a person holds ends with their post."""

    dependencies = [
        ("slf", "0011_kind_of_audience"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="view",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="slf_view_at"),
        ),
        RunFunctions(sql.END_HOLDINGS, "drop function if exists slf.end_holdings(bigint, bigint, date)"),
    ]
