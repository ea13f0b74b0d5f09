"""Postcodes: how they are written, and the longest known prefix."""

import re
from collections.abc import Mapping

AREA = re.compile(r"^[A-Z]{1,2}")
SHAPE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])([A-Z]{2})$")


COUNTY_AREAS = frozenset({"B", "CV", "DE", "LE", "NG", "PE"})
"""The letters that postcodes of Leicestershire begin with. Source: postcode areas that touch the county."""


def written(postcode: str) -> str | None:
    """Return the postcode as it should be written ("LE11 2AB"), or None when it is not one."""
    found = SHAPE.match(postcode.strip().upper())
    return f"{found[1]} {found[2]}{found[3]}" if found else None


def may_be_here(postcode: str) -> bool:
    """Tell whether a postcode can be one of the county; of most that we do not know the letters say no."""
    return area_of(postcode) in COUNTY_AREAS


def area_of(postcode: str) -> str:
    """Return the letters a postcode begins with: "SW" of "SW1A 1AA"."""
    found = AREA.match(written(postcode) or "")
    return found[0] if found else ""


def locality_of(postcode: str, districts: Mapping[str, int]) -> int | None:
    """Return the locality whose prefix matches most of the postcode, or None when none does. LE1 is not LE11."""
    code = written(postcode) or ""
    whole_district = code.find(" ")
    return next((districts[code[:n]] for n in range(len(code), whole_district - 1, -1) if code[:n] in districts), None)
