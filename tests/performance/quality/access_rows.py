from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of

SEE = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD)
ROWS = [
    Row("performance:quality", get=SEE),
    Row("api-quality", get=SEE),
    Exempt("performance:quality_gap", "The list of a figure: tests/performance/quality/test_pages.py walks every one."),
    Exempt("api-quality-gap", "The same list for programs: tests/performance/quality/test_pages.py."),
]
