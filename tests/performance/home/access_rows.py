"""Everybody has a day; what stands on it is read with their rights."""

from slf.access.rules import Role
from tests.access_table import Row, all_of

ROWS = [Row("home", get=all_of(*Role))]
