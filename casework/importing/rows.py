"""A row that was kept, read again."""

from casework.importing.models import ImportRow
from casework.importing.rules.columns import Sheet
from casework.importing.rules.reading import Line, read_line
from slf.clock import today


def line_of(row: ImportRow) -> Line:
    return read_line(Sheet(row.sheet), row.number, row.raw, today=today())
