"""What each kind of report says, from claims and judgements of a county."""

from datetime import date
from fnmatch import fnmatch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.people.models import Family
from performance.claims.rules import State
from performance.pbr.schemes import load
from performance.reports.asking import Asked
from performance.reports.going_out import DOORS
from performance.reports.kinds import KINDS
from performance.reports.models import ReturnReference
from performance.reports.rules import cohort, jumps, national
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.performance.reports.factories import SINCE, UNTIL, asked, claimed, made
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(post):
    return post(Role.DATA)


def rows(report) -> list:
    return report.inside["rows"]


class TestMoney:
    def test_says_what_each_run_asks_for_and_what_is_owed(self, data, charnwood):
        claimed(charnwood, charnwood, state=State.SUBMITTED)
        claimed(charnwood, state=State.PREPARED)
        report = made(data, "money")
        assert [row[3:9] for row in rows(report)] == [
            [2, "0.00", "1400.00", "0.00", "0.00", "1400.00"],
            [1, "700.00", "0.00", "0.00", "0.00", "0.00"],
        ]
        assert report.inside["totals"][5] == "1400.00"


class TestResults:
    def test_are_counted_by_scheme_locality_and_result_of_the_last_run(self, data, charnwood, melton):
        claimed(charnwood)
        claimed(charnwood, charnwood, melton)
        found = {(row[1], row[2]): row[3:] for row in rows(made(data, "results"))}
        assert found["Charnwood", "Crime, antisocial behaviour and education"] == [2, 2, 2, 0, 2]
        assert found["Melton", "Continuous employment"] == [1, 1, 0, 0, 0]


class TestJumps:
    def test_are_told_for_the_county_and_each_locality(self, data, charnwood, melton):
        claimed(charnwood, melton)
        claimed(charnwood, charnwood, charnwood, melton)
        last = {row[2]: row[3:] for row in rows(made(data, "jumps"))[-3:]}
        assert last == {
            "The county": [4, 1, 2, 100, True], "Charnwood": [3, 1, 1, 200, True], "Melton": [1, 1, 1, 0, False],
        }  # fmt: skip

    def test_nothing_is_usual_without_an_earlier_run(self):
        assert jumps.compared(9, [], jump=50) == (None, None, None)
        assert jumps.compared(3, [2, 2], jump=50) == (2, 50, False)
        assert jumps.compared(4, [2, 2], jump=50) == (2, 100, True)


class TestTheCohort:
    def test_says_that_nobody_knows_the_pledge(self, data, charnwood):
        claimed(charnwood)
        (row,) = rows(made(data, "cohort"))
        assert (row[1:5], row[6]) == (["2013-14", 1, 1, None], None)

    @pytest.mark.parametrize(("attached", "behind"), [(74, True), (75, False)])
    def test_holds_half_back_under_three_quarters_of_the_pledge(self, attached, behind):
        line = cohort.line_of(cohort.Year(load("P1"), date(2013, 4, 1), attached, 60, 100))
        assert line[5:9] == (attached, behind, 50, "120000.00")
        assert line[9] == ("60000.00" if behind else "0.00")


class TestTheNationalReturn:
    def test_tells_of_one_family_in_ten_at_least_and_of_nobody_by_name(self, data, charnwood):
        run = claimed(*[charnwood] * 11)
        report = made(data, "return")
        assert (len(rows(report)), "2 of 11 families" in report.inside["notes"][0]) == (2, True)
        with transaction.atomic():
            family = Family.objects.filter(judgeds__run=run).first()
            names = set(Family.objects.filter(judgeds__run=run).values_list("name", flat=True))
            told = set(Family.objects.filter(judgeds__run=run).values_list("reference", flat=True))
        assert not any(word in report.content for word in (names | told))
        assert str(family.uid) not in report.content
        assert {row[0] for row in rows(report)} == {row[0] for row in rows(made(data, "return"))}

    def test_leaves_a_look_at_each_family_in_it_and_the_report_of_what_was_shown_says_so(
        self, data, charnwood, signed_in
    ):
        claimed(charnwood)
        report = made(data, "return")
        client = signed_in_recently(signed_in(data), data)
        client.get(reverse("performance:report_file", args=[report.uid, "others", "csv"]))
        with acting_as(data):
            (look,) = View.objects.filter(user=data, what__contains="as a file")
            family = ReturnReference.objects.get().family_id
        assert look.family_ids == [family]
        assert [door.detail for door in DOORS if fnmatch(look.door, door.pattern.replace("%", "*"))] == [
            "National return, by a reference and without names"
        ]

    def test_leaves_out_families_closed_to_named_people(self, data, charnwood, everything):
        run = claimed(charnwood)
        with transaction.atomic():
            restrict_family(Family.objects.get(judgeds__run=run), to=[(everything, Role.MANAGER)], by=everything)
        assert rows(made(data, "return")) == []
        assert rows(made(data, "claims"))[0][0] == "Not shown by locality"

    def test_puts_the_youngest_child_in_a_band_of_ages(self):
        members = [
            {"born": "1980-05-04", "parenting": True, "lived_here": [{"from": "2012-01-01"}]},
            {"born": "2004-10-16", "lived_here": [{"from": "2012-01-01"}]},
            {"born": "2013-01-01", "lived_here": [{"from": "2012-01-01", "to": "2014-01-01"}]},
        ]
        one = national.Judged(
            "X", "P1", date(2013, 7, 15), date(2014, 10, 15), {"household": {"members": members}},
            {"eligibility": {"answer": "met", "criteria": {"1": "met", "2": "not_met"}}},
        )  # fmt: skip
        assert national.line_of(one, {}) == ("X", "P1", "2013-14", 15, 1, 1, "5 to 10", "1", "Yes", "none")

    def test_a_reference_is_never_changed(self, data, charnwood):
        claimed(charnwood)
        made(data, "return")
        with acting_as(data), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            ReturnReference.objects.update(reference="X")


class TestTheFigures:
    def test_are_a_managers_for_their_locality_and_a_heads_for_the_county(self, post, charnwood, melton):
        manager = post(Role.MANAGER, charnwood)
        report = made(manager, "figures", locality=charnwood)
        assert (report.since, report.place, len(rows(report)) > 15) == (UNTIL, "Charnwood", True)
        with pytest.raises(Exception, match="more than you may see"):
            asked(manager, "figures", locality=melton)
        assert made(post(Role.HEAD), "figures").place == "The county"


@pytest.mark.parametrize("kind", KINDS)
def test_reading_costs_the_same_whatever_there_is(kind, everything, charnwood, melton):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            KINDS[kind].table(KINDS[kind].read(Asked(everything, None, SINCE, UNTIL, UNTIL)).of_table)
        return len(found)

    claimed(charnwood)
    queries()
    few = queries()
    claimed(charnwood, charnwood, melton)
    assert queries() <= few + (kind == "return")  # references for families that had none
