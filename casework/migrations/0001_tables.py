import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import casework.plans.rules
import casework.transfers.rules
import casework.visits.rules
from slf.access.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("casework", "0001_initial"),
        ("casework", "0003_policies"),
        ("casework", "0004_plan_thrown_away"),
        ("casework", "0005_cases_in_order"),
        ("casework", "0006_nobody_seen_on_a_call"),
        ("casework", "0007_handovers"),
        ("casework", "0008_handed_over"),
        ("casework", "0009_withdrawn_when_closed"),
        ("casework", "0010_own_people"),
    ]

    dependencies = [
        ("families", "0001_tables"),
        ("slf", "0001_tables"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Case",
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
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "attached_on",
                            models.DateField(
                                blank=True, help_text="The day the family agreed and work began.", null=True
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_on", "-id"],
                        "indexes": [models.Index(fields=["scope", "-opened_on", "-id"], name="casework_case_in_order")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=("family",),
                                name="casework_case_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="casework_case_closes_after_opening",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_caseevent" ("attached_on", "closed_on", "family_id", "id", "opened_by_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid") VALUES (NEW."attached_on", NEW."closed_on", NEW."family_id", NEW."id", NEW."opened_by_id", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="c9c73392c3334b3e3976654830b2ea3459f7f495",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_825cb",
                                    table="casework_case",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_caseevent" ("attached_on", "closed_on", "family_id", "id", "opened_by_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid") VALUES (NEW."attached_on", NEW."closed_on", NEW."family_id", NEW."id", NEW."opened_by_id", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="e31e10bff57179e426f3e66442e64ce9b39b8158",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6bba9",
                                    table="casework_case",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_caseevent" ("attached_on", "closed_on", "family_id", "id", "opened_by_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid") VALUES (OLD."attached_on", OLD."closed_on", OLD."family_id", OLD."id", OLD."opened_by_id", OLD."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="3062fb32a01ced3350fa874af19a03d29cb7edee",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9d0e0",
                                    table="casework_case",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
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
                                to="casework.case",
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
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "attached_on",
                            models.DateField(
                                blank=True, help_text="The day the family agreed and work began.", null=True
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e62aeed980899ece2f7957affeda17bcdbd5a468",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0416e",
                                    table="casework_caseevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                            "former",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        ("happened_on", models.DateField()),
                        ("must_know", models.TextField()),
                        ("joint_visit_on", models.DateField(blank=True, null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                condition=models.Q(("must_know", ""), _negated=True),
                                name="casework_handover_says_something",
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
                migrations.CreateModel(
                    name="Plan",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (casework.plans.rules.PlanState["DRAFT"], "Draft"),
                                    (casework.plans.rules.PlanState["AGREED"], "Agreed"),
                                    (casework.plans.rules.PlanState["REPLACED"], "Replaced by a later version"),
                                    (casework.plans.rules.PlanState["DROPPED"], "Thrown away"),
                                ],
                                default=casework.plans.rules.PlanState["DRAFT"],
                                max_length=8,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("started_on", models.DateField()),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        (
                            "agreement_rule",
                            models.CharField(
                                blank=True, help_text="The rule that said who had to agree.", max_length=40
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("family", "number"), name="casework_plan_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("family",),
                                name="casework_plan_one_draft",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "agreed")),
                                fields=("family",),
                                name="casework_plan_one_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agreed_on__isnull", True),
                                        ("agreement_rule", ""),
                                        ("state__in", ["draft", "dropped"]),
                                    ),
                                    models.Q(
                                        ("agreed_on__gte", models.F("started_on")),
                                        ("state__in", ["agreed", "replaced"]),
                                        models.Q(("agreement_rule", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="casework_plan_agreed_says_when",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_planevent" ("agreed_on", "agreement_rule", "family_id", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "scope_id", "started_by_id", "started_on", "state", "uid") VALUES (NEW."agreed_on", NEW."agreement_rule", NEW."family_id", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revision", NEW."scope_id", NEW."started_by_id", NEW."started_on", NEW."state", NEW."uid"); RETURN NULL;',
                                    hash="0ea74c948627a5ab72558269c913358e20e316af",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f77ea",
                                    table="casework_plan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_planevent" ("agreed_on", "agreement_rule", "family_id", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "scope_id", "started_by_id", "started_on", "state", "uid") VALUES (NEW."agreed_on", NEW."agreement_rule", NEW."family_id", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revision", NEW."scope_id", NEW."started_by_id", NEW."started_on", NEW."state", NEW."uid"); RETURN NULL;',
                                    hash="51347ca2e4a26500c5e370703c8b2d739f917901",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d5dfe",
                                    table="casework_plan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_planevent" ("agreed_on", "agreement_rule", "family_id", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "scope_id", "started_by_id", "started_on", "state", "uid") VALUES (OLD."agreed_on", OLD."agreement_rule", OLD."family_id", OLD."id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revision", OLD."scope_id", OLD."started_by_id", OLD."started_on", OLD."state", OLD."uid"); RETURN NULL;',
                                    hash="c5e0c784478b47d72c806bd45e4a98b8022b6325",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_91fd6",
                                    table="casework_plan",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanEvent",
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
                                to="casework.plan",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (casework.plans.rules.PlanState["DRAFT"], "Draft"),
                                    (casework.plans.rules.PlanState["AGREED"], "Agreed"),
                                    (casework.plans.rules.PlanState["REPLACED"], "Replaced by a later version"),
                                    (casework.plans.rules.PlanState["DROPPED"], "Thrown away"),
                                ],
                                default=casework.plans.rules.PlanState["DRAFT"],
                                max_length=8,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("started_on", models.DateField()),
                        (
                            "started_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        (
                            "agreement_rule",
                            models.CharField(
                                blank=True, help_text="The rule that said who had to agree.", max_length=40
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f5b8a85f20c540197ea89357474958427efc38f1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e8b99",
                                    table="casework_planevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Goal",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="casework.plan"
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        (
                            "needs",
                            models.ManyToManyField(
                                related_name="goals", through="casework.GoalNeed", to="families.need"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="casework_goal_has_words"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_goalevent" ("family_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "scope_id", "uid", "words") VALUES (NEW."family_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."scope_id", NEW."uid", NEW."words"); RETURN NULL;',
                                    hash="f1e5ed070df6c655c4f0f62783db81e1fa06f250",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ba74f",
                                    table="casework_goal",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_goalevent" ("family_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "scope_id", "uid", "words") VALUES (NEW."family_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."scope_id", NEW."uid", NEW."words"); RETURN NULL;',
                                    hash="78b7f4bf1abed606111f47200e83497fc44f4d70",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_094eb",
                                    table="casework_goal",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_goalevent" ("family_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "scope_id", "uid", "words") VALUES (OLD."family_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."scope_id", OLD."uid", OLD."words"); RETURN NULL;',
                                    hash="cf50d7f99d5694c4a6080412cfe88a0b0d1f89a1",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1fa7d",
                                    table="casework_goal",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalEvent",
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
                                to="casework.goal",
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
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="casework.plan",
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b047e106a7fdd076a3574f52b8051902424b4988",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4ec49",
                                    table="casework_goalevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalNeed",
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
                            "goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="casework.goal"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="families.need"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("goal", "need"), name="casework_goalneed_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_goalneedevent" ("family_id", "goal_id", "id", "need_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid") VALUES (NEW."family_id", NEW."goal_id", NEW."id", NEW."need_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="2c4021d4bcbe8ecd678b4319f4d24622c818a29b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b755e",
                                    table="casework_goalneed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_goalneedevent" ("family_id", "goal_id", "id", "need_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid") VALUES (NEW."family_id", NEW."goal_id", NEW."id", NEW."need_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="0cb502d4220921e14b39b26e7dcd95b67304cb0c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fcbf1",
                                    table="casework_goalneed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_goalneedevent" ("family_id", "goal_id", "id", "need_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid") VALUES (OLD."family_id", OLD."goal_id", OLD."id", OLD."need_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="7153ceb08008ee85c1a3c0bb88d0c43fb991d6fc",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_44c1c",
                                    table="casework_goalneed",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalNeedEvent",
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
                                to="casework.goalneed",
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
                            "goal",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="casework.goal",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.need",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="0c4ecaf3a7bd40eb1959b810ff756c67f6c81cff",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0a7dd",
                                    table="casework_goalneedevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
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
                            "goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="casework.goal"
                            ),
                        ),
                        ("thread", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("what", models.CharField(max_length=300)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="families.person",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("agency", models.CharField(blank=True, max_length=80)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (casework.plans.rules.ActionState["OPEN"], "To do"),
                                    (casework.plans.rules.ActionState["DONE"], "Done"),
                                ],
                                default=casework.plans.rules.ActionState["OPEN"],
                                max_length=4,
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                        "indexes": [
                            models.Index(fields=["family", "state", "due_on"], name="casework_ac_family__67661e_idx"),
                            models.Index(fields=["thread"], name="casework_ac_thread_dd15cb_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("what", ""), _negated=True), name="casework_action_says_what"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agency", ""), ("person__isnull", False), ("worker__isnull", True)),
                                    models.Q(("agency", ""), ("person__isnull", True), ("worker__isnull", False)),
                                    models.Q(
                                        ("person__isnull", True),
                                        ("worker__isnull", True),
                                        models.Q(("agency", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="casework_action_one_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_by__isnull", True), ("done_on__isnull", True), ("state", "open")),
                                    models.Q(("done_by__isnull", False), ("done_on__isnull", False), ("state", "done")),
                                    _connector="OR",
                                ),
                                name="casework_action_done_says_when",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_actionevent" ("agency", "done_by_id", "done_on", "due_on", "family_id", "goal_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "state", "thread", "uid", "what", "worker_id") VALUES (NEW."agency", NEW."done_by_id", NEW."done_on", NEW."due_on", NEW."family_id", NEW."goal_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."state", NEW."thread", NEW."uid", NEW."what", NEW."worker_id"); RETURN NULL;',
                                    hash="27991fab93883cc1d50c76f6cfb6c832482c65db",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8bc45",
                                    table="casework_action",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_actionevent" ("agency", "done_by_id", "done_on", "due_on", "family_id", "goal_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "state", "thread", "uid", "what", "worker_id") VALUES (NEW."agency", NEW."done_by_id", NEW."done_on", NEW."due_on", NEW."family_id", NEW."goal_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."state", NEW."thread", NEW."uid", NEW."what", NEW."worker_id"); RETURN NULL;',
                                    hash="39e2400ab6301f94aa88244050ea980e6769bed1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_32d38",
                                    table="casework_action",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_actionevent" ("agency", "done_by_id", "done_on", "due_on", "family_id", "goal_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "state", "thread", "uid", "what", "worker_id") VALUES (OLD."agency", OLD."done_by_id", OLD."done_on", OLD."due_on", OLD."family_id", OLD."goal_id", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."state", OLD."thread", OLD."uid", OLD."what", OLD."worker_id"); RETURN NULL;',
                                    hash="391da256bd6080b6ec2ce822ca1efdfdd8735d8e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_bc857",
                                    table="casework_action",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionEvent",
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
                                to="casework.action",
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
                            "goal",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="casework.goal",
                            ),
                        ),
                        ("thread", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("what", models.CharField(max_length=300)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.person",
                            ),
                        ),
                        (
                            "worker",
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
                        ("agency", models.CharField(blank=True, max_length=80)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (casework.plans.rules.ActionState["OPEN"], "To do"),
                                    (casework.plans.rules.ActionState["DONE"], "Done"),
                                ],
                                default=casework.plans.rules.ActionState["OPEN"],
                                max_length=4,
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "done_by",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d67ecc9601bbc41e37a4ee739b30e523c0533b8a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_37f22",
                                    table="casework_actionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanAnswer",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="casework.plan"
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(help_text="The plan as it read when they were asked."),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_answers",
                                to="families.person",
                            ),
                        ),
                        (
                            "said",
                            models.CharField(
                                choices=[
                                    (casework.plans.rules.Said["AGREED"], "Agreed"),
                                    (casework.plans.rules.Said["REFUSED"], "Did not agree"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (casework.plans.rules.How["PAPER"], "Signed on paper"),
                                    (casework.plans.rules.How["IN_PERSON"], "Said so in person"),
                                    (casework.plans.rules.How["PHONE"], "Said so by telephone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("said_on", models.DateField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("how__in", ["paper", "in_person", "phone"]), ("said__in", ["agreed", "refused"])
                                ),
                                name="casework_plananswer_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("said", "agreed"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="casework_plananswer_refusal_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StarTool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("name", models.CharField(max_length=80)),
                        ("lowest", models.PositiveSmallIntegerField(default=1)),
                        ("highest", models.PositiveSmallIntegerField()),
                        (
                            "starts_on",
                            models.DateField(
                                help_text="New readings are taken with it from this day, until a later one starts."
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True, help_text="The council's licence, where the owner asks one.", max_length=120
                            ),
                        ),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "version"), name="casework_startool_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(("highest__gt", models.F("lowest"))), name="casework_startool_scale"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_changed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3faf4b341f6dad21e6305b3ff568c72682d8d08f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_never_changed_bb2b4",
                                    table="casework_startool",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StarArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tool",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="casework.startool",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.SlugField(max_length=40)),
                        ("name", models.CharField(max_length=40)),
                        ("asks", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("tool", "code"), name="casework_stararea_code_once"),
                            models.UniqueConstraint(fields=("tool", "position"), name="casework_stararea_place_once"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_changed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="6e046fb84344fd850d41823de6ce16cea6fe071c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_never_changed_4984e",
                                    table="casework_stararea",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StarStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tool",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stages",
                                to="casework.startool",
                            ),
                        ),
                        ("lowest", models.PositiveSmallIntegerField()),
                        ("highest", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=40)),
                        ("meaning", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["lowest"],
                        "constraints": [
                            models.UniqueConstraint(fields=("tool", "lowest"), name="casework_starstage_once"),
                            models.CheckConstraint(
                                condition=models.Q(("highest__gte", models.F("lowest"))),
                                name="casework_starstage_ends_after",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_changed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9141491c0cecf11b8913ed00c8f96da9f3ecef63",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_never_changed_50e49",
                                    table="casework_starstage",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
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
                            "tool",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="casework.startool",
                            ),
                        ),
                        ("taken_on", models.DateField()),
                        (
                            "completed",
                            models.CharField(
                                choices=[
                                    ("together", "The family and the worker together"),
                                    ("family", "The family on their own"),
                                    ("worker", "The worker on their own"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("marks", models.JSONField()),
                        ("note", models.TextField(blank=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="casework.reading",
                            ),
                        ),
                        ("why_corrected", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["-taken_on", "-pk"],
                        "indexes": [models.Index(fields=["family", "taken_on"], name="casework_re_family__c75b22_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("completed__in", ["together", "family", "worker"])),
                                name="casework_reading_completed_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("why_corrected", ""), _negated=True),
                                    _connector="XOR",
                                ),
                                name="casework_reading_correction_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
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
                            "from_locality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.locality"
                            ),
                        ),
                        (
                            "to_locality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.locality"
                            ),
                        ),
                        (
                            "moves_on",
                            models.DateField(help_text="From this day on the family counts with the other locality."),
                        ),
                        ("reason", models.TextField()),
                        (
                            "must_know",
                            models.TextField(
                                help_text="What the next worker must know; told when the family is accepted."
                            ),
                        ),
                        (
                            "keep_days",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="For how long the worker until now keeps it."
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for the other locality"),
                                    ("accepted", "Accepted"),
                                    ("sent_back", "Sent back"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=casework.transfers.rules.State["PROPOSED"],
                                max_length=10,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_on", models.DateField(null=True)),
                        ("answer", models.TextField(blank=True, help_text="Why it was sent back.")),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("family",),
                                name="casework_transfer_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("from_locality", models.F("to_locality")), _negated=True),
                                name="casework_transfer_elsewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by", None), ("decided_on", None), ("state", "proposed")),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("decided_on__isnull", False),
                                        models.Q(("state", "proposed"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="casework_transfer_decided_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("keep_days__in", (0, 7, 14, 28))), name="casework_transfer_keep"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent_back"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="casework_transfer_sent_back_with_reason",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_transferevent" ("answer", "decided_by_id", "decided_on", "family_id", "from_locality_id", "id", "keep_days", "moves_on", "must_know", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "reason", "scope_id", "state", "to_locality_id", "uid") VALUES (NEW."answer", NEW."decided_by_id", NEW."decided_on", NEW."family_id", NEW."from_locality_id", NEW."id", NEW."keep_days", NEW."moves_on", NEW."must_know", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."proposed_on", NEW."reason", NEW."scope_id", NEW."state", NEW."to_locality_id", NEW."uid"); RETURN NULL;',
                                    hash="6e8836b13793de124f14e09dbfba3f6feeba5bb1",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1b7f2",
                                    table="casework_transfer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_transferevent" ("answer", "decided_by_id", "decided_on", "family_id", "from_locality_id", "id", "keep_days", "moves_on", "must_know", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "reason", "scope_id", "state", "to_locality_id", "uid") VALUES (NEW."answer", NEW."decided_by_id", NEW."decided_on", NEW."family_id", NEW."from_locality_id", NEW."id", NEW."keep_days", NEW."moves_on", NEW."must_know", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."proposed_on", NEW."reason", NEW."scope_id", NEW."state", NEW."to_locality_id", NEW."uid"); RETURN NULL;',
                                    hash="0b1a776911affaecdfc013d0be4bd6f19309ab44",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_87816",
                                    table="casework_transfer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_transferevent" ("answer", "decided_by_id", "decided_on", "family_id", "from_locality_id", "id", "keep_days", "moves_on", "must_know", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "reason", "scope_id", "state", "to_locality_id", "uid") VALUES (OLD."answer", OLD."decided_by_id", OLD."decided_on", OLD."family_id", OLD."from_locality_id", OLD."id", OLD."keep_days", OLD."moves_on", OLD."must_know", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."proposed_on", OLD."reason", OLD."scope_id", OLD."state", OLD."to_locality_id", OLD."uid"); RETURN NULL;',
                                    hash="87718d78778a7b6896e83d0bc8efc910df025de3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9bd5e",
                                    table="casework_transfer",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferEvent",
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
                                to="casework.transfer",
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
                            "from_locality",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.locality",
                            ),
                        ),
                        (
                            "to_locality",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.locality",
                            ),
                        ),
                        (
                            "moves_on",
                            models.DateField(help_text="From this day on the family counts with the other locality."),
                        ),
                        ("reason", models.TextField()),
                        (
                            "must_know",
                            models.TextField(
                                help_text="What the next worker must know; told when the family is accepted."
                            ),
                        ),
                        (
                            "keep_days",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="For how long the worker until now keeps it."
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for the other locality"),
                                    ("accepted", "Accepted"),
                                    ("sent_back", "Sent back"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=casework.transfers.rules.State["PROPOSED"],
                                max_length=10,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_on", models.DateField(null=True)),
                        ("answer", models.TextField(blank=True, help_text="Why it was sent back.")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="000770f1475959fad424c45c5ed50d0da24e9890",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2dc98",
                                    table="casework_transferevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
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
                            "transfer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.transfer"
                            ),
                        ),
                        ("reference", models.CharField(max_length=12)),
                        ("people", models.PositiveSmallIntegerField()),
                        (
                            "from_locality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.locality"
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        ("moves_on", models.DateField()),
                        ("keep_days", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for the other locality"),
                                    ("accepted", "Accepted"),
                                    ("sent_back", "Sent back"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=casework.transfers.rules.State["PROPOSED"],
                                max_length=10,
                            ),
                        ),
                        ("decided_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["proposed_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="casework.case",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (casework.visits.rules.Kind["HOME"], "Home visit"),
                                    (casework.visits.rules.Kind["COMMUNITY"], "Somewhere else"),
                                    (casework.visits.rules.Kind["SCHOOL"], "At school"),
                                    (casework.visits.rules.Kind["PHONE"], "Telephone call"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("happened_on", models.DateField()),
                        ("began_at", models.TimeField(blank=True, null=True)),
                        ("note", models.TextField()),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (casework.visits.rules.Grade["FACT"], "Fact: I saw or heard it myself"),
                                    (casework.visits.rules.Grade["REPORTED"], "Reported: somebody told me"),
                                    (casework.visits.rules.Grade["OPINION"], "Opinion: what I make of it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("next_visit_on", models.DateField(blank=True, null=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        ("draft_uid", models.UUIDField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "ordering": ["-happened_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["family", "-happened_on"], name="casework_vi_family__3eebc2_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recorded_by", "draft_uid"), name="casework_visit_once_per_note"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True), name="casework_visit_has_note"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["home", "community", "school", "phone"])),
                                name="casework_visit_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_visit_on__isnull", True),
                                    ("next_visit_on__gt", models.F("happened_on")),
                                    _connector="OR",
                                ),
                                name="casework_visit_next_is_later",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_visitevent" ("began_at", "case_id", "draft_uid", "family_id", "grade", "happened_on", "id", "kind", "next_visit_on", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "uid") VALUES (NEW."began_at", NEW."case_id", NEW."draft_uid", NEW."family_id", NEW."grade", NEW."happened_on", NEW."id", NEW."kind", NEW."next_visit_on", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="13f970a74f91f168ddc0ff5136a6bab31e495b1d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4f44a",
                                    table="casework_visit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_visitevent" ("began_at", "case_id", "draft_uid", "family_id", "grade", "happened_on", "id", "kind", "next_visit_on", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "uid") VALUES (NEW."began_at", NEW."case_id", NEW."draft_uid", NEW."family_id", NEW."grade", NEW."happened_on", NEW."id", NEW."kind", NEW."next_visit_on", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="60daef74712093d0bcdd769f48c10f43c76e55e3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_dc609",
                                    table="casework_visit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_visitevent" ("began_at", "case_id", "draft_uid", "family_id", "grade", "happened_on", "id", "kind", "next_visit_on", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "uid") VALUES (OLD."began_at", OLD."case_id", OLD."draft_uid", OLD."family_id", OLD."grade", OLD."happened_on", OLD."id", OLD."kind", OLD."next_visit_on", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="e5a5e51d10cd582c2d02a0fadf43b2254a521427",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_53f5b",
                                    table="casework_visit",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitEvent",
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
                                to="casework.visit",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="casework.case",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (casework.visits.rules.Kind["HOME"], "Home visit"),
                                    (casework.visits.rules.Kind["COMMUNITY"], "Somewhere else"),
                                    (casework.visits.rules.Kind["SCHOOL"], "At school"),
                                    (casework.visits.rules.Kind["PHONE"], "Telephone call"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("happened_on", models.DateField()),
                        ("began_at", models.TimeField(blank=True, null=True)),
                        ("note", models.TextField()),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (casework.visits.rules.Grade["FACT"], "Fact: I saw or heard it myself"),
                                    (casework.visits.rules.Grade["REPORTED"], "Reported: somebody told me"),
                                    (casework.visits.rules.Grade["OPINION"], "Opinion: what I make of it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("next_visit_on", models.DateField(blank=True, null=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        ("draft_uid", models.UUIDField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="21418ef0cb7db6c023d534d74737e4431db8beb1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e3dfc",
                                    table="casework_visitevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sighting",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="casework.visit",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="families.person",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (casework.visits.rules.How["SEEN"], "Seen"),
                                    (casework.visits.rules.How["ALONE"], "Seen alone"),
                                    (casework.visits.rules.How["NOT_SEEN"], "Not seen"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (casework.visits.rules.Why["AT_SCHOOL"], "At school or nursery"),
                                    (casework.visits.rules.Why["OUT"], "Out or away"),
                                    (casework.visits.rules.Why["ASLEEP"], "Asleep or ill"),
                                    (casework.visits.rules.Why["REFUSED"], "Did not want to be seen"),
                                    (casework.visits.rules.Why["NOT_ASKED"], "I did not ask"),
                                    (casework.visits.rules.Why["OTHER"], "Another reason (say it in the note)"),
                                ],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["family", "person"], name="casework_si_family__a7944f_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "person"), name="casework_sighting_once"),
                            models.CheckConstraint(
                                condition=models.Q(("how__in", ["seen", "alone", "not_seen"])),
                                name="casework_sighting_how",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), ("how", "not_seen"), _connector="OR"),
                                name="casework_sighting_why_only_if_not_seen",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_sightingevent" ("family_id", "how", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid", "visit_id", "why") VALUES (NEW."family_id", NEW."how", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."uid", NEW."visit_id", NEW."why"); RETURN NULL;',
                                    hash="c9a3c7e5f8fab206aa1214cf8a269a19d4edb263",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c4ff2",
                                    table="casework_sighting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "casework_sightingevent" ("family_id", "how", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid", "visit_id", "why") VALUES (NEW."family_id", NEW."how", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."uid", NEW."visit_id", NEW."why"); RETURN NULL;',
                                    hash="822176693879c9bcbc7267ad841791e7756ef19a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_336bc",
                                    table="casework_sighting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "casework_sightingevent" ("family_id", "how", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid", "visit_id", "why") VALUES (OLD."family_id", OLD."how", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."uid", OLD."visit_id", OLD."why"); RETURN NULL;',
                                    hash="5921ca30fce777296cce2f4ee9bb59f5784bb4ac",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6e450",
                                    table="casework_sighting",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SightingEvent",
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
                                to="casework.sighting",
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
                            "visit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="casework.visit",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.person",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (casework.visits.rules.How["SEEN"], "Seen"),
                                    (casework.visits.rules.How["ALONE"], "Seen alone"),
                                    (casework.visits.rules.How["NOT_SEEN"], "Not seen"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (casework.visits.rules.Why["AT_SCHOOL"], "At school or nursery"),
                                    (casework.visits.rules.Why["OUT"], "Out or away"),
                                    (casework.visits.rules.Why["ASLEEP"], "Asleep or ill"),
                                    (casework.visits.rules.Why["REFUSED"], "Did not want to be seen"),
                                    (casework.visits.rules.Why["NOT_ASKED"], "I did not ask"),
                                    (casework.visits.rules.Why["OTHER"], "Another reason (say it in the note)"),
                                ],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="247e81f32de5564ec01fa1db074da62bb8ddec97",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_91a84",
                                    table="casework_sightingevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
