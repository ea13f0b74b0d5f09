"""Every row of every scheme that ships is tested as its sort asks: a threshold where it turns, a price by its dates."""

from pathlib import Path

import pytest

from performance.pbr.rules import price_on
from tests.performance.pbr.edge_kinds import KINDS
from tests.performance.pbr.edges import WORLDS
from tests.performance.pbr.later import DAY

ROWS = [(world, row) for world in WORLDS.values() for row in world.scheme.rows.values()]
HERE = Path(__file__).parent
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_rules*.py"))
OF_RUNS = "\n".join(path.read_text(encoding="utf-8") for path in (HERE.parent / "claims").glob("test_*.py"))


def of(sort: str):
    found = [pytest.param(world, row, id=row.id) for world, row in ROWS if row.sort == sort]
    return pytest.mark.parametrize(("world", "row"), found)


@of("threshold")
def test_a_threshold_turns_where_its_row_says(world, row):
    assert row.kind in KINDS, f"{row.id} has no test of its kind"
    asked, needed = KINDS[row.kind]
    edges = list(asked(row, world))
    assert set(needed) <= {edge.label for edge in edges}
    assert [(edge.label, edge.found) for edge in edges] == [(edge.label, edge.expected) for edge in edges]


@of("price")
def test_a_price_counts_from_its_first_day_to_its_last(world, row):
    if row.kind == "fundable_share":
        assert "P1-M-3:" in TESTS
        return
    days = (row.starts_on - DAY, row.starts_on, row.ends_on, row.ends_on + DAY)
    found = [price_on(world.scheme, row.group, day) is row for day in days]
    assert found == [False, True, True, False]


@of("process")
def test_a_process_is_asked_by_a_check_that_names_it(world, row):
    """In a test of the engine, or of the claim that asks what takes more than one family's facts."""
    assert row.id in TESTS or row.id in OF_RUNS or row.id in OF_THE_CLAIM


OF_THE_CLAIM = {
    # What a claim run asks of people, plans and other runs: performance/claims.
    "P1-C-1", "P1-C-2", "P1-C-7", "P1-M-2", "P2-P-1", "P2-A-2",
}  # fmt: skip


def test_the_rows_stand_under_one_of_four_sorts():
    assert {row.sort for _, row in ROWS} == {"threshold", "price", "process", "context"}
