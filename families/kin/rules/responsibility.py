"""Parental responsibility: who has it for whom, and by what."""

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    HELD = "held"
    NOT_HELD = "not_held"
    NOT_KNOWN = "not_known"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.HELD: "Has parental responsibility",
    Standing.NOT_HELD: "Does not have it",
    Standing.NOT_KNOWN: "Not known",
}
ORDERS = frozenset({"order", "arrangements", "guardian_order", "care_order", "placement", "adoption"})
"""Reasons for which there is a court's order to name."""
GROUNDS: Mapping[str, str] = {
    "mother": "Mother, from birth",
    "married": "Married to the mother, or her civil partner, at the birth or since",
    "registered": "Named on the birth certificate since 1 December 2003",
    "agreement": "Agreement with the mother",
    "order": "Parental responsibility order",
    "arrangements": "Residence or child arrangements order: lives with",
    "guardian_order": "Special guardianship order",
    "testament": "Guardian named by a parent who has died",
    "adoption": "Adoption order",
    "care_order": "Care order: the local authority",
    "placement": "Placement order: the adoption agency",
    "not_known": "Not known",
}
"""Children Act 1989, sections 2 to 5, 12, 14C and 33; Adoption and Children Act 2002, sections 25 and 46."""
NOT_KNOWN = "not_known"
OF_AN_AUTHORITY = frozenset({"care_order", "placement"})
