from django.db import migrations

from casework.importing import sql as importing
from casework.transfers import sql as transfers
from slf.access.policies import RunFunctions
from slf.access.sql.own_name import any_names

TABLES = ("casework_transfer", "casework_importfile")


class Migration(migrations.Migration):
    """A family handed over and a list brought over name whoever did it."""

    dependencies = [("casework", "0016_numbers_of_a_list"), ("slf", "0025_in_own_name")]

    operations = [
        RunFunctions([transfers.OWN_NAMES, importing.OWN_NAMES], "".join(any_names(table) for table in TABLES))
    ]
