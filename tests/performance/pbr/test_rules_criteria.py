"""Who is eligible under P1, criterion by criterion, with the days on which it turns."""

import pytest

from performance.pbr.rules import Fact
from tests.performance.pbr.story import (
    ASH,
    ATTACHED,
    BEFORE,
    CONFIRMED,
    GOOD,
    KIM,
    LEE,
    ON,
    P1,
    SAM,
    answer,
    asb,
    attendance,
    benefit,
    checked,
    day,
    event,
    family,
    judged,
    member,
    offence,
    reason,
    schooling,
    spell,
    without,
)


class TestAnOffenceByAMinor:
    """P1-ID-1a"""

    @pytest.mark.parametrize(
        ("on", "found"),
        [
            pytest.param("2012-06-03", "not_met", id="a year and a day before the service began"),
            pytest.param("2012-06-04", "met", id="the first day of the 12 months"),
            pytest.param("2013-06-03", "met", id="the day the service began"),
            pytest.param("2013-06-04", "not_met", id="the day after"),
        ],
    )
    def test_within_twelve_months(self, on, found):
        assert answer(judged(checked("offence_proven"), offence("sam", on)), "P1-ID-1a") == found

    @pytest.mark.parametrize(
        ("born", "found"),
        [
            pytest.param("1995-06-03", "not_met", id="18 on the day"),
            pytest.param("1995-06-04", "met", id="18 the day after"),
            pytest.param(None, "not_known", id="date of birth not known"),
        ],
    )
    def test_by_somebody_under_18(self, born, found):
        facts = checked("offence_proven"), offence("jo", "2013-01-05")
        assert answer(judged(*facts, household=family(member("Jo", born))), "P1-ID-1a") == found

    def test_no_record_is_not_known_until_the_records_were_checked(self):
        assert answer(judged(), "P1-ID-1a") == "not_known"
        assert answer(judged(checked("offence_proven")), "P1-ID-1a") == "not_met"

    def test_a_check_of_a_part_of_the_time_is_not_enough(self):
        assert answer(judged(checked("offence_proven", starts="2012-06-05")), "P1-ID-1a") == "not_known"

    def test_two_checks_that_meet_are_enough(self):
        halves = checked("offence_proven", ends="2012-12-31"), checked("offence_proven", starts="2013-01-01")
        assert answer(judged(*halves), "P1-ID-1a") == "not_met"

    def test_a_check_of_each_person_is_enough_and_of_one_is_not(self):
        every = [checked("offence_proven", person=person) for person in ("sam", "ash")]
        assert answer(judged(*every), "P1-ID-1a") == "not_met"
        assert answer(judged(every[0]), "P1-ID-1a") == "not_known"

    def test_an_unconfirmed_match_is_not_known(self):
        doubtful = offence("sam", "2013-01-05", confirmed=False)
        assert answer(judged(checked("offence_proven"), doubtful), "P1-ID-1a") == "not_known"

    def test_what_was_recorded_after_the_day_of_judgement_was_not_known_on_it(self):
        late = offence("sam", "2013-01-05", recorded="2014-10-16")
        assert answer(judged(checked("offence_proven"), late, on=ON), "P1-ID-1a") == "not_met"
        assert answer(judged(checked("offence_proven"), late, on=day("2014-10-16")), "P1-ID-1a") == "met"

    def test_somebody_who_had_left_does_not_count(self):
        gone = family(KIM, member("Sam", "2000-02-14", until="2013-06-02"))
        assert (
            answer(judged(checked("offence_proven"), offence("sam", "2013-01-05"), household=gone), "P1-ID-1a")
            == "not_met"
        )

    def test_the_reason_has_the_figures_and_the_dates(self):
        said = reason(judged(checked("offence_proven"), offence("sam", "2013-01-05")), "P1-ID-1a")
        assert said == "1 proven offence by somebody under 18 from 4 June 2012 to 3 June 2013 (Sam on 5 January 2013)."


