"""Into work, or towards it: P1-R-CE, P1-R-CE-b, P1-R-CE-c, P1-CHK-18, P1-R-PTW."""

from datetime import timedelta

import pytest

from tests.performance.pbr.story import (
    CHECKED,
    CONFIRMED,
    KIM,
    P1,
    SAM,
    answer,
    answers,
    benefit,
    checked,
    day,
    event,
    family,
    judged,
    member,
    reason,
    result,
    spell,
    work,
)

BENEFITS = checked("benefit_spell")
JSA = benefit("kim", "2011-09-05", "2014-01-05")


def weeks(number: int, more: int = 0, name: str = "JSA"):
    """In work from the day after a benefit ended, for so long before 15 October 2014."""
    start = day("2014-10-15") - timedelta(days=7 * number + more)
    left = benefit("kim", "2011-09-05", str(start - timedelta(days=1)), name)
    return BENEFITS, left, work("kim", str(start), recorded="2014-10-15")


def employment(*facts, **more):
    return result(judged(*facts, **more), "continuous_employment")


class TestContinuousEmployment:
    @pytest.mark.parametrize(
        ("name", "number", "more", "found"),
        [
            pytest.param("JSA", 26, 0, "met", id="JSA, 26 weeks"),
            pytest.param("JSA", 26, -1, "not_met", id="JSA, a day less"),
            pytest.param("ESA", 13, 0, "met", id="ESA, 13 weeks"),
            pytest.param("ESA", 13, -1, "not_met", id="ESA, a day less"),
            pytest.param("SDA", 13, 0, "met", id="another benefit, 13 weeks"),
        ],
    )
    def test_weeks_by_benefit_once_they_are_confirmed(self, name, number, more, found):
        assert employment(*weeks(number, more, name), scheme=CONFIRMED) == found

    @pytest.mark.parametrize(
        ("name", "number", "more", "found", "hangs_on"),
        [
            pytest.param("ESA", 26, 0, "met", ("P1-ID-3b",), id="26 weeks are enough by every source"),
            pytest.param("ESA", 26, -1, "not_met", ("P1-R-CE-b",), id="13 may be enough: to be confirmed"),
            pytest.param("ESA", 13, 0, "not_met", ("P1-R-CE-b",), id="13 exactly"),
            pytest.param("ESA", 13, -1, "not_met", (), id="too short by every source"),
            pytest.param("JSA", 20, 0, "not_met", (), id="JSA needs 26 by every source"),
        ],
    )
    def test_until_then_the_longest_time_is_needed(self, name, number, more, found, hangs_on):
        judgement = judged(*weeks(number, more, name), scheme=P1)
        (step,) = [s for s in judgement.steps if s.row.id == "P1-R-CE"]
        assert (step.finding.answer, step.finding.unsettled) == (found, hangs_on)

    def test_the_reason_has_the_dates_and_the_weeks(self):
        said = reason(judged(*weeks(26, 3)), "P1-R-CE")
        assert (
            said
            == "Kim was in work and off benefits from 13 April 2014 to 14 October 2014: 26 weeks and 3 days, 26 needed."
        )

    def test_leaving_a_benefit_is_not_evidence_of_work(self):
        judgement = judged(BENEFITS, JSA)
        assert answer(judgement, "P1-R-CE-c") == "not_known"
        assert result(judgement, "continuous_employment") == "not_known"
        assert employment(BENEFITS, JSA, checked("employment_spell")) == "not_met"

    def test_work_without_leaving_a_benefit_is_none(self):
        assert employment(BENEFITS, work("kim", "2014-01-06")) == "not_met"

    def test_work_that_began_before_the_service_is_none(self):
        left = benefit("kim", "2011-09-05", "2013-06-10")
        assert employment(BENEFITS, left, work("kim", "2013-06-02")) == "not_met"

    def test_two_jobs_without_a_day_between_are_continuous(self):
        jobs = work("kim", "2014-01-06", "2014-04-30"), work("kim", "2014-05-01")
        assert employment(BENEFITS, JSA, *jobs) == "met"

    def test_a_day_between_two_jobs_begins_again(self):
        jobs = work("kim", "2014-01-06", "2014-04-30"), work("kim", "2014-05-02")
        assert employment(BENEFITS, JSA, *jobs) == "not_met"

    def test_a_benefit_during_the_work_begins_again(self):
        again = benefit("kim", "2014-05-01", "2014-05-07")
        assert employment(BENEFITS, JSA, again, work("kim", "2014-01-06")) == "not_met"

    def test_a_benefit_that_is_not_recorded_as_ended_is_not_known(self):
        still = benefit("kim", "2011-09-05", recorded="2013-09-01")
        assert employment(BENEFITS, still, work("kim", "2014-01-06")) == "not_known"

    def test_a_benefit_seen_during_the_work_is_not_met(self):
        still = benefit("kim", "2011-09-05", recorded="2014-10-08")
        assert employment(BENEFITS, still, work("kim", "2014-01-06")) == "not_met"

    def test_a_benefit_off_the_unconfirmed_list_still_interrupts(self):
        other = benefit("kim", "2014-05-01", name="UC")
        facts = BENEFITS, JSA, other, work("kim", "2014-01-06")
        assert employment(*facts, scheme=P1) == "not_met"
        assert employment(*facts, scheme=CONFIRMED) == "met"

    def test_benefit_records_that_nobody_checked_are_not_known(self):
        assert employment(JSA, work("kim", "2014-01-06")) == "not_known"
        assert employment(checked("benefit_spell", ends="2014-05-01"), JSA, work("kim", "2014-01-06")) == "not_known"

    def test_evidence_reaches_no_further_than_the_day_it_was_recorded(self):
        assert employment(BENEFITS, JSA, work("kim", "2014-01-06", recorded="2014-02-01")) == "not_known"

    def test_work_in_doubt_is_not_known(self):
        assert employment(BENEFITS, JSA, work("kim", "2014-01-06", confirmed=False)) == "not_known"

    def test_a_benefit_in_doubt_is_not_known(self):
        doubtful = benefit("kim", "2014-05-01", "2014-05-07", confirmed=False)
        assert employment(BENEFITS, JSA, doubtful, work("kim", "2014-01-06")) == "not_known"

    def test_an_adult_without_a_date_of_birth_is_not_known(self):
        facts = BENEFITS, benefit("jo", "2011-09-05", "2014-01-05"), work("jo", "2014-01-06")
        assert employment(*facts, household=family(member("Jo", None))) == "not_known"

    def test_a_child_at_work_is_not_an_adult(self):
        assert employment(BENEFITS, work("sam", "2014-01-06")) == "not_known"
        assert answers(judged(BENEFITS, work("sam", "2014-01-06")), "P1-R-CE") == []

    def test_one_adult_is_enough(self):
        facts = BENEFITS, JSA, work("kim", "2014-01-06"), work("lee", "2014-09-01")
        judgement = judged(*facts)
        assert (answer(judgement, "P1-R-CE", "kim"), answer(judgement, "P1-R-CE", "lee")) == ("met", "not_met")
        assert result(judgement, "continuous_employment") == "met"

    @pytest.mark.parametrize(
        ("ends", "found"),
        [
            pytest.param("2014-10-14", "not_met", id="the day before"),
            pytest.param("2014-10-15", "met", id="the day itself"),
        ],
    )
    def test_work_is_lost_when_it_ended_before_the_day_of_judgement(self, ends, found):
        assert employment(BENEFITS, JSA, work("kim", "2014-01-06", ends, recorded="2014-10-15")) == found

    def test_work_lost_before_the_claim_is_none_until_that_is_confirmed(self):
        """P1-CHK-18"""
        facts = BENEFITS, JSA, work("kim", "2014-01-06", "2014-09-30")
        (step,) = [s for s in judged(*facts, scheme=P1).steps if s.row.id == "P1-R-CE"]
        assert (step.finding.answer, step.finding.unsettled) == ("not_met", ("P1-CHK-18",))
        lenient = CONFIRMED.setting({"P1-CHK-18": {"blocks": False}})
        assert employment(*facts, scheme=lenient) == "met"


