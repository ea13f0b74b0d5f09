"""What is protected is changed by those alone who are told it."""

from django.db import migrations

from families.addresses import sql


class Migration(migrations.Migration):
    dependencies = [("families", "0031_person_merge")]

    operations = [migrations.RunSQL(sql.CHANGED_IN_CONFIDENCE, sql.CHANGED_UNSEEN)]
