from performance.claims.record import sql
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """A claim run is told which progress somebody decided to be worth a goal."""

    dependencies = [
        ("performance", "0013_record"),
        ("casework", "0049_equivalents"),
    ]

    operations = [RunFunctions(sql.FORWARD, "select 1")]
