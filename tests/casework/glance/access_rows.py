"""The card is for everyone in the locality; what the page shows beyond it is the record's."""

from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.visits.access_rows import of_family

CARD = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA, Role.BUSINESS)
LISTS = CARD | all_of(Role.AUDITOR, Role.REFERRER, Role.SRO)
ROWS = [
    Row("families:family", subject=of_family, get=CARD),
    Row("api-family", subject=of_family, get=CARD),
    Row("families:list", get=LISTS),
    Row("casework:my_families", get=LISTS),
    Row("api-families", get=all_of(*Role)),
]
