from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slf.drafts.rules import Held, Verdict, Written, cleaned, digest, judge

ME, OTHER = uuid4(), uuid4()


def held(revision=3, writer=ME, seq=7, note="as it stands", *, closed=False):
    return Held(revision, writer, seq, digest(cleaned({"note": note})), is_closed=closed)


def written(base=3, writer=ME, seq=8, note="something else"):
    return Written(base, writer, seq, cleaned({"note": note}))


class TestAStateThatArrives:
    @pytest.mark.parametrize(
        ("state", "verdict"),
        [
            pytest.param(written(), Verdict.NEWER, id="the same page has written on"),
            pytest.param(written(base=2), Verdict.NEWER, id="the same page did not hear that its last was saved"),
            pytest.param(written(seq=7), Verdict.CONFLICT, id="the same count with other words"),
            pytest.param(written(seq=6), Verdict.CONFLICT, id="a lower count with other words"),
            pytest.param(written(seq=6, note="as it stands"), Verdict.SAME, id="late, but nothing else in it"),
            pytest.param(written(writer=OTHER, seq=1), Verdict.NEWER, id="another page that had read the newest"),
            pytest.param(
                written(writer=OTHER, base=2, seq=99), Verdict.CONFLICT, id="another page built on an older one"
            ),
            pytest.param(
                written(writer=OTHER, base=0, note="as it stands"), Verdict.SAME, id="elsewhere, the same words"
            ),
        ],
    )
    def test_is_newer_same_or_in_conflict(self, state, verdict):
        assert judge(held(), state) is verdict

    def test_never_changes_a_draft_that_was_sent(self):
        assert judge(held(closed=True), written()) is Verdict.CONFLICT
        assert judge(held(closed=True), written(note="as it stands")) is Verdict.SAME

    def test_fills_a_draft_nobody_has_written_in(self):
        assert judge(held(revision=0, writer=None, seq=0, note=""), written(base=0, seq=1)) is Verdict.NEWER


class TestWhatWasTyped:
    def test_is_the_same_however_its_lines_end(self):
        assert cleaned({"note": "one\r\ntwo"}) == cleaned({"note": ["one\ntwo"]})

    def test_loses_empty_answers_and_nothing_else(self):
        assert cleaned({"note": "  kept as typed ", "why": "", "kind": [""]}) == {"note": ["  kept as typed "]}

    @given(st.text())
    def test_can_always_be_kept_by_postgresql(self, typed):
        kept = "".join(cleaned({"note": typed}).get("note", [""]))
        assert "\x00" not in kept
        kept.encode()

    def test_survives_half_a_character(self):
        assert cleaned({"note": "a\ud83d"}) == {"note": ["a\ufffd"]}
