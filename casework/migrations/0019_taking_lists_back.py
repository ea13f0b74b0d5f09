import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.taking_back import sql
from slf import migrating
from slf.access.policies import ProtectScoped, RunFunctions


class Migration(migrating.Migration):
    """A list that was made is taken back as a whole, by two people, into an audience without anybody."""

    dependencies = [
        ("casework", "0018_no_case_is_taken_away"),
        ("slf", "0029_audience_of_nobody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakingBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("source", models.CharField(max_length=80)),
                ("file_name", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("asked_on", models.DateField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be decided"),
                            ("agreed", "Being taken back"),
                            ("refused", "Left as it is"),
                            ("done", "Taken back"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("decided_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("taken", models.PositiveIntegerField(default=0, help_text="Families that were taken back.")),
                (
                    "stayed",
                    models.PositiveIntegerField(
                        default=0, help_text="Families that stayed, since something was added."
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="importfile",
            name="casework_importfile_once",
        ),
        migrations.AddField(
            model_name="broughtover",
            name="came_with",
            field=models.JSONField(
                default=dict,
                help_text="{table: rows} of what is only added to; whatever else stands there was added since.",
            ),
        ),
        migrations.AddField(
            model_name="importfile",
            name="taken_back_at",
            field=models.DateTimeField(help_text="Then it can be sent anew. Only a function writes it.", null=True),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="state",
            field=models.CharField(
                choices=[
                    ("ready", "Would be made"),
                    ("made", "Made"),
                    ("known", "Already there"),
                    ("held", "For the duty manager"),
                    ("refused", "Refused"),
                    ("taken_back", "Taken back"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="importfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("locality", "source", "sha256"),
                name="casework_importfile_once",
            ),
        ),
        migrations.AddField(
            model_name="takingback",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="takingback",
            name="confirmed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="takingback",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="takingback",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="takings", to="casework.importfile"
            ),
        ),
        migrations.AddField(
            model_name="takingback",
            name="job",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.job"
            ),
        ),
        migrations.AddField(
            model_name="takingback",
            name="locality",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.locality"),
        ),
        migrations.AddField(
            model_name="takingback",
            name="scope",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.scope"
            ),
        ),
        migrations.AddConstraint(
            model_name="takingback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["agreed", "asked"])),
                fields=("file",),
                name="casework_takingback_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="takingback",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="casework_takingback_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="takingback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("decided_on", None), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="casework_takingback_decided_by_another",
            ),
        ),
        ProtectScoped("takingback", "evidence"),
        RunFunctions(sql.FORWARD, sql.REVERSE),
    ]