class TestAnInterventionForAntiSocialBehaviour:
    """P1-ID-1b and its list, P1-ID-1c"""

    def test_by_anybody_in_the_household_or_the_household_itself(self):
        assert answer(judged(asb("kim", "2013-01-05")), "P1-ID-1b") == "met"
        assert answer(judged(asb(None, "2013-01-05")), "P1-ID-1b") == "met"

    def test_one_on_the_list_hangs_on_the_list_until_it_is_confirmed(self):
        (step,) = [s for s in judged(asb("sam", "2013-01-05"), scheme=P1).steps if s.row.id == "P1-ID-1b"]
        assert (step.finding.answer, step.finding.unsettled) == ("met", ("P1-ID-1c",))

    def test_one_that_is_not_on_the_list_is_not_counted_and_says_so(self):
        facts = checked("asb_intervention"), asb("sam", "2013-01-05", "Warning letter")
        (step,) = [s for s in judged(*facts, scheme=P1).steps if s.row.id == "P1-ID-1b"]
        assert (step.finding.answer, step.finding.unsettled) == ("not_met", ("P1-ID-1c",))
        assert "not on the list of interventions: Warning letter" in step.finding.reason

    def test_one_without_a_name_is_not_known(self):
        facts = checked("asb_intervention"), event("asb_intervention", "sam", "2013-01-05")
        assert answer(judged(*facts), "P1-ID-1b") == "not_known"


