import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.importing import sql
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """A list whose making has stopped is started again by whoever may confirm it, and made in their name."""

    dependencies = [
        ("casework", "0013_hand_over_of_both"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="restarted_by",
            field=models.ForeignKey(
                help_text="Who started the making again last, after it had stopped; the rest is made in their name.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importfile",
            name="restarted_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="importfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("restarted_by", None), ("restarted_on", None)),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        ("restarted_by__isnull", False),
                        ("restarted_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="casework_importfile_restarted_by_somebody",
            ),
        ),
        RunFunctions(sql.RESTART, "drop function if exists slf.making_has_stopped(bigint)"),
    ]
