import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    """Keep the history of a run with every column it has got: its version, its people and its answers."""

    dependencies = [
        ("performance", "0017_report_schedules"),
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
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "performance_claimrunevent" ("answers", "audited_at", "audited_by_id", "certified_at", "certified_by_id", "certified_knowing", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "reviewed_at", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "signed_knowing", "state", "submitted_by_id", "submitted_on", "uid", "version_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."answers", NEW."audited_at", NEW."audited_by_id", NEW."certified_at", NEW."certified_by_id", NEW."certified_knowing", NEW."claim_on", NEW."created_at", NEW."digest", NEW."engine", NEW."id", NEW."job_id", NEW."paid_on", NEW."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."reviewed_at", NEW."rules", NEW."rules_digest", NEW."scheme", NEW."scope_id", NEW."seed", NEW."shared", NEW."signed_at", NEW."signed_by_id", NEW."signed_knowing", NEW."state", NEW."submitted_by_id", NEW."submitted_on", NEW."uid", NEW."version_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="cec8a3ea6b83a909dabcdf267c4dd1bb5840380a",
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
                    func='INSERT INTO "performance_claimrunevent" ("answers", "audited_at", "audited_by_id", "certified_at", "certified_by_id", "certified_knowing", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "reviewed_at", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "signed_knowing", "state", "submitted_by_id", "submitted_on", "uid", "version_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."answers", NEW."audited_at", NEW."audited_by_id", NEW."certified_at", NEW."certified_by_id", NEW."certified_knowing", NEW."claim_on", NEW."created_at", NEW."digest", NEW."engine", NEW."id", NEW."job_id", NEW."paid_on", NEW."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."reviewed_at", NEW."rules", NEW."rules_digest", NEW."scheme", NEW."scope_id", NEW."seed", NEW."shared", NEW."signed_at", NEW."signed_by_id", NEW."signed_knowing", NEW."state", NEW."submitted_by_id", NEW."submitted_on", NEW."uid", NEW."version_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="58b53f0b6978d9b2a929ad5fe72026fd373f7437",
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
                    func='INSERT INTO "performance_claimrunevent" ("answers", "audited_at", "audited_by_id", "certified_at", "certified_by_id", "certified_knowing", "claim_on", "created_at", "digest", "engine", "id", "job_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "reviewed_at", "rules", "rules_digest", "scheme", "scope_id", "seed", "shared", "signed_at", "signed_by_id", "signed_knowing", "state", "submitted_by_id", "submitted_on", "uid", "version_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."answers", OLD."audited_at", OLD."audited_by_id", OLD."certified_at", OLD."certified_by_id", OLD."certified_knowing", OLD."claim_on", OLD."created_at", OLD."digest", OLD."engine", OLD."id", OLD."job_id", OLD."paid_on", OLD."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."reviewed_at", OLD."rules", OLD."rules_digest", OLD."scheme", OLD."scope_id", OLD."seed", OLD."shared", OLD."signed_at", OLD."signed_by_id", OLD."signed_knowing", OLD."state", OLD."submitted_by_id", OLD."submitted_on", OLD."uid", OLD."version_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="f9a6a8abb353ecf963b0e317eab8070d06b6acf7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a2687",
                    table="performance_claimrun",
                    when="AFTER",
                ),
            ),
        ),
    ]
