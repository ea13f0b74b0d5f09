"""Everybody may ask; what is found is what their posts show as a card."""

from slf.access.rules import Role
from tests.access_table import Row, all_of

ROWS = [Row("api-search", get=all_of(*Role))]
