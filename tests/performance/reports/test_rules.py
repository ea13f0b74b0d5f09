from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from performance.reports.rules import Column, Holds, Table, as_content, for_others
from performance.reports.rules.claims import NOWHERE, Lines, by_locality
from performance.reports.rules.leaving import HIDDEN
from performance.reports.rules.tables import summed

COLUMNS = (
    Column("Locality", "Where."),
    Column("Families", "How many.", Holds.NUMBER, families=True),
    Column("Pounds", "Money.", Holds.POUNDS),
)


def content(*numbers: int) -> dict:
    rows = tuple((f"Place {n}", number, f"{number * 700}.00") for n, number in enumerate(numbers))
    return as_content(Table(COLUMNS, rows, summed(COLUMNS, rows)), {"least": 5})


class TestClaimsByLocality:
    def test_lines_of_one_place_scheme_and_result_are_added_up(self):
        lines = [
            Lines("P1", "Melton", "Result", is_claimed=True, number=2, amount=Decimal(1400)),
            Lines("P1", "Melton", "Result", is_claimed=False, number=1, amount=Decimal(700)),
            Lines("P1", "", "Result", is_claimed=True, number=1, amount=Decimal(700)),
            Lines("P1", "Blaby", "Result", is_claimed=True, number=3, amount=Decimal(2100)),
        ]
        table = by_locality(lines)
        assert [row[0] for row in table.rows] == ["Blaby", "Melton", NOWHERE]
        assert table.rows[1] == ("Melton", "P1", "Result", 1, 2, "1400.00")
        assert table.totals == ("Total", "", "", 1, 6, "4200.00")

    def test_nothing_is_a_table_without_totals(self):
        assert by_locality([]).totals == ()


class TestWhatMayLeave:
    def test_a_small_number_goes_with_its_money_and_the_line_that_would_tell_it(self):
        found = for_others(content(2, 40, 9))
        assert found["rows"] == [["Place 0", HIDDEN, HIDDEN], ["Place 1", 40, "28000.00"], ["Place 2", HIDDEN, HIDDEN]]
        assert found["totals"][1] == 51
        assert "below 5" in found["notes"][-1]

    def test_one_line_alone_loses_the_total_too(self):
        assert for_others(content(3))["totals"] == ["Total", HIDDEN, HIDDEN]

    def test_what_has_no_small_number_stays_as_it_is(self):
        assert for_others(content(5, 40, 0)) == content(5, 40, 0)

    def test_a_line_that_adds_up_others_goes_with_the_small_one_among_them(self):
        rows = (
            ("The county", 42, "0.00"),
            ("A", 40, "0.00"),
            ("B", 2, "0.00"),
            ("The county", 9, "0.00"),
            ("A", 9, ""),
        )
        found = for_others(as_content(Table(COLUMNS, rows, wholes=(0, 3)), {"least": 5}))
        assert [row[1] for row in found["rows"]] == [HIDDEN, 40, HIDDEN, 9, 9]

    @given(st.lists(st.integers(0, 30), max_size=8))
    def test_no_small_number_is_told_or_can_be_worked_out(self, numbers):
        found = for_others(content(*numbers))
        shown = [row[1] for row in found["rows"] if row[1] != HIDDEN]
        hidden = [number for row, number in zip(found["rows"], numbers, strict=True) if row[1] == HIDDEN and number]
        assert not any(0 < number < 5 for number in shown)
        if numbers and found["totals"][1] != HIDDEN:
            assert not hidden or (len(hidden) > 1 and sum(hidden) >= 5)
