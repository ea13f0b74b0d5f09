from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of

ROWS = [
    Row("web:components", get=all_of(*Role)),
    Exempt("web:healthz", "Says that the process is up; asks nobody and knows nobody."),
    Exempt("web:readyz", "Says whether the database and the broker answer; shows no row."),
]
