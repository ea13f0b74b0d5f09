from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0004_begun_again")]
    operations = [
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                name="families_person_estimate_has_a_date",
                condition=models.Q(("born_estimated", False), ("born_on__isnull", False), _connector="OR"),
            ),
        ),
    ]
