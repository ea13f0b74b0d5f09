import pytest

from slf.access.rules import OPENS, RecordClass, Role
from slf.accounts.roles import acts_of_posts, parts_of_records
from slf.accounts.rules import (
    RECORD_NAMES,
    Limits,
    Seat,
    Sitting,
    counts_as_activity,
    groups_in,
    seats,
    wants_page,
)

MINUTE, HOUR = 60, 3600
OFFICE = Limits(idle=30 * MINUTE, absolute=12 * HOUR)
NINE = 1_000_000.0


def sitting(*, active: float = 0, limits: Limits = OFFICE) -> Sitting:
    return Sitting(signed_in_at=NINE, active_at=NINE + active, limits=limits)


class TestASitting:
    @pytest.mark.parametrize(
        ("active", "now", "over"),
        [
            pytest.param(0, 29 * MINUTE, False, id="goes on before half an hour"),
            pytest.param(0, 30 * MINUTE, True, id="ends after half an hour without activity"),
            pytest.param(20 * MINUTE, 49 * MINUTE, False, id="counts from the last activity"),
            pytest.param(12 * HOUR - 1, 12 * HOUR, True, id="ends after twelve hours however active"),
        ],
    )
    def test_end(self, active, now, over):
        assert sitting(active=active).is_over(NINE + now) is over

    def test_tells_how_long_is_left(self):
        assert sitting(active=10 * MINUTE).seconds_left(NINE + 15 * MINUTE) == 25 * MINUTE

    def test_cannot_be_stretched_at_the_end_of_the_day(self):
        late = sitting(active=12 * HOUR - 10 * MINUTE)
        assert late.may_stay(NINE + 12 * HOUR - 3 * MINUTE)
        assert not late.may_stay(NINE + 12 * HOUR - MINUTE)

    def test_notes_activity_once_a_minute(self):
        assert not sitting().should_note(NINE + 59)
        assert sitting().should_note(NINE + 60)

    def test_warns_two_minutes_before_and_sooner_when_it_is_short(self):
        assert OFFICE.warning == 2 * MINUTE
        assert Limits(idle=MINUTE, absolute=HOUR).warning == 30


class TestARequest:
    @pytest.mark.parametrize(
        ("headers", "page"),
        [
            pytest.param({"Accept": "text/html,*/*", "Sec-Fetch-Mode": "navigate"}, True, id="somebody opening a page"),
            pytest.param({}, True, id="a plain client"),
            pytest.param({"Accept": "text/html", "HX-Request": "true"}, False, id="htmx"),
            pytest.param({"Accept": "*/*", "Sec-Fetch-Mode": "cors"}, False, id="fetch"),
            pytest.param({"Accept": "application/json"}, False, id="a program"),
            pytest.param({"X-SLF-Poll": "1"}, False, id="polling"),
        ],
    )
    def test_wants_a_page(self, headers, page):
        assert wants_page(headers) is page

    def test_by_a_polling_page_is_no_activity(self):
        assert counts_as_activity({"HX-Request": "true"})
        assert not counts_as_activity({"X-SLF-Poll": "1"})


class TestGroupsOfTheDirectory:
    TABLE = {"g1": {"role": "fsw", "locality": "charnwood"}, "g2": {"role": "head"}}

    def test_mean_the_posts_in_the_table(self):
        assert seats({"g1", "g2", "staff"}, self.TABLE) == {Seat(Role.FSW, "charnwood"), Seat(Role.HEAD)}

    def test_mean_nothing_outside_the_table(self):
        assert seats({"staff"}, self.TABLE) == frozenset()

    def test_may_be_empty(self):
        assert groups_in({"groups": []}) == frozenset()

    def test_are_unknown_when_the_directory_points_elsewhere_for_them(self):
        assert groups_in({"_claim_names": {"groups": "src1"}}) is None


class TestWhoMayDoWhat:
    def test_names_every_part_of_a_record(self):
        assert set(RECORD_NAMES) == set(RecordClass)

    def test_says_the_same_as_the_table_the_doors_ask(self):
        lines = {line.name: line.words for line in parts_of_records(mine=[])}
        for role in Role:
            opened = [RECORD_NAMES[c] for c in RecordClass if c in OPENS[role].read]
            assert lines[role.label] == (opened or ["nothing of any family"])

    def test_marks_what_is_mine(self):
        mine = {line.name for line in acts_of_posts(mine=["admin"]) if line.mine}
        assert mine == {
            "Give and end posts", "Keep lists, such as the services to signpost to",
            "Propose and confirm settings: clocks, numbers, reasons",
        }  # fmt: skip
