"""Somebody is sent to the provider, taken on or not, begins, is in contact, and it ends."""

from datetime import timedelta

import pytest

from casework.chronology.sources import chronology
from casework.provider.models import ProviderContact, Provision
from casework.provider.rules import WrongProvision
from casework.provider.services import end_provision, end_those_of, turn_down
from casework.provider.shown import with_us
from slf.access.models import Scope
from slf.access.rules import Role
from slf.access.services import move_family, scope_for
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.at_once import acting
from tests.casework.provider.factories import ANSWERED, BEGAN, SENT, TODAY, begun, contact, sent, taken_on

pytestmark = pytest.mark.django_db


def unshare(family, by, charnwood):
    end_those_of(family, words="The family took its agreement back.", by=by, on=TODAY)
    members = [("locality", charnwood.pk, "")]
    move_family(family, to=scope_for(Scope.Kind.LOCALITY, name=charnwood.name, members=members, home=charnwood), by=by)


class TestSendingSomebody:
    def test_is_refused_while_the_family_is_not_shared(self, family, worker):
        with pytest.raises(NotAllowed, match="not shared with the ESF provider"):
            sent(family, worker)

    def test_waits_for_the_provider_and_is_the_same_when_sent_again(self, shared, worker, esf):
        first = sent(shared, worker)
        assert sent(shared, worker) == first
        with acting(esf):
            (row,) = with_us(esf, on=SENT + timedelta(days=11))
            assert (row.due.words, row.is_late) == ("Say whether you take them on", True)

    def test_takes_an_adult_of_the_family(self, shared, worker):
        child = shared.memberships.filter(part="child").first().person
        with pytest.raises(WrongProvision, match="adult"):
            sent(shared, worker, person=child)

    def test_is_not_before_the_day_on_which_they_agreed(self, shared, worker):
        with pytest.raises(WrongProvision, match="before 3 September 2014") as wrong:
            sent(shared, worker, agreed_on=SENT + timedelta(days=1))
        assert wrong.value.field == "sent_on"

    def test_is_nothing_the_provider_does(self, shared, esf):
        with pytest.raises(NotForYou):
            sent(shared, esf)


class TestTheProvider:
    def test_does_not_take_somebody_on_with_a_reason_and_they_can_be_sent_again(self, provision, worker, esf):
        with acting(esf):
            said = {"refusal": "no_room", "answer": "Full until spring.", "answered_on": ANSWERED}
            turn_down(provision, by=esf, on=TODAY, **said)
        assert sent(provision.family, worker).state == "sent"

    def test_goes_from_taken_on_to_the_end_and_all_of_it_is_told(self, provision, worker, esf):
        held = begun(provision, esf)
        contact(held, esf)
        assert contact(held, esf) == ProviderContact.objects.get()
        with acting(esf):
            said = {"ending": "work", "ended_words": "School kitchen.", "by": esf, "on": TODAY}
            with pytest.raises(WrongProvision, match="15 October 2014"):
                end_provision(held, ended_on=BEGAN, **said)
            assert end_provision(held, ended_on=TODAY, **said).ended_because == "They are in work"
            assert end_provision(held, ended_on=TODAY, **said).state == "ended"
        with acting(worker):
            told = [entry.title for entry in chronology(provision.family, user=worker)]
        for what in ("sent to the ESF provider", "taken on by", "provision began", "they met", "provision ended"):
            assert any(what in title for title in told), what

    def test_writes_nothing_of_somebody_it_has_not_taken_on(self, provision, esf):
        with pytest.raises(Conflict, match="not said yet"):
            contact(provision, esf)

    def test_of_another_locality_sees_nobody(self, provision, post, melton):
        other = post(Role.ESF, melton, "esf.melton")
        with acting(other):
            assert with_us(other, on=TODAY) == []

    def test_reads_no_more_of_it_when_the_share_ends_and_what_it_wrote_stays(
        self, provision, worker, manager, esf, charnwood
    ):
        contact(taken_on(provision, esf), esf)
        with acting(manager):
            unshare(provision.family, manager, charnwood)
        with acting(esf):
            assert not Provision.objects.exists()
            assert not ProviderContact.objects.exists()
        with acting(worker):
            assert Provision.objects.get().ended_because == "The family is not shared with the provider any more"
            assert ProviderContact.objects.get().words == "Looked at two courses."
