import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from slf.access.policies import ProtectRecord


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0025_flags_carried_over"),
        ("slf", "0019_keep_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "agency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("schools", "Schools and academies"),
                            ("csp", "Community safety partnership"),
                            ("police", "Police and youth offending service"),
                            ("dwp", "Department for Work and Pensions"),
                            ("social_care", "Children's social care"),
                            ("housing", "Housing services"),
                            ("health", "Health services"),
                            ("esf", "ESF provider"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("education", "School attendance and exclusion"),
                            ("asb", "Antisocial behaviour"),
                            ("offending", "Offences"),
                            ("work", "Benefits and work"),
                            ("domestic_abuse", "Domestic abuse"),
                            ("social_care", "Children's social care"),
                            ("housing", "Housing and homelessness"),
                            ("concern", "What the service itself found"),
                            ("health", "Health"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("support", "Working with the family"),
                            ("claim", "Showing results and claiming for them"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "Consents"),
                            ("refused", "Does not consent"),
                            ("withdrawn", "Took back the consent"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("referrer", "Told the referrer"),
                            ("in_person", "Told a worker in person"),
                            ("writing", "In writing"),
                            ("phone", "By telephone"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "competence",
                    models.CharField(
                        blank=True,
                        help_text="Why a child who decides for themselves understands what it means.",
                        max_length=300,
                    ),
                ),
                ("evidence", models.CharField(blank=True, help_text="Where the signed paper is.", max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="families.family"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="families.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
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
                "ordering": ["-said_on", "-id"],
                "indexes": [
                    models.Index(
                        fields=["family", "agency", "category", "purpose"], name="families_co_family__4e2b8a_idx"
                    )
                ],
            },
        ),
        ProtectRecord("consent", "evidence", append_only=True),
    ]
