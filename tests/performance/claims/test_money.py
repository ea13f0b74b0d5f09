"""What a run comes to: rounded once, and the attachment fee by cohort beside it."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from performance.claims.frozen import freeze_scheme
from performance.claims.money import by_cohort, total_of
from performance.pbr.schemes import load


def run(version: str) -> SimpleNamespace:
    return SimpleNamespace(rules=freeze_scheme(load(version)))


def test_a_total_is_rounded_once_at_the_end():
    assert total_of(run("P2"), [Decimal("0.30")] * 5) == "£2"


@pytest.mark.parametrize(
    ("attached", "said"),
    [
        ([(date(2012, 7, 2), 1)], "1 eligible family counts for the attachment fee of the cohorts: £2,667 together."),
        ([(date(2012, 7, 2), 3), (date(2013, 7, 1), 3)], "6 eligible families count"),
        ([(date(2012, 7, 2), 1), (date(2013, 7, 1), 1)], "£4,667 together."),
    ],
)
def test_the_attachment_fee_is_by_cohort_at_the_rate_of_each_year(attached, said):
    assert said in by_cohort(run("P1"), attached)


def test_a_scheme_that_pays_nothing_for_beginning_says_nothing_of_it():
    assert by_cohort(run("SF"), [(date(2023, 1, 9), 4)]) == ""
    assert by_cohort(run("P1"), []) == ""
