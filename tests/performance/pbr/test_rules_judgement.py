"""The judgement as a whole: the same again, in any order, and never better for knowing less."""

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.pbr.rules import Fact, Household, Period, judge
from tests.performance.pbr.story import (
    AFTER,
    ASH,
    BEFORE,
    CHECKED,
    CONFIRMED,
    GOOD,
    KIM,
    LEE,
    ON,
    P1,
    SAM,
    TERMS,
    asb,
    attendance,
    checked,
    day,
    event,
    family,
    judged,
    offence,
    spell,
)

RANK = {"not_met": 0, "not_known": 1, "neutral": 1, "met": 2}


class TestTheSameAgain:
    def test_equal_bytes(self):
        first, second = judged(*GOOD), judged(*GOOD)
        assert first.canonical.encode() == second.canonical.encode()
        assert first.digest == second.digest

    def test_facts_in_another_order_make_no_difference(self):
        shuffled = list(GOOD)
        random.Random(20121003).shuffle(shuffled)
        assert judged(*shuffled).canonical == judged(*GOOD).canonical

    def test_another_day_or_scheme_is_another_judgement(self):
        digests = {judged(*GOOD, on=ON + timedelta(days=n), scheme=s).digest for n in (0, 1) for s in (P1, CONFIRMED)}
        assert len(digests) == 4

    def test_facts_recorded_later_make_no_difference(self):
        later = replace(asb("lee", "2014-09-01"), recorded_on=day("2014-10-16"))
        assert judged(*GOOD, later).canonical == judged(*GOOD).canonical


class TestTheJudgementAsJson:
    def test_names_engine_scheme_family_and_day(self):
        content = judged(*GOOD).as_dict()
        assert content["engine"] == "4"
        assert content["scheme"] == {"version": "P1", "name": CONFIRMED.name, "digest": CONFIRMED.digest}
        assert (content["household"], content["attached_on"], content["on"]) == ("FAMILY-1", "2013-06-03", "2014-10-15")
        assert content["digest"].startswith("sha256:")

    def test_is_json_and_comes_back_as_it_was(self):
        content = judged(*GOOD, scheme=P1).as_dict()
        assert json.loads(json.dumps(content)) == content

    def test_every_result_says_answer_amount_and_what_blocks_it(self):
        results = judged(*GOOD).as_dict()["results"]
        assert list(results) == ["attachment", "crime_asb_education", "progress_to_work", "continuous_employment"]
        assert {key for each in results.values() for key in each} == {
            *("answer", "reason", "amount", "price", "claimable", "blocked_by", "facts")
        }
        assert results["crime_asb_education"]["amount"] == "1400.00"

    def test_every_step_says_rule_question_answer_reason_facts_grade_and_source(self):
        known = {fact.id for fact in GOOD}
        for step in judged(*GOOD, scheme=P1).as_dict()["trace"]:
            row = P1.rows[step["rule"]]
            assert (step["question"], step["grade"], step["source"]) == (row.question, row.grade, row.source)
            assert step["reason"].endswith("."), step
            assert set(step["facts"]) <= known
            assert step["answer"] in RANK

    def test_no_reason_holds_an_internal_word(self):
        for scheme in (P1, CONFIRMED):
            for step in judged(*GOOD, scheme=scheme).steps:
                assert not {"not_met", "asb_", "None", "_spell"} & set(step.finding.reason.split())
                assert "_" not in step.finding.reason


class TestRowsToBeConfirmed:
    def test_block_the_submission_of_what_they_decide(self):
        judgement = judged(*GOOD, scheme=P1)
        assert judgement.blocks_submission
        assert [each.name for each in judgement.components if each.claimable] == []
        assert {row.grade for row in judgement.to_be_confirmed} == {"U"}

    def test_and_no_longer_once_they_are_confirmed(self):
        judgement = judged(*GOOD)
        assert (judgement.blocks_submission, judgement.to_be_confirmed) == (False, ())

    def test_do_not_block_where_they_decide_nothing(self):
        (row,) = (row for row in P1.rows.values() if row.id == "P1-ID-2c")
        assert row not in judged(*GOOD, scheme=P1).to_be_confirmed

    def test_a_result_that_is_not_met_is_not_blocked_but_says_on_what_it_hangs(self):
        excluded = event("exclusion_permanent", "sam", "2014-03-03")
        judgement = judged(*GOOD, excluded, scheme=P1)
        assert "P1-ID-2c" in [row.id for row in judgement.to_be_confirmed]


def doubtful(fact: Fact) -> Fact:
    return replace(fact, confirmed=False)


dates = st.dates(day("2012-04-01"), day("2014-10-14"))
people = st.sampled_from(["kim", "lee", "sam", "ash", None])
persons = st.sampled_from(["kim", "lee", "sam", "ash"])


