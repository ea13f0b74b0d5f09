import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from casework.safeguarding import sql
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """Safeguarding concerns: only added to, read by whom they must reach and nobody else."""

    dependencies = [
        ("casework", "0023_own_page"),
        ("families", "0048_why_restricted"),
        ("slf", "0030_safeguarding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("child", "A child"),
                            ("exploited", "Exploitation"),
                            ("missing", "Somebody is missing"),
                            ("abuse", "Domestic abuse"),
                            ("adult", "An adult"),
                            ("prevent", "Being drawn into terrorism"),
                            ("staff", "Somebody who works with families"),
                        ],
                        max_length=10,
                    ),
                ),
                ("refers", models.BooleanField(help_text="Its author tells another agency of it at once.")),
                ("at", models.DateTimeField(help_text="When it was raised, on the day the service stands on.")),
                (
                    "entered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("draft_uid", models.UUIDField(editable=False, null=True)),
                (
                    "accused",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="families.family",
                    ),
                ),
                (
                    "first_by",
                    models.ForeignKey(
                        help_text="Who raised it where it was entered by mistake.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moved_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="casework.concern",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.scope"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcernEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("raised", "Concern written down"),
                            ("told", "Told by telephone"),
                            ("written", "Followed up in writing"),
                            ("acknowledged", "Acknowledged"),
                            ("outcome", "What became of it"),
                            ("escalated", "Taken further up"),
                            ("added", "Added"),
                            ("reviewed", "Reviewed"),
                            ("mistake", "Said to be entered in error"),
                            ("mistake_left", "No mistake: it stays"),
                            ("mistake_made", "Entered in error"),
                        ],
                        max_length=14,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "entered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="Whom it is about, or who was told or answered.", max_length=300
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("done", models.TextField(blank=True, help_text="What was done already when it was raised.")),
                (
                    "result",
                    models.CharField(
                        blank=True, help_text="The decision, what became of it, who knows.", max_length=10
                    ),
                ),
                (
                    "answers",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="casework.concernentry",
                    ),
                ),
                (
                    "belongs_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.family"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="casework.concern"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "concern entries",
            },
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["scope", "-at"], name="casework_co_scope_i_4d8f0c_idx"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["family"], name="casework_co_family__cfda0f_idx"),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.UniqueConstraint(
                fields=("written_by", "draft_uid"), name="casework_concern_once_per_note"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("route__in", ["child", "adult", "abuse", "missing", "exploited", "prevent", "staff"])
                ),
                name="casework_concern_route_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("family", None), ("route", "staff"), ("scope", None)),
                    models.Q(models.Q(("route", "staff"), _negated=True), ("accused", None), ("scope__isnull", False)),
                    _connector="OR",
                ),
                name="casework_concern_of_staff_stands_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accused", None), models.Q(("accused", models.F("written_by")), _negated=True), _connector="OR"
                ),
                name="casework_concern_not_about_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_by", None), ("moved_from", None)),
                    models.Q(("first_by__isnull", False), ("moved_from__isnull", False)),
                    _connector="OR",
                ),
                name="casework_concern_moved_says_whose",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "raised")), fields=("concern",), name="casework_concernentry_raised_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="concernentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "mistake_made")),
                fields=("concern",),
                name="casework_concernentry_mistake_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "raised",
                            "told",
                            "written",
                            "acknowledged",
                            "outcome",
                            "escalated",
                            "added",
                            "reviewed",
                            "mistake",
                            "mistake_left",
                            "mistake_made",
                        ],
                    )
                ),
                name="casework_concernentry_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernentry",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), ("step", "mistake_made"), _connector="OR"),
                name="casework_concernentry_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("answers", None), ("step__in", ["mistake_left", "mistake_made"]), _connector="XOR"),
                name="casework_concernentry_answers_a_mistake",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("belongs_to", None), ("step", "mistake"), _connector="OR"),
                name="casework_concernentry_belongs_by_mistake",
            ),
        ),
        RunFunctions(sql.FUNCTIONS, sql.FUNCTIONS_REVERSE),
        sql.ProtectConcern("concern", "safeguarding", append_only=True),
        sql.ProtectEntry("concernentry", "safeguarding", append_only=True),
        RunFunctions(sql.FORWARD, sql.REVERSE),
    ]
