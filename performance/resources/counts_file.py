"""Reads counts of families per locality from CSV (the format is `docs/apportion.md`), or says what is wrong with it."""

import csv
from collections.abc import Iterable, Iterator

from performance.resources.rules import Families

COLUMNS = ("locality", "complex", "at_risk")
TOTALS = {"all", "total", "totals", "county", "leicestershire"}
MOST_LOCALITIES = 1_000
MOST_FAMILIES = 10_000_000


class BadCounts(ValueError):
    """The counts cannot be used. Each problem is a sentence with its line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def read_counts(content: bytes) -> list[Families]:
    problems: list[str] = []
    families = [_families(line, row, problems) for line, row in _rows(_text(content), problems)]
    names = [each.locality.casefold() for each in families]
    problems += [f'"{each.locality}" is there twice.' for each, name in _again(families, names)]
    if not problems and not any(each.all for each in families):
        problems.append("The file counts no families, so there is nothing to share out by.")
    if problems:
        raise BadCounts(problems)
    return families


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadCounts([f"Line {line} is not UTF-8 text. Save the file as CSV UTF-8."]) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadCounts([f"Line {line} holds a NUL character: this is not a CSV file."])
    return text


def _rows(text: str, problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        _check_header(header)
        for number, cells in enumerate((cells for cells in reader if any(cell.strip() for cell in cells)), start=1):
            if number > MOST_LOCALITIES:
                raise BadCounts([f"The file has more than {MOST_LOCALITIES:,} localities."])
            if len(cells) != len(header):
                problems.append(f"Line {reader.line_num} has {len(cells)} cells; the header has {len(header)}.")
            else:
                yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise BadCounts([f"Line {reader.line_num} cannot be read as CSV: {error}."]) from error


def _check_header(header: list[str]) -> None:
    if not header:
        raise BadCounts(["The file is empty."])
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise BadCounts([f"The first line has to name the columns locality, complex and at_risk; {_listed(missing)}."])
    if len(set(header)) != len(header):
        raise BadCounts(["The first line names a column twice."])


def _listed(missing: list[str]) -> str:
    return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"


def _families(line: int, row: dict[str, str], problems: list[str]) -> Families:
    before = len(problems)
    locality = _locality(line, row["locality"], problems)
    complex_, at_risk = (_number(line, row, name, problems) for name in COLUMNS[1:])
    families = Families(locality, complex_, at_risk)
    if row.get("all") and len(problems) == before and _number(line, row, "all", problems) != families.all:
        problems.append(f"Line {line}: all is {row['all']}, but complex and at_risk add up to {families.all}.")
    return families


def _locality(line: int, name: str, problems: list[str]) -> str:
    if not name:
        problems.append(f"Line {line} has no locality.")
    elif name[0] in "=+-@":
        problems.append(f'Line {line}: "{name}" begins like a spreadsheet formula; write the locality\'s name.')
    elif not name.isprintable():
        problems.append(f"Line {line}: the locality's name holds a character that cannot be printed.")
    elif name.casefold() in TOTALS:
        problems.append(f'Line {line}: "{name}" is a total; leave it out, the totals are worked out.')
    return name


def _number(line: int, row: dict[str, str], name: str, problems: list[str]) -> int:
    text = row[name]
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_FAMILIES)) and int(text) <= MOST_FAMILIES:
        return int(text)
    problems.append(f'Line {line}: {name} has to be a whole number from 0, like 1066, not "{text[:40]}".')
    return 0


def _again(families: list[Families], names: list[str]) -> Iterator[tuple[Families, str]]:
    seen = set[str]()
    for each, name in zip(families, names, strict=True):
        if name and name in seen:
            yield each, name
        seen.add(name)
