from django.db import migrations

from slf.access.policies import RunFunctions

ASKED = ("slf.in_own_name()", "slf.hold_run()", "slf.hold_test()")


class Migration(migrations.Migration):
    """Who may is asked of the tables that are there, not of temporary ones of the same name that somebody made."""

    dependencies = [("performance", "0004_steps_of_a_run"), ("slf", "0025_in_own_name")]

    operations = [
        RunFunctions(
            "".join(f"alter function {name} set search_path = public, pg_temp;" for name in ASKED),
            "".join(f"alter function {name} reset search_path;" for name in ASKED),
        )
    ]
