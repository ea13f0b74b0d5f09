import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0009_statements"),
        ("slf", "0009_by_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="feedfile",
            name="searched_localities",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(),
                blank=True,
                default=list,
                help_text="Where it searched, if not in the whole county.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="feedfile",
            name="whole_county",
            field=models.BooleanField(
                default=False,
                help_text="The agency searched for every family of the county: its silence counts for each.",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("whole_county", False), ("searched_localities", []), _connector="OR"),
                name="families_feedfile_one_area",
            ),
        ),
    ]