class TestTroubleWithSchool:
    """P1-ID-2a, P1-ID-2a-AP, P1-ID-2a-ROLL, P1-ID-2b, P1-ID-2c"""

    @staticmethod
    def excluded(*days: str, person: str = "sam") -> list[Fact]:
        return [event("exclusion_fixed", person, on) for on in days]

    @pytest.mark.parametrize(
        ("days", "found"),
        [
            pytest.param(("2012-05-01", "2012-11-05", "2013-03-01"), "met", id="three in three terms"),
            pytest.param(("2012-05-01", "2012-11-05"), "not_met", id="two"),
            pytest.param(("2012-11-05", "2013-03-01", "2013-05-20"), "met", id="three with the running term"),
            pytest.param(("2012-05-01", "2012-11-05", "2013-05-20"), "not_met", id="three over four terms"),
            pytest.param(("2012-04-21", "2012-11-05", "2013-03-01"), "not_met", id="one the day before the first term"),
        ],
    )
    def test_three_fixed_exclusions_across_three_consecutive_terms(self, days, found):
        assert answer(judged(checked("exclusion_fixed"), *self.excluded(*days)), "P1-ID-2a") == found

    def test_three_between_two_children_are_not_three(self):
        facts = *self.excluded("2012-05-01", "2012-11-05"), *self.excluded("2013-03-01", person="ash")
        assert answer(judged(checked("exclusion_fixed"), *facts), "P1-ID-2a") == "not_met"

    def test_the_number_that_a_school_states_counts_too(self):
        stated = [
            attendance("sam", term, fixed_exclusions=number) for term, number in zip(BEFORE, (1, 2, 0), strict=True)
        ]
        assert answer(judged(*stated), "P1-ID-2a") == "met"

    @pytest.mark.parametrize(
        ("unauthorised", "found"),
        [
            pytest.param(53, "not_met", id="14.7%"),
            pytest.param(54, "met", id="exactly 15%"),
            pytest.param(55, "met", id="15.3%"),
        ],
    )
    def test_fifteen_percent_unauthorised_absence_across_three_terms(self, unauthorised, found):
        terms = [attendance("sam", BEFORE[0], unauthorised), *schooling("sam", BEFORE[1:])]
        assert answer(judged(*terms, household=family(KIM, SAM)), "P1-ID-2b") == found

    def test_a_county_may_set_it_to_nothing(self):
        nothing = CONFIRMED.setting({"P1-ID-2b": {"percent": 0, "terms": 3}})
        judgement = judged(*schooling("sam", BEFORE), household=family(KIM, SAM), scheme=nothing)
        assert answer(judgement, "P1-ID-2b") == "met"

    def test_a_term_without_figures_is_not_known(self):
        judgement = judged(*schooling("sam", BEFORE[:2], 60), household=family(KIM, SAM))
        assert answer(judgement, "P1-ID-2b") == "not_known"
        assert reason(judgement, "P1-ID-2b") == "Sam has no confirmed attendance for spring 2013."

    def test_a_term_in_doubt_is_not_known(self):
        terms = *schooling("sam", BEFORE[:2], 60), attendance("sam", BEFORE[2], 60, confirmed=False)
        assert answer(judged(*terms, household=family(KIM, SAM)), "P1-ID-2b") == "not_known"

    def test_two_schools_in_one_term_are_added_together(self):
        two = attendance("sam", BEFORE[0], 30, 60), attendance("sam", BEFORE[0], 24, 60), *schooling("sam", BEFORE[1:])
        assert answer(judged(*two, household=family(KIM, SAM)), "P1-ID-2b") == "met"

    def test_a_child_without_a_date_of_birth_is_not_known(self):
        unborn = family(KIM, member("Sam", None))
        assert answer(judged(*schooling("sam", BEFORE, 60), household=unborn), "P1-ID-2b") == "not_known"

    def test_without_a_calendar_it_is_not_known(self):
        judgement = judged(*schooling("sam", BEFORE, 60), terms=())
        assert (answer(judgement, "P1-ID-2a"), answer(judgement, "P1-ID-2b")) == ("not_known", "not_known")

    def test_nobody_of_school_age_is_not_met(self):
        assert answer(judged(household=family(KIM, LEE)), "P1-ID-2b") == "not_met"

    def test_a_child_too_young_for_three_terms_is_passed_over(self):
        small = member("Bo", "2007-12-31")
        assert answer(judged(attendance("bo", BEFORE[2], 100), household=family(KIM, small)), "P1-ID-2b") == "not_met"

    @pytest.mark.parametrize(
        ("value", "found"), [({"reason": "exclusion"}, "met"), ({"reason": "illness"}, "not_met"), ({}, "not_known")]
    )
    def test_alternative_provision_because_of_exclusion(self, value, found):
        facts = spell("alternative_provision", "sam", "2013-02-01", **value), checked("alternative_provision")
        assert answer(judged(*facts, household=family(KIM, SAM)), "P1-ID-2a-AP") == found

    def test_on_no_schools_roll(self):
        assert answer(judged(spell("not_on_roll", "sam", "2013-02-01")), "P1-ID-2a-ROLL") == "met"
        assert answer(judged(household=family(KIM, SAM)), "P1-ID-2a-ROLL") == "not_known"
        assert answer(judged(*schooling("sam", BEFORE), household=family(KIM, SAM)), "P1-ID-2a-ROLL") == "not_met"

    def test_a_permanent_exclusion_counts_only_once_that_is_confirmed(self):
        facts = checked("exclusion_permanent"), event("exclusion_permanent", "sam", "2013-01-20")
        (step,) = [s for s in judged(*facts, scheme=P1).steps if s.row.id == "P1-ID-2c"]
        assert (step.finding.answer, step.finding.unsettled) == ("not_met", ("P1-ID-2c",))
        assert answer(judged(*facts, scheme=CONFIRMED), "P1-ID-2c") == "met"


