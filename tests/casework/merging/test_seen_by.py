"""Who sees what of two families that are one, while they are and after they are taken apart again."""

import pytest
from django.db import connection
from django.urls import reverse

from casework.merging.services import undo_family_merge
from casework.visits.models import Visit
from families.opening.services import emergencies_to_review, review_emergency
from families.people.models import Family, Membership
from families.sharing.models import Consent
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import break_glass, hold_family, release_family, restrict_family
from slf.web.errors import NotForYou
from tests.casework.merging.factories import APART, known_twice, made_one
from tests.casework.transfers.factories import offered
from tests.families.households.factories import JUNE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


def apart(merge, *, by):
    return undo_family_merge(merge, reason=APART, by=by, on=JUNE)


def hold(*families, user, by):
    for family in families:
        hold_family(family, user=user, kind=Share.Kind.WORKER, by=by)


def seen_by(user):
    user.__dict__.pop("_rights", None)
    with acting_as(user):
        return set(Visit.objects.visible_to(user).values_list("family", flat=True))


def visited(*families, by):
    for family in families:
        Visit.objects.create(family=family, kind="phone", happened_on=JUNE, note="Rang", recorded_by=by)


class TestWhatSomebodyHoldsOfTheOtherOne:
    def test_opens_nothing_while_the_two_are_one(self, everything, worker):
        again, family, _ = known_twice()
        visited(again, family, by=everything)
        hold_family(again, user=worker, kind=Share.Kind.OPENED, by=everything, reason="She rang and asked for help")
        made_one(again, family)
        assert seen_by(worker) == set()

    def test_ends_with_what_they_hold_of_the_one_that_stands(self, everything, worker):
        again, family, _ = known_twice()
        visited(again, family, by=everything)
        hold(again, family, user=worker, by=everything)
        merge = made_one(again, family)
        assert seen_by(worker) == {again.pk, family.pk}
        release_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        assert seen_by(worker) == set()
        apart(merge, by=everything)
        assert seen_by(worker) == set()

    def test_ends_when_both_are_handed_over(self, everything, worker, post, melton):
        again, family, _ = known_twice()
        hold(again, family, user=worker, by=everything)
        made_one(again, family)
        accepting, arrival = post(Role.SENIOR, melton), offered(family, by=everything)
        with acting_as(accepting), connection.cursor() as cursor:
            cursor.execute("select slf.accept_transfer(%s, %s)", [arrival.pk, TODAY])
        assert not Share.objects.not_over().filter(user=worker).exists()


class TestWhoHadTheOtherOneOpenInAnEmergency:
    def test_reviews_nobody_elses_emergency_of_either(self, everything, post, charnwood):
        again, family, _ = known_twice()
        managers = [post(Role.MANAGER, charnwood) for _ in range(2)]
        for manager, reference in zip(managers, (again.reference, family.reference), strict=True):
            with acting_as(manager):
                break_glass(reference, by=manager, reason="A child is not where she should be")
        made_one(again, family)
        with acting_as(managers[0]):
            assert not emergencies_to_review(managers[0]).exists()
            with pytest.raises(NotForYou):
                review_emergency(Share.objects.get(family=family, user=managers[1]), by=managers[0])


class TestALook:
    def test_at_the_one_that_stands_is_one_at_both_taken_apart_as_well(self, everything, post, charnwood, signed_in):
        again, family, _ = known_twice()
        merge, senior = made_one(again, family), post(Role.SENIOR, charnwood)
        signed_in(senior).get(family.get_absolute_url())
        assert set(View.objects.filter(user=senior, family_id=family.pk).latest("pk").family_ids) == {
            again.pk,
            family.pk,
        }
        apart(merge, by=everything)
        with acting_as(post(Role.MANAGER, charnwood)), connection.cursor() as cursor:
            cursor.execute("select count(*) from slf_view where id in (select slf.looks_at(%s)) and user_id = %s",
                           [again.pk, senior.pk])  # fmt: skip
            assert cursor.fetchone()[0] == 1


class TestTakenApart:
    @pytest.mark.parametrize("page", ["families:shown", "families:sharing", "api-shown"])
    def test_a_word_of_somebody_out_of_sight_is_not_told_of_the_family(self, everything, worker, signed_in, page):
        again, family, _ = known_twice()
        merge = made_one(again, family)
        iris = Membership.objects.get(family__pk=again.pk, person__given_names="Iris").person
        Consent.objects.create(
            family=family, person=iris, said_by=iris, said_on=JUNE, recorded_by=everything,
            state="withdrawn", category="health", agency="health", purpose="support",
        )  # fmt: skip
        apart(merge, by=everything)
        restrict_family(Family.objects.get(pk=again.pk), to=[(everything, Role.MANAGER)], by=everything)
        hold(family, user=worker, by=everything)
        answer = signed_in(worker).get(reverse(page, args=[family.uid]))
        assert answer.status_code == 200
        assert "Consent taken back" not in answer.content.decode()
