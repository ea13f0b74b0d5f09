"""The questions and when they are asked, what changed, when it is due, who reads a print."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.assessments.reference import EXAMPLE, when
from casework.assessments.rules import (
    NOTHING,
    Act,
    Answer,
    Asked,
    Form,
    Question,
    Section,
    State,
    Tool,
    Whose,
    asked_of,
    due_on,
    may,
    missing,
    printed_for,
    problem_with,
    problems_with_tool,
    sections_for,
    side_by_side,
    tidied,
)
from slf.web.together import fingerprints, settle, still_untouched, touched

OWN, DEBT, WHOM = (
    Question("own", "Do you owe?", form=Form.CHOICE, options=(("yes", "Yes"), ("no", "No")), needed=True),
    Question("debt", "How much?", when=when("own", "yes"), needed=True),
    Question("whom", "To whom?", when=when("debt")),
)
CHILD = Question("school", "School?", asked=Asked.CHILDREN)
CODES = st.sampled_from(["a", "b", "c", "d"])
SAID = st.dictionaries(CODES, st.sampled_from(["", "x", "y"]))


def codes(questions):
    return [question.code for question in questions]


class TestAQuestion:
    def test_waits_for_its_answer_and_falls_away_with_it(self):
        assert codes(asked_of([OWN, DEBT, WHOM], {})) == ["own"]
        assert codes(asked_of([OWN, DEBT, WHOM], {"own": Answer("yes"), "debt": Answer("A lot")})) == [
            "own",
            "debt",
            "whom",
        ]
        assert codes(asked_of([OWN, DEBT, WHOM], {"own": Answer("no"), "debt": Answer("A lot")})) == ["own"]

    @pytest.mark.parametrize(("is_child", "asked"), [(True, ["school"]), (False, []), (None, ["school"])])
    def test_of_children_is_not_asked_of_adults(self, is_child, asked):
        assert codes(asked_of([CHILD], {}, is_child=is_child)) == asked

    def test_that_is_not_asked_is_not_missing(self):
        assert codes(missing([OWN, DEBT], {"own": Answer("no")})) == []
        assert codes(missing([OWN, DEBT], {"own": Answer("yes")})) == ["debt"]

    @pytest.mark.parametrize(("value", "fine"), [("yes", True), ("yes no", False), ("never", False), ("", True)])
    def test_takes_one_of_its_choices(self, value, fine):
        assert bool(problem_with(Answer(value), OWN)) is not fine


class TestATool:
    def test_that_is_shipped_is_right(self):
        assert problems_with_tool(EXAMPLE) == []

    @pytest.mark.parametrize(
        ("questions", "problem"),
        [
            ((DEBT,), "does not come before it"),
            ((OWN, Question("x", "X?", when=when("own", "perhaps"))), "cannot be given"),
            ((OWN, OWN), "same code"),
            ((Question("x", "X?", form=Form.CHOICE),), "has options"),
            ((), "asks something"),
        ],
    )
    def test_that_cannot_be_is_refused(self, questions, problem):
        tool = Tool("t", 1, "T", (Section("s", "S", "", Whose.FAMILY, questions),))
        assert any(problem in told for told in problems_with_tool(tool))


class TestAnAnswer:
    def test_without_a_word_marks_nothing(self):
        assert tidied(Answer("  ", "fact", "somebody", "", frozenset({"x"}))) == NOTHING

    def test_beside_the_one_before_says_what_became_of_it(self):
        now = {"own": Answer("no"), "debt": Answer("Less")}
        then = {"own": Answer("yes"), "whom": Answer("The bank")}
        lines = side_by_side([OWN, DEBT, WHOM], then, now)
        assert [line.change for line in lines] == ["Changed", "New", "Not answered any more"]

    def test_is_not_printed_for_whom_it_must_not_reach(self):
        kept = Answer("He shouts", kept_from=frozenset({"dad"}))
        assert not printed_for(kept, readers=["dad", "mum"])
        assert printed_for(kept, readers=["mum"])

    @pytest.mark.parametrize(
        ("reader", "subject", "child", "of_child", "has"),
        [
            ("mum", "", False, False, True), ("mum", "mum", False, False, True), ("mum", "dad", False, False, False),
            ("mum", "child", False, True, True), ("child", "other", True, True, False),
            ("child", "mum", True, False, False),
        ],
    )  # fmt: skip
    def test_of_another_adult_is_printed_for_nobody_else(self, reader, subject, child, of_child, has):
        assert sections_for(reader, subject, reader_is_child=child, subject_is_child=of_child) is has


class TestWhenItIsDue:
    def test_counts_from_the_last_else_from_the_case(self):
        day = date(2014, 1, 1)
        weeks = {"review": 12, "first": 6}
        assert due_on(None, None, **weeks) is None
        assert due_on(None, day, **weeks) == day + timedelta(weeks=6)
        assert due_on(day, date(2013, 1, 1), **weeks) == day + timedelta(weeks=12)


def test_what_is_signed_off_allows_nothing():
    assert not any(may(State.SIGNED, act) or may(State.DROPPED, act) for act in Act)


class TestTwoAtOneForm:
    @given(mine=SAID, theirs=SAID, touched=st.sets(CODES), moved=st.sets(CODES))
    def test_nothing_that_another_changed_is_overwritten_and_nothing_that_was_typed_lost(
        self, mine, theirs, touched, moved
    ):
        settled = settle(mine, theirs, touched=touched, moved=moved)
        assert not set(settled.write) & moved
        for code in touched & set(mine):
            same = mine[code] == theirs.get(code)
            assert same or code in settled.differing or settled.write[code] == mine[code]

    @given(before=SAID, after=SAID)
    def test_what_reads_otherwise_is_touched_and_stays_so_when_asked_again(self, before, after):
        found = touched(after, fingerprints(before))
        assert found == {code for code in after if code not in before or before[code] != after[code]}
        assert touched(after, still_untouched(after, found)) == found

    def test_a_form_that_does_not_say_how_it_read_touches_everything(self):
        assert touched({"a": "x"}, "") == touched({"a": "x"}, "[]") == {"a"}
