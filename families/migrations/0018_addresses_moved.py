import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("families", "0017_addresses")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="delete_delete",
        ),
        migrations.RemoveIndex(
            model_name="membership",
            name="families_me_postcod_8cf7d8_idx",
        ),
        migrations.RemoveField(
            model_name="membership",
            name="address",
        ),
        migrations.RemoveField(
            model_name="membership",
            name="phone",
        ),
        migrations.RemoveField(
            model_name="membership",
            name="postcode",
        ),
        migrations.RemoveField(
            model_name="membershipevent",
            name="address",
        ),
        migrations.RemoveField(
            model_name="membershipevent",
            name="phone",
        ),
        migrations.RemoveField(
            model_name="membershipevent",
            name="postcode",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "families_membershipevent" ("family_id", "flags", "id", "part", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_contact", "school", "scope_id", "uid") VALUES (NEW."family_id", NEW."flags", NEW."id", NEW."part", NEW."period", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."safe_contact", NEW."school", NEW."scope_id", NEW."uid"); RETURN NULL;',
                    hash="4d12353b19312766319c6ee92374778d0a49d3e6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b8be7",
                    table="families_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "families_membershipevent" ("family_id", "flags", "id", "part", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_contact", "school", "scope_id", "uid") VALUES (NEW."family_id", NEW."flags", NEW."id", NEW."part", NEW."period", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."safe_contact", NEW."school", NEW."scope_id", NEW."uid"); RETURN NULL;',
                    hash="c195f0669f4a02917269fd7aef50a536bf8f9e4d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ed7ba",
                    table="families_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "families_membershipevent" ("family_id", "flags", "id", "part", "period", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "safe_contact", "school", "scope_id", "uid") VALUES (OLD."family_id", OLD."flags", OLD."id", OLD."part", OLD."period", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."safe_contact", OLD."school", OLD."scope_id", OLD."uid"); RETURN NULL;',
                    hash="883d6bbf8de3e3d80334616ccc6b055d7c91b98f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_462e2",
                    table="families_membership",
                    when="AFTER",
                ),
            ),
        ),
    ]
