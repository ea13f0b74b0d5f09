"""A star as a sheet: one row for the star, one for each area, one for each stage. ``docs/stars.md`` shows one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from casework.stars import rules
from families.hub.files import decoded, records
from families.hub.rules import BadFile

COLUMNS = ("what", "name", "from", "to", "words")
STAR, AREA, STAGE = "star", "area", "stage"
LONGEST = {STAR: 80, AREA: 40, STAGE: 40}
LONGEST_WORDS = 200
HIGHEST_MARK = 100
MOST_ROWS = 200
EXAMPLE = """what,name,from,to,words
star,Star for young people,1,10,
area,School,,,How do you get on at school?
area,Friends,,,Who do you spend your time with?
area,Home,,,What is it like at home?
stage,Not yet,1,5,It gets in my way.
stage,Getting there,6,10,It mostly works.
"""


@dataclass(frozen=True)
class Row:
    """One line of the sheet."""

    line: int
    what: str
    name: str
    lowest: str
    highest: str
    words: str

    def refuse(self, why: str) -> BadFile:
        return BadFile(f"Line {self.line}: {why}")

    def scale(self) -> tuple[int, int]:
        """Return from and to as whole numbers."""
        given = (self.lowest, self.highest)
        if not all(end.isdecimal() and int(end) <= HIGHEST_MARK for end in given):
            raise self.refuse(f"“from” and “to” are whole numbers up to {HIGHEST_MARK}.")
        return int(self.lowest), int(self.highest)


def star_in(content: bytes) -> rules.Tool:
    """Return the star that a CSV file or typed lines hold, as version 1; raise ``BadFile`` when they hold none."""
    rows = list(rows_of(content))
    stars = [row for row in rows if row.what == STAR]
    if len(stars) != 1:
        message = f"The sheet needs one row “star” with the name and the scale. It has {len(stars)}."
        raise BadFile(message)
    lowest, highest = stars[0].scale()
    tool = rules.Tool(
        slugify(stars[0].name)[:40], 1, stars[0].name, lowest, highest,
        tuple(rules.Area(slugify(row.name)[:40], row.name, row.words) for row in rows if row.what == AREA),
        tuple(rules.Stage(*row.scale(), row.name, row.words) for row in rows if row.what == STAGE),
    )  # fmt: skip
    if problems := rules.problems_with_tool(tool):
        raise BadFile(" ".join(problems))
    return tool


def rows_of(content: bytes) -> Iterator[Row]:
    found = records(decoded(content))
    _, head = next(found, (1, []))
    if tuple(name.strip().casefold() for name in head) != COLUMNS:
        message = f"The first line names the columns: {','.join(COLUMNS)}."
        raise BadFile(message)
    for number, (line, cells) in enumerate(found):
        if number >= MOST_ROWS:
            message = f"The sheet has more than {MOST_ROWS} rows."
            raise BadFile(message)
        if any(cell.strip() for cell in cells):
            yield row_of(line, [cell.strip() for cell in cells])


def row_of(line: int, cells: list[str]) -> Row:
    cells = [*cells, "", "", "", "", ""] if len(cells) < len(COLUMNS) else cells
    row = Row(line, cells[0].casefold(), *cells[1:5])
    if any(cells[5:]):
        raise row.refuse("there are more cells than columns. Put words that hold a comma into quotation marks.")
    if row.what not in LONGEST:
        raise row.refuse("the first cell says what the row is: star, area or stage.")
    if not slugify(row.name) or len(row.name) > LONGEST[row.what]:
        raise row.refuse(f"the name has 1 to {LONGEST[row.what]} characters, a letter or a number among them.")
    if row.what != STAR and not 0 < len(row.words) <= LONGEST_WORDS:
        raise row.refuse(f"the words have 1 to {LONGEST_WORDS} characters.")
    return row
