"""The ESF provider reads the record of a family that is shared with it, and nothing of how the work is supervised."""

import pytest
from django.db import connection
from django.urls import reverse

from casework.chronology.sources import chronology
from casework.supervision.models import AgreedAction, Decision
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from tests.casework.supervision.factories import agreed, decided
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
NOTE = "Their worker is tired of them: give it to somebody else?"


@pytest.fixture
def esf(post, charnwood):
    return post(Role.ESF, charnwood, "esf")


@pytest.fixture
def decision(part, family, senior, everything, charnwood):
    made = decided(part, family, senior, note=NOTE, action=agreed())
    with acting_as(everything):
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
    return made


def told(user, family) -> str:
    with in_the_name_of(user):
        return " ".join(f"{entry.title} {entry.text} {entry.detail}" for entry in chronology(family, user=user))


class TestWhatIsDecidedInSupervision:
    def test_stands_in_the_chronology_of_who_works_here_alone(self, decision, family, worker, esf):
        assert NOTE in told(worker, family)
        assert "Allocated to" in told(esf, family)
        assert "supervision" not in told(esf, family)

    def test_has_pages_for_who_works_here_alone(self, decision, family, esf, worker, signed_in, api):
        action = decision.actions.get()
        pages = [reverse("casework:family_supervision", args=[family.uid])]
        pages.append(reverse("casework:agreed_action", args=[action.uid]))
        with acting_as(None):
            assert [signed_in(worker).get(page).status_code for page in pages] == [200, 200]
            assert [signed_in(esf).get(page).status_code for page in pages] == [404, 404]
            assert api(esf).get(reverse("api-family-supervision", args=[family.uid])).status_code == 404
            done = api(esf).post(reverse("api-agreed-action", args=[action.uid]), {"came_of_it": "Done."})
            visits = signed_in(esf).get(reverse("casework:visits", args=[family.uid])).content.decode()
        assert done.status_code == 404
        assert pages[0] not in visits

    @pytest.mark.parametrize("model", [Decision, AgreedAction])
    def test_is_kept_from_a_partner_by_the_database_with_all_that_it_was_before(self, decision, esf, senior, model):
        table = model._meta.db_table
        for user, number in ((senior, 1), (esf, 0)):
            with in_the_name_of(user), connection.cursor() as cursor:
                for name in (table, f"{table}event"):
                    cursor.execute(f"select count(*) from {name}")
                    assert (cursor.fetchone()[0] > 0) == bool(number), (user, name)
                assert model.objects.visible_to(user).count() == number