class TestAnAdultOnAnOutOfWorkBenefit:
    """P1-ID-3 and its list, P1-ID-3b"""

    @pytest.mark.parametrize(
        ("starts", "ends", "found"),
        [
            pytest.param("2013-06-03", None, "met", id="from the day"),
            pytest.param("2012-01-01", "2013-06-03", "met", id="to the day"),
            pytest.param("2013-06-04", None, "not_met", id="from the day after"),
            pytest.param("2012-01-01", "2013-06-02", "not_met", id="to the day before"),
        ],
    )
    def test_on_the_day_the_service_began(self, starts, ends, found):
        assert answer(judged(checked("benefit_spell"), benefit("kim", starts, ends)), "P1-ID-3") == found

    @pytest.mark.parametrize("name", ["ESA", "IB", "Carer's Allowance", "IS", "jsa", "SDA"])
    def test_each_benefit_of_the_list_counts_and_hangs_on_the_list(self, name):
        (step,) = [s for s in judged(benefit("kim", "2012-01-01", name=name), scheme=P1).steps if s.row.id == "P1-ID-3"]
        assert (step.finding.answer, step.finding.unsettled) == ("met", ("P1-ID-3b",))

    def test_a_benefit_that_is_not_on_the_list_is_not_counted_and_says_so(self):
        facts = checked("benefit_spell"), benefit("kim", "2012-01-01", name="UC")
        (step,) = [s for s in judged(*facts, scheme=P1).steps if s.row.id == "P1-ID-3"]
        assert (step.finding.answer, step.finding.unsettled) == ("not_met", ("P1-ID-3b",))
        assert "Kim was on UC on 3 June 2013, which is not on the list" in step.finding.reason

    def test_a_benefit_of_a_child_does_not_count(self):
        facts = checked("benefit_spell"), benefit("sam", "2012-01-01")
        assert answer(judged(*facts), "P1-ID-3") == "not_met"

    def test_an_adult_without_a_date_of_birth_is_not_known(self):
        judgement = judged(benefit("jo", "2012-01-01"), household=family(member("Jo", None), SAM))
        assert answer(judgement, "P1-ID-3") == "not_known"

    @pytest.mark.parametrize(
        ("recorded", "found"),
        [
            pytest.param("2013-03-03", "met", id="three months before"),
            pytest.param("2013-03-02", "not_known", id="a day more"),
        ],
    )
    def test_a_benefit_not_seen_to_end_is_believed_while_its_source_is_fresh(self, recorded, found):
        """P1-CHK-17"""
        assert answer(judged(benefit("kim", "2012-01-01", recorded=recorded)), "P1-ID-3") == found

    def test_no_adult_is_not_met(self):
        assert answer(judged(household=family(SAM)), "P1-ID-3") == "not_met"

    def test_unchecked_is_not_known(self):
        assert answer(judged(), "P1-ID-3") == "not_known"
        assert reason(judged(household=family(KIM)), "P1-ID-3") == (
            "Benefit records were not checked for Kim on 3 June 2013."
        )


class TestALocalConcern:
    """P1-ID-4 and its list, P1-ID-4a"""

    @pytest.mark.parametrize(
        "concern",
        [
            spell("child_in_need", "ash", "2012-01-01", "2012-06-04"),
            spell("child_protection_plan", "ash", "2013-06-01"),
            event("domestic_abuse_incident", None, "2013-05-01"),
            spell("homelessness", None, "2013-01-01"),
            event("local_concern", "kim", "2013-05-01", concern="Mental health"),
        ],
        ids=lambda concern: concern.kind,
    )
    def test_any_of_the_list_in_the_last_twelve_months(self, concern):
        (step,) = [s for s in judged(concern, scheme=P1).steps if s.row.id == "P1-ID-4"]
        assert (step.finding.answer, step.finding.unsettled) == ("met", ("P1-ID-4a",))

    def test_one_that_ended_more_than_a_year_before_does_not_count(self):
        facts = spell("child_in_need", "ash", "2012-01-01", "2012-06-03"), checked("local_concern")
        assert answer(judged(*facts), "P1-ID-4") == "not_met"

    def test_one_that_is_not_on_the_list_is_not_known(self):
        judgement = judged(event("local_concern", "kim", "2013-05-01", concern="noise"), scheme=P1)
        assert answer(judgement, "P1-ID-4") == "not_known"
        assert reason(judgement, "P1-ID-4") == "Not on the list of local concerns: noise."

    def test_one_in_doubt_is_not_known(self):
        assert (
            answer(judged(event("domestic_abuse_incident", None, "2013-05-01", confirmed=False)), "P1-ID-4")
            == "not_known"
        )

    def test_none_recorded_is_not_known_until_somebody_says_there_is_none(self):
        assert answer(judged(), "P1-ID-4") == "not_known"


