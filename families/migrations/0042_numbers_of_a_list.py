from django.db import migrations

from families.numbers import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """The numbers of a list are asked about in their order, as if somebody typed them."""

    dependencies = [("families", "0041_register_by_who_keeps_it")]

    operations = [RunFunctions(sql.ALL_OF_A_LIST, sql.NONE_OF_A_LIST)]
