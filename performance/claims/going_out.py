"""By which addresses a claim leaves the service: the report on a family says when one of its claims did."""

from families.register.rules import Purpose
from families.shown.rules import DCLG, What
from families.shown.sources import Door

FRAMEWORK = "The lawful basis of claiming for results"
DOORS = (
    Door("%/claims/%/submission.csv", DCLG, What.CLAIM, "Submission file, as CSV", FRAMEWORK, Purpose.CLAIM),
    Door("%/claims/%/submission.xlsx", DCLG, What.CLAIM, "Submission file, as a spreadsheet", FRAMEWORK, Purpose.CLAIM),
    Door("%/claims/packs/%/pack.pdf", DCLG, What.CLAIM, "Spot-check pack, as one page", FRAMEWORK, Purpose.CLAIM),
    Door("%/claims/packs/%/pack.zip", DCLG, What.CLAIM, "Spot-check pack", FRAMEWORK, Purpose.CLAIM),
    Door("%/claims/judged/%/case.json", DCLG, What.EXPORT, "The case that was judged", FRAMEWORK, Purpose.CLAIM),
)
