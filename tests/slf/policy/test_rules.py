from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slf.policy.rules import Number, ReasonList, Telephone, Ticks, WrongValue, code_for, in_force
from tests.slf.policy.factories import reasons

DAYS = Number("working days", 1, 60)
TABLE = Ticks({"parent": "Parent", "adult": "Other adult"}, {"yes": "Has it", "no": "Has none"})


@dataclass(frozen=True)
class Value:
    starts_on: date
    confirmed_at: datetime | None


BEGINNING, MOMENT = date(2014, 1, 1), datetime(2014, 1, 1, 12, tzinfo=UTC)
VALUES = st.builds(
    Value,
    st.integers(0, 30).map(lambda days: BEGINNING + timedelta(days=days)),
    st.none() | st.integers(0, 30).map(lambda hours: MOMENT + timedelta(hours=hours)),
)


class TestTheValueInForce:
    @given(st.lists(VALUES), st.integers(-2, 32))
    def test_is_the_last_confirmed_one_that_has_begun(self, values, days):
        on = BEGINNING + timedelta(days=days)
        found = in_force(values, on=on)
        begun = [value for value in values if value.confirmed_at and value.starts_on <= on]
        assert (found is None) == (not begun)
        assert all((v.starts_on, v.confirmed_at) <= (found.starts_on, found.confirmed_at) for v in begun)

    @given(st.lists(VALUES))
    def test_does_not_change_for_a_day_by_what_begins_later(self, values):
        on = BEGINNING + timedelta(days=15)
        assert in_force(values, on=on) == in_force([v for v in values if v.starts_on <= on], on=on)


class TestWhatASettingCanBe:
    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            pytest.param(DAYS, 0, id="fewer than the fewest"),
            pytest.param(DAYS, 61, id="more than the most"),
            pytest.param(DAYS, True, id="no number"),
            pytest.param(DAYS, "5", id="a number in letters"),
            pytest.param(Telephone(), "ring us", id="no telephone number"),
            pytest.param(Telephone(), "0116\n4960123", id="a number over two lines"),
            pytest.param(ReasonList(), [], id="no reason at all"),
            pytest.param(ReasonList(), [{"code": "a", "label": "A", "retired": True}], id="every reason retired"),
            pytest.param(ReasonList(), reasons(a="The same", b="the same"), id="two reasons in the same words"),
            pytest.param(ReasonList(), reasons(a=" "), id="a reason without words"),
            pytest.param(ReasonList(), [*reasons(a="A"), *reasons(a="B")], id="one code twice"),
            pytest.param(ReasonList(), [{"code": "a"}], id="a reason that says nothing"),
            pytest.param(ReasonList(), {"a": "A"}, id="no list"),
            pytest.param(TABLE, ["parent:maybe"], id="a box that is not there"),
            pytest.param(TABLE, [], id="no box"),
            pytest.param(TABLE, [["parent", "yes"]], id="a box in pieces"),
        ],
    )
    def test_is_nothing_else(self, kind, value):
        with pytest.raises(WrongValue):
            kind.check(value)

    def test_of_reasons_keeps_every_code_that_was_used(self):
        before = [reasons(moved="They moved", other="Another reason")]
        with pytest.raises(WrongValue, match="Retire a reason instead of removing it: moved"):
            ReasonList().check(reasons(other="Another reason"), before=before)
        ReasonList().check([{"code": "moved", "label": "Gone", "retired": True}, *reasons(other="X")], before=before)

    def test_of_a_list_shows_a_retired_reason_and_does_not_offer_it(self):
        read = ReasonList().read([{"code": "moved", "label": "They moved", "retired": True}, *reasons(other="Other")])
        assert (read.label("moved"), read.choices) == ("They moved", [("other", "Other")])

    def test_of_a_table_is_said_row_by_row(self):
        assert TABLE.words(["parent:yes", "parent:no", "adult:yes"]) == [
            "Parent: has it, has none",
            "Other adult: has it",
        ]


class TestTheCodeOfANewReason:
    @given(st.text(max_size=100), st.lists(st.text(max_size=100), max_size=20))
    def test_is_its_own_and_one_that_a_list_takes(self, label, others):
        codes: list[str] = []
        for words in [*others, label]:
            codes.append(code_for(words, taken=codes))
        assert len(set(codes)) == len(codes)
        ReasonList().check([{"code": code, "label": f"Reason {n}", "retired": False} for n, code in enumerate(codes)])

    def test_is_made_of_its_words(self):
        assert code_for("They moved away!", taken=[]) == "they_moved_a"
        assert code_for("They moved about", taken=["they_moved_a"]) == "they_moved2"
