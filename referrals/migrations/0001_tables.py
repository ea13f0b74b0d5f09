import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import referrals.attachments.models
import referrals.intake.rules
import referrals.workers.models
from slf.access.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("referrals", "0001_initial"),
        ("referrals", "0003_policies"),
        ("referrals", "0004_send_to_locality"),
        ("referrals", "0005_estimates"),
        ("referrals", "0006_origins"),
        ("referrals", "0007_whole_days"),
        ("referrals", "0008_ask_who_sees_both"),
        ("referrals", "0009_over_a_full_caseload"),
        ("referrals", "0010_unheard_questions"),
        ("referrals", "0011_end_allocations"),
        ("referrals", "0012_possible_identifiers"),
        ("referrals", "0013_ask_for_more"),
        ("referrals", "0014_other_outcomes"),
        ("referrals", "0015_by_the_directory"),
        ("referrals", "0016_workers"),
        ("referrals", "0017_whole_family"),
        ("referrals", "0018_attachments"),
        ("referrals", "0019_reviewer"),
        ("referrals", "0020_one_list_of_languages"),
        ("referrals", "0021_shown_to_referrers"),
    ]

    dependencies = [
        ("families", "0001_tables"),
        ("slf", "0001_tables"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Allocation",
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
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("highly_complex", models.BooleanField(default=False)),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "began_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("period", function="lower"),
                                output_field=models.DateField(),
                            ),
                        ),
                        (
                            "ended_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("period", function="upper"),
                                help_text="The first day without it; none while it goes on.",
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "allocated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "over_reason",
                            models.TextField(
                                blank=True, help_text="Why it is right although it made more than a full caseload."
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["worker"], name="referrals_a_worker__696fe4_idx")],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("family", "="), ("period", "&&")], name="referrals_allocation_one_worker"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                                name="referrals_allocation_has_start",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_allocationevent" ("allocated_by_id", "family_id", "highly_complex", "id", "over_reason", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid", "worker_id") VALUES (NEW."allocated_by_id", NEW."family_id", NEW."highly_complex", NEW."id", NEW."over_reason", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."uid", NEW."worker_id"); RETURN NULL;',
                                    hash="3263dfb6be5cbfa1b201a83fd9076370251ecb5b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_38b51",
                                    table="referrals_allocation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_allocationevent" ("allocated_by_id", "family_id", "highly_complex", "id", "over_reason", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid", "worker_id") VALUES (NEW."allocated_by_id", NEW."family_id", NEW."highly_complex", NEW."id", NEW."over_reason", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."uid", NEW."worker_id"); RETURN NULL;',
                                    hash="b65335335fe0be735ab27d1eb03608d26b717234",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d365d",
                                    table="referrals_allocation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_allocationevent" ("allocated_by_id", "family_id", "highly_complex", "id", "over_reason", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "uid", "worker_id") VALUES (OLD."allocated_by_id", OLD."family_id", OLD."highly_complex", OLD."id", OLD."over_reason", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."uid", OLD."worker_id"); RETURN NULL;',
                                    hash="d83809344c120cff502c7d03e39108f0dcdad0a6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_2e27b",
                                    table="referrals_allocation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllocationEvent",
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
                                to="referrals.allocation",
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
                            "worker",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("highly_complex", models.BooleanField(default=False)),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "began_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("period", function="lower"),
                                output_field=models.DateField(),
                            ),
                        ),
                        (
                            "ended_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("period", function="upper"),
                                help_text="The first day without it; none while it goes on.",
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "allocated_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "over_reason",
                            models.TextField(
                                blank=True, help_text="Why it is right although it made more than a full caseload."
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
                                    hash="87f1a092056073429c1e88fb2e8979dcd8fceacd",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_42e49",
                                    table="referrals_allocationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralPerson",
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
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="referrals.referral",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("parent", "Parent or carer"),
                                    ("adult", "Other adult"),
                                    ("away", "Parent living elsewhere"),
                                    ("child", "Child"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("given_names", models.CharField(blank=True, max_length=120)),
                        ("family_name", models.CharField(blank=True, max_length=120)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        ("born_estimated", models.BooleanField(default=False)),
                        ("school", models.CharField(blank=True, max_length=120)),
                        ("upn", models.CharField(blank=True, max_length=13, verbose_name="unique pupil number")),
                        (
                            "responsible",
                            models.BooleanField(blank=True, null=True, verbose_name="parental responsibility"),
                        ),
                        (
                            "ni_number",
                            models.CharField(blank=True, max_length=9, verbose_name="National Insurance number"),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("born_estimated", False), ("born_on__isnull", False), _connector="OR"
                                ),
                                name="referrals_referralperson_estimate_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("upn", ""),
                                    ("upn__isnull", True),
                                    models.Func(
                                        models.F("upn"), function="slf.is_upn", output_field=models.BooleanField()
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referralperson_upn_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ni_number", ""),
                                    ("ni_number__isnull", True),
                                    models.Func(
                                        models.F("ni_number"),
                                        function="slf.is_ni_number",
                                        output_field=models.BooleanField(),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referralperson_ni_number_possible",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_referralpersonevent" ("born_estimated", "born_on", "family_name", "given_names", "id", "ni_number", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "referral_id", "responsible", "school", "scope_id", "uid", "upn") VALUES (NEW."born_estimated", NEW."born_on", NEW."family_name", NEW."given_names", NEW."id", NEW."ni_number", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."referral_id", NEW."responsible", NEW."school", NEW."scope_id", NEW."uid", NEW."upn"); RETURN NULL;',
                                    hash="fa42ea7078b9049f8347bb6aa69af4d8739adecd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ea72e",
                                    table="referrals_referralperson",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_referralpersonevent" ("born_estimated", "born_on", "family_name", "given_names", "id", "ni_number", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "referral_id", "responsible", "school", "scope_id", "uid", "upn") VALUES (NEW."born_estimated", NEW."born_on", NEW."family_name", NEW."given_names", NEW."id", NEW."ni_number", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."referral_id", NEW."responsible", NEW."school", NEW."scope_id", NEW."uid", NEW."upn"); RETURN NULL;',
                                    hash="f5a0f9013b3cc966a6d7c32a21a1bdd3bd9222b2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e687b",
                                    table="referrals_referralperson",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_referralpersonevent" ("born_estimated", "born_on", "family_name", "given_names", "id", "ni_number", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "referral_id", "responsible", "school", "scope_id", "uid", "upn") VALUES (OLD."born_estimated", OLD."born_on", OLD."family_name", OLD."given_names", OLD."id", OLD."ni_number", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."referral_id", OLD."responsible", OLD."school", OLD."scope_id", OLD."uid", OLD."upn"); RETURN NULL;',
                                    hash="bc9c63c54ed617282fe2010588fcdd2c076d8a80",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4be20",
                                    table="referrals_referralperson",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "offers",
                            models.CharField(help_text="What it does and for whom, in a sentence.", max_length=300),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty for a service of the whole county.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="slf.locality",
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone number")),
                        ("web", models.URLField(blank=True, verbose_name="web address")),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, help_text="The last day it is offered.", null=True)),
                        ("source", models.CharField(help_text="Who said so, and when it was checked.", max_length=200)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="referrals_service_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("phone", ""), _negated=True),
                                    models.Q(("web", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="referrals_service_can_be_reached",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_serviceevent" ("ends_on", "id", "locality_id", "name", "offers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source", "starts_on", "uid", "web") VALUES (NEW."ends_on", NEW."id", NEW."locality_id", NEW."name", NEW."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."source", NEW."starts_on", NEW."uid", NEW."web"); RETURN NULL;',
                                    hash="6fce37c4f1ed6528a19dfa3154fdc760c27d901b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9e650",
                                    table="referrals_service",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_serviceevent" ("ends_on", "id", "locality_id", "name", "offers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source", "starts_on", "uid", "web") VALUES (NEW."ends_on", NEW."id", NEW."locality_id", NEW."name", NEW."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."source", NEW."starts_on", NEW."uid", NEW."web"); RETURN NULL;',
                                    hash="b4c59bc2f09adf17fd72a8d742314dda0adddfc0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_698a6",
                                    table="referrals_service",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_serviceevent" ("ends_on", "id", "locality_id", "name", "offers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source", "starts_on", "uid", "web") VALUES (OLD."ends_on", OLD."id", OLD."locality_id", OLD."name", OLD."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."source", OLD."starts_on", OLD."uid", OLD."web"); RETURN NULL;',
                                    hash="506e30aceb8257d6dd0b65d54530072b4a1767d5",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e58f3",
                                    table="referrals_service",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceEvent",
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
                                to="referrals.service",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "offers",
                            models.CharField(help_text="What it does and for whom, in a sentence.", max_length=300),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty for a service of the whole county.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.locality",
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone number")),
                        ("web", models.URLField(blank=True, verbose_name="web address")),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, help_text="The last day it is offered.", null=True)),
                        ("source", models.CharField(help_text="Who said so, and when it was checked.", max_length=200)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="bfbea079bdbf1c36404bcdb605d4fd430f42203e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cea11",
                                    table="referrals_serviceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
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
                            "referred_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "agency",
                            models.CharField(help_text="The school, practice or team that refers.", max_length=200),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("received", "Received"),
                                    ("asked", "More is asked"),
                                    ("accepted", "Accepted"),
                                    ("esf", "Sent to the ESF provider"),
                                    ("signposted", "Signposted to a service"),
                                    ("declined", "Declined"),
                                    ("discarded", "Deleted draft"),
                                ],
                                default=referrals.intake.rules.State["DRAFT"],
                                max_length=10,
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                default=1, help_text="Goes up with every saved page and every reply."
                            ),
                        ),
                        ("started_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("postcode", models.CharField(blank=True, max_length=8)),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone number")),
                        ("safe_contact", models.CharField(blank=True, max_length=200)),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True,
                                help_text="By the postcode; where that is not known, as the referrer says. Sending settles it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.locality",
                            ),
                        ),
                        (
                            "whole_family",
                            models.BooleanField(
                                blank=True,
                                help_text="Whether work with the whole family would help, as the referrer sees it.",
                                null=True,
                            ),
                        ),
                        ("whole_family_why", models.CharField(blank=True, db_default="", max_length=500)),
                        ("family_knows", models.BooleanField(blank=True, null=True)),
                        (
                            "agreement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("given", "Yes, they agree to it"),
                                    ("refused", "No, they do not want it"),
                                    ("not_asked", "Nobody has asked them yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "refused_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_help", "They do not want help"),
                                    ("other_help", "They have help that they are content with"),
                                    ("no_trust", "They do not trust services like this"),
                                    ("not_now", "Not now, perhaps later"),
                                    ("not_said", "They did not say"),
                                ],
                                db_default="",
                                max_length=12,
                            ),
                        ),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="referrals.referralperson",
                            ),
                        ),
                        ("in_danger", models.BooleanField(blank=True, null=True)),
                        (
                            "told_to_ring_at",
                            models.DateTimeField(
                                blank=True, help_text="When the page gave the number to ring.", null=True
                            ),
                        ),
                        ("spoke_to", models.CharField(blank=True, max_length=120)),
                        (
                            "first_tried_on",
                            models.DateField(blank=True, help_text="When it was first to be sent.", null=True),
                        ),
                        (
                            "first_missing",
                            models.JSONField(
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="The pages on which something was missing then.",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "asked_on",
                            models.DateField(
                                blank=True, help_text="Since when the referrer's reply is waited for.", null=True
                            ),
                        ),
                        ("reply_by", models.DateField(blank=True, null=True)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="families.family",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who of the team is to look at it; anybody who may decide still may.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        (
                            "signposted_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="referrals.service",
                            ),
                        ),
                        (
                            "passed_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.locality",
                            ),
                        ),
                        ("passed_on", models.DateField(blank=True, null=True)),
                        (
                            "passed_why",
                            models.CharField(
                                blank=True, db_default="", help_text="Read by the team that has it now.", max_length=300
                            ),
                        ),
                        (
                            "message",
                            models.TextField(blank=True, help_text="What the referrer is told about the decision."),
                        ),
                        (
                            "to_do",
                            models.CharField(
                                blank=True, help_text="What the duty manager asks of the team.", max_length=300
                            ),
                        ),
                        ("to_do_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-started_at"],
                        "indexes": [
                            models.Index(fields=["scope", "state", "due_on"], name="referrals_r_scope_i_73bbe9_idx"),
                            models.Index(fields=["referred_by", "state"], name="referrals_r_referre_1167b4_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("id", "scope"), name="referrals_referral_id_scope"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "received",
                                            "asked",
                                            "accepted",
                                            "esf",
                                            "signposted",
                                            "declined",
                                            "discarded",
                                        ],
                                    )
                                ),
                                name="referrals_referral_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            referrals.intake.rules.State["DRAFT"],
                                            referrals.intake.rules.State["DISCARDED"],
                                        ),
                                    ),
                                    models.Q(
                                        ("due_on__gte", models.F("sent_on")),
                                        ("locality__isnull", False),
                                        ("sent_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referral_sent_says_when_and_where",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("asked_on__isnull", False),
                                        ("reply_by__gte", models.F("asked_on")),
                                        ("state", referrals.intake.rules.State["ASKED"]),
                                    ),
                                    models.Q(
                                        models.Q(("state", referrals.intake.rules.State["ASKED"]), _negated=True),
                                        ("asked_on__isnull", True),
                                        ("reply_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referral_asked_says_by_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("family__isnull", True),
                                        (
                                            "state__in",
                                            ["draft", "received", "asked", "signposted", "declined", "discarded"],
                                        ),
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("family__isnull", False),
                                        ("state__in", ["accepted", "esf"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referral_accepted_has_family",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", referrals.intake.rules.State["DECLINED"]), _negated=True),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("message", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referral_declined_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signposted_to__isnull", True),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("state", referrals.intake.rules.State["SIGNPOSTED"]),
                                    ),
                                    _connector="XOR",
                                ),
                                name="referrals_referral_signposted_says_where",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("passed_from__isnull", True), ("passed_on__isnull", True), ("passed_why", "")
                                    ),
                                    models.Q(
                                        ("passed_from__isnull", False),
                                        ("passed_on__isnull", False),
                                        models.Q(("passed_why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_referral_passed_on_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_referralevent" ("address", "agency", "agreed_by_id", "agreed_on", "agreement", "asked_on", "changed_at", "decided_by_id", "decided_on", "due_on", "family_id", "family_knows", "first_missing", "first_tried_on", "id", "in_danger", "locality_id", "message", "passed_from_id", "passed_on", "passed_why", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "reason", "referred_by_id", "refused_why", "reply_by", "reviewer_id", "revision", "safe_contact", "scope_id", "sent_at", "sent_on", "signposted_to_id", "spoke_to", "started_at", "state", "to_do", "to_do_on", "told_to_ring_at", "uid", "whole_family", "whole_family_why") VALUES (NEW."address", NEW."agency", NEW."agreed_by_id", NEW."agreed_on", NEW."agreement", NEW."asked_on", NEW."changed_at", NEW."decided_by_id", NEW."decided_on", NEW."due_on", NEW."family_id", NEW."family_knows", NEW."first_missing", NEW."first_tried_on", NEW."id", NEW."in_danger", NEW."locality_id", NEW."message", NEW."passed_from_id", NEW."passed_on", NEW."passed_why", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."reason", NEW."referred_by_id", NEW."refused_why", NEW."reply_by", NEW."reviewer_id", NEW."revision", NEW."safe_contact", NEW."scope_id", NEW."sent_at", NEW."sent_on", NEW."signposted_to_id", NEW."spoke_to", NEW."started_at", NEW."state", NEW."to_do", NEW."to_do_on", NEW."told_to_ring_at", NEW."uid", NEW."whole_family", NEW."whole_family_why"); RETURN NULL;',
                                    hash="72c80c4a31d341c4b3641ccbf59b7c1548c23ba4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a74c8",
                                    table="referrals_referral",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_referralevent" ("address", "agency", "agreed_by_id", "agreed_on", "agreement", "asked_on", "changed_at", "decided_by_id", "decided_on", "due_on", "family_id", "family_knows", "first_missing", "first_tried_on", "id", "in_danger", "locality_id", "message", "passed_from_id", "passed_on", "passed_why", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "reason", "referred_by_id", "refused_why", "reply_by", "reviewer_id", "revision", "safe_contact", "scope_id", "sent_at", "sent_on", "signposted_to_id", "spoke_to", "started_at", "state", "to_do", "to_do_on", "told_to_ring_at", "uid", "whole_family", "whole_family_why") VALUES (NEW."address", NEW."agency", NEW."agreed_by_id", NEW."agreed_on", NEW."agreement", NEW."asked_on", NEW."changed_at", NEW."decided_by_id", NEW."decided_on", NEW."due_on", NEW."family_id", NEW."family_knows", NEW."first_missing", NEW."first_tried_on", NEW."id", NEW."in_danger", NEW."locality_id", NEW."message", NEW."passed_from_id", NEW."passed_on", NEW."passed_why", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."reason", NEW."referred_by_id", NEW."refused_why", NEW."reply_by", NEW."reviewer_id", NEW."revision", NEW."safe_contact", NEW."scope_id", NEW."sent_at", NEW."sent_on", NEW."signposted_to_id", NEW."spoke_to", NEW."started_at", NEW."state", NEW."to_do", NEW."to_do_on", NEW."told_to_ring_at", NEW."uid", NEW."whole_family", NEW."whole_family_why"); RETURN NULL;',
                                    hash="a9573ca54040cb252b189013350ac4e4e6298d74",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_223e7",
                                    table="referrals_referral",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_referralevent" ("address", "agency", "agreed_by_id", "agreed_on", "agreement", "asked_on", "changed_at", "decided_by_id", "decided_on", "due_on", "family_id", "family_knows", "first_missing", "first_tried_on", "id", "in_danger", "locality_id", "message", "passed_from_id", "passed_on", "passed_why", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "reason", "referred_by_id", "refused_why", "reply_by", "reviewer_id", "revision", "safe_contact", "scope_id", "sent_at", "sent_on", "signposted_to_id", "spoke_to", "started_at", "state", "to_do", "to_do_on", "told_to_ring_at", "uid", "whole_family", "whole_family_why") VALUES (OLD."address", OLD."agency", OLD."agreed_by_id", OLD."agreed_on", OLD."agreement", OLD."asked_on", OLD."changed_at", OLD."decided_by_id", OLD."decided_on", OLD."due_on", OLD."family_id", OLD."family_knows", OLD."first_missing", OLD."first_tried_on", OLD."id", OLD."in_danger", OLD."locality_id", OLD."message", OLD."passed_from_id", OLD."passed_on", OLD."passed_why", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."postcode", OLD."reason", OLD."referred_by_id", OLD."refused_why", OLD."reply_by", OLD."reviewer_id", OLD."revision", OLD."safe_contact", OLD."scope_id", OLD."sent_at", OLD."sent_on", OLD."signposted_to_id", OLD."spoke_to", OLD."started_at", OLD."state", OLD."to_do", OLD."to_do_on", OLD."told_to_ring_at", OLD."uid", OLD."whole_family", OLD."whole_family_why"); RETURN NULL;',
                                    hash="5677d1cef40a926429546f83ffd51e3185b9a63a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e24da",
                                    table="referrals_referral",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralEvent",
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
                                to="referrals.referral",
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
                        (
                            "referred_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "agency",
                            models.CharField(help_text="The school, practice or team that refers.", max_length=200),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("received", "Received"),
                                    ("asked", "More is asked"),
                                    ("accepted", "Accepted"),
                                    ("esf", "Sent to the ESF provider"),
                                    ("signposted", "Signposted to a service"),
                                    ("declined", "Declined"),
                                    ("discarded", "Deleted draft"),
                                ],
                                default=referrals.intake.rules.State["DRAFT"],
                                max_length=10,
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                default=1, help_text="Goes up with every saved page and every reply."
                            ),
                        ),
                        ("started_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("postcode", models.CharField(blank=True, max_length=8)),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone number")),
                        ("safe_contact", models.CharField(blank=True, max_length=200)),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="By the postcode; where that is not known, as the referrer says. Sending settles it.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.locality",
                            ),
                        ),
                        (
                            "whole_family",
                            models.BooleanField(
                                blank=True,
                                help_text="Whether work with the whole family would help, as the referrer sees it.",
                                null=True,
                            ),
                        ),
                        ("whole_family_why", models.CharField(blank=True, db_default="", max_length=500)),
                        ("family_knows", models.BooleanField(blank=True, null=True)),
                        (
                            "agreement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("given", "Yes, they agree to it"),
                                    ("refused", "No, they do not want it"),
                                    ("not_asked", "Nobody has asked them yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "refused_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_help", "They do not want help"),
                                    ("other_help", "They have help that they are content with"),
                                    ("no_trust", "They do not trust services like this"),
                                    ("not_now", "Not now, perhaps later"),
                                    ("not_said", "They did not say"),
                                ],
                                db_default="",
                                max_length=12,
                            ),
                        ),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referralperson",
                            ),
                        ),
                        ("in_danger", models.BooleanField(blank=True, null=True)),
                        (
                            "told_to_ring_at",
                            models.DateTimeField(
                                blank=True, help_text="When the page gave the number to ring.", null=True
                            ),
                        ),
                        ("spoke_to", models.CharField(blank=True, max_length=120)),
                        (
                            "first_tried_on",
                            models.DateField(blank=True, help_text="When it was first to be sent.", null=True),
                        ),
                        (
                            "first_missing",
                            models.JSONField(
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="The pages on which something was missing then.",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "asked_on",
                            models.DateField(
                                blank=True, help_text="Since when the referrer's reply is waited for.", null=True
                            ),
                        ),
                        ("reply_by", models.DateField(blank=True, null=True)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.family",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Who of the team is to look at it; anybody who may decide still may.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
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
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        (
                            "signposted_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.service",
                            ),
                        ),
                        (
                            "passed_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.locality",
                            ),
                        ),
                        ("passed_on", models.DateField(blank=True, null=True)),
                        (
                            "passed_why",
                            models.CharField(
                                blank=True, db_default="", help_text="Read by the team that has it now.", max_length=300
                            ),
                        ),
                        (
                            "message",
                            models.TextField(blank=True, help_text="What the referrer is told about the decision."),
                        ),
                        (
                            "to_do",
                            models.CharField(
                                blank=True, help_text="What the duty manager asks of the team.", max_length=300
                            ),
                        ),
                        ("to_do_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="1a61dcd844caf3ca043cd5fc836a4fbfb5122b75",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d0304",
                                    table="referrals_referralevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralPersonEvent",
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
                                to="referrals.referralperson",
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
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("parent", "Parent or carer"),
                                    ("adult", "Other adult"),
                                    ("away", "Parent living elsewhere"),
                                    ("child", "Child"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("given_names", models.CharField(blank=True, max_length=120)),
                        ("family_name", models.CharField(blank=True, max_length=120)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        ("born_estimated", models.BooleanField(default=False)),
                        ("school", models.CharField(blank=True, max_length=120)),
                        ("upn", models.CharField(blank=True, max_length=13, verbose_name="unique pupil number")),
                        (
                            "responsible",
                            models.BooleanField(blank=True, null=True, verbose_name="parental responsibility"),
                        ),
                        (
                            "ni_number",
                            models.CharField(blank=True, max_length=9, verbose_name="National Insurance number"),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ed98f15c3d124e2b123fca9b6f6f94fd3e2fc18a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_678e6",
                                    table="referrals_referralpersonevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralNeed",
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
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="needs",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("services", "Confusing landscape of public services"),
                                    ("housing", "Poor or overcrowded housing, homelessness"),
                                    ("high_risk_behaviour", "High risk behaviours, including substance misuse"),
                                    ("poverty", "Poverty, including debt and unemployment"),
                                    ("health", "Health, including mental health and disability"),
                                    ("crime", "Crime, offending and experience of it"),
                                    ("education", "Lack of education or attainment"),
                                    ("domestic_violence", "Domestic violence"),
                                    ("parenting", "Poor parenting"),
                                    ("relationships", "Difficulties maintaining relationships"),
                                    ("resilience", "Lack of resilience"),
                                    ("choice", "Lack of or limited choice and control"),
                                    ("aspiration", "Low aspirations, little sense of social mobility"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("evidence", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("referral", "kind"), name="referrals_referralneed_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_referralneedevent" ("evidence", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "scope_id", "uid") VALUES (NEW."evidence", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="0668b3b7d3e439849525a038862bf3537b1c4536",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_db546",
                                    table="referrals_referralneed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_referralneedevent" ("evidence", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "scope_id", "uid") VALUES (NEW."evidence", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="26af2c184db0fff15ab74e1ce3b79399691bbb28",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_adea9",
                                    table="referrals_referralneed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_referralneedevent" ("evidence", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "scope_id", "uid") VALUES (OLD."evidence", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="266ed4d1ecf371ebfacb7ad4b2a3c58bd0d438e3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_fdc25",
                                    table="referrals_referralneed",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralNeedEvent",
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
                                to="referrals.referralneed",
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
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("services", "Confusing landscape of public services"),
                                    ("housing", "Poor or overcrowded housing, homelessness"),
                                    ("high_risk_behaviour", "High risk behaviours, including substance misuse"),
                                    ("poverty", "Poverty, including debt and unemployment"),
                                    ("health", "Health, including mental health and disability"),
                                    ("crime", "Crime, offending and experience of it"),
                                    ("education", "Lack of education or attainment"),
                                    ("domestic_violence", "Domestic violence"),
                                    ("parenting", "Poor parenting"),
                                    ("relationships", "Difficulties maintaining relationships"),
                                    ("resilience", "Lack of resilience"),
                                    ("choice", "Lack of or limited choice and control"),
                                    ("aspiration", "Low aspirations, little sense of social mobility"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("evidence", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="65140d532e800716570627e736be8a33a5d1c279",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_65e14",
                                    table="referrals_referralneedevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                            "referral",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "referred_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("agency", models.CharField(max_length=200)),
                        ("team", models.CharField(max_length=80)),
                        ("content", models.JSONField()),
                        (
                            "enquiries",
                            models.JSONField(default=list, help_text="What the team asked, and what was replied."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("received", "Received"),
                                    ("asked", "More is asked"),
                                    ("accepted", "Accepted"),
                                    ("esf", "Sent to the ESF provider"),
                                    ("signposted", "Signposted to a service"),
                                    ("declined", "Declined"),
                                    ("discarded", "Deleted draft"),
                                ],
                                default=referrals.intake.rules.State["RECEIVED"],
                                max_length=10,
                            ),
                        ),
                        ("sent_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("message", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-sent_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["referred_by", "-sent_on"], name="referrals_r_referre_9d5ae9_idx")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_receiptevent" ("agency", "content", "decided_on", "due_on", "enquiries", "id", "message", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "referred_by_id", "scope_id", "sent_on", "state", "team", "uid") VALUES (NEW."agency", NEW."content", NEW."decided_on", NEW."due_on", NEW."enquiries", NEW."id", NEW."message", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."referred_by_id", NEW."scope_id", NEW."sent_on", NEW."state", NEW."team", NEW."uid"); RETURN NULL;',
                                    hash="643d00bda388f488295bc86dcf1f2c5f5ffdea2a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9bf83",
                                    table="referrals_receipt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_receiptevent" ("agency", "content", "decided_on", "due_on", "enquiries", "id", "message", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "referred_by_id", "scope_id", "sent_on", "state", "team", "uid") VALUES (NEW."agency", NEW."content", NEW."decided_on", NEW."due_on", NEW."enquiries", NEW."id", NEW."message", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."referred_by_id", NEW."scope_id", NEW."sent_on", NEW."state", NEW."team", NEW."uid"); RETURN NULL;',
                                    hash="17943474aaa9cdb1935354db63b7d0b788c201cc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fb96f",
                                    table="referrals_receipt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_receiptevent" ("agency", "content", "decided_on", "due_on", "enquiries", "id", "message", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "referred_by_id", "scope_id", "sent_on", "state", "team", "uid") VALUES (OLD."agency", OLD."content", OLD."decided_on", OLD."due_on", OLD."enquiries", OLD."id", OLD."message", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."referred_by_id", OLD."scope_id", OLD."sent_on", OLD."state", OLD."team", OLD."uid"); RETURN NULL;',
                                    hash="f2328af31d4dbfc0f5d91ce5a48e0e1d5ecc7ac7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b3cbe",
                                    table="referrals_receipt",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptEvent",
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
                                to="referrals.receipt",
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
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "referred_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("agency", models.CharField(max_length=200)),
                        ("team", models.CharField(max_length=80)),
                        ("content", models.JSONField()),
                        (
                            "enquiries",
                            models.JSONField(default=list, help_text="What the team asked, and what was replied."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("received", "Received"),
                                    ("asked", "More is asked"),
                                    ("accepted", "Accepted"),
                                    ("esf", "Sent to the ESF provider"),
                                    ("signposted", "Signposted to a service"),
                                    ("declined", "Declined"),
                                    ("discarded", "Deleted draft"),
                                ],
                                default=referrals.intake.rules.State["RECEIVED"],
                                max_length=10,
                            ),
                        ),
                        ("sent_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("message", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="deaefc11101c0f0564467079c22481bde5e4ed8b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_27eda",
                                    table="referrals_receiptevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchQuestion",
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
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="match_questions",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                help_text="Where it was sent.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.locality",
                            ),
                        ),
                        ("agency", models.CharField(max_length=200)),
                        ("people", models.JSONField()),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("carry_on", "Different families: the team carries on"),
                                    ("linked", "The same family: the team is to speak to me"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_on", models.DateField(blank=True, null=True)),
                        (
                            "note",
                            models.TextField(blank=True, help_text="Why; read by those who may see the question."),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("referral", "family"), name="referrals_matchquestion_asked_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_by__isnull", True), ("answered_on__isnull", True)
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_by__isnull", False),
                                        ("answered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_matchquestion_answered_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="referrals.referral",
                            ),
                        ),
                        ("name", models.CharField(help_text="As it is shown and saved: made safe.", max_length=100)),
                        ("content", models.FileField(upload_to=referrals.attachments.models.stored_as)),
                        (
                            "content_type",
                            models.CharField(
                                choices=[
                                    ("application/pdf", "PDF"),
                                    ("image/jpeg", "Picture"),
                                    ("image/png", "Picture"),
                                    (
                                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                        "Word document",
                                    ),
                                ],
                                max_length=80,
                            ),
                        ),
                        ("size", models.PositiveIntegerField()),
                        ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["added_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "content_type__in",
                                        [
                                            "application/pdf",
                                            "image/jpeg",
                                            "image/png",
                                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                        ],
                                    )
                                ),
                                name="referrals_attachment_kind_allowed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0), ("size__lte", 10485760)),
                                name="referrals_attachment_size_allowed",
                            ),
                            models.UniqueConstraint(fields=("content",), name="referrals_attachment_own_content"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_attachmentevent" ("added_at", "added_by_id", "content", "content_type", "digest", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "scope_id", "size", "uid") VALUES (NEW."added_at", NEW."added_by_id", NEW."content", NEW."content_type", NEW."digest", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."scope_id", NEW."size", NEW."uid"); RETURN NULL;',
                                    hash="0762c16e7932f347c635bd67547fda7e70df402f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_91234",
                                    table="referrals_attachment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_attachmentevent" ("added_at", "added_by_id", "content", "content_type", "digest", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "scope_id", "size", "uid") VALUES (NEW."added_at", NEW."added_by_id", NEW."content", NEW."content_type", NEW."digest", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."scope_id", NEW."size", NEW."uid"); RETURN NULL;',
                                    hash="d574885eb6891623db56a34e9be03a32b38f8121",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_eb905",
                                    table="referrals_attachment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_attachmentevent" ("added_at", "added_by_id", "content", "content_type", "digest", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "scope_id", "size", "uid") VALUES (OLD."added_at", OLD."added_by_id", OLD."content", OLD."content_type", OLD."digest", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."scope_id", OLD."size", OLD."uid"); RETURN NULL;',
                                    hash="85c21d9b7daeca161aea152b32b3892d00aad83b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_376e8",
                                    table="referrals_attachment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttachmentEvent",
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
                                to="referrals.attachment",
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
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        ("name", models.CharField(help_text="As it is shown and saved: made safe.", max_length=100)),
                        ("content", models.FileField(upload_to=referrals.attachments.models.stored_as)),
                        (
                            "content_type",
                            models.CharField(
                                choices=[
                                    ("application/pdf", "PDF"),
                                    ("image/jpeg", "Picture"),
                                    ("image/png", "Picture"),
                                    (
                                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                        "Word document",
                                    ),
                                ],
                                max_length=80,
                            ),
                        ),
                        ("size", models.PositiveIntegerField()),
                        ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="cd69895833e28de79e26ecf0379eb9aed6c20275",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_bbd7a",
                                    table="referrals_attachmentevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enquiry",
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
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enquiries",
                                to="referrals.referral",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("danger", "Is anyone in danger now?"),
                                    ("people", "People in the family"),
                                    ("home", "Where they live"),
                                    ("needs", "What the family needs"),
                                    ("agreement", "What the family knows"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("question", models.TextField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        ("reply_by", models.DateField()),
                        ("reply", models.TextField(blank=True)),
                        ("replied_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "enquiries",
                        "ordering": ["round", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("referral", "round", "about"), name="referrals_enquiry_once_a_round"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("question", ""), _negated=True),
                                name="referrals_enquiry_asks_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("replied_on__isnull", True), ("reply", "")),
                                    models.Q(
                                        models.Q(("reply", ""), _negated=True),
                                        ("replied_on__gte", models.F("asked_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="referrals_enquiry_reply_has_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_enquiryevent" ("about", "asked_by_id", "asked_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "referral_id", "replied_on", "reply", "reply_by", "round", "scope_id", "uid") VALUES (NEW."about", NEW."asked_by_id", NEW."asked_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."question", NEW."referral_id", NEW."replied_on", NEW."reply", NEW."reply_by", NEW."round", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="93641a8254ddfd29369842e3c8184d9ab4453202",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_14609",
                                    table="referrals_enquiry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_enquiryevent" ("about", "asked_by_id", "asked_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "referral_id", "replied_on", "reply", "reply_by", "round", "scope_id", "uid") VALUES (NEW."about", NEW."asked_by_id", NEW."asked_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."question", NEW."referral_id", NEW."replied_on", NEW."reply", NEW."reply_by", NEW."round", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="ec4eee93fb714901659071cac07b8efe7545c33d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b842c",
                                    table="referrals_enquiry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_enquiryevent" ("about", "asked_by_id", "asked_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "referral_id", "replied_on", "reply", "reply_by", "round", "scope_id", "uid") VALUES (OLD."about", OLD."asked_by_id", OLD."asked_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."question", OLD."referral_id", OLD."replied_on", OLD."reply", OLD."reply_by", OLD."round", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="13b8d47a9edf08fcdfa58ce9eff2f3a616fb1687",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d8961",
                                    table="referrals_enquiry",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnquiryEvent",
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
                                to="referrals.enquiry",
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
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("danger", "Is anyone in danger now?"),
                                    ("people", "People in the family"),
                                    ("home", "Where they live"),
                                    ("needs", "What the family needs"),
                                    ("agreement", "What the family knows"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("question", models.TextField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        ("reply_by", models.DateField()),
                        ("reply", models.TextField(blank=True)),
                        ("replied_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b6d692b2dbf3464ee207239df105cb8c53bcf52a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6f497",
                                    table="referrals_enquiryevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkPattern",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "worker",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_pattern",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=referrals.workers.models.usual_days,
                                help_text="0 is Monday.",
                                size=None,
                            ),
                        ),
                        ("evenings", models.BooleanField(default=False)),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("gu", "Gujarati"),
                                        ("pa", "Punjabi"),
                                        ("pl", "Polish"),
                                        ("ur", "Urdu"),
                                        ("bn", "Bengali"),
                                        ("hi", "Hindi"),
                                        ("so", "Somali"),
                                        ("ar", "Arabic"),
                                        ("ro", "Romanian"),
                                        ("zh", "Chinese"),
                                        ("fa", "Persian"),
                                        ("ku", "Kurdish"),
                                        ("lt", "Lithuanian"),
                                        ("lv", "Latvian"),
                                        ("pt", "Portuguese"),
                                        ("ta", "Tamil"),
                                        ("tr", "Turkish"),
                                        ("bfi", "British Sign Language"),
                                    ],
                                    max_length=3,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "district",
                            models.CharField(
                                blank=True, help_text="The first half of a postcode, like LE11.", max_length=4
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("days__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("days__len__gte", 1)
                                ),
                                name="referrals_workpattern_has_days",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_workpatternevent" ("days", "district", "evenings", "id", "languages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "worker_id") VALUES (NEW."days", NEW."district", NEW."evenings", NEW."id", NEW."languages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."worker_id"); RETURN NULL;',
                                    hash="cfb71fb31271c6fa0e27d5305e6b158b96f922e6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_13e58",
                                    table="referrals_workpattern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_workpatternevent" ("days", "district", "evenings", "id", "languages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "worker_id") VALUES (NEW."days", NEW."district", NEW."evenings", NEW."id", NEW."languages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."worker_id"); RETURN NULL;',
                                    hash="af51c943cb0c9e939ef2373d0ec38c328f8bd4dc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d05f0",
                                    table="referrals_workpattern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_workpatternevent" ("days", "district", "evenings", "id", "languages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "worker_id") VALUES (OLD."days", OLD."district", OLD."evenings", OLD."id", OLD."languages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."worker_id"); RETURN NULL;',
                                    hash="3812fa1225b4026a3a1e470462fbe81c3fe710c6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1c8b2",
                                    table="referrals_workpattern",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkPatternEvent",
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
                                to="referrals.workpattern",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "worker",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=referrals.workers.models.usual_days,
                                help_text="0 is Monday.",
                                size=None,
                            ),
                        ),
                        ("evenings", models.BooleanField(default=False)),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("gu", "Gujarati"),
                                        ("pa", "Punjabi"),
                                        ("pl", "Polish"),
                                        ("ur", "Urdu"),
                                        ("bn", "Bengali"),
                                        ("hi", "Hindi"),
                                        ("so", "Somali"),
                                        ("ar", "Arabic"),
                                        ("ro", "Romanian"),
                                        ("zh", "Chinese"),
                                        ("fa", "Persian"),
                                        ("ku", "Kurdish"),
                                        ("lt", "Lithuanian"),
                                        ("lv", "Latvian"),
                                        ("pt", "Portuguese"),
                                        ("ta", "Tamil"),
                                        ("tr", "Turkish"),
                                        ("bfi", "British Sign Language"),
                                    ],
                                    max_length=3,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "district",
                            models.CharField(
                                blank=True, help_text="The first half of a postcode, like LE11.", max_length=4
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
                                    hash="1dc7caa022d9b41c2f4fc7cc3b08b85d1594e6ca",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d8007",
                                    table="referrals_workpatternevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Leave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaves",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["period", "pk"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("worker", "="), ("period", "&&")], name="referrals_leave_once_at_a_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__startswith__isnull", False),
                                    ("period__endswith__isnull", False),
                                ),
                                name="referrals_leave_has_both_ends",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_leaveevent" ("id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "uid", "worker_id") VALUES (NEW."id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."uid", NEW."worker_id"); RETURN NULL;',
                                    hash="a8e4713745b0b73c08fc31d6a92c5c23bcd16d8f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a47ac",
                                    table="referrals_leave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "referrals_leaveevent" ("id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "uid", "worker_id") VALUES (NEW."id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."uid", NEW."worker_id"); RETURN NULL;',
                                    hash="2db84de572376cedb7c6b48e51aab7b551fc335c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_58abc",
                                    table="referrals_leave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "referrals_leaveevent" ("id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "uid", "worker_id") VALUES (OLD."id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."uid", OLD."worker_id"); RETURN NULL;',
                                    hash="8b8854cc0ae65c19e783959c8c8b2a0356e4e536",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_537f4",
                                    table="referrals_leave",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeaveEvent",
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
                                to="referrals.leave",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "worker",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="dcac8fbb5e675ea3b8f3e22c83269b7ecb6f54ba",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c71be",
                                    table="referrals_leaveevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
