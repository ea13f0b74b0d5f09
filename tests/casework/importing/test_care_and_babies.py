"""Children in care, expected babies, and cases that weigh more, with the days that the list gives."""

from datetime import date

import pytest
from django.db import transaction

from casework.importing import paper
from casework.importing.rules.judging import State
from families.addresses.models import Home
from families.households.models import HouseholdChange
from families.households.services import household_on
from families.people.models import Family, Membership, Person
from referrals.allocation.models import Allocation
from referrals.allocation.services import caseloads
from slf.access.acting import acting_as
from slf.clock import today
from tests.casework.importing.factories import (
    BABY,
    CASE,
    DONNA,
    JODIE,
    LIST,
    TYLER,
    as_book,
    as_csv,
    bring_known,
    states,
)

pytestmark = pytest.mark.django_db(transaction=True)
JOINED, IN_CARE = date(2013, 1, 7), date(2014, 3, 3)


def times():
    rows = Membership.objects.order_by("period").select_related("person")
    return [(str(row.person), row.part, row.period.lower, row.period.upper) for row in rows]


class TestAChildInCare:
    @pytest.fixture
    def file(self, bring):
        return bring(as_book([DONNA, JODIE]))

    def test_lived_in_the_family_before(self, file, everything):
        with transaction.atomic():
            assert [time[1:] for time in times() if time[0] == "Jodie Palmer"] == [
                ("child", JOINED, IN_CARE), ("care", IN_CARE, None),
            ]  # fmt: skip
            family = Family.objects.get()
            before = household_on(family, date(2014, 3, 2), by=everything)
            now = household_on(family, today(), by=everything)
        assert [row.part for row in before] == ["parent", "child"]
        assert [(row.part, row.responsible) for row in now][1] == ("care", "Leicestershire County Council")

    def test_has_no_home_in_the_family_and_its_chronology_says_since_when(self, file):
        with transaction.atomic():
            assert {home.membership.part for home in Home.objects.all()} == {"parent"}
            change = HouseholdChange.objects.get()
            assert (change.did, change.on, str(change.person)) == ("part", IN_CARE, "Jodie Palmer")
            assert change.words == f"Leicestershire County Council. Brought over from the list “{LIST}”"

    def test_stands_in_the_report_since_the_day_it_came_to_the_family(self, file, data):
        with acting_as(data), transaction.atomic():
            assert [row[7] for row in paper.report_rows(file, user=data)] == [JOINED, JOINED]

    def test_without_another_day_is_in_care_from_the_first(self, bring):
        bring(as_book([DONNA, JODIE | {"In care since": ""}]))
        with transaction.atomic():
            assert [time[1:] for time in times() if time[0] == "Jodie Palmer"] == [("care", JOINED, None)]


class TestAnExpectedBaby:
    def test_is_known_and_not_in_the_family(self, bring, everything):
        bring(as_book([DONNA, BABY], [CASE]))
        with transaction.atomic():
            assert Person.objects.get(given_names="Baby").expected_on == date(2014, 12, 24)
            family = Family.objects.get()
            assert [row.part for row in household_on(family, today(), by=everything)] == ["parent"]
            assert [row.part for row in household_on(family, today(), by=everything, known=True)] == [
                "parent",
                "expected",
            ]
            assert HouseholdChange.objects.get().did == "expected"

    def test_is_known_no_earlier_than_it_can_be(self, bring):
        bring(as_book([DONNA | {"Joined on": ""}, BABY], [CASE]))
        with transaction.atomic():
            since = {part: starts for _, part, starts, _ in times()}
        assert since == {"parent": date(2014, 1, 20), "expected": date(2014, 2, 27)}

    def test_sent_again_is_the_same(self, bring):
        bring(as_csv(DONNA, BABY))
        assert set(states(bring_known(bring, as_csv(DONNA, BABY, TYLER | {"Surname": ""}))).values()) == {
            State.KNOWN, State.REFUSED,
        }  # fmt: skip


class TestACaseThatWeighsMore:
    def test_weighs_so_with_its_worker_since_they_have_it(self, bring, worker):
        bring(as_book([DONNA], [CASE | {"Worker": "sam.worker", "Highly complex": "Yes"}]))
        with transaction.atomic():
            given = Allocation.objects.get()
            assert (given.highly_complex, given.period.lower) == (True, date(2014, 2, 14))
            load = caseloads([worker], on=today())[worker.pk]
            assert (load.mixed, load.highly_complex) == (0, 1)

    def test_counts_as_such_towards_a_full_caseload(self, bring, worker):
        people = [DONNA | {"Family reference": f"F{n}", "Given names": f"Ann{chr(97 + n)}"} for n in range(7)]
        heavy = CASE | {"Worker": "sam.worker", "Highly complex": "Yes"}
        bring(as_book(people, [heavy | {"Family reference": f"F{n}"} for n in range(7)]))
        with transaction.atomic():
            assert Allocation.objects.exclude(over_reason="").exists()
