import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from slf.access.policies import ProtectScoped


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0007_first_known"),
        ("slf", "0009_by_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedRetry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_on", models.DateField(help_text="The date of the service.")),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("tried", models.PositiveIntegerField(help_text="Rows that matched nobody when the file came again.")),
                (
                    "became",
                    models.PositiveIntegerField(
                        help_text="How many of them became a fact; none while it is tried.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="feedrow",
            name="families_feedrow_once",
        ),
        migrations.AddField(
            model_name="feedrow",
            name="supersedes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="families.feedrow",
            ),
        ),
        migrations.AddField(
            model_name="feedretry",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="feedretry",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="retries", to="families.feedfile"
            ),
        ),
        migrations.AddField(
            model_name="feedretry",
            name="job",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.job"
            ),
        ),
        migrations.AddField(
            model_name="feedretry",
            name="scope",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.scope"
            ),
        ),
        migrations.AddField(
            model_name="feedrow",
            name="retry",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="families.feedretry"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes", None)), fields=("file", "number"), name="families_feedrow_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retry", None), ("supersedes", None)),
                    models.Q(("retry__isnull", False), ("supersedes__isnull", False)),
                    _connector="OR",
                ),
                name="families_feedrow_superseded_by_a_retry",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedretry",
            constraint=models.CheckConstraint(
                condition=models.Q(("became__lte", models.F("tried"))), name="families_feedretry_some_of_them"
            ),
        ),
        ProtectScoped("feedretry", "evidence"),
    ]
