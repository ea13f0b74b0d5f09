"""The payment-by-results engine: pure, three-valued, without Django or a database.

    judgement = judge(scheme, household, facts, on, terms)

Start at `judging.py`; the shapes it takes are in `shapes.py`, what it returns in `judgement.py`.
"""

from performance.pbr.rules.answers import Answer, Finding, Step, all_of, any_of, at_least
from performance.pbr.rules.choosing import scheme_of, scheme_on
from performance.pbr.rules.judgement import ENGINE, Block, Component, Judgement, in_words
from performance.pbr.rules.judging import judge
from performance.pbr.rules.money import (
    claim_window_on,
    cohort_income,
    cohort_share,
    fundable,
    is_behind,
    most_for_one_family,
    price_on,
    rounded,
    run_total,
)
from performance.pbr.rules.shapes import Fact, Household, Member, Period, Row, Scheme, Span, Term

__all__ = [
    "ENGINE",
    "Answer",
    "Block",
    "Component",
    "Fact",
    "Finding",
    "Household",
    "Judgement",
    "Member",
    "Period",
    "Row",
    "Scheme",
    "Span",
    "Step",
    "Term",
    "all_of",
    "any_of",
    "at_least",
    "claim_window_on",
    "cohort_income",
    "cohort_share",
    "fundable",
    "in_words",
    "is_behind",
    "judge",
    "most_for_one_family",
    "price_on",
    "rounded",
    "run_total",
    "scheme_of",
    "scheme_on",
]
