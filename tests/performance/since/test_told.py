from performance.claims.differing import differences
from performance.since.told import What, changes

FACT = {"id": "f-1", "kind": "exclusion_fixed", "source": "school.csv, line 4", "recorded_on": "2014-05-05",
        "person": "kim", "day": "2014-03-03", "value": {"days": 2}}  # fmt: skip
KIM = {"id": "kim", "name": "Kim Ash", "parenting": False, "lived_here": [{"from": "2012-01-01"}]}


def case(*facts, members=(KIM,)) -> dict:
    return {"household": {"members": list(members)}, "facts": list(facts)}


def told(before, after) -> list:
    return [(change.what, change.said) for change in changes(before, after, on="2014-10-15")]


class TestWhatChanged:
    def test_is_nothing_where_the_same_is_stated(self):
        assert told(case(FACT), case(FACT | {"recorded_on": "2014-12-01"})) == []

    def test_is_said_with_who_when_and_from_where(self):
        (new,) = told(case(), case(FACT))
        assert new[0] == What.NEW
        assert all(words in new[1] for words in ("Kim Ash", "3 March 2014", "school.csv, line 4", "5 May 2014"))
        assert [what for what, _ in told(case(FACT), case())] == [What.GONE]
        assert [what for what, _ in told(case(FACT), case(FACT | {"value": {"days": 3}}))] == [What.OTHERWISE]

    def test_is_not_that_what_went_on_that_day_ended_later(self):
        spell = {key: value for key, value in FACT.items() if key != "day"} | {"from": "2014-01-01"}
        assert told(case(spell), case(spell | {"to": "2014-10-15"})) == []
        assert [what for what, _ in told(case(spell), case(spell | {"to": "2014-10-14"}))] == [What.OTHERWISE]

    def test_is_also_who_is_in_the_family(self):
        moved = KIM | {"lived_here": [{"from": "2012-01-01", "to": "2013-01-01"}]}
        assert told(case(), case(members=(moved,)))[0][0] == What.OTHERWISE
        assert [what for what, _ in told(case(), case(members=()))] == [What.GONE]

    def test_leaves_out_the_searches_of_agencies_which_are_of_no_one_family(self):
        assert told(case(), case(FACT | {"id": "file:1", "kind": "records_checked", "person": None})) == []


def answered(eligible: str, **results) -> dict:
    found = {code: {"answer": answer, "reason": "Because."} for code, answer in results.items()}
    return {"eligibility": {"answer": eligible, "reason": "Why."}, "results": found}


def test_only_answers_that_are_others_are_differences():
    found = differences(answered("met", work="met", school="met"), answered("not_known", work="met", school="not_met"))
    assert [(each.code, each.was, each.now) for each in found] == [
        ("eligibility", "met", "not_known"), ("school", "met", "not_met"),
    ]  # fmt: skip
    assert found[0].said == "Eligible when attached: yes then, not known now. Why."
