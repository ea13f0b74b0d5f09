import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import performance.claims.rules
from slf.access.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("performance", "0001_initial"),
        ("performance", "0003_policies"),
        ("performance", "0004_run_keeps_what_is_shared"),
        ("performance", "0005_whole_run"),
        ("performance", "0006_why_withdrawn"),
        ("performance", "0007_chunks"),
        ("performance", "0008_claimed_once"),
        ("performance", "0009_claimed_by_person"),
    ]

    dependencies = [
        ("families", "0001_tables"),
        ("slf", "0001_tables"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Confirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scheme", models.CharField(max_length=10)),
                        ("rule", models.CharField(max_length=40)),
                        ("reference", models.CharField(max_length=300, verbose_name="source document")),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("scheme", "rule"), name="performance_confirmation_once"),
                            models.CheckConstraint(
                                condition=models.Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                                name="performance_confirmation_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=20, unique=True)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                    ],
                    options={
                        "ordering": ["starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="performance_schoolterm_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "scope",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        ("scheme", models.CharField(max_length=10)),
                        (
                            "rules",
                            models.TextField(
                                help_text="Every row of the scheme as it stood, confirmations included; JSON in its own order."
                            ),
                        ),
                        ("rules_digest", models.CharField(max_length=64)),
                        (
                            "shared",
                            models.TextField(
                                help_text="What every case of the run shares, as JSON: school calendar, records searched, files received."
                            ),
                        ),
                        ("engine", models.CharField(max_length=10)),
                        ("claim_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "Being prepared"),
                                    ("prepared", "Prepared and frozen"),
                                    ("sampled", "Sample drawn, being tested"),
                                    ("audited", "Passed by internal audit"),
                                    ("signed", "Signed, ready to submit"),
                                    ("paid", "Paid"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=performance.claims.rules.State["PREPARING"],
                                max_length=10,
                            ),
                        ),
                        (
                            "job",
                            models.OneToOneField(
                                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.job"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("prepared_at", models.DateTimeField(null=True)),
                        (
                            "digest",
                            models.CharField(
                                blank=True, help_text="Of every judgement and claim, when frozen.", max_length=64
                            ),
                        ),
                        ("seed", models.CharField(blank=True, max_length=32)),
                        (
                            "audited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("audited_at", models.DateTimeField(null=True)),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(null=True)),
                        ("paid_on", models.DateField(null=True)),
                        ("payment_reference", models.CharField(blank=True, max_length=100)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("prepared_by", models.F("audited_by")), _negated=True),
                                    models.Q(("prepared_by", models.F("signed_by")), _negated=True),
                                    models.Q(("audited_by", models.F("signed_by")), _negated=True),
                                ),
                                name="performance_claimrun_three_people",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state", performance.claims.rules.State["WITHDRAWN"]), _negated=True
                                ),
                                fields=("scheme", "claim_on"),
                                name="performance_claimrun_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            performance.claims.rules.State["PREPARING"],
                                            performance.claims.rules.State["WITHDRAWN"],
                                        ],
                                    ),
                                    models.Q(("digest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="performance_claimrun_frozen_has_digest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", performance.claims.rules.State["WITHDRAWN"]), _negated=True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="performance_claimrun_withdrawn_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "performance_claimrunevent" ("audited_at", "audited_by_id", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "state", "uid", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."audited_at", NEW."audited_by_id", NEW."claim_on", NEW."created_at", NEW."digest", NEW."engine", NEW."id", NEW."job_id", NEW."paid_on", NEW."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."rules", NEW."rules_digest", NEW."scheme", NEW."scope_id", NEW."seed", NEW."shared", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                                    hash="9e3a9d69cd649e66a7c6ee5b3e74e751385b7c65",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ab4c2",
                                    table="performance_claimrun",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "performance_claimrunevent" ("audited_at", "audited_by_id", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "state", "uid", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."audited_at", NEW."audited_by_id", NEW."claim_on", NEW."created_at", NEW."digest", NEW."engine", NEW."id", NEW."job_id", NEW."paid_on", NEW."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."rules", NEW."rules_digest", NEW."scheme", NEW."scope_id", NEW."seed", NEW."shared", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                                    hash="479f19bfeaa7fdc0a9a024be6ff06ffe96af0e7d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_35c0d",
                                    table="performance_claimrun",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "performance_claimrunevent" ("audited_at", "audited_by_id", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "state", "uid", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."audited_at", OLD."audited_by_id", OLD."claim_on", OLD."created_at", OLD."digest", OLD."engine", OLD."id", OLD."job_id", OLD."paid_on", OLD."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."rules", OLD."rules_digest", OLD."scheme", OLD."scope_id", OLD."seed", OLD."shared", OLD."signed_at", OLD."signed_by_id", OLD."state", OLD."uid", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;',
                                    hash="335fa3b6f34beefcb97bdadfe515bf8d4c04e229",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a2687",
                                    table="performance_claimrun",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimRunEvent",
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
                                to="performance.claimrun",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "scope",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
                            ),
                        ),
                        ("scheme", models.CharField(max_length=10)),
                        (
                            "rules",
                            models.TextField(
                                help_text="Every row of the scheme as it stood, confirmations included; JSON in its own order."
                            ),
                        ),
                        ("rules_digest", models.CharField(max_length=64)),
                        (
                            "shared",
                            models.TextField(
                                help_text="What every case of the run shares, as JSON: school calendar, records searched, files received."
                            ),
                        ),
                        ("engine", models.CharField(max_length=10)),
                        ("claim_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "Being prepared"),
                                    ("prepared", "Prepared and frozen"),
                                    ("sampled", "Sample drawn, being tested"),
                                    ("audited", "Passed by internal audit"),
                                    ("signed", "Signed, ready to submit"),
                                    ("paid", "Paid"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=performance.claims.rules.State["PREPARING"],
                                max_length=10,
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.job",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("prepared_at", models.DateTimeField(null=True)),
                        (
                            "digest",
                            models.CharField(
                                blank=True, help_text="Of every judgement and claim, when frozen.", max_length=64
                            ),
                        ),
                        ("seed", models.CharField(blank=True, max_length=32)),
                        (
                            "audited_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("audited_at", models.DateTimeField(null=True)),
                        (
                            "signed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(null=True)),
                        ("paid_on", models.DateField(null=True)),
                        ("payment_reference", models.CharField(blank=True, max_length=100)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="17247914f3449026c1c01c979861d1015e7a2932",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c13b5",
                                    table="performance_claimrunevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Chunk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "scope",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chunks",
                                to="performance.claimrun",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "first",
                            models.BigIntegerField(
                                help_text="The first of its families; they are in the order of their keys."
                            ),
                        ),
                        ("last", models.BigIntegerField()),
                        ("families", models.PositiveIntegerField()),
                        (
                            "earned",
                            models.JSONField(help_text="What its families may claim, once they are judged.", null=True),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "number"), name="performance_chunk_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Judged",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="families.family",
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
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judged",
                                to="performance.claimrun",
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("attached_on", models.DateField()),
                        (
                            "case",
                            models.TextField(
                                help_text="Household and own facts in the format of docs/judge.md; the rest is the run's."
                            ),
                        ),
                        ("judgement", models.TextField(help_text="Canonical JSON: judged again, the same bytes.")),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "answer",
                            models.CharField(
                                choices=[("met", "Eligible"), ("not_met", "Not eligible"), ("not_known", "Not known")],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["run", "answer"], name="performance_run_id_56a394_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "family"), name="performance_judged_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="families.family",
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
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="performance.claimrun",
                            ),
                        ),
                        (
                            "judged",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="performance.judged",
                            ),
                        ),
                        (
                            "component",
                            models.CharField(
                                choices=[
                                    ("crime_asb_education", "crime_asb_education"),
                                    ("continuous_employment", "continuous_employment"),
                                    ("progress_to_work", "progress_to_work"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("component_name", models.CharField(max_length=80)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                        ("price_rule", models.CharField(max_length=40)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "family", "component"), name="performance_claim_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="performance_claim_amount_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimedPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="families.family",
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
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="performance.claim",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                            ),
                        ),
                        ("scheme", models.CharField(max_length=10)),
                        ("slot", models.CharField(max_length=20)),
                        ("live", models.BooleanField(default=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("live", True)),
                                fields=("person", "scheme", "slot"),
                                name="performance_claimed_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditTest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="families.family",
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
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="test", to="performance.claim"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tests",
                                to="performance.claimrun",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(help_text="In the order drawn.")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not tested yet"),
                                    ("passed", "Evidence supports the claim"),
                                    ("failed", "Evidence does not support the claim"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "tested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("tested_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "failed"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="performance_audittest_failed_says_why",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "performance_audittestevent" ("claim_id", "family_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "result", "run_id", "scope_id", "tested_at", "tested_by_id", "uid") VALUES (NEW."claim_id", NEW."family_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."result", NEW."run_id", NEW."scope_id", NEW."tested_at", NEW."tested_by_id", NEW."uid"); RETURN NULL;',
                                    hash="3ef1d5ca5ade3a37880dfcde3a21d3e806c6ae92",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bfc08",
                                    table="performance_audittest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "performance_audittestevent" ("claim_id", "family_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "result", "run_id", "scope_id", "tested_at", "tested_by_id", "uid") VALUES (NEW."claim_id", NEW."family_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."result", NEW."run_id", NEW."scope_id", NEW."tested_at", NEW."tested_by_id", NEW."uid"); RETURN NULL;',
                                    hash="e88f0dd5915839378df86ac8b9ee099b5e76cf44",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6f5a4",
                                    table="performance_audittest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "performance_audittestevent" ("claim_id", "family_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "result", "run_id", "scope_id", "tested_at", "tested_by_id", "uid") VALUES (OLD."claim_id", OLD."family_id", OLD."id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."result", OLD."run_id", OLD."scope_id", OLD."tested_at", OLD."tested_by_id", OLD."uid"); RETURN NULL;',
                                    hash="f3964d69b154bc2a6bfb1a4ad9e161b9a3ea8e96",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_dacbc",
                                    table="performance_audittest",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditTestEvent",
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
                                to="performance.audittest",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                            "scope",
                            models.ForeignKey(
                                db_constraint=False,
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="performance.claim",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="performance.claimrun",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(help_text="In the order drawn.")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not tested yet"),
                                    ("passed", "Evidence supports the claim"),
                                    ("failed", "Evidence does not support the claim"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "tested_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("tested_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e8287f74d924b1ff2b8bbe4a242f837399a92c45",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d171d",
                                    table="performance_audittestevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
