from django.db import migrations, models

# Where there is no date of birth, none was estimated.
NO_DATE_NO_ESTIMATE = """
    update referrals_referralperson set born_estimated = false where born_estimated and born_on is null;
    set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_send_to_locality")]
    operations = [
        migrations.RunSQL(NO_DATE_NO_ESTIMATE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="referralperson",
            constraint=models.CheckConstraint(
                name="referrals_referralperson_estimate_has_a_date",
                condition=models.Q(("born_estimated", False), ("born_on__isnull", False), _connector="OR"),
            ),
        ),
    ]
