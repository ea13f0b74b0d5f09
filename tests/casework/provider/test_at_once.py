"""Two who act at the same moment on one provision."""

import pytest

from casework.provider.models import Provision
from casework.provider.services import take_on, turn_down
from casework.provider.sharing import stop_sharing
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, NotForYou
from tests.at_once import at_once, committed, in_the_name_of, meanwhile
from tests.casework.provider.factories import ANSWERED, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_takes_them_on_and_the_other_is_told(provision, esf, post, charnwood):
    other = post(Role.ESF, charnwood, "esf2")

    yes = in_the_name_of(esf)(lambda: take_on(provision, answered_on=ANSWERED, by=esf, on=TODAY))
    said = {"refusal": "no_room", "answer": "Full.", "answered_on": ANSWERED, "by": other, "on": TODAY}
    outcomes = at_once(yes, in_the_name_of(other)(lambda: turn_down(provision, **said)))
    (refused,) = [one for one in outcomes if isinstance(one, Exception)]
    assert isinstance(refused, Conflict)
    assert "8 September 2014" in refused.message
    assert committed(lambda: Provision.objects.get().state) in {"taken_on", "not_taken_on"}


def test_the_provider_is_refused_what_the_county_stops_sharing_at_that_moment(provision, esf, manager):
    with (
        acting_as(manager),
        meanwhile(lambda: take_on(provision, answered_on=ANSWERED, by=esf, on=TODAY), esf) as (outcome, second),
    ):
        stop_sharing(provision.family, words="They took it back.", by=manager, on=TODAY)
        second.start()
    (refused,) = outcome
    assert isinstance(refused, NotForYou)
    with in_the_name_of(manager):
        assert Provision.objects.get().state == "ended"
