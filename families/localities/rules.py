"""Postcodes: how they are written, and the longest known prefix."""

import re
from collections.abc import Mapping

SHAPE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])([A-Z]{2})$")


def written(postcode: str) -> str | None:
    """Return the postcode as it should be written ("LE11 2AB"), or None when it is not one."""
    found = SHAPE.match(postcode.strip().upper())
    return f"{found[1]} {found[2]}{found[3]}" if found else None


def locality_of(postcode: str, districts: Mapping[str, int]) -> int | None:
    """Return the locality whose prefix matches most of the postcode, or None when none does. LE1 is not LE11."""
    code = written(postcode) or ""
    whole_district = code.find(" ")
    return next((districts[code[:n]] for n in range(len(code), whole_district - 1, -1) if code[:n] in districts), None)
