from datetime import date, timedelta

import pytest

from casework.cases.rules import JOINT_VISIT_WITHIN, wrong_with_handover

ON = date(2014, 10, 15)


class TestAHandover:
    @pytest.mark.parametrize(
        ("must_know", "visit_on", "wrong"),
        [
            pytest.param("Ring first.", None, set(), id="needs no joint visit"),
            pytest.param("  ", None, {"must_know"}, id="says something"),
            pytest.param("Ring first.", ON, set(), id="may visit the same day"),
            pytest.param("Ring first.", ON - timedelta(days=1), {"joint_visit_on"}, id="does not visit beforehand"),
            pytest.param("Ring first.", ON + JOINT_VISIT_WITHIN, set(), id="visits soon"),
            pytest.param(
                "", ON + JOINT_VISIT_WITHIN + timedelta(days=1), {"must_know", "joint_visit_on"}, id="tells all at once"
            ),
        ],
    )
    def test_is_whole(self, must_know, visit_on, wrong):
        assert set(wrong_with_handover(must_know=must_know, joint_visit_on=visit_on, on=ON)) == wrong
