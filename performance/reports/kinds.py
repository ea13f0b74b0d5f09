"""The kinds of report there are."""

from collections.abc import Mapping

from performance.reports import judged, reading
from performance.reports.asking import Kind
from performance.reports.rules import claims, cohort, figures, jumps, money, national, results
from slf.access.rules import RecordClass

CLAIMS = Kind(
    "claims", "Claims by locality and route",
    "How many claims were made for each result in each locality, and what they are worth.",
    RecordClass.CLAIM, reading.claims_by_locality, claims.by_locality,
)  # fmt: skip
MONEY = Kind(
    "money", "Money claimed, paid and outstanding",
    "What each claim run asks for, what was paid for it, and what is still owed.",
    RecordClass.CLAIM, reading.money_by_run, money.by_run, county_only=True,
)  # fmt: skip
RESULTS = Kind(
    "results", "Results met",
    "How many families met each result a scheme pays for, and how many of those were claimed, by locality.",
    RecordClass.CLAIM, judged.results_met, results.by_result,
)  # fmt: skip
COHORT = Kind(
    "cohort", "Families against the pledge",
    "How many families were attached in each year, against the number pledged, and what their attachment brings.",
    RecordClass.CLAIM, judged.families_by_year, cohort.by_year, county_only=True,
)  # fmt: skip
JUMPS = Kind(
    "jumps", "Unusual jumps of claims",
    "Runs that claim many more results than earlier runs of their scheme, in the county or in one locality.",
    RecordClass.CLAIM, reading.claims_against_earlier, jumps.against_earlier,
)  # fmt: skip
RETURN = Kind(
    "return", "National return",
    "At least one family in ten by a reference made for the return: no names, no dates of birth, no addresses.",
    RecordClass.CLAIM, judged.families_of_the_return, national.by_family, county_only=True,
)  # fmt: skip
FIGURES = Kind(
    "figures", "Figures of the dashboard",
    "Demand, caseload, visits and outcomes as the dashboard counts them, kept as they are on the day it is made.",
    RecordClass.SUPERVISION, judged.figures, figures.as_figures, of_a_day=True,
)  # fmt: skip
KINDS: Mapping[str, Kind] = {
    kind.code: kind for kind in (CLAIMS, MONEY, RESULTS, COHORT, JUMPS, RETURN, FIGURES)
}  # fmt: skip
KIND_CHOICES = [(kind.code, kind.title) for kind in KINDS.values()]
