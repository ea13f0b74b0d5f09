from datetime import date, timedelta
from uuid import UUID

import pytest

from slf.work import rules


class TestArgumentsOfAJob:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            pytest.param(7, 7, id="a number"),
            pytest.param(
                UUID("0b4a2d1e-0000-4000-8000-000000000001"), "0b4a2d1e-0000-4000-8000-000000000001", id="an identifier"
            ),
            pytest.param(date(2014, 10, 15), "2014-10-15", id="a date"),
            pytest.param("P1", "P1", id="a short code"),
            pytest.param(None, None, id="nothing"),
            pytest.param([1, 2], [1, 2], id="several numbers"),
        ],
    )
    def test_are_references(self, given, kept):
        assert rules.as_arguments({"which": given}) == {"which": kept}

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param("x" * 201, id="a long text"),
            pytest.param({"name": "Ann"}, id="a record"),
            pytest.param(b"name,born", id="a file"),
            pytest.param(["ok", {"name": "Ann"}], id="a record in a list"),
        ],
    )
    def test_are_not_the_record_itself(self, given):
        with pytest.raises(TypeError, match="which is not a reference"):
            rules.as_arguments({"which": given})


class TestTryingAgain:
    def test_waits_longer_after_each_error(self):
        assert [rules.wait_after(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (5, 20, 80)]

    @pytest.mark.parametrize(("errors", "over"), [(0, False), (4, False), (5, True), (6, True)])
    def test_ends_after_five_errors(self, errors, over):
        assert rules.worn_out(errors) is over


class TestHowFarItIs:
    @pytest.mark.parametrize(
        ("done", "total", "percent"),
        [(0, 10, 0), (1, 3, 33), (10, 10, 100), (11, 10, 100), (5, None, None), (0, 0, None)],
    )
    def test_is_in_per_cent_when_the_total_is_known(self, done, total, percent):
        assert rules.percent(done, total) == percent


class TestTheLease:
    def test_outlives_three_lost_heartbeats(self):
        assert rules.HEARTBEAT * 3 < rules.LEASE
