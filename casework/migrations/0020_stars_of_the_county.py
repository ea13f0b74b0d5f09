import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.stars import sql
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """Stars of the county's own: taken into use whole, by who keeps lists, beside the others or instead of one."""

    dependencies = [
        ("casework", "0019_taking_lists_back"),
        ("slf", "0025_in_own_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="startool",
            name="instead_of",
            field=models.SlugField(
                blank=True,
                help_text="The code of the star whose place it takes. Empty: it is used beside them.",
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="startool",
            name="loaded_at",
            field=models.DateTimeField(help_text="Written by PostgreSQL. Empty: it came with the service.", null=True),
        ),
        migrations.AddField(
            model_name="startool",
            name="loaded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        RunFunctions(sql.LOADING, sql.NOT_LOADED),
    ]
