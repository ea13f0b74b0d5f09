from performance.claims import sql_reviews
from performance.identification import sql as identification
from performance.reports.sql import OF_CLAIMS_TO_THE_OFFICE
from performance.warnings import sql as warnings
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """Keep what tells of the county's claims to the office, and delete whom identification found, in sight or not."""

    dependencies = [
        ("performance", "0018_history_of_runs"),
        ("slf", "0040_looks_of_identification"),
    ]

    operations = [
        RunFunctions(sql_reviews.LINES, "select 1"),
        RunFunctions(sql_reviews.RUN_AS_A_WHOLE, "select 1"),
        RunFunctions(OF_CLAIMS_TO_THE_OFFICE, "select 1"),
        RunFunctions(identification.DELETE, identification.NO_DELETE),
        RunFunctions(warnings.NOT_WHO_KNOWS, warnings.KNOWN_OR_NOT),
    ]
