"""What results are worth, which route is claimed, and what stands in the way."""

from decimal import Decimal

import pytest

from performance.pbr.rules import claim_window_on, cohort_income, fundable, most_for_one_family, price_on, rounded
from tests.performance.pbr.story import (
    CONFIRMED,
    GOOD,
    P1,
    benefit,
    blocks,
    checked,
    component,
    day,
    family,
    judged,
    result,
    spell,
    without,
    work,
)


class TestPrices:
    @pytest.mark.parametrize(
        ("on", "fee", "combined", "progress", "work_"),
        [
            ("2012-04-01", 3200, 700, 100, 800),
            ("2013-03-31", 3200, 700, 100, 800),
            ("2013-04-01", 2400, 1400, 200, 1600),
            ("2014-03-31", 2400, 1400, 200, 1600),
            ("2014-04-01", 1600, 2100, 300, 2400),
            ("2015-03-31", 1600, 2100, 300, 2400),
        ],
    )
    def test_of_each_year(self, on, fee, combined, progress, work_):
        """P1-M-2012-AF P1-M-2012-CAE P1-M-2012-PTW P1-M-2012-CE, and P1-M-2013-… P1-M-2014-… likewise:
        P1-M-2013-AF P1-M-2013-CAE P1-M-2013-PTW P1-M-2013-CE P1-M-2014-AF P1-M-2014-CAE P1-M-2014-PTW P1-M-2014-CE"""
        names = ("attachment", "crime_asb_education", "progress_to_work", "continuous_employment")
        found = [price_on(P1, name, day(on)).value["pounds"] for name in names]
        assert found == [str(fee), str(combined), str(progress), str(work_)]

    @pytest.mark.parametrize("year", [2012, 2013, 2014])
    def test_agree_with_the_split_and_the_most_a_family_can_bring(self, year):
        """P1-M-2012-SPLIT P1-M-2013-SPLIT P1-M-2014-SPLIT P1-M-MAX"""
        split, on = P1.rows[f"P1-M-{year}-SPLIT"].value, day(f"{year}-06-01")
        most = Decimal(P1.rows["P1-M-MAX"].value["pounds"])
        fee, work_ = (Decimal(price_on(P1, n, on).value["pounds"]) for n in ("attachment", "continuous_employment"))
        assert (fee, work_) == (most * split["attachment"] / 100, most * split["results"] / 100)
        assert most_for_one_family(P1, on) == most == 4000

    def test_outside_the_programme_there_is_none(self):
        assert price_on(P1, "attachment", day("2012-03-31")) is None
        assert price_on(P1, "attachment", day("2015-04-01")) is None
        with pytest.raises(LookupError, match="no price for attachment"):
            cohort_income(P1, "attachment", 6, day("2012-03-31"))


class TestTheCohort:
    def test_kents_business_case_of_may_2012(self):
        """P1-M-3: 1,082 families, 2.89m in attachment fees and 0.63m in results"""
        assert cohort_income(P1, "attachment", 1082, day("2012-05-15")) == 2_885_333
        assert cohort_income(P1, "crime_asb_education", 1082, day("2012-05-15")) == 631_167

    def test_whose_five_sixths_are_no_whole_number_is_rounded_last(self):
        """P1-M-3: 751 and two thirds of 902 families; rounded before, it would be 2,403,200 or 2,406,400"""
        assert cohort_income(P1, "attachment", 902, day("2012-05-15")) == 2_405_333

    def test_leicestershires_cohort(self):
        """P1-M-4, and P1-M-6 for how many have to be worked with"""
        families = P1.rows["P1-M-4"].value["families"]
        assert (families, fundable(P1, families)) == (810, 675)
        assert P1.rows["P1-M-6"].value["percent"] == 75

    def test_the_attachment_fee_is_never_one_familys(self):
        """P1-M-5"""
        fee = component(judged(*GOOD), "attachment")
        assert (fee.answer, fee.amount, fee.claimable) == ("met", None, False)
        assert blocks(judged(*GOOD), "attachment") == {"P1-M-5"}


class TestTheTwoRoutes:
    """P1-M-1, P1-M-2"""

    CRIME, EXTRA, WORK = "crime_asb_education", "progress_to_work", "continuous_employment"

    def test_only_one_may_be_claimed(self):
        judgement = judged(*GOOD)
        assert judgement.route == self.CRIME
        assert blocks(judgement, self.WORK) == {"P1-M-1"}
        claimable = [each.name for each in judgement.components if each.claimable]
        assert claimable == [self.CRIME, self.EXTRA]

    def test_the_one_that_brings_more_is_taken(self):
        judgement = judged(*without("esf_attached"))
        assert judgement.route == self.WORK
        assert (blocks(judgement, self.CRIME), blocks(judgement, self.WORK)) == ({"P1-M-1"}, set())

    def test_one_that_may_be_claimed_comes_before_one_that_may_not(self):
        rows = [row.id for row in P1.rows.values() if row.grade == "U" and not row.id.startswith("P1-R-")]
        judgement = judged(*GOOD, scheme=P1.confirming(dict.fromkeys(rows, "Confirmed")))
        assert judgement.route == self.WORK
        assert component(judgement, self.WORK).claimable

    def test_progress_to_work_is_paid_only_with_the_result_it_adds_to(self):
        judgement = judged(*without("asb_intervention", "offence_proven", "attendance_term", "employment_spell"))
        assert (judgement.route, result(judgement, self.EXTRA)) == (None, "met")
        assert "P1-M-1" in blocks(judgement, self.EXTRA)

    def test_progress_to_work_is_not_added_to_work(self):
        only_work = without("asb_intervention", "offence_proven", "attendance_term")
        judgement = judged(*only_work)
        assert (judgement.route, "P1-M-1" in blocks(judgement, self.EXTRA)) == (self.WORK, True)

    def test_no_result_is_no_route(self):
        assert judged().route is None


