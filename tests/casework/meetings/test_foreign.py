"""What is named in a call to plan a meeting is of the family whose meeting it is."""

from datetime import timedelta

import pytest

from casework.meetings.models import Meeting
from casework.meetings.wanting import ask_for_meeting
from tests.casework.around.factories import TODAY
from tests.casework.closing.factories import worked
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


def test_a_meeting_asked_for_by_another_family_is_not_planned_here(api, worker, family):
    other = worked(worker)
    with in_the_name_of(worker):
        wanted = ask_for_meeting(other, purpose="How school goes.", by_day=TODAY + timedelta(7), by=worker, on=TODAY)
    said = {
        "day": "2014-11-03", "starts_at": "10:00", "place": "School", "purpose": "How school goes.",
        "users": [str(worker.uid)], "wanted": str(wanted.uid),
    }  # fmt: skip
    answer = api(worker).post(f"/api/v1/families/{family.uid}/meetings/", said, format="json")
    assert answer.status_code == 400, answer.content
    with in_the_name_of(worker):
        assert not Meeting.objects.exists()