class TestCombinations:
    """P1-Q-1, P1-Q-2, P1-Q-3, P1-Q-4; their words come from P1-ID"""

    CRIME, SCHOOL = asb("sam", "2013-01-12"), schooling("sam", BEFORE, 24)
    WORK, LOCAL = benefit("kim", "2011-09-05"), spell("child_in_need", "ash", "2013-02-01")
    NONE = (
        *(checked(k) for k in ("offence_proven", "asb_intervention", "exclusion_fixed", "exclusion_permanent")),
        checked("benefit_spell"),
        checked("local_concern"),
        *schooling("ash", BEFORE),
    )

    def eligible(self, *facts: Fact, **more: object) -> tuple[str, str | None]:
        quiet = () if any(fact in self.SCHOOL for fact in facts) else schooling("sam", BEFORE)
        judgement = judged(*self.NONE, *quiet, *facts, **more)
        return judgement.eligibility.answer.value, judgement.combination and judgement.combination.id

    def test_all_three_are_included(self):
        assert self.eligible(self.CRIME, *self.SCHOOL, self.WORK) == ("met", "P1-Q-1")

    def test_two_and_a_local_concern_may_be_included(self):
        assert self.eligible(self.CRIME, self.WORK, self.LOCAL) == ("met", "P1-Q-2")
        assert self.eligible(*self.SCHOOL, self.WORK, self.LOCAL) == ("met", "P1-Q-2")

    def test_two_without_a_local_concern_are_not(self):
        assert self.eligible(self.CRIME, self.WORK) == ("not_met", None)

    def test_two_are_enough_where_the_county_asks_for_no_local_concern(self):
        row = CONFIRMED.rows["P1-Q-3"]
        open_to_two = CONFIRMED.setting({"P1-Q-3": {**row.value, "used": True}})
        assert self.eligible(self.CRIME, self.WORK, scheme=open_to_two) == ("met", "P1-Q-3")

    def test_one_is_never_enough_whatever_a_county_sets(self):
        loose = CONFIRMED.setting({"P1-Q-2": {"at_least": 1, "of": ["1", "2", "3"], "and": ["4"]}})
        assert self.eligible(self.CRIME, self.LOCAL, scheme=loose) == ("not_met", None)

    def test_a_second_that_is_not_known_leaves_it_not_known(self):
        judgement = judged(self.CRIME, self.LOCAL)
        assert judgement.eligibility.answer == "not_known"
        assert reason(judgement, "P1-Q-1") == "Met: crime or anti-social behaviour. Not known: school and work."

    def test_it_is_judged_on_the_day_the_service_began(self):
        assert judged(*GOOD).judged_on == ATTACHED
        early = judged(*without(facts=GOOD), household=family(attached=day("2012-04-02")))
        assert early.eligibility.answer != "met"

    def test_a_family_not_yet_attached_is_judged_on_the_day_asked(self):
        judgement = judged(*GOOD, on=day("2013-05-30"), household=family(attached=None))
        assert judgement.judged_on == day("2013-05-30")
        assert "not known on 30 May 2013. Met: crime or anti-social behaviour and school. Not known: work" in (
            judgement.eligibility.reason
        )

    def test_an_attachment_still_to_come_is_none_yet(self):
        assert judged(*GOOD, on=day("2013-06-02")).judged_on == day("2013-06-02")

    def test_ash_is_of_no_concern(self):
        assert judged(*GOOD, household=family(KIM, ASH)).criteria["2"].answer == "not_met"
