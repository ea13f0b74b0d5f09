"""The education part of the result: P1-R-EDU-1, P1-R-EDU-2, P1-R-NEU, and when it is too early: P1-CHK-6."""

import pytest

from tests.performance.pbr.story import (
    AFTER,
    ASH,
    BEFORE,
    CONFIRMED,
    GOOD,
    KIM,
    LEE,
    P1,
    SAM,
    TERMS,
    answer,
    answers,
    attendance,
    checked,
    day,
    event,
    family,
    judged,
    member,
    reason,
    result,
    schooling,
    without,
)

SCHOOL_ONLY = (
    *(checked(kind) for kind in ("asb_intervention", "offence_proven", "exclusion_fixed", "exclusion_permanent")),
    *schooling("sam", BEFORE, 24),
    *schooling("sam", AFTER, 6),
    *schooling("ash", BEFORE + AFTER, 2),
)


def but(*facts, instead_of):
    """The school facts with some attendance replaced."""
    replaced = {(person, term) for person, term in instead_of}
    return (*(f for f in SCHOOL_ONLY if (f.person, f.value.get("term")) not in replaced), *facts)


def combined(*facts, **more):
    return result(judged(*facts, **more), "crime_asb_education")


class TestEveryChildBelowBothLimits:
    def test_a_child_of_concern_who_now_attends_makes_the_result(self):
        judgement = judged(*SCHOOL_ONLY)
        assert combined(*SCHOOL_ONLY) == "met"
        assert answers(judgement, "P1-R-EDU-1") == answers(judgement, "P1-R-EDU-2") == ["met", "met"]
        assert reason(judgement, "P1-R-ALL") == "Education met, anti-social behaviour neutral, youth offending neutral."

    @pytest.mark.parametrize(
        ("unauthorised", "found"),
        [pytest.param(41, "met", id="14.7%"), pytest.param(42, "not_met", id="exactly 15%")],
    )
    def test_less_than_fifteen_percent_across_the_three_terms(self, unauthorised, found):
        facts = but(attendance("sam", AFTER[0], unauthorised), instead_of=[("sam", AFTER[0])])
        judgement = judged(*facts)
        assert answer(judgement, "P1-R-EDU-2", "sam") == found

    def test_the_reason_has_the_figures(self):
        facts = but(attendance("sam", AFTER[0], 14, 125), instead_of=[("sam", AFTER[0])])
        said = reason(judged(*facts), "P1-R-EDU-2", "sam")
        assert said.startswith("Sam's unauthorised absence was 7.1% (26 of 365 sessions) over 3 terms: ")
        assert "11.2% (14 of 125) in autumn 2013" in said

    @pytest.mark.parametrize(
        ("days", "found"),
        [
            pytest.param(("2013-09-10", "2014-02-03"), "met", id="two"),
            pytest.param(("2013-09-10", "2014-02-03", "2014-07-22"), "not_met", id="three, the last on the last day"),
            pytest.param(("2013-07-10", "2013-09-10", "2014-02-03"), "met", id="one before the three terms"),
            pytest.param(("2014-02-03", "2014-05-06", "2014-09-30"), "not_met", id="three with the running term"),
        ],
    )
    def test_fewer_than_three_fixed_exclusions(self, days, found):
        facts = *SCHOOL_ONLY, *(event("exclusion_fixed", "sam", on) for on in days)
        assert answer(judged(*facts), "P1-R-EDU-1", "sam") == found
        assert combined(*facts) == found

    def test_an_exclusion_in_doubt_is_not_known(self):
        facts = *SCHOOL_ONLY, *(event("exclusion_fixed", "sam", on) for on in ("2013-09-10", "2014-02-03"))
        doubtful = event("exclusion_fixed", "sam", "2014-03-03", confirmed=False)
        assert answer(judged(*facts, doubtful), "P1-R-EDU-1", "sam") == "not_known"

    def test_a_permanent_exclusion_spoils_the_result_until_its_meaning_is_confirmed(self):
        facts = *SCHOOL_ONLY, event("exclusion_permanent", "sam", "2014-03-03")
        (step,) = [s for s in judged(*facts, scheme=P1).steps if s.row.id == "P1-R-EDU-1" and s.about == "sam"]
        assert (step.finding.answer, step.finding.unsettled) == ("not_met", ("P1-ID-2c",))


class TestNoFiguresAreNeverMet:
    @pytest.mark.parametrize("who", ["sam", "ash"])
    @pytest.mark.parametrize("term", AFTER)
    def test_every_child_needs_every_term(self, who, term):
        facts = but(instead_of=[(who, term)])
        assert answer(judged(*facts), "P1-R-EDU-2", who) == "not_known"
        assert combined(*facts) == "not_known"

    def test_a_term_in_doubt_is_not_known(self):
        facts = but(attendance("ash", AFTER[1], 0, confirmed=False), instead_of=[("ash", AFTER[1])])
        assert combined(*facts) == "not_known"

    def test_no_sessions_are_no_figures(self):
        facts = but(attendance("ash", AFTER[1], 0, 0), instead_of=[("ash", AFTER[1])])
        assert combined(*facts) == "not_known"

    def test_exclusions_that_nobody_checked_are_not_known(self):
        facts = without("checked:exclusion_fixed", facts=SCHOOL_ONLY)
        assert answer(judged(*facts), "P1-R-EDU-1", "sam") == "not_known"

    def test_exclusions_that_the_school_states_each_term_are_known(self):
        facts = but(
            *schooling("sam", AFTER, 6, fixed_exclusions=0),
            *schooling("ash", AFTER, 2, fixed_exclusions=0),
            instead_of=[(who, term) for who in ("sam", "ash") for term in AFTER],
        )
        assert combined(*without("checked:exclusion_fixed", facts=facts)) == "met"

    def test_a_member_without_a_date_of_birth_may_be_a_child(self):
        judgement = judged(*SCHOOL_ONLY, household=family(KIM, LEE, SAM, ASH, member("Bo", None)))
        assert answer(judgement, "P1-R-EDU-2", "bo") == "not_known"
        assert "Bo's date of birth is not known" in reason(judgement, "P1-R-EDU-2", "bo")

    def test_without_a_calendar_it_is_not_known(self):
        assert combined(*SCHOOL_ONLY, terms=()) == "not_known"

    def test_a_calendar_with_a_hole_is_not_known(self):
        assert combined(*SCHOOL_ONLY, terms=tuple(t for t in TERMS if t.name != "2013-14 spring")) == "not_known"