def test_a_total_rounded_to_nothing_is_one_of_pence():
    """P1-ROUND"""
    assert rounded(CONFIRMED.setting({"P1-ROUND": {"pounds": "0"}}), Decimal("3199.996")) == Decimal("3200.00")


class TestTheRateOfWhichYear:
    """P1-M-7"""

    def test_of_the_attachment_once_that_is_confirmed(self):
        assert component(judged(*GOOD), "crime_asb_education").amount == 1400

    def test_of_the_claim_if_that_is_what_is_found_out(self):
        later = CONFIRMED.setting({"P1-M-7": {"year": "claim"}})
        assert component(judged(*GOOD, scheme=later), "crime_asb_education").amount == 2100

    def test_the_lower_until_then(self):
        judgement = judged(*GOOD, scheme=P1)
        assert component(judgement, "crime_asb_education").amount == 1400
        assert "P1-M-7" in blocks(judgement, "crime_asb_education")

    def test_it_does_not_matter_within_one_year(self):
        esf = spell("esf_attached", "kim", "2013-07-01", recorded="2013-07-01")
        judgement = judged(esf, scheme=P1, on=day("2013-08-01"))
        assert "P1-M-7" not in blocks(judgement, "progress_to_work")


class TestWhatStandsInTheWay:
    def test_a_family_that_was_not_eligible(self):
        """P1-CHK-1"""
        facts = checked("benefit_spell"), benefit("kim", "2011-09-05", "2014-01-05"), work("kim", "2014-01-06")
        judgement = judged(*facts)
        assert result(judgement, "continuous_employment") == "met"
        assert blocks(judgement, "continuous_employment") == {"P1-CHK-1"}

    @pytest.mark.parametrize(("on", "late"), [("2015-05-31", False), ("2015-06-01", True)])
    def test_the_last_payment(self, on, late):
        """P1-C-4"""
        facts = *GOOD, work("kim", "2014-01-06", recorded=on), checked("benefit_spell", ends="2015-05-30")
        judgement = judged(*facts, on=day(on))
        assert ("P1-C-4" in blocks(judgement, "continuous_employment")) is late

    def test_a_family_attached_outside_the_years_with_prices(self):
        """P1-CHK-21"""
        facts = checked("benefit_spell"), benefit("kim", "2010-01-01", "2014-01-05"), work("kim", "2014-01-06")
        judgement = judged(*facts, household=family(attached=day("2012-03-31")))
        assert "P1-CHK-21" in blocks(judgement, "continuous_employment")
        assert component(judgement, "continuous_employment").amount is None

    def test_more_than_a_family_can_bring(self):
        """P1-M-MAX"""
        dear = CONFIRMED.setting({"P1-M-2013-CAE": {"pounds": "1401"}})
        assert "P1-M-MAX" in blocks(judged(*GOOD, scheme=dear), "crime_asb_education")

    def test_a_price_to_be_confirmed(self):
        assert "P1-M-2013-CAE" in blocks(judged(*GOOD, scheme=P1), "crime_asb_education")

    def test_stale_evidence_warns_and_does_not_block(self):
        """P1-CHK-17"""
        old = judged(*GOOD, on=day("2015-01-31"))
        assert "P1-CHK-17" in [warning.rule for warning in old.warnings]
        assert "P1-CHK-17" not in blocks(old, "continuous_employment")
        assert judged(*GOOD).warnings == ()


class TestClaimWindows:
    @pytest.mark.parametrize(
        ("on", "window"),
        [
            ("2012-04-01", "P1-C-5-1"),
            ("2013-01-31", "P1-C-5-1"),
            ("2013-02-01", "P1-C-5-2"),
            ("2013-10-31", "P1-C-5-3"),
            ("2014-09-30", "P1-C-5-4"),
            ("2014-10-15", "P1-C-5-5"),
            ("2015-05-31", "P1-C-5-6"),
        ],
    )
    def test_a_day_falls_in_one(self, on, window):
        row = claim_window_on(P1, day(on))
        assert (row.id, row.grade) == (window, "U")

    @pytest.mark.parametrize("on", ["2012-03-31", "2015-06-01"])
    def test_or_in_none(self, on):
        assert claim_window_on(P1, day(on)) is None
