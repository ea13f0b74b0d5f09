"""By which address a report of single families leaves the service: the report on a family says when it did."""

from families.register.rules import Purpose
from families.shown.rules import DCLG, What
from families.shown.sources import Door

DOORS = (
    Door(
        "%/reports/%/others.%", DCLG, What.EXPORT, "National return, by a reference and without names",
        "The lawful basis of claiming for results", Purpose.CLAIM,
    ),
)  # fmt: skip
"""Reports that only count families name none in the view log, so nothing is said of them."""
