"""Whether a family meets what a service asks for, said before it is asked; and why it is asked all the same."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.requests.models import ServiceRequest
from casework.requests.rules import WrongRequest
from referrals.directory.rules import (
    ALL_THE_SAME,
    Known,
    Missed,
    Sender,
    Terms,
    level_of,
    missed,
    terms_in_words,
    warning,
)
from referrals.triage.spite import in_spite
from slf.access.rules import Role
from tests.casework.around.access_rows import ASK, day
from tests.casework.around.factories import asked
from tests.casework.closing.factories import worked
from tests.referrals.directory.access_rows import BODY, FORM
from tests.referrals.directory.factories import a_service
from tests.referrals.intake.factories import in_the_name_of, sent_referral

TARGETED = Terms(level=3, youngest=11, oldest=16)


class TestWhatAFamilyMeets:
    @pytest.mark.parametrize(
        ("terms", "known", "found"),
        [
            pytest.param(Terms(), Known(1), [], id="a service for anybody"),
            pytest.param(TARGETED, Known(3, (13, 40)), [], id="somebody is of the age"),
            pytest.param(TARGETED, Known(2, (13,)), [Missed.LEVEL], id="under the level"),
            pytest.param(TARGETED, Known(3, (4, 40)), [Missed.AGE], id="nobody of the age"),
            pytest.param(TARGETED, Known(3), [], id="nobody's age is known"),
            pytest.param(Terms(sender=Sender.HEALTH), Known(3), [Missed.SENDER], id="asked by others"),
            pytest.param(Terms(oldest=0), Known(1, (0,)), [], id="babies"),
        ],
    )
    def test_of_what_a_service_asks_for(self, terms, known, found):
        assert missed(terms, known) == found

    def test_is_said_in_a_sentence(self):
        said = warning("Youth club", TARGETED, Known(1, (3,)), [Missed.LEVEL, Missed.AGE])
        assert said == (
            "Youth club takes families from level 3 on; what is recorded makes level 1. Youth club is for other ages: "
            "from 11 to 16 years. Choose another one, or say why it is asked all the same."
        )
        assert terms_in_words(TARGETED) == "From level 3, help for the whole family. From 11 to 16 years"

    @given(st.integers(0, 13), st.integers(1, 13), st.integers(1, 13))
    def test_rises_with_its_needs(self, needs, two, three):
        assert level_of(needs, two=two, three=three) <= level_of(needs + 1, two=two, three=three)


@pytest.mark.django_db
class TestTheDirectory:
    def test_says_whom_a_service_takes_and_who_goes_first(self, post, signed_in):
        keeper = signed_in(post(Role.ADMIN))
        first = {"goes_first": "Families of this service.", "agreed": "Manager and club, 2 June 2014"}
        terms = {"level": 3, "youngest": 11, "oldest": 16, "sender": "professionals"}
        since = {"first_from_day": 2, "first_from_month": 6, "first_from_year": 2014}
        address = reverse("referrals:add_service")
        assert "Say which families go first" in keeper.post(address, FORM | first).content.decode()
        assert "cannot be younger" in keeper.post(address, FORM | {"youngest": 5, "oldest": 4}).content.decode()
        assert keeper.post(address, FORM | first | terms | since).status_code == 302
        page = keeper.get(reverse("referrals:services")).content.decode()
        assert "From 11 to 16 years" in page
        assert "Families of this service (Manager and club, 2 June 2014)" in page

    def test_keeps_no_promise_without_its_agreement(self):
        with pytest.raises(IntegrityError, match="first_by_agreement"), transaction.atomic():
            a_service(goes_first="Our families")

    def test_says_it_to_programs(self, post, api):
        made = api(post(Role.ADMIN)).post("/api/v1/services/", BODY | {"level": 2, "oldest": 4}, format="json").json()
        assert (made["level"], made["oldest"], made["sender"]) == (2, 4, "anybody")
        wrong = api(post(Role.ADMIN)).post("/api/v1/services/", BODY | {"goes_first": "Us"}, format="json")
        assert wrong.status_code == 400


@pytest.mark.django_db
class TestAServiceThatIsAskedAllTheSame:
    @pytest.fixture(autouse=True)
    def _today(self, settings):
        settings.SERVICE_DATE = "2014-10-15"

    @pytest.fixture
    def worker(self, post, charnwood, everything):
        return post(Role.FSW, charnwood)

    @pytest.fixture
    def family(self, worker):
        return worked(worker)

    def test_is_kept_with_the_reason_and_counted(self, family, worker, post, charnwood, signed_in):
        club = a_service("Youth club", level=3)
        with pytest.raises(WrongRequest, match="from level 3 on"):
            asked(family, worker, other="", service=club)
        made = asked(family, worker, other="", service=club, all_the_same="near")
        assert (made.missed, made.all_the_same) == (["level"], "near")
        page = signed_in(post(Role.SENIOR, charnwood)).get(reverse("casework:request_figures")).content.decode()
        assert f"{ALL_THE_SAME['near']}: 1" in page
        listed = signed_in(post(Role.SENIOR, charnwood)).get(f"{reverse('casework:request_list')}?spite=near")
        assert "Youth club" in listed.content.decode()

    def test_asks_no_reason_where_the_family_meets_it(self, family, worker):
        assert asked(family, worker, other="", service=a_service(level=1), all_the_same="near").all_the_same == ""

    def test_is_warned_of_on_the_page(self, family, worker, signed_in):
        club, mine, address = (
            a_service("Youth club", level=3),
            signed_in(worker),
            reverse("casework:ask_service", args=[family.uid]),
        )
        assert "Youth club (From level 3" in mine.get(address).content.decode()
        said = ASK | day("asked_on") | {"service": str(club.uid), "other": ""}
        refused = mine.post(address, said)
        assert refused.status_code == 400
        assert "Youth club takes families from level 3 on" in refused.content.decode()
        assert mine.post(address, said | {"all_the_same": "agreed"}).status_code == 302
        assert ServiceRequest.objects.get().in_spite.startswith("Under its threshold")

    def test_is_asked_by_programs_with_the_reason(self, family, worker, api):
        address, club = reverse("api-service-requests", args=[family.uid]), a_service(sender="health")
        said = {"service": str(club.uid), "need": "health", "words": "X", "asked_on": "2014-10-15"}
        assert api(worker).post(address, said, format="json").status_code == 422
        made = api(worker).post(address, said | {"all_the_same": "other"}, format="json").json()
        assert made["missed"] == ["sender"]

    def test_is_signposted_to_with_the_reason(self, post, charnwood, signed_in, api):
        senior, referrer = post(Role.SENIOR, charnwood), post(Role.REFERRER)
        referral, club = sent_referral(referrer), a_service("Youth club", level=3, oldest=1)
        address, mine = reverse("referrals:signpost", args=[referral.uid]), signed_in(senior)
        assert "Up to 1 years" in mine.get(address).content.decode()
        assert "Choose another one, or say why" in mine.post(address, {"service": str(club.uid)}).content.decode()
        program = reverse("api-triage-signpost", args=[referral.uid])
        assert api(senior).post(program, {"service": str(club.uid)}, format="json").status_code >= 400
        assert mine.post(address, {"service": str(club.uid), "all_the_same": "not_here"}).status_code == 302
        with in_the_name_of(senior):
            assert [one.signposted_because for one in in_spite(senior)] == ["not_here"]
        assert "Referrals sent on" in mine.get(reverse("casework:request_figures")).content.decode()
