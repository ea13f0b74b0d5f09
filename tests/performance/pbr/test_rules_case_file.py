"""A family's case read from JSON: read whole, or refused with one sentence for each problem and its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.pbr.case_file import BadCase, read_case
from tests.performance.pbr.story import day

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
FAMILY = (EXAMPLES / "family-p1.json").read_text(encoding="utf-8")


def example() -> dict:
    return json.loads(FAMILY)


def problems(content: object) -> list[str]:
    with pytest.raises(BadCase) as bad:
        read_case(content if isinstance(content, str) else json.dumps(content))
    return bad.value.problems


def changed(*path: str | int, to: object) -> dict:
    """The example with one thing replaced."""
    content = example()
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return content


def of(kind: str) -> int:
    return next(number for number, fact in enumerate(example()["facts"]) if fact["kind"] == kind)


class TestAGoodFile:
    def test_is_read_whole(self):
        case = read_case(FAMILY)
        assert (case.scheme, case.on, case.household.id) == ("P1", day("2014-10-15"), "FAMILY-1")
        assert [member.called for member in case.household.members] == ["Kim", "Lee", "Sam", "Ash"]
        assert len(case.terms) == 12
        assert len(case.facts) == len(example()["facts"])

    def test_a_term_gives_its_attendance_the_days(self):
        fact = read_case(FAMILY).facts[of("attendance_term")]
        assert (fact.period.starts_on, fact.period.ends_on) == (day("2012-08-30"), day("2012-12-20"))

    def test_null_is_the_same_as_nothing(self):
        assert (
            read_case(json.dumps(changed("household", "members", 0, "born", to=None))).household.members[0].born is None
        )

    def test_only_what_is_needed(self):
        members = [{"id": "a", "lived_here": [{"from": "2012-01-01"}]}]
        case = read_case(json.dumps({"household": {"id": "F", "members": members}, "facts": []}))
        assert (case.scheme, case.on, case.terms, case.facts, dict(case.confirmed_rows)) == ("", None, (), (), {})

    def test_confirmed_rows(self):
        rows = [{"row": "P1-ID-3b", "reference": "Financial framework"}]
        assert read_case(json.dumps({**example(), "confirmed_rows": rows})).confirmed_rows == {
            "P1-ID-3b": "Financial framework"
        }


class TestABadFile:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "The file is not JSON: line 1, column 1: Expecting value."),
            ('{"facts": [}', "The file is not JSON: line 1, column 12: Expecting value."),
            ("[]", "The file has to be an object, not a list."),
            ("3", "The file has to be an object, not 3."),
            ('{"on": "2014-10-15", "on": "2014-10-16"}', 'The name "on" is given twice in one object.'),
            ('{"on": NaN}', "NaN is not a number in JSON."),
            ("[" * 100_000, "The file is not a case: its objects are nested too deeply."),
            ('{"on": ' + "9" * 5000 + "}", "The file holds a number that is too long."),
        ],
    )
    def test_that_is_no_case(self, text, sentence):
        assert problems(text)[0] == sentence

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (changed("on", to="15/10/2014"), 'on has to be a date like 2013-10-03, not "15/10/2014".'),
            (changed("on", to="2014-02-30"), 'on has to be a date like 2013-10-03, not "2014-02-30".'),
            (changed("on", to=20141015), "on has to be a date like 2013-10-03, not 20141015."),
            (changed("on", to="20141015"), 'on has to be a date like 2013-10-03, not "20141015".'),
            (changed("household", to=None), "household is missing."),
            (changed("household", to=[]), "household has to be an object, not a list."),
            (changed("household", "id", to=" "), 'household.id has to be a word or a short text, not " ".'),
            (changed("household", "members", to=[]), "household.members needs at least one member."),
            (
                changed("household", "members", 1, "id", to="kim"),
                'household.members has two members with the id "kim".',
            ),
            (
                changed("household", "members", 1, "lived_here", to=[]),
                "household.members[1].lived_here needs at least one period: who never lived here is no member.",
            ),
            (
                changed("household", "members", 0, "parenting", to="yes"),
                'household.members[0].parenting has to be true or false, not "yes".',
            ),
            (
                changed("household", "members", 0, "lived_here", 0, "to", to="2009-07-31"),
                "household.members[0].lived_here[0].to is 2009-07-31, before it began on 2009-08-01.",
            ),
            (
                changed("household", "members", 0, "dob", to="1979-03-11"),
                "household.members[0].dob is not known here; the names are id, name, born, lived_here, "
                "lives_elsewhere, parenting.",
            ),
            (changed("terms", 1, "name", to="2011-12 autumn"), 'terms has two terms called "2011-12 autumn".'),
            (
                changed("terms", 1, "starts_on", to="2011-12-20"),
                'terms overlap: "2011-12 spring" begins before "2011-12 autumn" has ended.',
            ),
            (
                changed("terms", 0, "ends_on", to="2011-08-29"),
                "terms[0].ends_on is 2011-08-29, before the term began on 2011-08-30.",
            ),
            (changed("facts", to={}), "facts has to be a list, not an object."),
            (changed("facts", 0, "id", to="asb-2"), 'facts has two facts with the id "asb-2".'),
            (changed("facts", 0, "person", to="jo"), 'facts[0].person "jo" is not a member of the household.'),
            (changed("facts", 0, "day", to=None), "facts[0].day is missing."),
            (
                changed("facts", 0, "recorded_on", to="2013-01-11"),
                "facts[0].recorded_on is 2013-01-11, before the fact itself, 2013-01-12.",
            ),
            (changed("facts", 0, "confirmed", to=1), "facts[0].confirmed has to be true or false, not 1."),
            (
                changed("facts", of("benefit_spell"), "value", to=None),
                f"facts[{of('benefit_spell')}].value is missing.",
            ),
            (
                changed("facts", of("attendance_term"), "value", "possible", to=-1),
                f"facts[{of('attendance_term')}].value.possible has to be a whole number from 0, not -1.",
            ),
            (
                changed("facts", of("attendance_term"), "value", "unauthorised", to=True),
                f"facts[{of('attendance_term')}].value.unauthorised has to be a whole number from 0, not true.",
            ),
            (
                changed("facts", of("attendance_term"), "value", "attended", to=120),
                f"facts[{of('attendance_term')}].value.possible is 134, "
                "fewer than the sessions 120 attended and 26 unauthorised.",
            ),
            (
                changed("facts", of("attendance_term"), "value", "term", to="Autumn"),
                f'facts[{of("attendance_term")}].value.term "Autumn" is not one of the terms of the file.',
            ),
            (
                changed("facts", of("child_in_need"), "value", to={"level": 3}),
                f"facts[{of('child_in_need')}].value.level is not known here; nothing is expected.",
            ),
        ],
    )
    def test_says_where_and_what(self, content, sentence):
        assert sentence in problems(content)

    def test_an_unknown_kind_names_the_kinds(self):
        (first, *_) = problems(changed("facts", 0, "kind", to="attendence"))
        assert first.startswith('facts[0].kind "attendence" is not a kind of fact; the kinds are offence_proven, ')

    def test_what_is_missing_is_said_once(self):
        assert problems({"facts": []}) == ["household is missing."]

    def test_every_problem_is_said_at_once(self):
        content = changed("on", to="soon")
        content["facts"][0]["person"] = "jo"
        content["household"]["id"] = 7
        assert len(problems(content)) == 3

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(
                        ["household", "facts", "terms", "on", "id", "members", "kind", "value", "lived_here", "from"]
                    ),
                    inner,
                )
            ),
            max_leaves=20,
        )
    )
    def test_whatever_is_in_it_the_answer_is_sentences(self, content):
        assert all(sentence.endswith(".") for sentence in problems(json.dumps(content)))