class TestTheWholeTimeMustBeOver:
    @pytest.mark.parametrize(
        ("on", "found"),
        [
            pytest.param("2014-07-22", "not_met", id="on the last day of the third term"),
            pytest.param("2014-07-23", "met", id="the day after"),
        ],
    )
    def test_three_whole_terms_after_the_service_began(self, on, found):
        facts = (
            *SCHOOL_ONLY,
            *(checked(kind, ends="2014-07-22") for kind in ("asb_intervention", "offence_proven", "exclusion_fixed")),
        )
        assert combined(*facts, on=day(on)) == found

    @pytest.mark.parametrize(
        ("attached", "early"),
        [
            pytest.param("2013-08-30", False, id="on the first day of the first term"),
            pytest.param("2013-08-31", True, id="a day later"),
        ],
    )
    def test_a_term_that_began_before_the_service_does_not_count(self, attached, early):
        judgement = judged(*SCHOOL_ONLY, household=family(attached=day(attached)))
        assert bool([a for a in answers(judgement, "P1-CHK-6") if a == "not_met"]) is early

    def test_the_reason_says_when_it_will_be(self):
        judgement = judged(*SCHOOL_ONLY, household=family(attached=day("2014-01-02")), on=day("2014-08-01"))
        assert "Too early: 2 whole terms of 3 passed since the service began on 2 January 2014; " in (
            " ".join(s.finding.reason for s in judgement.steps if s.row.id == "P1-CHK-6")
        )


class TestTheWholeFamily:
    def test_another_child_over_the_limit_spoils_the_result(self):
        facts = but(*schooling("ash", AFTER, 30), instead_of=[("ash", term) for term in AFTER])
        judgement = judged(*facts)
        assert answer(judgement, "P1-R-SIB") == "not_met"
        assert reason(judgement, "P1-R-SIB") == "Ash now has the problem with school."
        assert combined(*facts) == "not_met"

    def test_a_child_who_left_the_household_since_still_counts(self):
        left = family(KIM, LEE, SAM, member("Ash", "2004-09-30", until="2013-12-01"))
        facts = but(*schooling("ash", AFTER, 30), instead_of=[("ash", term) for term in AFTER])
        assert combined(*facts, household=left) == "not_met"

    def test_a_child_who_left_before_the_service_began_does_not(self):
        left = family(KIM, LEE, SAM, member("Ash", "2004-09-30", until="2013-06-02"))
        assert combined(*but(instead_of=[("ash", term) for term in AFTER]), household=left) == "met"

    def test_a_child_who_has_just_started_school_needs_only_their_own_terms(self):
        small = member("Bo", "2008-12-15")
        own = schooling("bo", AFTER[1:])
        assert combined(*SCHOOL_ONLY, *own, household=family(KIM, SAM, ASH, small)) == "met"
        assert combined(*SCHOOL_ONLY, *own[:1], household=family(KIM, SAM, ASH, small)) == "not_known"


class TestNeutral:
    """P1-R-NEU and the warning P1-CHK-9"""

    LEAVER = member("Sam", "1997-03-01")  # of school age until June 2013

    def test_when_the_child_of_concern_left_school_and_no_other_was_one(self):
        judgement = judged(*SCHOOL_ONLY, household=family(KIM, self.LEAVER, ASH))
        assert answer(judgement, "P1-R-NEU") == "neutral"
        assert reason(judgement, "P1-R-NEU").startswith("Sam left school")

    def test_neutral_alone_is_never_a_result_and_warns(self):
        judgement = judged(*SCHOOL_ONLY, household=family(KIM, self.LEAVER, ASH))
        assert result(judgement, "crime_asb_education") == "neutral"
        assert [warning.rule for warning in judgement.warnings] == ["P1-CHK-9"]

    def test_neutral_beside_less_anti_social_behaviour_is_a_result(self):
        household = family(KIM, LEE, self.LEAVER, ASH)
        judgement = judged(*GOOD, household=household, scheme=CONFIRMED)
        assert answer(judgement, "P1-R-NEU") == "neutral"
        assert result(judgement, "crime_asb_education") == "met"

    def test_when_no_child_was_ever_of_concern(self):
        facts = but(*schooling("sam", BEFORE, 2), instead_of=[("sam", term) for term in BEFORE])
        judgement = judged(*facts)
        assert (answer(judgement, "P1-R-NEU"), result(judgement, "crime_asb_education")) == ("neutral", "neutral")

    def test_not_when_the_children_still_at_school_have_no_figures(self):
        facts = but(instead_of=[("ash", AFTER[2])])
        assert combined(*facts, household=family(KIM, self.LEAVER, ASH)) == "not_known"
