from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of

SEE = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD)
ROWS = [
    Row("performance:dashboard", get=SEE),
    Row("api-figures", get=SEE),
    Exempt("performance:figure", "The list of a figure: tests/performance/outcomes/test_figures.py walks every one."),
    Exempt("performance:figure_csv", "The same list as a file: tests/performance/outcomes/test_figures.py."),
]
