import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import performance.claims.rules
from performance.claims import sql as claims_sql


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0005_whole_run"),
        ("slf", "0009_by_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name="claimrun",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimrun",
            name="withdrawn_because",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="claimrun",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="claimrunevent",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimrunevent",
            name="withdrawn_because",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="claimrunevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrun",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.RunSQL(
            "update performance_claimrun set withdrawn_because = 'Not recorded' where state = 'withdrawn';"
            "set constraints all immediate;",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="claimrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", performance.claims.rules.State["WITHDRAWN"]), _negated=True),
                    models.Q(("withdrawn_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="performance_claimrun_withdrawn_says_why",
            ),
        ),
        migrations.RunSQL(claims_sql.WITHDRAWN_MAY_CHANGE, migrations.RunSQL.noop),
    ]
