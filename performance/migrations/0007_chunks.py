import uuid

import django.db.models.deletion
from django.db import migrations, models

from slf.access.policies import ProtectScoped


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0006_why_withdrawn"),
        ("slf", "0015_shares_end_alone"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "first",
                    models.BigIntegerField(help_text="The first of its families; they are in the order of their keys."),
                ),
                ("last", models.BigIntegerField()),
                ("families", models.PositiveIntegerField()),
                ("earned", models.JSONField(help_text="What its families may claim, once they are judged.", null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chunks", to="performance.claimrun"
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.scope"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "number"), name="performance_chunk_once")],
            },
        ),
        ProtectScoped("chunk", "claim"),
    ]
