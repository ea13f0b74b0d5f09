from django.db import migrations, models

# Where there is no date of birth, none was estimated.
NO_DATE_NO_ESTIMATE = """
    update families_person set born_estimated = false where born_estimated and born_on is null;
    set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0004_begun_again")]
    operations = [
        migrations.RunSQL(NO_DATE_NO_ESTIMATE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                name="families_person_estimate_has_a_date",
                condition=models.Q(("born_estimated", False), ("born_on__isnull", False), _connector="OR"),
            ),
        ),
    ]
