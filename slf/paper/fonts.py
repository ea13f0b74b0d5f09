"""The letters of our documents: Arimo, as wide as Arial, from an installed package and never from the machine.

PDF/UA refuses a character that its font does not have, and families' own words come from telephones: whatever
cannot be printed is made printable first, so that one smiling face never costs a family its plan.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import fontpkg_arimo
import typst

FAMILY = "Arimo"
FOLDER = fontpkg_arimo.ROOT / "files"
REGULAR = FOLDER / "Arimo[wght].ttf"
MISSING = "\N{WHITE SQUARE}"
KEPT = frozenset("\n\t")
NEVER_SEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, and marks that only turn other letters round
RIDING = frozenset({"Mn", "Me"})  # accents on the letter before


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def printable(value: Any) -> Any:
    """Return the same value with every text in it made of characters the font has."""
    if isinstance(value, str):
        return "".join(as_printed(character) for character in value)
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    return value


def as_printed(character: str) -> str:
    """Drop what nobody sees, keep what the font has, and show a square for the rest."""
    if character in KEPT:
        return character
    if (category := unicodedata.category(character)) in NEVER_SEEN:
        return ""
    if ord(character) in characters():
        return character
    return "" if category in RIDING else MISSING


@cache
def characters() -> frozenset[int]:
    """Return the code points of the font, read from its character map."""
    font = REGULAR.read_bytes()
    start = table_offset(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for record in range(count):
        offset = start + struct.unpack_from(">I", font, start + 8 + record * 8)[0]
        if struct.unpack_from(">H", font, offset)[0] == SEGMENTS:
            found.update(segments(font, offset))
    return frozenset(found - {0xFFFF})


SEGMENTS = 4  # the format of a character map that every font for Windows has


def table_offset(font: bytes, tag: bytes) -> int:
    """Return where a table of the font begins."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + index * 16) for index in range(tables))
    return next(offset for name, _, offset, _ in records if name == tag)


def segments(font: bytes, offset: int) -> Iterator[int]:
    """Yield the code points of a character map made of segments: their ends, then their starts."""
    doubled = struct.unpack_from(">H", font, offset + 6)[0]
    ends = struct.unpack_from(f">{doubled // 2}H", font, offset + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, offset + 16 + doubled)
    for start, end in zip(starts, ends, strict=True):
        yield from range(start, end + 1)
