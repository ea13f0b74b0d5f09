import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from families.identifiers import sql as identifiers_sql
from slf.access.policies import RunFunctions
from slf.access.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("families", "0001_initial"),
        ("families", "0003_policies"),
        ("families", "0004_begun_again"),
        ("families", "0005_estimates"),
        ("families", "0006_family_order"),
        ("families", "0007_first_known"),
        ("families", "0008_tried_again"),
        ("families", "0009_statements"),
        ("families", "0010_area_searched"),
        ("families", "0011_line_of_the_file"),
        ("families", "0012_found_by_name"),
        ("families", "0013_when_its_file_was_sent"),
        ("families", "0014_first_known_to_who_loads"),
        ("families", "0015_search"),
        ("families", "0016_possible_identifiers"),
        ("families", "0017_addresses"),
        ("families", "0018_addresses_moved"),
        ("families", "0019_restriction_steps"),
        ("families", "0020_households"),
        ("families", "0021_kin"),
        ("families", "0022_register"),
        ("families", "0023_postcodes"),
        ("families", "0024_names_about_and_flags"),
        ("families", "0025_flags_carried_over"),
        ("families", "0026_consent"),
        ("families", "0027_handed_over"),
        ("families", "0028_locality_of_postcode"),
        ("families", "0029_out_of_a_restricted_family"),
        ("families", "0030_replaced_once"),
        ("families", "0031_person_merge"),
        ("families", "0032_protected_unseen"),
        ("families", "0033_shown"),
    ]

    dependencies = [
        ("slf", "0001_tables"),
    ]

    operations = [
        RunFunctions(identifiers_sql.FORWARD, identifiers_sql.REVERSE),
        CreateTables(
            [
                migrations.CreateModel(
                    name="Family",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "reference",
                            models.CharField(
                                help_text="SLF-000123: safe to say on the telephone.", max_length=12, unique=True
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "scope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="families", to="slf.scope"
                            ),
                        ),
                        ("known_since", models.DateField()),
                        (
                            "sealed",
                            models.BooleanField(default=False, help_text="Cannot be opened by emergency access."),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "families",
                        "ordering": ["name", "reference"],
                        "indexes": [
                            models.Index(fields=["scope", "name", "reference"], name="families_family_in_scope"),
                            models.Index(fields=["name", "reference"], name="families_family_in_order"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("id", "scope"), name="families_family_id_scope")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_familyevent" ("id", "known_since", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "scope_id", "sealed", "uid") VALUES (NEW."id", NEW."known_since", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."scope_id", NEW."sealed", NEW."uid"); RETURN NULL;',
                                    hash="9e9e6528db092d7e1c466bf75c66862af36f51e7",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b3032",
                                    table="families_family",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_familyevent" ("id", "known_since", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "scope_id", "sealed", "uid") VALUES (NEW."id", NEW."known_since", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."scope_id", NEW."sealed", NEW."uid"); RETURN NULL;',
                                    hash="f4878458face5caf89d1a81bf74363d751037a41",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9cc70",
                                    table="families_family",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_familyevent" ("id", "known_since", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "scope_id", "sealed", "uid") VALUES (OLD."id", OLD."known_since", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."scope_id", OLD."sealed", OLD."uid"); RETURN NULL;',
                                    hash="4046883e7a55d50f5b6233a1b1f64d68c4a690da",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9ca0f",
                                    table="families_family",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyEvent",
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
                                to="families.family",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "reference",
                            models.CharField(help_text="SLF-000123: safe to say on the telephone.", max_length=12),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "scope",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
                            ),
                        ),
                        ("known_since", models.DateField()),
                        (
                            "sealed",
                            models.BooleanField(default=False, help_text="Cannot be opened by emergency access."),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d07eadc7f2edf1dc922a880fabf8ab53b90e3c86",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f644e",
                                    table="families_familyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                default=list,
                                editable=False,
                                help_text="Kept by a trigger.",
                                size=None,
                            ),
                        ),
                        ("given_names", models.CharField(max_length=120)),
                        ("family_name", models.CharField(max_length=120)),
                        ("known_as", models.CharField(blank=True, max_length=120)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        ("born_estimated", models.BooleanField(default=False)),
                        (
                            "expected_on",
                            models.DateField(
                                blank=True, help_text="When a baby is expected that is not born yet.", null=True
                            ),
                        ),
                        (
                            "adopted_on",
                            models.DateField(
                                blank=True,
                                help_text="When an adoption gave this child another identity: nothing links the two.",
                                null=True,
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                choices=[
                                    ("female", "Female"),
                                    ("male", "Male"),
                                    ("other", "Another way"),
                                    ("not_known", "Not known"),
                                ],
                                default="not_known",
                                max_length=10,
                            ),
                        ),
                        (
                            "upn",
                            models.CharField(
                                blank=True, max_length=13, null=True, unique=True, verbose_name="unique pupil number"
                            ),
                        ),
                        (
                            "nhs_number",
                            models.CharField(
                                blank=True, max_length=10, null=True, unique=True, verbose_name="NHS number"
                            ),
                        ),
                        (
                            "ni_number",
                            models.CharField(
                                blank=True,
                                max_length=9,
                                null=True,
                                unique=True,
                                verbose_name="National Insurance number",
                            ),
                        ),
                        ("died_on", models.DateField(blank=True, null=True)),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                db_default=1, default=1, help_text="Counts what people changed here."
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="The one person, while this row is the same person entered again. Kept by a trigger.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="families.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "people",
                        "ordering": ["family_name", "given_names"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["scopes"], name="families_person_scopes"),
                            models.Index(fields=["family_name", "given_names"], name="families_pe_family__1fa81d_idx"),
                            models.Index(fields=["born_on"], name="families_pe_born_on_ff18f1_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("born_estimated", False), ("born_on__isnull", False), _connector="OR"
                                ),
                                name="families_person_estimate_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("died_on__isnull", True),
                                    ("born_on__isnull", True),
                                    ("died_on__gte", models.F("born_on")),
                                    _connector="OR",
                                ),
                                name="families_person_dies_after_birth",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="families_person_not_merged_into_itself",
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
                                name="families_person_upn_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nhs_number", ""),
                                    ("nhs_number__isnull", True),
                                    models.Func(
                                        models.F("nhs_number"),
                                        function="slf.is_nhs_number",
                                        output_field=models.BooleanField(),
                                    ),
                                    _connector="OR",
                                ),
                                name="families_person_nhs_number_possible",
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
                                name="families_person_ni_number_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expected_on__isnull", True), ("born_on__isnull", True), _connector="OR"
                                ),
                                name="families_person_expected_or_born",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_personevent" ("adopted_on", "born_estimated", "born_on", "died_on", "expected_on", "family_name", "gender", "given_names", "id", "known_as", "merged_into_id", "nhs_number", "ni_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "scopes", "uid", "upn") VALUES (NEW."adopted_on", NEW."born_estimated", NEW."born_on", NEW."died_on", NEW."expected_on", NEW."family_name", NEW."gender", NEW."given_names", NEW."id", NEW."known_as", NEW."merged_into_id", NEW."nhs_number", NEW."ni_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revision", NEW."scopes", NEW."uid", NEW."upn"); RETURN NULL;',
                                    hash="247f8312311152596181729f13c7d07c2ead2b2f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9f408",
                                    table="families_person",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_personevent" ("adopted_on", "born_estimated", "born_on", "died_on", "expected_on", "family_name", "gender", "given_names", "id", "known_as", "merged_into_id", "nhs_number", "ni_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "scopes", "uid", "upn") VALUES (NEW."adopted_on", NEW."born_estimated", NEW."born_on", NEW."died_on", NEW."expected_on", NEW."family_name", NEW."gender", NEW."given_names", NEW."id", NEW."known_as", NEW."merged_into_id", NEW."nhs_number", NEW."ni_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revision", NEW."scopes", NEW."uid", NEW."upn"); RETURN NULL;',
                                    hash="6a88c3b241b018239297870a6df18200cecdcb17",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_663db",
                                    table="families_person",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_personevent" ("adopted_on", "born_estimated", "born_on", "died_on", "expected_on", "family_name", "gender", "given_names", "id", "known_as", "merged_into_id", "nhs_number", "ni_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "scopes", "uid", "upn") VALUES (OLD."adopted_on", OLD."born_estimated", OLD."born_on", OLD."died_on", OLD."expected_on", OLD."family_name", OLD."gender", OLD."given_names", OLD."id", OLD."known_as", OLD."merged_into_id", OLD."nhs_number", OLD."ni_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revision", OLD."scopes", OLD."uid", OLD."upn"); RETURN NULL;',
                                    hash="e20ecd4a6cef6fa220954d3d39ca54dfd69d29cf",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_460b6",
                                    table="families_person",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonEvent",
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
                                to="families.person",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                default=list,
                                editable=False,
                                help_text="Kept by a trigger.",
                                size=None,
                            ),
                        ),
                        ("given_names", models.CharField(max_length=120)),
                        ("family_name", models.CharField(max_length=120)),
                        ("known_as", models.CharField(blank=True, max_length=120)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        ("born_estimated", models.BooleanField(default=False)),
                        (
                            "expected_on",
                            models.DateField(
                                blank=True, help_text="When a baby is expected that is not born yet.", null=True
                            ),
                        ),
                        (
                            "adopted_on",
                            models.DateField(
                                blank=True,
                                help_text="When an adoption gave this child another identity: nothing links the two.",
                                null=True,
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                choices=[
                                    ("female", "Female"),
                                    ("male", "Male"),
                                    ("other", "Another way"),
                                    ("not_known", "Not known"),
                                ],
                                default="not_known",
                                max_length=10,
                            ),
                        ),
                        (
                            "upn",
                            models.CharField(blank=True, max_length=13, null=True, verbose_name="unique pupil number"),
                        ),
                        (
                            "nhs_number",
                            models.CharField(blank=True, max_length=10, null=True, verbose_name="NHS number"),
                        ),
                        (
                            "ni_number",
                            models.CharField(
                                blank=True, max_length=9, null=True, verbose_name="National Insurance number"
                            ),
                        ),
                        ("died_on", models.DateField(blank=True, null=True)),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                db_default=1, default=1, help_text="Counts what people changed here."
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="The one person, while this row is the same person entered again. Kept by a trigger.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.person",
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
                                    hash="03f98d3ce4b7cd3e179b64372b3df64e9ca903af",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2f142",
                                    table="families_personevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="families.family",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="families.person",
                            ),
                        ),
                        (
                            "called",
                            models.CharField(
                                blank=True, editable=False, help_text="By this household alone.", max_length=241
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("parent", "Parent or carer"),
                                    ("child", "Child"),
                                    ("adult", "Other adult"),
                                    ("away", "Parent living elsewhere"),
                                    ("expected", "Expected baby"),
                                    ("care", "Child in care"),
                                    ("relative", "Relative living elsewhere"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "responsible",
                            models.CharField(
                                blank=True, help_text="Who is responsible for a child in care.", max_length=120
                            ),
                        ),
                        ("school", models.CharField(blank=True, max_length=120)),
                        (
                            "safe_contact",
                            models.CharField(
                                blank=True, help_text="How and when it is safe to get in touch.", max_length=200
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["part", "person__born_on"],
                        "constraints": [
                            models.UniqueConstraint(fields=("id", "family"), name="families_membership_id_family"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("family", "="), ("person", "="), ("period", "&&")],
                                name="families_membership_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                                name="families_membership_has_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("part", "care"), ("responsible", ""), _connector="XOR"),
                                name="families_membership_in_care_of_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_membershipevent" ("called", "family_id", "id", "part", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "safe_contact", "school", "scope_id", "uid") VALUES (NEW."called", NEW."family_id", NEW."id", NEW."part", NEW."period", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."responsible", NEW."safe_contact", NEW."school", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="b164ef12b954dc08b1508edaf853077406ca4c6f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b8be7",
                                    table="families_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_membershipevent" ("called", "family_id", "id", "part", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "safe_contact", "school", "scope_id", "uid") VALUES (NEW."called", NEW."family_id", NEW."id", NEW."part", NEW."period", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."responsible", NEW."safe_contact", NEW."school", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="c89527450cbc2d14d56dea4d7aa21f316a2ea9d3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ed7ba",
                                    table="families_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_membershipevent" ("called", "family_id", "id", "part", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "safe_contact", "school", "scope_id", "uid") VALUES (OLD."called", OLD."family_id", OLD."id", OLD."part", OLD."period", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."responsible", OLD."safe_contact", OLD."school", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="408cbc294bc4d17572c4477a8e0e6e84be5dabcf",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_462e2",
                                    table="families_membership",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
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
                                to="families.membership",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
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
                            "called",
                            models.CharField(
                                blank=True, editable=False, help_text="By this household alone.", max_length=241
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("parent", "Parent or carer"),
                                    ("child", "Child"),
                                    ("adult", "Other adult"),
                                    ("away", "Parent living elsewhere"),
                                    ("expected", "Expected baby"),
                                    ("care", "Child in care"),
                                    ("relative", "Relative living elsewhere"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "responsible",
                            models.CharField(
                                blank=True, help_text="Who is responsible for a child in care.", max_length=120
                            ),
                        ),
                        ("school", models.CharField(blank=True, max_length=120)),
                        (
                            "safe_contact",
                            models.CharField(
                                blank=True, help_text="How and when it is safe to get in touch.", max_length=200
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
                                    hash="e075567c6f9c8c9533420143ed8391009bd2c84d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_13e56",
                                    table="families_membershipevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AboutAnswer",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sex", "Sex"),
                                    ("ethnicity", "Ethnic group"),
                                    ("first_language", "First language"),
                                    ("other_languages", "Other languages"),
                                    ("interpreter", "Interpreter"),
                                    ("disability", "Disability"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("answer", models.CharField(max_length=20)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("source", models.CharField(max_length=200)),
                        (
                            "told_by",
                            models.CharField(
                                choices=[
                                    ("themselves", "Their own word"),
                                    ("family", "Somebody of the family"),
                                    ("agency", "Another agency"),
                                    ("document", "A document that was seen"),
                                    ("worker", "A worker of this service"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("said_on", models.DateField()),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="families.aboutanswer",
                            ),
                        ),
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
                                    (
                                        "kind__in",
                                        [
                                            "sex",
                                            "ethnicity",
                                            "first_language",
                                            "other_languages",
                                            "interpreter",
                                            "disability",
                                        ],
                                    )
                                ),
                                name="families_aboutanswer_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer", ""), _negated=True),
                                name="families_aboutanswer_says_something",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("family", "person", "kind"),
                                name="families_aboutanswer_one_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Home",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.family"
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="families.membership",
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "protected",
                            models.BooleanField(
                                default=False,
                                help_text="Known only to those who work with the family and those who decide who does.",
                            ),
                        ),
                        (
                            "in_error",
                            models.BooleanField(
                                default=False, help_text="Written down by mistake: kept, and never counted."
                            ),
                        ),
                        (
                            "use",
                            models.CharField(
                                choices=[("main", "Lives here"), ("second", "Lives here part of the time")],
                                default="main",
                                max_length=6,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("postcode", models.CharField(blank=True, max_length=8)),
                    ],
                    options={
                        "ordering": ["-period", "pk"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["postcode"], name="families_ho_postcod_541d18_idx")],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("in_error", False), ("use", "main")),
                                expressions=[("membership", "="), ("period", "&&")],
                                name="families_home_one_main_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                                name="families_home_has_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("address", ""), _negated=True),
                                    models.Q(("postcode", ""), _negated=True),
                                    ("protected", True),
                                    _connector="OR",
                                ),
                                name="families_home_says_something",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_homeevent" ("address", "family_id", "id", "in_error", "membership_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "scope_id", "uid", "use") VALUES (NEW."address", NEW."family_id", NEW."id", NEW."in_error", NEW."membership_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."postcode", NEW."protected", NEW."scope_id", NEW."uid", NEW."use"); RETURN NULL;',
                                    hash="2f4ad516ac5947a17234efe026f6078d232a3676",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2bed2",
                                    table="families_home",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_homeevent" ("address", "family_id", "id", "in_error", "membership_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "scope_id", "uid", "use") VALUES (NEW."address", NEW."family_id", NEW."id", NEW."in_error", NEW."membership_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."postcode", NEW."protected", NEW."scope_id", NEW."uid", NEW."use"); RETURN NULL;',
                                    hash="57d9c8f67f75cf4e860e3035309601674646bfa2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bd9c8",
                                    table="families_home",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_homeevent" ("address", "family_id", "id", "in_error", "membership_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "protected", "scope_id", "uid", "use") VALUES (OLD."address", OLD."family_id", OLD."id", OLD."in_error", OLD."membership_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."postcode", OLD."protected", OLD."scope_id", OLD."uid", OLD."use"); RETURN NULL;',
                                    hash="1e1d1f1c808a67d31433c70ff771d5ece28dd332",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ec72b",
                                    table="families_home",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeEvent",
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
                                to="families.home",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
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
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.membership",
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "protected",
                            models.BooleanField(
                                default=False,
                                help_text="Known only to those who work with the family and those who decide who does.",
                            ),
                        ),
                        (
                            "in_error",
                            models.BooleanField(
                                default=False, help_text="Written down by mistake: kept, and never counted."
                            ),
                        ),
                        (
                            "use",
                            models.CharField(
                                choices=[("main", "Lives here"), ("second", "Lives here part of the time")],
                                default="main",
                                max_length=6,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("postcode", models.CharField(blank=True, max_length=8)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b38290698f116fc9bc1bf40e41ca95d85d53a578",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4ec3e",
                                    table="families_homeevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Phone",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.family"
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="families.membership",
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "protected",
                            models.BooleanField(
                                default=False,
                                help_text="Known only to those who work with the family and those who decide who does.",
                            ),
                        ),
                        (
                            "in_error",
                            models.BooleanField(
                                default=False, help_text="Written down by mistake: kept, and never counted."
                            ),
                        ),
                        ("number", models.CharField(max_length=30)),
                    ],
                    options={
                        "ordering": ["-period", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                                name="families_phone_has_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True), name="families_phone_says_something"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("in_error", False)),
                                expressions=[("membership", "="), ("number", "="), ("period", "&&")],
                                name="families_phone_once_at_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_phoneevent" ("family_id", "id", "in_error", "membership_id", "number", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "scope_id", "uid") VALUES (NEW."family_id", NEW."id", NEW."in_error", NEW."membership_id", NEW."number", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."protected", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="00b6dc0f446dbdf2e24853e7f4edb7a771fb42cb",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2a034",
                                    table="families_phone",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_phoneevent" ("family_id", "id", "in_error", "membership_id", "number", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "scope_id", "uid") VALUES (NEW."family_id", NEW."id", NEW."in_error", NEW."membership_id", NEW."number", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."protected", NEW."scope_id", NEW."uid"); RETURN NULL;',
                                    hash="3bd51ae63be5ca73910235c6c50ca19b417066dc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9ff7b",
                                    table="families_phone",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_phoneevent" ("family_id", "id", "in_error", "membership_id", "number", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "scope_id", "uid") VALUES (OLD."family_id", OLD."id", OLD."in_error", OLD."membership_id", OLD."number", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."protected", OLD."scope_id", OLD."uid"); RETURN NULL;',
                                    hash="83953eaac3d6a88828bc88ff70f445dec3564372",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e2510",
                                    table="families_phone",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhoneEvent",
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
                                to="families.phone",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
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
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.membership",
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "protected",
                            models.BooleanField(
                                default=False,
                                help_text="Known only to those who work with the family and those who decide who does.",
                            ),
                        ),
                        (
                            "in_error",
                            models.BooleanField(
                                default=False, help_text="Written down by mistake: kept, and never counted."
                            ),
                        ),
                        ("number", models.CharField(max_length=30)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="37d604c021127d0961153a2bcfd0a592ed30eb09",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fb6f0",
                                    table="families_phoneevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactRule",
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.membership"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("call", "Ringing"),
                                    ("text", "A text message"),
                                    ("email", "An email"),
                                    ("letter", "A letter"),
                                    ("visit", "A visit"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("never", models.BooleanField(default=False)),
                        (
                            "days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                help_text="Monday is 0.",
                                size=None,
                            ),
                        ),
                        ("after", models.TimeField(blank=True, null=True)),
                        ("before", models.TimeField(blank=True, null=True)),
                        ("who_answers", models.CharField(blank=True, max_length=120)),
                        ("safe_word", models.CharField(blank=True, max_length=60)),
                        ("source", models.CharField(max_length=200)),
                        ("began_on", models.DateField()),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
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
                    ],
                    options={
                        "ordering": ["channel", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("never", False),
                                    models.Q(("after__isnull", True), ("before__isnull", True), ("days", [])),
                                    _connector="OR",
                                ),
                                name="families_contactrule_never_has_no_times",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("after__isnull", True),
                                    ("before__isnull", True),
                                    ("after__lt", models.F("before")),
                                    _connector="OR",
                                ),
                                name="families_contactrule_begins_before_it_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                                name="families_contactrule_days_of_a_week",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_by__isnull", False), _connector="XOR"
                                ),
                                name="families_contactrule_ended_by_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_contactruleevent" ("after", "before", "began_on", "channel", "days", "ended_by_id", "ended_on", "family_id", "id", "membership_id", "never", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_word", "scope_id", "set_by_id", "source", "uid", "who_answers") VALUES (NEW."after", NEW."before", NEW."began_on", NEW."channel", NEW."days", NEW."ended_by_id", NEW."ended_on", NEW."family_id", NEW."id", NEW."membership_id", NEW."never", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."safe_word", NEW."scope_id", NEW."set_by_id", NEW."source", NEW."uid", NEW."who_answers"); RETURN NULL;',
                                    hash="06e390a617e338876524e612a5dfa2047131b628",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f255a",
                                    table="families_contactrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_contactruleevent" ("after", "before", "began_on", "channel", "days", "ended_by_id", "ended_on", "family_id", "id", "membership_id", "never", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_word", "scope_id", "set_by_id", "source", "uid", "who_answers") VALUES (NEW."after", NEW."before", NEW."began_on", NEW."channel", NEW."days", NEW."ended_by_id", NEW."ended_on", NEW."family_id", NEW."id", NEW."membership_id", NEW."never", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."safe_word", NEW."scope_id", NEW."set_by_id", NEW."source", NEW."uid", NEW."who_answers"); RETURN NULL;',
                                    hash="9fe9d213a400d1b4c8c3b945d0f12dabb0dd67bd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a4408",
                                    table="families_contactrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_contactruleevent" ("after", "before", "began_on", "channel", "days", "ended_by_id", "ended_on", "family_id", "id", "membership_id", "never", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_word", "scope_id", "set_by_id", "source", "uid", "who_answers") VALUES (OLD."after", OLD."before", OLD."began_on", OLD."channel", OLD."days", OLD."ended_by_id", OLD."ended_on", OLD."family_id", OLD."id", OLD."membership_id", OLD."never", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."safe_word", OLD."scope_id", OLD."set_by_id", OLD."source", OLD."uid", OLD."who_answers"); RETURN NULL;',
                                    hash="5ea754c4710a862a1e4efa8ffad63b2460ab3574",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_55089",
                                    table="families_contactrule",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactRuleEvent",
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
                                to="families.contactrule",
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
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.membership",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("call", "Ringing"),
                                    ("text", "A text message"),
                                    ("email", "An email"),
                                    ("letter", "A letter"),
                                    ("visit", "A visit"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("never", models.BooleanField(default=False)),
                        (
                            "days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                help_text="Monday is 0.",
                                size=None,
                            ),
                        ),
                        ("after", models.TimeField(blank=True, null=True)),
                        ("before", models.TimeField(blank=True, null=True)),
                        ("who_answers", models.CharField(blank=True, max_length=120)),
                        ("safe_word", models.CharField(blank=True, max_length=60)),
                        ("source", models.CharField(max_length=200)),
                        ("began_on", models.DateField()),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2ee0e71108eab4b7afb19ce35833e7786ad0d67b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c4b2e",
                                    table="families_contactruleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fact",
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="families.person",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("offence_proven", "Proven offence"),
                                    ("asb_intervention", "Antisocial behaviour intervention"),
                                    ("exclusion_fixed", "Fixed-term exclusion"),
                                    ("exclusion_permanent", "Permanent exclusion"),
                                    ("attendance_term", "School attendance for a term"),
                                    ("benefit_spell", "Out-of-work benefit"),
                                    ("employment_spell", "Employment"),
                                    ("esf_attached", "Attached to ESF provision"),
                                    ("work_programme", "Volunteered for the Work Programme"),
                                    ("domestic_abuse_incident", "Domestic abuse incident"),
                                    ("child_in_need", "Child in need"),
                                    ("child_protection_plan", "Child protection plan"),
                                    ("homelessness", "Homelessness"),
                                    ("alternative_provision", "Alternative provision"),
                                    ("not_on_roll", "On no school's roll"),
                                    ("local_concern", "Local concern"),
                                ],
                                max_length=32,
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="A single day is a period of one day; open-ended when it still goes on."
                            ),
                        ),
                        ("value", models.JSONField(default=dict)),
                        (
                            "source",
                            models.CharField(
                                choices=[("feed", "File from a partner agency"), ("casework", "Recorded by a worker")],
                                max_length=10,
                            ),
                        ),
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
                                db_default="",
                                default="",
                                help_text="Whose information it is; empty for what the service recorded itself.",
                                max_length=12,
                            ),
                        ),
                        (
                            "source_name",
                            models.CharField(
                                help_text="As shown to a reader: the file and row, or the visit.", max_length=200
                            ),
                        ),
                        (
                            "source_key",
                            models.CharField(
                                help_text="Same key, same fact: loaded once.", max_length=200, unique=True
                            ),
                        ),
                        (
                            "about_key",
                            models.CharField(
                                db_index=True,
                                help_text="What is stated: facts with the same key are versions of one statement.",
                                max_length=200,
                            ),
                        ),
                        ("recorded_on", models.DateField()),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "sent_at",
                            models.DateTimeField(
                                help_text="When the file it stands in was sent; none where there is no file.", null=True
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="families.fact",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["family", "kind"], name="families_fa_family__fcdb45_idx"),
                            models.Index(fields=["person", "kind"], name="families_fa_person__b72552_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                                name="families_fact_has_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person__isnull", False),
                                    ("kind__in", ["domestic_abuse_incident", "homelessness", "local_concern"]),
                                    _connector="OR",
                                ),
                                name="families_fact_about_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", "feed"), _negated=True),
                                    models.Q(("agency", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="families_fact_of_a_file_names_its_agency",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes", None), models.Q(("about_key", ""), _negated=True)),
                                fields=("about_key",),
                                name="families_fact_begins_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Flag",
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
                            "membership",
                            models.ForeignKey(
                                blank=True,
                                help_text="None: the family's.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="families.membership",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("dog", "Dog in the house"),
                                    ("not_alone", "Do not visit alone"),
                                    ("violence", "Has been violent to workers"),
                                    ("weapons", "Weapons in the house"),
                                    ("court_order", "Court order in force"),
                                    ("no_contact", "No contact between members of the family"),
                                    ("domestic_abuse", "Domestic abuse: ask before you ring or write"),
                                    ("marac", "Known to the domestic abuse conference (MARAC)"),
                                    ("infection", "Risk of infection"),
                                    ("hazard", "Hazard in the house"),
                                    ("other", "Something else"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=120)),
                        ("began_on", models.DateField()),
                        ("until", models.DateField(blank=True, help_text="The last day it counts.", null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=200)),
                        (
                            "set_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                    ],
                    options={
                        "ordering": ["began_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "dog",
                                            "not_alone",
                                            "violence",
                                            "weapons",
                                            "court_order",
                                            "no_contact",
                                            "domestic_abuse",
                                            "marac",
                                            "infection",
                                            "hazard",
                                            "other",
                                        ],
                                    )
                                ),
                                name="families_flag_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("other",)), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="families_flag_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("began_on")), _connector="OR"
                                ),
                                name="families_flag_until_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_by__isnull", False), _connector="XOR"
                                ),
                                name="families_flag_ended_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("family", "membership", "kind", "words", "until"),
                                name="families_flag_once",
                                nulls_distinct=False,
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_flagevent" ("began_on", "ended_by_id", "ended_on", "family_id", "id", "kind", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "set_by_id", "source", "uid", "until", "words") VALUES (NEW."began_on", NEW."ended_by_id", NEW."ended_on", NEW."family_id", NEW."id", NEW."kind", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."set_by_id", NEW."source", NEW."uid", NEW."until", NEW."words"); RETURN NULL;',
                                    hash="3dcb479877333c570722e87570eda540f522c1f0",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8c7a4",
                                    table="families_flag",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_flagevent" ("began_on", "ended_by_id", "ended_on", "family_id", "id", "kind", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "set_by_id", "source", "uid", "until", "words") VALUES (NEW."began_on", NEW."ended_by_id", NEW."ended_on", NEW."family_id", NEW."id", NEW."kind", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."set_by_id", NEW."source", NEW."uid", NEW."until", NEW."words"); RETURN NULL;',
                                    hash="6635193c2bbf1792967dfc9c09ab132eeb50ff13",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4c98c",
                                    table="families_flag",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_flagevent" ("began_on", "ended_by_id", "ended_on", "family_id", "id", "kind", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "set_by_id", "source", "uid", "until", "words") VALUES (OLD."began_on", OLD."ended_by_id", OLD."ended_on", OLD."family_id", OLD."id", OLD."kind", OLD."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."set_by_id", OLD."source", OLD."uid", OLD."until", OLD."words"); RETURN NULL;',
                                    hash="3fcb70c4ac27c2ee018fa930732705536174d09d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_160d9",
                                    table="families_flag",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagEvent",
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
                                to="families.flag",
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
                            "membership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="None: the family's.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.membership",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("dog", "Dog in the house"),
                                    ("not_alone", "Do not visit alone"),
                                    ("violence", "Has been violent to workers"),
                                    ("weapons", "Weapons in the house"),
                                    ("court_order", "Court order in force"),
                                    ("no_contact", "No contact between members of the family"),
                                    ("domestic_abuse", "Domestic abuse: ask before you ring or write"),
                                    ("marac", "Known to the domestic abuse conference (MARAC)"),
                                    ("infection", "Risk of infection"),
                                    ("hazard", "Hazard in the house"),
                                    ("other", "Something else"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=120)),
                        ("began_on", models.DateField()),
                        ("until", models.DateField(blank=True, help_text="The last day it counts.", null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=200)),
                        (
                            "set_by",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="a4bfe22969b9d28d77034da4f9a7fd4405e41417",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c038c",
                                    table="families_flagevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HouseholdChange",
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
                            "did",
                            models.CharField(
                                choices=[
                                    ("joined", "Came to the family"),
                                    ("left", "Left the family"),
                                    ("part", "Has another part in the family"),
                                    ("split", "Left for a household of their own"),
                                    ("began", "The family began, with people of another one"),
                                    ("expected", "A baby is expected"),
                                    ("born", "Was born"),
                                    ("corrected", "Dates were corrected"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="families.person",
                            ),
                        ),
                        ("on", models.DateField(help_text="The day from which it holds.")),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("parent", "Parent or carer"),
                                    ("child", "Child"),
                                    ("adult", "Other adult"),
                                    ("away", "Parent living elsewhere"),
                                    ("expected", "Expected baby"),
                                    ("care", "Child in care"),
                                    ("relative", "Relative living elsewhere"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own_home", "Found a home of their own"),
                                    ("separated", "The couple separated"),
                                    ("other_parent", "Went to live with the other parent"),
                                    ("relatives", "Went to live with relatives"),
                                    ("safety", "Left to be safe"),
                                    ("adopted", "Was adopted"),
                                    ("custody", "Went to prison or custody"),
                                    ("died", "Died"),
                                    ("other", "Another reason"),
                                    ("not_known", "Not known"),
                                    ("not_born", "The pregnancy ended without a birth"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "where_to",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("near", "In the same part of the county"),
                                    ("county", "Elsewhere in Leicestershire or Leicester"),
                                    ("country", "Elsewhere in the United Kingdom"),
                                    ("abroad", "Abroad"),
                                    ("nowhere", "Nowhere: they have died, or were not born"),
                                    ("not_said", "Not to be written here"),
                                    ("not_known", "Not known"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "was",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                blank=True, help_text="What stood there before a correction.", null=True
                            ),
                        ),
                        (
                            "came_from",
                            models.ForeignKey(
                                blank=True,
                                help_text="The family that a new one came out of. The first does not say where the others are.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="families.family",
                            ),
                        ),
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
                        "ordering": ["-on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person__isnull", False), ("did", "began"), _connector="OR"),
                                name="families_change_of_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("was__isnull", True), ("did", "corrected"), _connector="XOR"),
                                name="families_change_corrects_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedFile",
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
                            "feed",
                            models.CharField(
                                choices=[
                                    ("attendance", "School attendance by term"),
                                    ("asb", "Antisocial behaviour interventions"),
                                    ("offences", "Proven offences"),
                                    ("benefits", "Out-of-work benefit spells"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("content", models.FileField(upload_to="feeds/")),
                        ("sha256", models.CharField(max_length=64)),
                        ("rows_expected", models.PositiveIntegerField()),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "covers",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="The days the file speaks for: what it does not list did not happen."
                            ),
                        ),
                        (
                            "whole_county",
                            models.BooleanField(
                                default=False,
                                help_text="The agency searched for every family of the county: its silence counts for each.",
                            ),
                        ),
                        (
                            "searched_localities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.SlugField(),
                                blank=True,
                                default=list,
                                help_text="Where it searched, if not in the whole county.",
                                size=None,
                            ),
                        ),
                        ("received_on", models.DateField(help_text="The date of the service on which it arrived.")),
                        (
                            "job",
                            models.OneToOneField(
                                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.job"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("feed", "sha256"), name="families_feedfile_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("whole_county", False), ("searched_localities", []), _connector="OR"
                                ),
                                name="families_feedfile_one_area",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("covers__endswith__isnull", False),
                                    ("covers__isempty", False),
                                    ("covers__startswith__isnull", False),
                                ),
                                name="families_feedfile_covers_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedRetry",
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retries",
                                to="families.feedfile",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_on", models.DateField(help_text="The date of the service.")),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "tried",
                            models.PositiveIntegerField(help_text="Rows that matched nobody when the file came again."),
                        ),
                        (
                            "became",
                            models.PositiveIntegerField(
                                help_text="How many of them became a fact; none while it is tried.", null=True
                            ),
                        ),
                        (
                            "job",
                            models.OneToOneField(
                                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.job"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("became__lte", models.F("tried"))),
                                name="families_feedretry_some_of_them",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedRow",
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="families.feedfile"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="Its place among the rows; the head of the file is 1."
                            ),
                        ),
                        (
                            "line",
                            models.PositiveIntegerField(
                                help_text="The line of the file it begins on, as an editor counts them."
                            ),
                        ),
                        ("raw", models.JSONField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("loaded", "Became a fact"),
                                    ("known", "Known already"),
                                    ("unmatched", "Matches nobody"),
                                    ("failed", "Could not be read"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="families.person",
                            ),
                        ),
                        (
                            "retry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="families.feedretry",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="families.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["file", "state"], name="families_fe_file_id_8a5126_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes", None)),
                                fields=("file", "number"),
                                name="families_feedrow_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retry", None), ("supersedes", None)),
                                    models.Q(("retry__isnull", False), ("supersedes__isnull", False)),
                                    _connector="OR",
                                ),
                                name="families_feedrow_superseded_by_a_retry",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relationship",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("birth", "Birth parent of"),
                                    ("adoptive", "Adoptive parent of"),
                                    ("step", "Step-parent of"),
                                    ("foster", "Foster parent of"),
                                    ("married", "Married to"),
                                    ("civil", "Civil partner of"),
                                    ("cohabiting", "Lives as a couple with"),
                                    ("separated", "Separated from"),
                                    ("divorced", "Divorced from"),
                                    ("sibling", "Brother or sister of (parents not known)"),
                                    ("carer", "Other carer of"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "bond",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        kind__in=["birth", "adoptive", "step", "foster"], then=models.Value("parent")
                                    ),
                                    models.When(
                                        kind__in=["married", "civil", "cohabiting", "separated", "divorced"],
                                        then=models.Value("couple"),
                                    ),
                                    models.When(kind__in=["sibling"], then=models.Value("sibling")),
                                    models.When(kind__in=["carer"], then=models.Value("carer")),
                                ),
                                output_field=models.CharField(max_length=8),
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="Open at the start when that is not known, at the end while it goes on."
                            ),
                        ),
                        ("source", models.CharField(help_text="Who said so, or which document.", max_length=200)),
                        ("words", models.CharField(blank=True, max_length=500)),
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
                                condition=models.Q(("person", models.F("other")), _negated=True),
                                name="families_relationship_of_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="families_relationship_has_a_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "birth",
                                            "adoptive",
                                            "step",
                                            "foster",
                                            "married",
                                            "civil",
                                            "cohabiting",
                                            "separated",
                                            "divorced",
                                            "sibling",
                                            "carer",
                                        ],
                                    )
                                ),
                                name="families_relationship_of_a_kind",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("family", "="),
                                    ("bond", "="),
                                    (django.db.models.functions.comparison.Least("person", "other"), "="),
                                    (django.db.models.functions.comparison.Greatest("person", "other"), "="),
                                    ("period", "&&"),
                                ],
                                name="families_relationship_one_kind_at_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_relationshipevent" ("family_id", "id", "kind", "other_id", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "source", "uid", "words") VALUES (NEW."family_id", NEW."id", NEW."kind", NEW."other_id", NEW."period", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."source", NEW."uid", NEW."words"); RETURN NULL;',
                                    hash="8f4b6f86c254c3443b807a097e11512750e53436",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9df59",
                                    table="families_relationship",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_relationshipevent" ("family_id", "id", "kind", "other_id", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "source", "uid", "words") VALUES (NEW."family_id", NEW."id", NEW."kind", NEW."other_id", NEW."period", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."source", NEW."uid", NEW."words"); RETURN NULL;',
                                    hash="7de31dc9dc16e546a8c5734496ba8aa35adbe115",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0ec40",
                                    table="families_relationship",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_relationshipevent" ("family_id", "id", "kind", "other_id", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "source", "uid", "words") VALUES (OLD."family_id", OLD."id", OLD."kind", OLD."other_id", OLD."period", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."scope_id", OLD."source", OLD."uid", OLD."words"); RETURN NULL;',
                                    hash="69a521f48a0ffec5f5056fbb74f61bd94b1d282a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_59c12",
                                    table="families_relationship",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelationshipEvent",
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
                                to="families.relationship",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("birth", "Birth parent of"),
                                    ("adoptive", "Adoptive parent of"),
                                    ("step", "Step-parent of"),
                                    ("foster", "Foster parent of"),
                                    ("married", "Married to"),
                                    ("civil", "Civil partner of"),
                                    ("cohabiting", "Lives as a couple with"),
                                    ("separated", "Separated from"),
                                    ("divorced", "Divorced from"),
                                    ("sibling", "Brother or sister of (parents not known)"),
                                    ("carer", "Other carer of"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "bond",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        kind__in=["birth", "adoptive", "step", "foster"], then=models.Value("parent")
                                    ),
                                    models.When(
                                        kind__in=["married", "civil", "cohabiting", "separated", "divorced"],
                                        then=models.Value("couple"),
                                    ),
                                    models.When(kind__in=["sibling"], then=models.Value("sibling")),
                                    models.When(kind__in=["carer"], then=models.Value("carer")),
                                ),
                                output_field=models.CharField(max_length=8),
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
                            "other",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.person",
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="Open at the start when that is not known, at the end while it goes on."
                            ),
                        ),
                        ("source", models.CharField(help_text="Who said so, or which document.", max_length=200)),
                        ("words", models.CharField(blank=True, max_length=500)),
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9e9a813b9b6831e6c24ddedf6ddc3f4d4f9df86c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_441f5",
                                    table="families_relationshipevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibilities",
                                to="families.family",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="families.person",
                            ),
                        ),
                        ("authority", models.CharField(blank=True, max_length=120)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("held", "Has parental responsibility"),
                                    ("not_held", "Does not have it"),
                                    ("not_known", "Not known"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("mother", "Mother, from birth"),
                                    ("married", "Married to the mother, or her civil partner, at the birth or since"),
                                    ("registered", "Named on the birth certificate since 1 December 2003"),
                                    ("agreement", "Agreement with the mother"),
                                    ("order", "Parental responsibility order"),
                                    ("arrangements", "Residence or child arrangements order: lives with"),
                                    ("guardian_order", "Special guardianship order"),
                                    ("testament", "Guardian named by a parent who has died"),
                                    ("adoption", "Adoption order"),
                                    ("care_order", "Care order: the local authority"),
                                    ("placement", "Placement order: the adoption agency"),
                                    ("not_known", "Not known"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "court_order",
                            models.CharField(
                                blank=True, help_text="Which court, when, and its number.", max_length=200
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("source", models.CharField(help_text="Who said so, or which document.", max_length=200)),
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
                        "verbose_name_plural": "responsibilities",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("holder__isnull", True), ("authority", ""), _connector="XOR"),
                                name="families_responsibility_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("holder__isnull", True),
                                    models.Q(("child", models.F("holder")), _negated=True),
                                    _connector="OR",
                                ),
                                name="families_responsibility_for_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False), ("standing__in", ["held", "not_held", "not_known"])
                                ),
                                name="families_responsibility_stands",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("family", "="),
                                    ("child", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            "holder", models.Value(0, models.BigIntegerField())
                                        ),
                                        "=",
                                    ),
                                    ("authority", "="),
                                    ("period", "&&"),
                                ],
                                name="families_responsibility_one_at_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_responsibilityevent" ("authority", "child_id", "court_order", "family_id", "ground", "holder_id", "id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "source", "standing", "uid") VALUES (NEW."authority", NEW."child_id", NEW."court_order", NEW."family_id", NEW."ground", NEW."holder_id", NEW."id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."source", NEW."standing", NEW."uid"); RETURN NULL;',
                                    hash="ca21db2608c6f36a9d2ff516362fdd91aac47dff",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0f131",
                                    table="families_responsibility",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_responsibilityevent" ("authority", "child_id", "court_order", "family_id", "ground", "holder_id", "id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "source", "standing", "uid") VALUES (NEW."authority", NEW."child_id", NEW."court_order", NEW."family_id", NEW."ground", NEW."holder_id", NEW."id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."source", NEW."standing", NEW."uid"); RETURN NULL;',
                                    hash="0d6c81ba5b4714ca0adc848c40efcde75c703e51",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f3f88",
                                    table="families_responsibility",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_responsibilityevent" ("authority", "child_id", "court_order", "family_id", "ground", "holder_id", "id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "scope_id", "source", "standing", "uid") VALUES (OLD."authority", OLD."child_id", OLD."court_order", OLD."family_id", OLD."ground", OLD."holder_id", OLD."id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."scope_id", OLD."source", OLD."standing", OLD."uid"); RETURN NULL;',
                                    hash="37ded060bcf67bf3db4dc0f0f853ec84d166cceb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_49a61",
                                    table="families_responsibility",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibilityEvent",
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
                                to="families.responsibility",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slf.scope",
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
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.person",
                            ),
                        ),
                        (
                            "holder",
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
                        ("authority", models.CharField(blank=True, max_length=120)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("held", "Has parental responsibility"),
                                    ("not_held", "Does not have it"),
                                    ("not_known", "Not known"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("mother", "Mother, from birth"),
                                    ("married", "Married to the mother, or her civil partner, at the birth or since"),
                                    ("registered", "Named on the birth certificate since 1 December 2003"),
                                    ("agreement", "Agreement with the mother"),
                                    ("order", "Parental responsibility order"),
                                    ("arrangements", "Residence or child arrangements order: lives with"),
                                    ("guardian_order", "Special guardianship order"),
                                    ("testament", "Guardian named by a parent who has died"),
                                    ("adoption", "Adoption order"),
                                    ("care_order", "Care order: the local authority"),
                                    ("placement", "Placement order: the adoption agency"),
                                    ("not_known", "Not known"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "court_order",
                            models.CharField(
                                blank=True, help_text="Which court, when, and its number.", max_length=200
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("source", models.CharField(help_text="Who said so, or which document.", max_length=200)),
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="7c23ad00931aea901a33f63fbfe0ffacef27fcea",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e6aac",
                                    table="families_responsibilityevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostcodeDirectory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(help_text="The file, as it was called.", max_length=200)),
                        ("postcodes", models.PositiveIntegerField()),
                        ("in_county", models.PositiveIntegerField()),
                        ("loaded_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name_plural": "postcode directories",
                        "ordering": ["-loaded_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Postcode",
                    fields=[
                        ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                        (
                            "ons_district",
                            models.CharField(help_text="The ONS code of the district it lies in.", max_length=9),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.locality",
                            ),
                        ),
                        ("introduced_on", models.DateField()),
                        (
                            "ended_on",
                            models.DateField(
                                help_text="No longer in use; somebody may still have lived there.", null=True
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PostcodeDistrict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("prefix", models.CharField(max_length=8, unique=True)),
                        (
                            "locality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="postcodes", to="slf.locality"
                            ),
                        ),
                        ("source", models.CharField(max_length=220)),
                    ],
                ),
                migrations.CreateModel(
                    name="Belonging",
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
                                db_default=models.Value(0),
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="belongings",
                                to="families.family",
                            ),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slf.locality"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("is_first", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["period"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("family", "="), ("period", "&&")], name="families_belonging_one_at_a_time"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonMerge",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="families.person"
                            ),
                        ),
                        (
                            "into",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_into",
                                to="families.person",
                            ),
                        ),
                        ("since", models.DateField()),
                        ("reason", models.TextField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("undone_on", models.DateField(blank=True, null=True)),
                        ("undone_reason", models.TextField(blank=True)),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("into")), _negated=True),
                                name="families_personmerge_of_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="families_personmerge_has_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("person",),
                                name="families_personmerge_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("undone_at__isnull", True),
                                        ("undone_by__isnull", True),
                                        ("undone_on__isnull", True),
                                        ("undone_reason", ""),
                                    ),
                                    models.Q(
                                        ("undone_at__isnull", False),
                                        ("undone_by__isnull", False),
                                        ("undone_on__isnull", False),
                                        models.Q(("undone_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="families_personmerge_undone_by_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_personmergeevent" ("at", "by_id", "family_id", "id", "into_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scope_id", "since", "uid", "undone_at", "undone_by_id", "undone_on", "undone_reason") VALUES (NEW."at", NEW."by_id", NEW."family_id", NEW."id", NEW."into_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."scope_id", NEW."since", NEW."uid", NEW."undone_at", NEW."undone_by_id", NEW."undone_on", NEW."undone_reason"); RETURN NULL;',
                                    hash="9fbae109e13c732e222bcf6a02617d020944e804",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7acec",
                                    table="families_personmerge",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_personmergeevent" ("at", "by_id", "family_id", "id", "into_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scope_id", "since", "uid", "undone_at", "undone_by_id", "undone_on", "undone_reason") VALUES (NEW."at", NEW."by_id", NEW."family_id", NEW."id", NEW."into_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."scope_id", NEW."since", NEW."uid", NEW."undone_at", NEW."undone_by_id", NEW."undone_on", NEW."undone_reason"); RETURN NULL;',
                                    hash="40a9f0d010ca3fd9b1ff779c0f0c560c16951866",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9079b",
                                    table="families_personmerge",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_personmergeevent" ("at", "by_id", "family_id", "id", "into_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scope_id", "since", "uid", "undone_at", "undone_by_id", "undone_on", "undone_reason") VALUES (OLD."at", OLD."by_id", OLD."family_id", OLD."id", OLD."into_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."scope_id", OLD."since", OLD."uid", OLD."undone_at", OLD."undone_by_id", OLD."undone_on", OLD."undone_reason"); RETURN NULL;',
                                    hash="8fa31cac1ec73f0af87c2cd5abe0aae683c42247",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4fb37",
                                    table="families_personmerge",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonMergeEvent",
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
                                to="families.personmerge",
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
                            "into",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.person",
                            ),
                        ),
                        ("since", models.DateField()),
                        ("reason", models.TextField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("undone_on", models.DateField(blank=True, null=True)),
                        ("undone_reason", models.TextField(blank=True)),
                        (
                            "undone_by",
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
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5d0ababc66546908057b8a34536c9c34c1acaf0e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fad96",
                                    table="families_personmergeevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonName",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="names", to="families.person"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("birth", "Name at birth"),
                                    ("maiden", "Maiden name"),
                                    ("married", "Married name"),
                                    ("former", "Another former name"),
                                    ("known_as", "Known as"),
                                    ("alias", "Alias"),
                                    ("spelling", "Other spelling"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("given_names", models.CharField(blank=True, max_length=120)),
                        ("family_name", models.CharField(blank=True, max_length=120)),
                        ("began_on", models.DateField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=200)),
                        (
                            "told_by",
                            models.CharField(
                                choices=[
                                    ("themselves", "Their own word"),
                                    ("family", "Somebody of the family"),
                                    ("agency", "Another agency"),
                                    ("document", "A document that was seen"),
                                    ("worker", "A worker of this service"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("protected", models.BooleanField(default=False)),
                        (
                            "called_here",
                            models.BooleanField(
                                default=False, help_text="What the household calls them; protected, always."
                            ),
                        ),
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
                        "ordering": [
                            models.OrderBy(models.F("ended_on"), descending=True, nulls_first=True),
                            models.OrderBy(models.F("began_on"), descending=True, nulls_last=True),
                            "pk",
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("family_name", ""), ("given_names", ""), _negated=True),
                                name="families_personname_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("began_on__isnull", True),
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("began_on")),
                                    _connector="OR",
                                ),
                                name="families_personname_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("called_here", False),
                                    models.Q(("ended_on__isnull", True), ("protected", True)),
                                    _connector="OR",
                                ),
                                name="families_personname_called_here_is_protected",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("called_here", True)),
                                fields=("family", "person"),
                                name="families_personname_called_one_thing_here",
                            ),
                            models.UniqueConstraint(
                                fields=(
                                    "family",
                                    "person",
                                    "kind",
                                    "given_names",
                                    "family_name",
                                    "began_on",
                                    "ended_on",
                                ),
                                name="families_personname_once",
                                nulls_distinct=False,
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_personnameevent" ("began_on", "called_here", "ended_on", "family_id", "family_name", "given_names", "id", "kind", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "recorded_at", "recorded_by_id", "scope_id", "source", "told_by", "uid") VALUES (NEW."began_on", NEW."called_here", NEW."ended_on", NEW."family_id", NEW."family_name", NEW."given_names", NEW."id", NEW."kind", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."protected", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."source", NEW."told_by", NEW."uid"); RETURN NULL;',
                                    hash="fe9c5c2d090e09704be696c84f70c16f60178753",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cc436",
                                    table="families_personname",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_personnameevent" ("began_on", "called_here", "ended_on", "family_id", "family_name", "given_names", "id", "kind", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "recorded_at", "recorded_by_id", "scope_id", "source", "told_by", "uid") VALUES (NEW."began_on", NEW."called_here", NEW."ended_on", NEW."family_id", NEW."family_name", NEW."given_names", NEW."id", NEW."kind", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."protected", NEW."recorded_at", NEW."recorded_by_id", NEW."scope_id", NEW."source", NEW."told_by", NEW."uid"); RETURN NULL;',
                                    hash="9d7c96f567b388b5909c0667d2cabd7d57c4bb1e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e9f9a",
                                    table="families_personname",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_personnameevent" ("began_on", "called_here", "ended_on", "family_id", "family_name", "given_names", "id", "kind", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "recorded_at", "recorded_by_id", "scope_id", "source", "told_by", "uid") VALUES (OLD."began_on", OLD."called_here", OLD."ended_on", OLD."family_id", OLD."family_name", OLD."given_names", OLD."id", OLD."kind", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."protected", OLD."recorded_at", OLD."recorded_by_id", OLD."scope_id", OLD."source", OLD."told_by", OLD."uid"); RETURN NULL;',
                                    hash="126e7d7689f26285a93c4ddad685cbac239419f4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7c113",
                                    table="families_personname",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonNameEvent",
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
                                to="families.personname",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("birth", "Name at birth"),
                                    ("maiden", "Maiden name"),
                                    ("married", "Married name"),
                                    ("former", "Another former name"),
                                    ("known_as", "Known as"),
                                    ("alias", "Alias"),
                                    ("spelling", "Other spelling"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("given_names", models.CharField(blank=True, max_length=120)),
                        ("family_name", models.CharField(blank=True, max_length=120)),
                        ("began_on", models.DateField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=200)),
                        (
                            "told_by",
                            models.CharField(
                                choices=[
                                    ("themselves", "Their own word"),
                                    ("family", "Somebody of the family"),
                                    ("agency", "Another agency"),
                                    ("document", "A document that was seen"),
                                    ("worker", "A worker of this service"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("protected", models.BooleanField(default=False)),
                        (
                            "called_here",
                            models.BooleanField(
                                default=False, help_text="What the household calls them; protected, always."
                            ),
                        ),
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="4c4cd5885bb3170e237059419cb254d08a38b0b7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3daff",
                                    table="families_personnameevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
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
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="families.person",
                            ),
                        ),
                        ("started_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("evidence", models.TextField(blank=True)),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["started_on", "kind"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("started_on")),
                                    _connector="OR",
                                ),
                                name="families_need_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("family", "kind", "person"),
                                name="families_need_open_once",
                                nulls_distinct=False,
                            ),
                            models.UniqueConstraint(fields=("id", "family"), name="families_need_id_family"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_needevent" ("ended_on", "evidence", "family_id", "id", "kind", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "source", "started_on", "uid") VALUES (NEW."ended_on", NEW."evidence", NEW."family_id", NEW."id", NEW."kind", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scope_id", NEW."source", NEW."started_on", NEW."uid"); RETURN NULL;',
                                    hash="379fa22580110516b5d4340ac73dcf8d81e3404f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4c42c",
                                    table="families_need",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_needevent" ("ended_on", "evidence", "family_id", "id", "kind", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "source", "started_on", "uid") VALUES (NEW."ended_on", NEW."evidence", NEW."family_id", NEW."id", NEW."kind", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scope_id", NEW."source", NEW."started_on", NEW."uid"); RETURN NULL;',
                                    hash="5c12309379ea02bfcb6125a14c1228c4683ce54c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_28e49",
                                    table="families_need",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_needevent" ("ended_on", "evidence", "family_id", "id", "kind", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope_id", "source", "started_on", "uid") VALUES (OLD."ended_on", OLD."evidence", OLD."family_id", OLD."id", OLD."kind", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scope_id", OLD."source", OLD."started_on", OLD."uid"); RETURN NULL;',
                                    hash="9aca8be1c6405e601222ac4de08ab0bec87b32a3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_8261c",
                                    table="families_need",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedEvent",
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
                                to="families.need",
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
                        ("started_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("evidence", models.TextField(blank=True)),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="934de810b6de01ff1d70dff57dfafe5bb0ca84ef",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2f8eb",
                                    table="families_needevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
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
                            "need",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="families.need",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="families.person",
                            ),
                        ),
                        ("words", models.TextField()),
                        ("source", models.CharField(max_length=200)),
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
                        "ordering": ["said_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("need__isnull", True), ("person__isnull", True), _connector="XOR"),
                                name="families_statement_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="families_statement_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Basis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                                verbose_name="category of data",
                            ),
                        ),
                        (
                            "law",
                            models.CharField(help_text="The statute and section, or whose consent.", max_length=200),
                        ),
                        ("by_consent", models.BooleanField(default=False)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="From the first day it counts to the day before its end; empty if it never did."
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, help_text="Where it is written down.", max_length=300),
                        ),
                        ("source", models.CharField(max_length=300)),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("P", "Primary source, text seen"),
                                    ("S", "Secondary source"),
                                    ("D", "Derived from the sources"),
                                    ("U", "No source yet"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacements",
                                to="families.basis",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField(null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_on", models.DateField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_because", models.CharField(blank=True, max_length=500)),
                        (
                            "special",
                            models.CharField(
                                blank=True,
                                help_text="The second condition, where one is due.",
                                max_length=200,
                                verbose_name="condition for sensitive data",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "bases",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(
                                        ("proposed_by__isnull", False),
                                        models.Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="families_basis_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__startswith__isnull", False), ("period__isempty", True), _connector="OR"
                                ),
                                name="families_basis_has_a_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_by__isnull", True),
                                    models.Q(("ended_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="families_basis_ended_says_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", False), ("ended_by__isnull", True), _connector="OR"
                                ),
                                fields=("replaces",),
                                name="families_basis_replaced_once",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", False), ("proposed_by__isnull", True), _connector="OR"
                                ),
                                expressions=[("purpose", "="), ("category", "="), ("period", "&&")],
                                name="families_basis_one_at_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_basisevent" ("by_consent", "category", "confirmed_by_id", "confirmed_on", "document", "ended_because", "ended_by_id", "grade", "id", "law", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "purpose", "replaces_id", "source", "special", "uid") VALUES (NEW."by_consent", NEW."category", NEW."confirmed_by_id", NEW."confirmed_on", NEW."document", NEW."ended_because", NEW."ended_by_id", NEW."grade", NEW."id", NEW."law", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."proposed_on", NEW."purpose", NEW."replaces_id", NEW."source", NEW."special", NEW."uid"); RETURN NULL;',
                                    hash="6fbe782d81e0affaf402f9685f8357fcb5e4f622",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bd64e",
                                    table="families_basis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_basisevent" ("by_consent", "category", "confirmed_by_id", "confirmed_on", "document", "ended_because", "ended_by_id", "grade", "id", "law", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "purpose", "replaces_id", "source", "special", "uid") VALUES (NEW."by_consent", NEW."category", NEW."confirmed_by_id", NEW."confirmed_on", NEW."document", NEW."ended_because", NEW."ended_by_id", NEW."grade", NEW."id", NEW."law", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."proposed_on", NEW."purpose", NEW."replaces_id", NEW."source", NEW."special", NEW."uid"); RETURN NULL;',
                                    hash="cbc572f04d4703c3e5c769bd4525501d69cd95a0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6dc28",
                                    table="families_basis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_basisevent" ("by_consent", "category", "confirmed_by_id", "confirmed_on", "document", "ended_because", "ended_by_id", "grade", "id", "law", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "purpose", "replaces_id", "source", "special", "uid") VALUES (OLD."by_consent", OLD."category", OLD."confirmed_by_id", OLD."confirmed_on", OLD."document", OLD."ended_because", OLD."ended_by_id", OLD."grade", OLD."id", OLD."law", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."proposed_on", OLD."purpose", OLD."replaces_id", OLD."source", OLD."special", OLD."uid"); RETURN NULL;',
                                    hash="24583e58422db59240218ea076d36247e2142c1a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b1751",
                                    table="families_basis",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BasisEvent",
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
                                to="families.basis",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                                verbose_name="category of data",
                            ),
                        ),
                        (
                            "law",
                            models.CharField(help_text="The statute and section, or whose consent.", max_length=200),
                        ),
                        ("by_consent", models.BooleanField(default=False)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="From the first day it counts to the day before its end; empty if it never did."
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, help_text="Where it is written down.", max_length=300),
                        ),
                        ("source", models.CharField(max_length=300)),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("P", "Primary source, text seen"),
                                    ("S", "Secondary source"),
                                    ("D", "Derived from the sources"),
                                    ("U", "No source yet"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.basis",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField(null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_on", models.DateField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_because", models.CharField(blank=True, max_length=500)),
                        (
                            "special",
                            models.CharField(
                                blank=True,
                                help_text="The second condition, where one is due.",
                                max_length=200,
                                verbose_name="condition for sensitive data",
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
                                    hash="0d1ea9e10cae748d15efe7b6368d94fa69c04dc0",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a29e1",
                                    table="families_basisevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Gateway",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                                verbose_name="category of data",
                            ),
                        ),
                        (
                            "law",
                            models.CharField(help_text="The statute and section, or whose consent.", max_length=200),
                        ),
                        ("by_consent", models.BooleanField(default=False)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="From the first day it counts to the day before its end; empty if it never did."
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, help_text="Where it is written down.", max_length=300),
                        ),
                        ("source", models.CharField(max_length=300)),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("P", "Primary source, text seen"),
                                    ("S", "Secondary source"),
                                    ("D", "Derived from the sources"),
                                    ("U", "No source yet"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacements",
                                to="families.gateway",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField(null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_on", models.DateField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_because", models.CharField(blank=True, max_length=500)),
                        (
                            "agency",
                            models.CharField(
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
                                max_length=12,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(
                                        ("proposed_by__isnull", False),
                                        models.Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="families_gateway_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__startswith__isnull", False), ("period__isempty", True), _connector="OR"
                                ),
                                name="families_gateway_has_a_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_by__isnull", True),
                                    models.Q(("ended_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="families_gateway_ended_says_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", False), ("ended_by__isnull", True), _connector="OR"
                                ),
                                fields=("replaces",),
                                name="families_gateway_replaced_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_gatewayevent" ("agency", "by_consent", "category", "confirmed_by_id", "confirmed_on", "document", "ended_because", "ended_by_id", "grade", "id", "law", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "purpose", "replaces_id", "source", "uid") VALUES (NEW."agency", NEW."by_consent", NEW."category", NEW."confirmed_by_id", NEW."confirmed_on", NEW."document", NEW."ended_because", NEW."ended_by_id", NEW."grade", NEW."id", NEW."law", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."proposed_on", NEW."purpose", NEW."replaces_id", NEW."source", NEW."uid"); RETURN NULL;',
                                    hash="f05829e3b347b9f721d4324c62a82f02cf6e6367",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6f85d",
                                    table="families_gateway",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "families_gatewayevent" ("agency", "by_consent", "category", "confirmed_by_id", "confirmed_on", "document", "ended_because", "ended_by_id", "grade", "id", "law", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "purpose", "replaces_id", "source", "uid") VALUES (NEW."agency", NEW."by_consent", NEW."category", NEW."confirmed_by_id", NEW."confirmed_on", NEW."document", NEW."ended_because", NEW."ended_by_id", NEW."grade", NEW."id", NEW."law", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."proposed_on", NEW."purpose", NEW."replaces_id", NEW."source", NEW."uid"); RETURN NULL;',
                                    hash="341f7cf68c1d3727fd014a70daae7b4b3826a4ac",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_11371",
                                    table="families_gateway",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "families_gatewayevent" ("agency", "by_consent", "category", "confirmed_by_id", "confirmed_on", "document", "ended_because", "ended_by_id", "grade", "id", "law", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "proposed_on", "purpose", "replaces_id", "source", "uid") VALUES (OLD."agency", OLD."by_consent", OLD."category", OLD."confirmed_by_id", OLD."confirmed_on", OLD."document", OLD."ended_because", OLD."ended_by_id", OLD."grade", OLD."id", OLD."law", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."proposed_on", OLD."purpose", OLD."replaces_id", OLD."source", OLD."uid"); RETURN NULL;',
                                    hash="6767885309e723498206e8e7df0fc5e6dc50dc75",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e1996",
                                    table="families_gateway",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GatewayEvent",
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
                                to="families.gateway",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                                verbose_name="category of data",
                            ),
                        ),
                        (
                            "law",
                            models.CharField(help_text="The statute and section, or whose consent.", max_length=200),
                        ),
                        ("by_consent", models.BooleanField(default=False)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="From the first day it counts to the day before its end; empty if it never did."
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, help_text="Where it is written down.", max_length=300),
                        ),
                        ("source", models.CharField(max_length=300)),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("P", "Primary source, text seen"),
                                    ("S", "Secondary source"),
                                    ("D", "Derived from the sources"),
                                    ("U", "No source yet"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="families.gateway",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField(null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_on", models.DateField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_because", models.CharField(blank=True, max_length=500)),
                        (
                            "agency",
                            models.CharField(
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
                                max_length=12,
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
                                    hash="e499b63ff28537fceac9dc0b17759ee661bd07c3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_85e19",
                                    table="families_gatewayevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestrictionStep",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("restricted", "Restricted to named people"),
                                    ("named", "Changed who may see it"),
                                    ("lifted", "Restriction lifted"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "named",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=list,
                                help_text="12:manager, in one order.",
                                size=None,
                            ),
                        ),
                        ("sealed", models.BooleanField(default=False, help_text="Emergency access is shut out too.")),
                        (
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("done_on", models.DateField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["family", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("family", "number"), name="families_restrictionstep_one_after_another"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="families_restrictionstep_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "lifted"), models.Q(("named", []), _negated=True), _connector="XOR"
                                ),
                                name="families_restrictionstep_names_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="families.family",
                            ),
                        ),
                        (
                            "scope_id",
                            models.BigIntegerField(help_text="Its family's: it follows by the foreign key of both."),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="families.membership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="families.person",
                            ),
                        ),
                        (
                            "name",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="Another name of the person that the word is of; none: the one in use.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="families.personname",
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
                        ("word", models.TextField()),
                        ("sound", models.TextField()),
                        (
                            "patterns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                help_text="The word with each letter in turn left open: h_ll.",
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["word"],
                                include=("family", "person", "scope_id", "period", "name"),
                                name="families_searchkey_word",
                                opclasses=["text_pattern_ops"],
                            ),
                            models.Index(fields=["sound"], name="families_searchkey_sound"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["patterns"], name="families_searchkey_patterns"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("membership__isnull", True), ("period__isnull", True), ("person__isnull", True)
                                    ),
                                    models.Q(
                                        ("membership__isnull", False),
                                        ("period__isnull", False),
                                        ("person__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="families_searchkey_of_a_member_or_the_family",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="families.person",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("given", "Agreed"),
                                    ("refused", "Did not agree"),
                                    ("withdrawn", "Took back the agreement"),
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
                        "ordering": ["-said_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
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
                        (
                            "evidence",
                            models.CharField(blank=True, help_text="Where the signed paper is.", max_length=200),
                        ),
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
                        "ordering": ["-said_on", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["family", "agency", "category", "purpose"],
                                name="families_co_family__4e2b8a_idx",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Showing",
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
                            "agency",
                            models.CharField(
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
                                max_length=12,
                            ),
                        ),
                        ("to", models.CharField(max_length=120)),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("facts", "Facts about the family"),
                                    ("document", "A document"),
                                    ("told", "Something else"),
                                ],
                                max_length=10,
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
                        ("words", models.CharField(max_length=300)),
                        ("shown_on", models.DateField()),
                        (
                            "gateway",
                            models.CharField(
                                blank=True, help_text="As the register named it that day; empty: none.", max_length=200
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["-shown_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True), models.Q(("to", ""), _negated=True)
                                ),
                                name="families_showing_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "agency__in",
                                        ["schools", "csp", "police", "dwp", "social_care", "housing", "health", "esf"],
                                    )
                                ),
                                name="families_showing_agency_known",
                            ),
                            models.UniqueConstraint(
                                fields=("family", "agency", "to", "what", "category", "words", "shown_on"),
                                name="families_showing_once_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerTold",
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
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told",
                                to="families.agreement",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told",
                                to="families.consent",
                            ),
                        ),
                        ("partner", models.CharField(help_text="As the report heads it.", max_length=200)),
                        ("whom", models.CharField(max_length=120)),
                        ("told_on", models.DateField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("phone", "By telephone"),
                                    ("writing", "In writing"),
                                    ("in_person", "In person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name_plural": "partners told",
                        "ordering": ["-told_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreement__isnull", True), ("consent__isnull", True), _connector="XOR"
                                ),
                                name="families_partnertold_of_one_withdrawal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("partner", ""), _negated=True), models.Q(("whom", ""), _negated=True)
                                ),
                                name="families_partnertold_names_both",
                            ),
                            models.UniqueConstraint(
                                fields=("agreement", "consent", "partner", "whom", "told_on", "how"),
                                name="families_partnertold_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
