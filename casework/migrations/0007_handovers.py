import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from slf.access.policies import ProtectRecord


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_nobody_seen_on_a_call"),
        ("families", "0015_search"),
        ("slf", "0015_shares_end_alone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("happened_on", models.DateField()),
                ("must_know", models.TextField()),
                ("joint_visit_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="families.family"
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "next",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-happened_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("former", models.F("next")), _negated=True),
                        name="casework_handover_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("must_know", ""), _negated=True), name="casework_handover_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joint_visit_on__isnull", True),
                            ("joint_visit_on__gte", models.F("happened_on")),
                            _connector="OR",
                        ),
                        name="casework_handover_visits_afterwards",
                    ),
                ],
            },
        ),
        ProtectRecord("handover", "record", append_only=True),
    ]