class TestProgressToWork:
    """P1-R-PTW"""

    @pytest.mark.parametrize(
        ("on", "found"),
        [
            pytest.param("2014-04-15", "not_met", id="more than six months before"),
            pytest.param("2014-04-16", "met", id="the first day of the six months"),
            pytest.param("2014-10-15", "met", id="the day itself"),
        ],
    )
    def test_attached_to_esf_provision_in_the_last_six_months(self, on, found):
        facts = *CHECKED, checked("esf_attached", ends="2014-10-15"), checked("work_programme", ends="2014-10-15")
        judgement = judged(*facts, spell("esf_attached", "kim", on, recorded=on))
        assert result(judgement, "progress_to_work") == found

    @pytest.mark.parametrize(("value", "found"), [({"volunteered": True}, "met"), ({"volunteered": False}, "not_met")])
    def test_on_the_work_programme_as_a_volunteer(self, value, found):
        checks = [checked(kind, ends="2014-10-15") for kind in ("esf_attached", "work_programme")]
        judgement = judged(*checks, event("work_programme", "kim", "2014-07-01", **value))
        assert result(judgement, "progress_to_work") == found

    def test_not_before_the_service_began(self):
        checks = [checked(kind, ends="2013-08-01") for kind in ("esf_attached", "work_programme")]
        facts = *checks, spell("esf_attached", "kim", "2013-06-02", recorded="2013-06-02")
        assert result(judged(*facts, on=day("2013-08-01")), "progress_to_work") == "not_met"

    def test_by_an_adult(self):
        checks = [checked(kind, ends="2014-10-15") for kind in ("esf_attached", "work_programme")]
        assert result(judged(*checks, spell("esf_attached", "sam", "2014-07-01")), "progress_to_work") == "not_met"

    def test_of_nobody_known_in_the_family_is_not_known(self):
        assert result(judged(spell("esf_attached", None, "2014-07-01")), "progress_to_work") == "not_known"

    def test_unchecked_is_not_known(self):
        assert result(judged(household=family(KIM, SAM)), "progress_to_work") == "not_known"
