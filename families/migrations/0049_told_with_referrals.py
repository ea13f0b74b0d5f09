import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from slf import migrating


class Migration(migrating.Migration):
    """A rule of contact keeps the sentence it says; a statement says what was believed of parental responsibility."""

    dependencies = [
        ("families", "0048_why_restricted"),
        ("slf", "0036_business_support"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactrule",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactrule",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactrule",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="contactrule",
            name="words",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="The sentence it says, as it was told with a referral.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="contactruleevent",
            name="words",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="The sentence it says, as it was told with a referral.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="responsible",
            field=models.BooleanField(
                help_text="Whether they have parental responsibility, as it was said; empty: it says nothing of it.",
                null=True,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "families_contactruleevent" ("after", "before", "began_on", "channel", "days", "ended_by_id", "ended_on", "family_id", "id", "membership_id", "never", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_word", "scope_id", "set_by_id", "source", "uid", "who_answers", "words") VALUES (NEW."after", NEW."before", NEW."began_on", NEW."channel", NEW."days", NEW."ended_by_id", NEW."ended_on", NEW."family_id", NEW."id", NEW."membership_id", NEW."never", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."safe_word", NEW."scope_id", NEW."set_by_id", NEW."source", NEW."uid", NEW."who_answers", NEW."words"); RETURN NULL;',
                    hash="a2b775e32b4263e7e2e8ac68b01afb881cf612c3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f255a",
                    table="families_contactrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "families_contactruleevent" ("after", "before", "began_on", "channel", "days", "ended_by_id", "ended_on", "family_id", "id", "membership_id", "never", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_word", "scope_id", "set_by_id", "source", "uid", "who_answers", "words") VALUES (NEW."after", NEW."before", NEW."began_on", NEW."channel", NEW."days", NEW."ended_by_id", NEW."ended_on", NEW."family_id", NEW."id", NEW."membership_id", NEW."never", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."safe_word", NEW."scope_id", NEW."set_by_id", NEW."source", NEW."uid", NEW."who_answers", NEW."words"); RETURN NULL;',
                    hash="8dc91d7b327918894373a8375493d4a21cea457c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a4408",
                    table="families_contactrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "families_contactruleevent" ("after", "before", "began_on", "channel", "days", "ended_by_id", "ended_on", "family_id", "id", "membership_id", "never", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_word", "scope_id", "set_by_id", "source", "uid", "who_answers", "words") VALUES (OLD."after", OLD."before", OLD."began_on", OLD."channel", OLD."days", OLD."ended_by_id", OLD."ended_on", OLD."family_id", OLD."id", OLD."membership_id", OLD."never", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."safe_word", OLD."scope_id", OLD."set_by_id", OLD."source", OLD."uid", OLD."who_answers", OLD."words"); RETURN NULL;',
                    hash="79e207ffb64313b20d0f0e541979d37dc0284edd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_55089",
                    table="families_contactrule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("responsible__isnull", True), ("person__isnull", False), _connector="OR"),
                name="families_statement_responsible_is_somebody",
            ),
        ),
    ]
