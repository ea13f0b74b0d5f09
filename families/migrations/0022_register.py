import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Whose the facts are that files brought before this was kept: each of the four feeds is one agency's.
FILL = """
update families_fact set agency = case
    when kind in ('attendance_term', 'exclusion_fixed', 'exclusion_permanent', 'alternative_provision', 'not_on_roll')
        then 'schools'
    when kind = 'asb_intervention' then 'csp'
    when kind in ('offence_proven', 'domestic_abuse_incident') then 'police'
    when kind in ('child_in_need', 'child_protection_plan') then 'social_care'
    when kind = 'homelessness' then 'housing'
    else 'dwp' end
where source = 'feed'
"""

# A row of the register is confirmed and ended, never rewritten and never deleted.
TABLES = ("families_basis", "families_gateway")
NARROW = "; ".join(
    f"revoke update, delete on {table} from slf_app; "
    f"grant update (period, confirmed_by_id, confirmed_on, ended_by_id, ended_because) on {table} to slf_app"
    for table in TABLES
)
WIDE = "; ".join(f"grant update, delete on {table} to slf_app" for table in TABLES)


class Migration(migrations.Migration):
    """The register of lawful bases and gateways, and whose information each fact is."""

    dependencies = [
        ("families", "0021_kin"),
        ("slf", "0018_keep_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="agency",
            field=models.CharField(
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
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "feed"), _negated=True),
                    models.Q(("agency", ""), _negated=True),
                    _connector="OR",
                ),
                name="families_fact_of_a_file_names_its_agency",
            ),
        ),
        migrations.CreateModel(
            name="Basis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("law", models.CharField(help_text="The statute and section, or whose consent.", max_length=200)),
                ("by_consent", models.BooleanField(default=False)),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="From the first day it counts to the day before its end."
                    ),
                ),
                ("document", models.CharField(blank=True, help_text="Where it is written down.", max_length=300)),
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
                ("proposed_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="BasisEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                ("law", models.CharField(help_text="The statute and section, or whose consent.", max_length=200)),
                ("by_consent", models.BooleanField(default=False)),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="From the first day it counts to the day before its end."
                    ),
                ),
                ("document", models.CharField(blank=True, help_text="Where it is written down.", max_length=300)),
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
                ("proposed_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="Gateway",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("law", models.CharField(help_text="The statute and section, or whose consent.", max_length=200)),
                ("by_consent", models.BooleanField(default=False)),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="From the first day it counts to the day before its end."
                    ),
                ),
                ("document", models.CharField(blank=True, help_text="Where it is written down.", max_length=300)),
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
                ("proposed_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="GatewayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                ("law", models.CharField(help_text="The statute and section, or whose consent.", max_length=200)),
                ("by_consent", models.BooleanField(default=False)),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="From the first day it counts to the day before its end."
                    ),
                ),
                ("document", models.CharField(blank=True, help_text="Where it is written down.", max_length=300)),
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
                ("proposed_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
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
            },
        ),
        migrations.AddField(
            model_name="basis",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="basis",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="basis",
            name="proposed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="basis",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="families.basis",
            ),
        ),
        migrations.AddField(
            model_name="basisevent",
            name="confirmed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="basisevent",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="basisevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="families.basis",
            ),
        ),
        migrations.AddField(
            model_name="basisevent",
            name="proposed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="basisevent",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="families.basis",
            ),
        ),
        migrations.AddField(
            model_name="gateway",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="gateway",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="gateway",
            name="proposed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="gateway",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="families.gateway",
            ),
        ),
        migrations.AddField(
            model_name="gatewayevent",
            name="confirmed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="gatewayevent",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="gatewayevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="families.gateway",
            ),
        ),
        migrations.AddField(
            model_name="gatewayevent",
            name="proposed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="gatewayevent",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="families.gateway",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__startswith__isnull", False)), name="families_basis_has_a_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by__isnull", True), models.Q(("ended_because", ""), _negated=True), _connector="OR"
                ),
                name="families_basis_ended_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("confirmed_by__isnull", False), ("proposed_by__isnull", True), _connector="OR"),
                expressions=[("purpose", "="), ("category", "="), ("period", "&&")],
                name="families_basis_one_at_a_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="basis",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="basis",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="basis",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="basisevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0d1ea9e10cae748d15efe7b6368d94fa69c04dc0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a29e1",
                    table="families_basisevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="gateway",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="gateway",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__startswith__isnull", False)), name="families_gateway_has_a_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="gateway",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by__isnull", True), models.Q(("ended_because", ""), _negated=True), _connector="OR"
                ),
                name="families_gateway_ended_says_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gateway",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gateway",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gateway",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gatewayevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e499b63ff28537fceac9dc0b17759ee661bd07c3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_85e19",
                    table="families_gatewayevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NARROW, WIDE),
    ]
