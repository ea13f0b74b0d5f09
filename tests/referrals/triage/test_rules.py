import pytest

from referrals.triage.rules import Clock


class TestTheClock:
    @pytest.mark.parametrize(
        ("left", "words", "tone"),
        [
            (4, "Due in 4 working days", "waiting"),
            (1, "Due in 1 working day", "attention"),
            (0, "Due today", "attention"),
            (-1, "Overdue by 1 working day", "late"),
            (-3, "Overdue by 3 working days", "late"),
        ],
    )
    def test_says_how_long_is_left(self, left, words, tone):
        clock = Clock(waited=5 - left, left=left)
        assert (clock.words, clock.tone) == (words, tone)
