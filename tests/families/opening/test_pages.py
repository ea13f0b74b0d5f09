"""Opening with a reason; why can I see this; who has looked."""

import pytest
from django.urls import reverse

from families.people.models import Family
from referrals.intake.services import own_scope
from slf.access.acting import acting_as
from slf.access.models import Scope, Share, View
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
REASON = "I cover the visit on Friday"


@pytest.fixture
def family(charnwood):
    return FamilyFactory(household=True)


def ask(client, name, family, body=None):
    address = reverse(f"access:{name}", args=[family.uid])
    with acting_as(None):
        return client.post(address, body) if body is not None else client.get(address)


class TestAWorkerOpeningAFamilyOfTheLocality:
    @pytest.fixture
    def worker(self, post, charnwood):
        return post(Role.FSW, charnwood)

    def test_gives_a_reason_and_has_the_record(self, worker, family, signed_in):
        answer = ask(signed_in(worker), "open", family, {"reason": REASON})
        assert answer.url == family.get_absolute_url()
        with acting_as(worker):
            assert Family.objects.open_to(worker).filter(pk=family.pk).exists()
        assert Share.objects.get(user=worker).reason == REASON

    def test_leaves_the_reason_in_the_log(self, worker, family, signed_in):
        ask(signed_in(worker), "open", family, {"reason": REASON})
        assert View.objects.filter(user=worker, family_id=family.pk, why=REASON).exists()

    @pytest.mark.parametrize("reason", ["", "visit"])
    def test_without_a_real_reason_opens_nothing(self, worker, family, signed_in, reason):
        answer = ask(signed_in(worker), "open", family, {"reason": reason})
        assert answer.context["form"].errors
        assert not Share.objects.filter(user=worker).exists()

    def test_with_the_record_open_already_is_led_to_it(self, worker, family, signed_in):
        ask(signed_in(worker), "open", family, {"reason": REASON})
        assert ask(signed_in(worker), "open", family).url == family.get_absolute_url()

    def test_finds_no_restricted_family(self, worker, family, signed_in, everything):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        assert ask(signed_in(worker), "open", family, {"reason": REASON}).status_code == 404


class TestWhyCanISeeThis:
    def test_names_the_post(self, post, charnwood, family, signed_in):
        answer = ask(signed_in(post(Role.SENIOR, charnwood)), "why", family)
        assert answer.context["rights"] == ["Senior family support worker: Charnwood"]

    def test_names_the_reason_given(self, post, charnwood, family, signed_in):
        client = signed_in(post(Role.FSW, charnwood))
        ask(client, "open", family, {"reason": REASON})
        assert any(REASON in right for right in ask(client, "why", family).context["rights"])


class TestWhoHasLooked:
    def test_lists_each_look_newest_first(self, post, charnwood, family, signed_in):
        worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        ask(signed_in(worker), "why", family)
        looks = list(ask(signed_in(senior), "looked", family).context["page"])
        assert [(look.user, look.what) for look in looks] == [
            (senior, "Who has looked"),
            (worker, "Why can I see this"),
        ]

    def test_lists_the_lists_the_family_stood_in(self, post, charnwood, family, signed_in):
        worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        client = signed_in(worker)
        with acting_as(None):
            client.get(reverse("families:list"))
        (own, listed) = ask(signed_in(senior), "looked", family).context["page"]
        assert (own.user, listed.user, listed.what) == (senior, worker, "Families")

    def test_keeps_back_lists_of_other_families(self, post, charnwood, melton, family, signed_in):
        FamilyFactory(locality=melton)
        elsewhere = signed_in(post(Role.SENIOR, melton))
        with acting_as(None):
            elsewhere.get(reverse("families:list"))
        senior = post(Role.SENIOR, charnwood)
        (own,) = ask(signed_in(senior), "looked", family).context["page"]
        assert own.user == senior
        with acting_as(senior):
            assert not View.objects.exclude(user=senior).exists()


class TestAFamilyRestrictedToOnePerson:
    def test_is_for_named_people_though_they_have_referrals_of_their_own(self, post, charnwood, family, everything):
        worker = post(Role.FSW, charnwood)
        with acting_as(worker):
            own = own_scope(worker)
        closed = restrict_family(family, to=[(worker, Role.FSW)], by=everything)
        assert closed != own
        with acting_as(worker):
            assert Family.objects.filter(pk=family.pk, scope__kind=Scope.Kind.RESTRICTED).exists()
