import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from performance.claims import sql as claims_sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0004_run_keeps_what_is_shared"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="claimrun",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claimrun",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claimrun",
            name="delete_delete",
        ),
        migrations.AlterField(
            model_name="claimrun",
            name="shared",
            field=models.TextField(
                help_text="What every case of the run shares, as JSON: school calendar, records searched, files received."
            ),
        ),
        migrations.AlterField(
            model_name="claimrunevent",
            name="shared",
            field=models.TextField(
                help_text="What every case of the run shares, as JSON: school calendar, records searched, files received."
            ),
        ),
        migrations.AlterField(
            model_name="judged",
            name="attached_on",
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name="judged",
            name="reference",
            field=models.CharField(max_length=20),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "performance_claimrunevent" ("audited_at", "audited_by_id", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "state", "uid") VALUES (NEW."audited_at", NEW."audited_by_id", NEW."claim_on", NEW."created_at", NEW."digest", NEW."engine", NEW."id", NEW."job_id", NEW."paid_on", NEW."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."rules", NEW."rules_digest", NEW."scheme", NEW."scope_id", NEW."seed", NEW."shared", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."uid"); RETURN NULL;',
                    hash="5c15e4ce1eb1608f0cb8833db5e54ee5a36d74c3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ab4c2",
                    table="performance_claimrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "performance_claimrunevent" ("audited_at", "audited_by_id", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "state", "uid") VALUES (NEW."audited_at", NEW."audited_by_id", NEW."claim_on", NEW."created_at", NEW."digest", NEW."engine", NEW."id", NEW."job_id", NEW."paid_on", NEW."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."rules", NEW."rules_digest", NEW."scheme", NEW."scope_id", NEW."seed", NEW."shared", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."uid"); RETURN NULL;',
                    hash="8c437fe025067e0b683377c17f8569628ebc39cf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_35c0d",
                    table="performance_claimrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "performance_claimrunevent" ("audited_at", "audited_by_id", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "state", "uid") VALUES (OLD."audited_at", OLD."audited_by_id", OLD."claim_on", OLD."created_at", OLD."digest", OLD."engine", OLD."id", OLD."job_id", OLD."paid_on", OLD."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."rules", OLD."rules_digest", OLD."scheme", OLD."scope_id", OLD."seed", OLD."shared", OLD."signed_at", OLD."signed_by_id", OLD."state", OLD."uid"); RETURN NULL;',
                    hash="e84847aa4606457e263a1de0a87a779c335c0b7f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a2687",
                    table="performance_claimrun",
                    when="AFTER",
                ),
            ),
        ),
        RunFunctions(claims_sql.WHOLE_RUN, claims_sql.WITHOUT_WHOLE_RUN),
        migrations.RunSQL(claims_sql.NARROW, claims_sql.WIDE),
    ]
