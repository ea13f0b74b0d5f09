import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import slf.work.rules
from slf.access.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("slf", "0001_initial"),
        ("slf", "0004_rights"),
        ("slf", "0005_emergency_audiences"),
        ("slf", "0006_history_of_access"),
        ("slf", "0007_seals"),
        ("slf", "0008_looks"),
        ("slf", "0009_by_name"),
        ("slf", "0010_emergency_is_a_part"),
        ("slf", "0011_kind_of_audience"),
        ("slf", "0012_when_a_post_ends"),
        ("slf", "0013_narrow_grants"),
        ("slf", "0014_sign_in_resets"),
        ("slf", "0015_shares_end_alone"),
        ("slf", "0016_send_files"),
        ("slf", "0017_change_household"),
        ("slf", "0018_keep_register"),
        ("slf", "0019_keep_lists"),
        ("slf", "0020_account_changes"),
        ("slf", "0021_moves_by_hand_over"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Locality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("slug", models.SlugField(unique=True)),
                    ],
                    options={
                        "verbose_name_plural": "localities",
                        "ordering": ["name"],
                        "permissions": [
                            ("read", "Read"),
                            ("refer", "Refer a family"),
                            ("triage", "Decide on referrals"),
                            ("allocate", "Allocate a family to a worker"),
                            ("add_contact", "Add a contact to any family of the locality"),
                            ("work_family", "Record visits, star readings and plans"),
                            ("change_household", "Say who is in a family and how they are related"),
                            ("review_family", "Review and supervise the work with a family"),
                            ("view_dashboard", "See the dashboards"),
                            ("load_feed", "Send files from partner agencies"),
                            ("prepare_claim", "Prepare a claim run"),
                            ("audit_claim", "Sample and test a claim run"),
                            ("sign_claim", "Sign a claim run"),
                            ("share_family", "Share one family with a colleague or provider"),
                            ("restrict_family", "Restrict a family to named people"),
                            ("break_glass", "Ask for emergency access"),
                            ("review_access", "See who has looked at a record"),
                            ("keep_register", "Keep the register of lawful bases and gateways"),
                            ("manage_posts", "Give and end posts"),
                            ("keep_lists", "Keep lists, such as the services to signpost to"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("job_title", models.CharField(blank=True, max_length=120)),
                        (
                            "is_service",
                            models.BooleanField(
                                default=False, help_text="Acts for the clock or another system; never signs in."
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_superuser", False)),
                                name="slf_user_no_superuser",
                                violation_error_message="Nobody is above the posts: an administrator holds the administrator's post.",
                            )
                        ],
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="LocalityUserObjectPermission",
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
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="slf.locality"),
                        ),
                    ],
                    options={
                        "unique_together": {("user", "permission", "content_object")},
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Scope",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("locality", "Everyone who holds a post in the locality"),
                                    ("shared", "A locality and those a family is shared with"),
                                    ("restricted", "Named people only"),
                                    ("partner", "A partner agency's own referrals"),
                                    ("emergency", "An audience and those with emergency access, until it is over"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scopes",
                                to="slf.locality",
                            ),
                        ),
                        (
                            "audience_key",
                            models.TextField(help_text="Who is in it, in one canonical order.", unique=True),
                        ),
                        (
                            "widens",
                            models.ForeignKey(
                                blank=True,
                                help_text="Back to it, when over.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="slf.scope",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "locality")),
                                fields=("locality",),
                                name="slf_scope_one_of_a_locality",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "emergency"), ("widens__isnull", True), _connector="XOR"),
                                name="slf_scope_emergency_widens",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScopeMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="slf.scope"
                            ),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="slf.locality"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fsw", "Family support worker"),
                                    ("senior", "Senior family support worker"),
                                    ("manager", "Locality manager"),
                                    ("head", "Head of service"),
                                    ("data", "Data officer"),
                                    ("business", "Business support"),
                                    ("board", "Programme board"),
                                    ("auditor", "Internal auditor"),
                                    ("referrer", "Partner referrer"),
                                    ("esf", "ESF provider worker"),
                                    ("admin", "Administrator"),
                                    ("emergency", "Emergency access"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "given_by",
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
                        "indexes": [
                            models.Index(fields=["user"], name="slf_scopeme_user_id_80618e_idx"),
                            models.Index(fields=["locality"], name="slf_scopeme_localit_6241f9_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("locality__isnull", True), ("user__isnull", True), _connector="XOR"
                                ),
                                name="slf_scopemember_one_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("user__isnull", True), models.Q(("role", ""), _negated=True), _connector="OR"
                                ),
                                name="slf_scopemember_person_has_role",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "slf_scopememberevent" ("given_by_id", "id", "locality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "scope_id", "until", "user_id") VALUES (NEW."given_by_id", NEW."id", NEW."locality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."scope_id", NEW."until", NEW."user_id"); RETURN NULL;',
                                    hash="551cc22ffa0c8d555c6d5a69dd0dfca367d8fef5",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_eb035",
                                    table="slf_scopemember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "slf_scopememberevent" ("given_by_id", "id", "locality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "scope_id", "until", "user_id") VALUES (NEW."given_by_id", NEW."id", NEW."locality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."scope_id", NEW."until", NEW."user_id"); RETURN NULL;',
                                    hash="71bd1641d465ddeca9430d568f80fd2fbf2c9a99",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_73067",
                                    table="slf_scopemember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "slf_scopememberevent" ("given_by_id", "id", "locality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "scope_id", "until", "user_id") VALUES (OLD."given_by_id", OLD."id", OLD."locality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."scope_id", OLD."until", OLD."user_id"); RETURN NULL;',
                                    hash="af1c26fceefdd30240fe9751c09c16c8dcd0d856",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6c429",
                                    table="slf_scopemember",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScopeMemberEvent",
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
                                to="slf.scopemember",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
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
                        (
                            "locality",
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
                        (
                            "user",
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
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fsw", "Family support worker"),
                                    ("senior", "Senior family support worker"),
                                    ("manager", "Locality manager"),
                                    ("head", "Head of service"),
                                    ("data", "Data officer"),
                                    ("business", "Business support"),
                                    ("board", "Programme board"),
                                    ("auditor", "Internal auditor"),
                                    ("referrer", "Partner referrer"),
                                    ("esf", "ESF provider worker"),
                                    ("admin", "Administrator"),
                                    ("emergency", "Emergency access"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "given_by",
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
                                    hash="a384b04a7ace9fc4d6d818a8364311edb93db75a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7f12e",
                                    table="slf_scopememberevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("fsw", "Family support worker"),
                                    ("senior", "Senior family support worker"),
                                    ("manager", "Locality manager"),
                                    ("head", "Head of service"),
                                    ("data", "Data officer"),
                                    ("business", "Business support"),
                                    ("board", "Programme board"),
                                    ("auditor", "Internal auditor"),
                                    ("referrer", "Partner referrer"),
                                    ("esf", "ESF provider worker"),
                                    ("admin", "Administrator"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "locality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="slf.locality",
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "given_by",
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
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("user", "="),
                                    ("role", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            "locality", models.Value(0, models.BigIntegerField())
                                        ),
                                        "=",
                                    ),
                                    ("period", "&&"),
                                ],
                                name="slf_post_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "fsw",
                                            "senior",
                                            "manager",
                                            "head",
                                            "data",
                                            "business",
                                            "board",
                                            "auditor",
                                            "referrer",
                                            "esf",
                                            "admin",
                                        ],
                                    )
                                ),
                                name="slf_post_role_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "slf_postevent" ("ended_by_id", "given_by_id", "id", "locality_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."ended_by_id", NEW."given_by_id", NEW."id", NEW."locality_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;',
                                    hash="a13f5135933b7fe40affbe94b648a4b0752cda80",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ca127",
                                    table="slf_post",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "slf_postevent" ("ended_by_id", "given_by_id", "id", "locality_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."ended_by_id", NEW."given_by_id", NEW."id", NEW."locality_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;',
                                    hash="2b13fc7f7e0f8c142e9bc761386ddce2eb4a7855",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1f053",
                                    table="slf_post",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "slf_postevent" ("ended_by_id", "given_by_id", "id", "locality_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (OLD."ended_by_id", OLD."given_by_id", OLD."id", OLD."locality_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."user_id"); RETURN NULL;',
                                    hash="5f6e1a646d142543a9aeff8bb739123c246abbd7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_56323",
                                    table="slf_post",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostEvent",
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
                                to="slf.post",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("fsw", "Family support worker"),
                                    ("senior", "Senior family support worker"),
                                    ("manager", "Locality manager"),
                                    ("head", "Head of service"),
                                    ("data", "Data officer"),
                                    ("business", "Business support"),
                                    ("board", "Programme board"),
                                    ("auditor", "Internal auditor"),
                                    ("referrer", "Partner referrer"),
                                    ("esf", "ESF provider worker"),
                                    ("admin", "Administrator"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "locality",
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
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "given_by",
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
                                    hash="9b1eee8ad03e3012ebf8b949bc634e5df1f71208",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9a225",
                                    table="slf_postevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("fsw", "Family support worker"),
                                    ("senior", "Senior family support worker"),
                                    ("manager", "Locality manager"),
                                    ("head", "Head of service"),
                                    ("data", "Data officer"),
                                    ("business", "Business support"),
                                    ("board", "Programme board"),
                                    ("auditor", "Internal auditor"),
                                    ("referrer", "Partner referrer"),
                                    ("esf", "ESF provider worker"),
                                    ("admin", "Administrator"),
                                    ("emergency", "Emergency access"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("mode", models.CharField(choices=[("read", "Read"), ("write", "Write")], max_length=5)),
                        (
                            "record_class",
                            models.CharField(
                                choices=[
                                    ("card", "card"),
                                    ("record", "record"),
                                    ("safeguarding", "safeguarding"),
                                    ("supervision", "supervision"),
                                    ("money", "money"),
                                    ("evidence", "evidence"),
                                    ("claim", "claim"),
                                    ("referral", "referral"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("named_only", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("role", "mode", "record_class"), name="slf_opening_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyTry",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reference", models.CharField(help_text="As it was asked for.", max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("opened", "Opened"),
                                    ("again", "Open already"),
                                    ("refused", "Nothing was opened"),
                                    ("held_back", "One too many that day"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("family_id", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name_plural": "emergency tries",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["user", "-at"], name="slf_emergen_user_id_161fef_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="View",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("family_id", models.BigIntegerField(null=True)),
                        (
                            "family_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("what", models.CharField(max_length=120)),
                        ("door", models.CharField(max_length=300)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("right", models.CharField(max_length=200)),
                        ("why", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["family_id", "-at"], name="slf_view_family__36b099_idx"),
                            models.Index(fields=["user", "-at"], name="slf_view_user_id_2cf5db_idx"),
                            django.contrib.postgres.indexes.GinIndex(fields=["family_ids"], name="slf_view_families"),
                            django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="slf_view_at"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViewSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True)),
                        ("views", models.PositiveIntegerField()),
                        ("previous", models.CharField(blank=True, max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                        ("sealed_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "form",
                            models.PositiveSmallIntegerField(
                                default=2, help_text="How the day was written down to be sealed."
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignInReset",
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
                                related_name="resets",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="AccountChange",
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
                                related_name="changes",
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
                        (
                            "what",
                            models.CharField(
                                choices=[("made", "Account made"), ("address", "Mail address changed")], max_length=8
                            ),
                        ),
                        ("before", models.EmailField(blank=True, max_length=254)),
                        ("after", models.EmailField(blank=True, max_length=254)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=80)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("arguments", models.JSONField(default=dict)),
                        (
                            "queue",
                            models.CharField(choices=[("default", "default"), ("reports", "reports")], max_length=20),
                        ),
                        ("once_key", models.CharField(blank=True, max_length=200, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (slf.work.rules.State["WAITING"], "Waiting to start"),
                                    (slf.work.rules.State["RUNNING"], "Running"),
                                    (slf.work.rules.State["DONE"], "Finished"),
                                    (slf.work.rules.State["FAILED"], "Did not finish"),
                                ],
                                default=slf.work.rules.State["WAITING"],
                                max_length=10,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(blank=True, null=True)),
                        ("sentence", models.CharField(blank=True, max_length=500)),
                        ("cursor", models.JSONField(blank=True, null=True)),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("result_url", models.CharField(blank=True, max_length=500)),
                        ("error", models.CharField(blank=True, max_length=1000)),
                        ("attempts", models.PositiveIntegerField(default=0)),
                        ("errors", models.PositiveIntegerField(default=0)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=["due_at"],
                                name="slf_job_unfinished",
                            ),
                            models.Index(fields=["asked_by", "-created_at"], name="slf_job_asked"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "once_key"), name="slf_job_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                                name="slf_job_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finished_at__isnull", False), ("state__in", ["done", "failed"])),
                                    models.Q(("finished_at__isnull", True), ("state__in", ["waiting", "running"])),
                                    _connector="OR",
                                ),
                                name="slf_job_over_has_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "running"), _negated=True),
                                    ("heartbeat_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="slf_job_running_has_a_heartbeat",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OnceKey",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("key", models.UUIDField()),
                        ("door", models.CharField(max_length=300)),
                        ("digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("location", models.CharField(blank=True, max_length=500)),
                        ("body", models.JSONField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(models.F("created_at"), name="slf_oncekey_age")],
                        "constraints": [models.UniqueConstraint(fields=("user", "key"), name="slf_oncekey_once")],
                    },
                ),
            ],
        ),
    ]
