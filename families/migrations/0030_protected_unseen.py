"""What is protected is changed by those alone who are told it."""

from django.db import migrations

from families.addresses import sql


class Migration(migrations.Migration):
    dependencies = [("families", "0029_out_of_a_restricted_family")]

    operations = [migrations.RunSQL(sql.CHANGED_IN_CONFIDENCE, sql.CHANGED_UNSEEN)]
