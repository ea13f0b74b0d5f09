import django.db.models.deletion
from django.db import migrations, models

from casework.importing import sql
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """A row says what came of its numbers, and some wait to be looked up after the list is made."""

    dependencies = [
        ("casework", "0015_closing"),
        ("families", "0042_numbers_of_a_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="numbers_job",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.job"
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="numbers",
            field=models.JSONField(default=dict, help_text="What came of each number of somebody new, by its field."),
        ),
        migrations.AddField(
            model_name="importrow",
            name="numbers_wait",
            field=models.BooleanField(default=False, help_text="Some of them were one too many that day."),
        ),
        RunFunctions(sql.NUMBERS_WAIT, "select 1"),
    ]
