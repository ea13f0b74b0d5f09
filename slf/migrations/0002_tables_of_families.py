import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from slf.access.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("slf", "0002_access"),
    ]

    dependencies = [
        ("families", "0001_tables"),
        # By an old name: Django refuses a database in which only some of the old ones are applied.
        ("slf", "0021_moves_by_hand_over"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Share",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="families.family"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("worker", "Works with the family"),
                                    ("cover", "Covers for the worker"),
                                    ("opened", "Opened with a reason"),
                                    ("named", "Shared by name"),
                                    ("emergency", "Emergency access"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("user", "="), ("family", "="), ("kind", "="), ("period", "&&")],
                                name="slf_share_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["opened", "emergency"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="slf_share_reason_given",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "slf_shareevent" ("ended_by_id", "family_id", "given_by_id", "id", "kind", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_at", "reviewed_by_id", "user_id") VALUES (NEW."ended_by_id", NEW."family_id", NEW."given_by_id", NEW."id", NEW."kind", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."reviewed_at", NEW."reviewed_by_id", NEW."user_id"); RETURN NULL;',
                                    hash="0bea47a7bff459b863282de9aff62a027b0c7a8c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4b368",
                                    table="slf_share",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "slf_shareevent" ("ended_by_id", "family_id", "given_by_id", "id", "kind", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_at", "reviewed_by_id", "user_id") VALUES (NEW."ended_by_id", NEW."family_id", NEW."given_by_id", NEW."id", NEW."kind", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."reviewed_at", NEW."reviewed_by_id", NEW."user_id"); RETURN NULL;',
                                    hash="3825e5615d1ce65b671e964ef03ff9941bb3f221",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e9488",
                                    table="slf_share",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "slf_shareevent" ("ended_by_id", "family_id", "given_by_id", "id", "kind", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_at", "reviewed_by_id", "user_id") VALUES (OLD."ended_by_id", OLD."family_id", OLD."given_by_id", OLD."id", OLD."kind", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."reviewed_at", OLD."reviewed_by_id", OLD."user_id"); RETURN NULL;',
                                    hash="a3746b67f924c07c984a4d5b7537b025d00b5a23",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_25f91",
                                    table="slf_share",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShareEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slf.share",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.family",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("worker", "Works with the family"),
                                    ("cover", "Covers for the worker"),
                                    ("opened", "Opened with a reason"),
                                    ("named", "Shared by name"),
                                    ("emergency", "Emergency access"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "given_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="31229ce6a8012df8e0c28ca6c28c62520e1e8643",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_115f0",
                                    table="slf_shareevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyUserObjectPermission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "permission",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                        ),
                        (
                            "user",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="families.family"),
                        ),
                    ],
                    options={
                        "unique_together": {("user", "permission", "content_object")},
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(choices=[("visit", "Visit")], max_length=20)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="families.family",
                            ),
                        ),
                        ("content", models.JSONField(default=dict)),
                        (
                            "digest",
                            models.CharField(
                                default="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                                max_length=64,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("writer", models.UUIDField(blank=True, null=True)),
                        ("seq", models.PositiveIntegerField(default=0)),
                        (
                            "conflict_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="slf.draft",
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "recovered_at",
                            models.DateTimeField(
                                blank=True, help_text="Came from a device, not from an open page.", null=True
                            ),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("thrown_away_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at__isnull", True), ("thrown_away_at__isnull", True)),
                                fields=["owner", "-saved_at"],
                                name="slf_draft_unsent",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "uid"), name="slf_draft_once"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True),
                                    ("thrown_away_at__isnull", True),
                                    ("conflict_of__isnull", True),
                                    ("family__isnull", False),
                                ),
                                fields=("owner", "kind", "family"),
                                name="slf_draft_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["visit"])), name="slf_draft_kind_known"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
