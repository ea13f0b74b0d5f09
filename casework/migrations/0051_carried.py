import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.carried import sql
from slf import migrating
from slf.access.policies import ProtectRecord, RunFunctions


class Migration(migrating.Migration):
    """What was agreed elsewhere becomes an action of the plan."""

    dependencies = [
        ("casework", "0050_work_progress"),
        ("families", "0049_told_with_referrals"),
        ("slf", "0036_business_support"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Carried",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "Agreed on a visit"),
                            ("meeting", "Taken on at a meeting"),
                            ("supervision", "Agreed in supervision"),
                            ("task", "Task"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "source",
                    models.UUIDField(
                        help_text="The uid of the visit, the meeting's action, the agreed action or the task."
                    ),
                ),
                ("thread", models.UUIDField(help_text="The action of the plan, in whichever version.")),
                ("carried_on", models.DateField()),
                (
                    "carried_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="families.family"
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        db_default=models.Value(0),
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slf.scope",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "carried",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "kind", "thread"), name="casework_carried_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["visit", "meeting", "supervision", "task"])),
                        name="casework_carried_known",
                    ),
                ],
            },
        ),
        ProtectRecord("carried", "record", append_only=True),
        RunFunctions(sql.FORWARD, sql.REVERSE),
    ]
