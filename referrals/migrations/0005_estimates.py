from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_send_to_locality")]
    operations = [
        migrations.AddConstraint(
            model_name="referralperson",
            constraint=models.CheckConstraint(
                name="referrals_referralperson_estimate_has_a_date",
                condition=models.Q(("born_estimated", False), ("born_on__isnull", False), _connector="OR"),
            ),
        ),
    ]
