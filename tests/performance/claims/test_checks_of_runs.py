"""The checks of a run as a whole, by number; those of its lines are in `test_checks.py`."""

from datetime import date

import pytest

from performance.claims.checks import State, check_run
from performance.claims.checks.run import Run
from tests.performance.pbr.story import CONFIRMED, P1

PASSED, BLOCKS, WARNS, NOT_KNOWN, NOT_ASKED = State


def run(**more) -> Run:
    usual = {"scheme": CONFIRMED, "claim_on": date(2014, 10, 15), "preparer": 1, "auditor": 2, "passed": True,
             "claims": 20, "earlier": (20, 18)}  # fmt: skip
    return Run(**usual | more)


def of_run(number: int, **more) -> State:
    (found,) = (each for each in check_run(run(**more)) if each.check.number == number)
    return found.state


def test_check_20_passes_a_run_that_somebody_else_audited():
    assert of_run(20) is PASSED


def test_check_20_blocks_a_run_that_nobody_passed_or_the_preparer_sampled():
    assert of_run(20, passed=False) is BLOCKS
    assert of_run(20, auditor=1) is BLOCKS


def test_check_22_passes_a_day_in_an_open_window():
    assert of_run(22) is PASSED


def test_check_22_blocks_a_day_after_the_last_payment():
    assert of_run(22, claim_on=date(2015, 6, 1)) is BLOCKS


def test_check_22_is_not_known_while_the_window_has_no_source():
    assert of_run(22, scheme=P1) is NOT_KNOWN


@pytest.mark.parametrize(("attached", "state"), [(75, PASSED), (74, WARNS)])
def test_check_23_passes_from_75_percent_on(attached, state):
    assert of_run(23, attached=attached, pledged=100) is state


def test_check_23_warns_below_75_percent_and_is_not_known_without_a_pledge():
    assert of_run(23, attached=0, pledged=100) is WARNS
    assert of_run(23, attached=900) is NOT_KNOWN


@pytest.mark.parametrize(("claims", "state"), [(150, PASSED), (151, WARNS)])
def test_check_24_passes_up_to_half_more_than_usual(claims, state):
    assert of_run(24, claims=claims, earlier=(90, 110)) is state


def test_check_24_warns_of_a_jump_and_is_not_known_of_a_first_run():
    assert of_run(24, claims=400, earlier=(100,)) is WARNS
    assert of_run(24, earlier=()) is NOT_KNOWN
    assert of_run(24, claims=None) is NOT_KNOWN
