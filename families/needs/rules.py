"""The 13 common issues of the 2012 locality information pack, and the bands drawn from how many a family has."""

from collections.abc import Mapping
from dataclasses import dataclass

NEEDS: Mapping[str, str] = {
    "services": "Confusing landscape of public services",
    "housing": "Poor or overcrowded housing, homelessness",
    "high_risk_behaviour": "High risk behaviours, including substance misuse",
    "poverty": "Poverty, including debt and unemployment",
    "health": "Health, including mental health and disability",
    "crime": "Crime, offending and experience of it",
    "education": "Lack of education or attainment",
    "domestic_violence": "Domestic violence",
    "parenting": "Poor parenting",
    "relationships": "Difficulties maintaining relationships",
    "resilience": "Lack of resilience",
    "choice": "Lack of or limited choice and control",
    "aspiration": "Low aspirations, little sense of social mobility",
}
SOURCE = "Locality Proposals Information Pack, 10 October 2012, Common Issues for Families"


@dataclass(frozen=True)
class Band:
    """How many different needs make a band, both ends included."""

    code: str
    label: str
    fewest: int
    source: str


BANDS = (
    Band("complex", "Complex", 5, SOURCE),
    Band("at_risk", "At risk", 2, SOURCE),
    Band("single", "One need", 1, SOURCE),
    Band("none", "No need recorded", 0, SOURCE),
)


def band_for(count: int) -> Band:
    """Return the band for a number of different open needs."""
    return next(band for band in BANDS if count >= band.fewest)


CONCERNS: Mapping[str, str] = {
    "domestic_violence": "domestic violence",
    "health": "mental health",
    "high_risk_behaviour": "substance misuse",
    "housing": "unstable housing",
}
"""Needs that are a local concern in the payment-by-results rules (row P1-ID-4a: example, to be confirmed)."""
