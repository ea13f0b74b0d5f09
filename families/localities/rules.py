"""Postcodes: how they are written, and which of them can be the county's. No Django here."""

import re
from collections.abc import Mapping
from enum import StrEnum

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


ONS_DISTRICTS: Mapping[str, str] = {
    "E07000129": "blaby",
    "E07000130": "charnwood",
    "E07000131": "harborough",
    "E07000132": "hinckley-and-bosworth",
    "E07000133": "melton",
    "E07000134": "north-west-leicestershire",
    "E07000135": "oadby-and-wigston",
}
"""The county's districts by their ONS code. Source: ONS Register of Geographic Codes."""


class How(StrEnum):
    """By what a postcode was found."""

    POSTCODE = "postcode"  # it stands in the directory
    DISTRICT = "district"  # its outward code or sector lies in one place
    LETTERS = "letters"  # no postcode of the county begins so
    UNKNOWN = "unknown"


def not_in_county(postcode: str) -> str:
    """Return what is said of a postcode elsewhere in the country."""
    return f"{postcode} is not in Leicestershire"