@st.composite
def spells(draw: st.DrawFn, kind: str, **value: object) -> Fact:
    starts, ends = draw(dates), draw(st.none() | dates)
    ends = max(starts, ends) if ends else None
    recorded = draw(dates)
    return spell(
        kind, draw(persons), str(starts), str(ends) if ends else None, recorded=str(max(starts, recorded)), **value
    )


@st.composite
def records(draw: st.DrawFn) -> Fact:
    return draw(
        st.one_of(
            st.builds(lambda p, d: asb(p, str(d)), people, dates),
            st.builds(lambda p, d: offence(p, str(d)), people, dates),
            st.builds(lambda p, d: event("exclusion_fixed", p, str(d)), st.sampled_from(["sam", "ash"]), dates),
            st.builds(lambda p, d: event("exclusion_permanent", p, str(d)), st.sampled_from(["sam", "ash"]), dates),
            st.builds(
                attendance,
                st.sampled_from(["sam", "ash"]),
                st.sampled_from(BEFORE + AFTER),
                st.integers(0, 60),
                fixed_exclusions=st.integers(0, 3),
            ),
            st.sampled_from(["JSA", "ESA", "UC"]).flatmap(lambda name: spells("benefit_spell", benefit=name)),
            spells("employment_spell"),
            spells("esf_attached"),
            spells("child_in_need"),
            st.builds(lambda p, d: event("work_programme", p, str(d), volunteered=True), persons, dates),
            st.builds(lambda k, d: checked(k, ends=str(d)), st.sampled_from([c.value["for"] for c in CHECKED]), dates),
        )
    )


def numbered(facts: list[Fact]) -> list[Fact]:
    return [replace(fact, id=f"{number}-{fact.id}") for number, fact in enumerate(facts)]


stories = st.tuples(
    st.lists(records(), max_size=12),
    st.sets(st.integers(0, len(GOOD) - 1), max_size=8),
    st.sampled_from([P1, CONFIRMED]),
).map(lambda drawn: (numbered([f for n, f in enumerate(GOOD) if n not in drawn[1]] + drawn[0]), drawn[2]))


def all_answers(facts: list[Fact], scheme, household: Household) -> dict[str, str]:
    judgement = judge(scheme, household, facts, ON, TERMS)
    return {
        "eligible": judgement.eligibility.answer.value,
        **{f"criterion {name}": finding.answer.value for name, finding in judgement.criteria.items()},
        **{each.name: each.answer.value for each in judgement.components},
    }


class TestKnowingLess:
    @settings(max_examples=60)
    @given(stories, st.data())
    def test_doubting_facts_never_turns_not_met_into_met(self, story, data):
        facts, scheme = story
        doubted = data.draw(st.sets(st.sampled_from(range(len(facts))))) if facts else set()
        less = [doubtful(fact) if number in doubted else fact for number, fact in enumerate(facts)]
        before, after = all_answers(facts, scheme, family()), all_answers(less, scheme, family())
        assert [name for name in before if before[name] == "not_met" and after[name] == "met"] == []

    @settings(max_examples=40)
    @given(stories, st.data())
    def test_losing_checks_or_birthdays_never_turns_not_met_into_met(self, story, data):
        facts, scheme = story
        less = [f for f in facts if f.kind != "records_checked" or data.draw(st.booleans())]
        forgetful = family(*(replace(m, born=None) if data.draw(st.booleans()) else m for m in (KIM, LEE, SAM, ASH)))
        before, after = all_answers(facts, scheme, family()), all_answers(less, scheme, forgetful)
        assert [name for name in before if before[name] == "not_met" and after[name] == "met"] == []

    @settings(max_examples=25)
    @given(stories, st.randoms(use_true_random=False))
    def test_the_order_of_facts_never_changes_a_byte(self, story, chance):
        facts, scheme = story
        shuffled = list(facts)
        chance.shuffle(shuffled)
        assert judged(*shuffled, scheme=scheme).canonical == judged(*facts, scheme=scheme).canonical

    @settings(max_examples=5)
    @given(stories)
    def test_no_fact_at_all_is_never_met(self, story):
        assert "met" not in all_answers([], story[1], family()).values()

    @settings(max_examples=30)
    @given(stories)
    def test_what_may_be_claimed_hangs_on_nothing_unconfirmed(self, story):
        facts, scheme = story
        judgement = judged(*facts, scheme=scheme)
        claimable = [each for each in judgement.components if each.claimable]
        assert len({each.name for each in claimable} & {"crime_asb_education", "continuous_employment"}) <= 1
        for each in claimable:
            assert judgement.eligible
            assert each.finding.unsettled == judgement.eligibility.unsettled == ()


class TestALateRecord:
    @pytest.mark.parametrize("recorded", ["2014-10-15", "2014-10-16"])
    def test_only_what_was_known_on_the_day_is_judged(self, recorded):
        late = Fact(
            "late", "asb_intervention", "lee", Period(day("2014-09-01"), day("2014-09-01")), {}, "x", day(recorded)
        )
        known = recorded <= "2014-10-15"
        assert (judged(*GOOD, late).canonical != judged(*GOOD).canonical) is known
