"""What My day, the family's page and its chronology say of assessments."""

import pytest
from django.urls import reverse

from casework.assessments.services import send_back
from casework.chronology.sources import chronology
from casework.closing.before import before_closing
from tests.casework.assessments.factories import EARLIER, TODAY, finished, signed, started
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sees(signed_in):
    """Return ``sees(user, name, *args)``: the page of an address."""

    def get(user, name, *args):
        return signed_in(user).get(reverse(name, args=args)).content.decode()

    return get


class TestMyDay:
    def test_says_that_the_first_is_late_and_starts_it_with_one_press(self, family, worker, sees):
        page = sees(worker, "home")
        assert "First assessment due by 13 October 2014" in page
        assert reverse("casework:start_assessment", args=[family.uid]) in page

    def test_says_what_is_in_hand_and_what_was_sent_back(self, family, worker, senior, sees):
        started(family, worker)
        assert "started on 15 October 2014: carry on" in sees(worker, "home")
        it = finished(family, worker)
        assert "Sign off" in sees(senior, "home")
        with in_the_name_of(senior):
            send_back(it, because="Talk with the children alone.", by=senior, on=TODAY)
        assert "Talk with the children alone." in sees(worker, "home")
        assert "Assessments to sign off" not in sees(senior, "home")


class TestTheFamilysPage:
    def test_says_when_it_was_assessed_last_and_when_again(self, family, worker, senior, sees):
        assert "First assessment due by 13 October 2014, overdue" in sees(worker, "families:family", family.uid)
        signed(family, worker, senior, on=EARLIER)
        assert "Assessed 10 September 2014. Review due by 3 December 2014" in sees(
            worker, "families:family", family.uid
        )


class TestTheChronology:
    def test_tells_that_it_was_started_finished_and_signed_off(self, family, worker, senior):
        signed(family, worker, senior, on=EARLIER)
        started(family, worker)
        with in_the_name_of(worker):
            found = [entry.title for entry in chronology(family, user=worker) if entry.kind == "assessment"]
        assert found == [
            "Review 2: started", "Assessment 1: signed off", "Assessment 1: finished", "Assessment 1: started"
        ]  # fmt: skip


def test_before_a_case_is_closed_it_is_said_that_one_is_not_signed_off(family, worker, senior):
    started(family, worker)
    with in_the_name_of(senior):
        undone = [point.text for point in before_closing(family, by=senior, on=TODAY).undone]
    assert "Assessment 1 is not signed off: being written" in undone
