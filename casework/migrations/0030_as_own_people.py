from django.db import migrations

from casework.interventions import sql as interventions
from casework.own_page import sql as own_page
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Own pages and help given name somebody entered twice as they are entered in the family it stands in."""

    dependencies = [("casework", "0029_lone_working"), ("families", "0048_why_restricted")]

    operations = [
        RunFunctions(
            [*own_page.OWN_PEOPLE, *interventions.OWN_PEOPLE],
            own_page.ANY_PEOPLE + interventions.ANY_PEOPLE,
        )
    ]
