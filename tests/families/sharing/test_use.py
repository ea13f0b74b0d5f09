"""What may not be used is shown nowhere, and each page says that something is missing and why."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from families.facts.models import Fact
from slf.access.rules import Role
from slf.clock import today
from tests.factories import FamilyFactory
from tests.families.hub.factories import ATTENDANCE, as_csv, receive
from tests.families.register.factories import close_basis, close_gateway

pytestmark = pytest.mark.django_db
GIVEN = {"period": (date(2014, 3, 3), date(2014, 3, 4)), "source": "feed", "recorded_on": date(2014, 4, 1)}


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def child(family):
    return family.memberships.filter(part="child").first().person


@pytest.fixture(autouse=True)
def facts(family, child, everything):
    for kind, agency, said in (
        ("exclusion_fixed", "schools", "Excluded by the school"),
        ("domestic_abuse_incident", "police", "Called to the house"),
    ):
        Fact.objects.create(
            family=family, person=child, kind=kind, agency=agency, source_name=said, source_key=kind,
            recorded_by=everything, **GIVEN,
        )  # fmt: skip


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


ROOT = Path(__file__).resolve().parents[3]
PAGES = ("families:evidence", "casework:chronology")


class TestAFactWithoutAGateway:
    @pytest.mark.parametrize("page", PAGES)
    def test_is_not_on_the_page_which_says_that_and_why(self, page, signed_in, senior, family):
        client, address = signed_in(senior), reverse(page, args=[family.uid])
        assert "Excluded by the school" in text_of(client.get(address))
        close_gateway("schools", "education", "support")
        text = text_of(client.get(address))
        assert "Excluded by the school" not in text
        assert "Something was left out here" in text
        assert "Fixed-term exclusion: 1. There is no gateway today by which Schools and academies shares" in text

    def test_is_not_counted_in_the_chronology_either(self, signed_in, senior, family):
        close_gateway("schools", "education", "support")
        text = text_of(signed_in(senior).get(reverse("casework:chronology", args=[family.uid])))
        assert 'Evidence <span class="slf-kinds__number">1</span>' in text

    def test_is_not_told_to_programs(self, api, senior, family):
        close_gateway("schools", "education", "support")
        answer = api(senior).get(reverse("api-evidence", args=[family.uid])).json()
        assert [fact["kind"] for fact in answer["results"]] == ["domestic_abuse_incident"]
        assert [(left["kind"], left["number"]) for left in answer["left_out"]] == [("exclusion_fixed", 1)]
        told = str(api(senior).get(reverse("api-chronology", args=[family.uid])).json())
        assert "Excluded by the school" not in told

    def test_comes_back_when_only_another_purpose_was_closed(self, signed_in, senior, family):
        close_gateway("schools", "education", "claim")
        text = text_of(signed_in(senior).get(reverse("families:evidence", args=[family.uid])))
        assert "Excluded by the school" in text
        assert "Something was left out" not in text


class TestAFactWithoutALawfulBasis:
    def test_is_left_out(self, signed_in, senior, family):
        close_basis("education", "support")
        text = text_of(signed_in(senior).get(reverse("families:evidence", args=[family.uid])))
        assert "Excluded by the school" not in text
        assert "There is no lawful basis for using school attendance and exclusion here today." in text


class TestWhatKeepsSomebodySafe:
    @pytest.mark.parametrize("page", PAGES)
    def test_stays_to_be_seen(self, page, signed_in, senior, family):
        close_gateway("police", "domestic_abuse", "support")
        close_basis("domestic_abuse", "support")
        assert "Called to the house" in text_of(signed_in(senior).get(reverse(page, args=[family.uid])))


class TestAFileWithoutAGateway:
    @pytest.fixture(autouse=True)
    def _closed(self):
        for purpose in ("support", "claim", "identify"):
            close_gateway("schools", "education", purpose)

    def test_is_not_taken_and_the_field_says_why(self, signed_in, post):
        text = text_of(signed_in(post(Role.DATA)).post(reverse("families:send_feed_file"), {"feed": "attendance"}))
        assert "No gateway is in force by which Schools and academies shares this" in text


class TestAFileWhoseGatewayHasEnded:
    def test_shows_its_rows_to_nobody(self, signed_in, api, post, everything):
        data = post(Role.DATA)
        file = receive(as_csv([ATTENDANCE]), by=everything)
        client, address = signed_in(data), reverse("families:feed_file", args=[file.uid])
        assert "may not be used today" not in text_of(client.get(address))
        for purpose in ("support", "claim", "identify"):
            close_gateway("schools", "education", purpose)
        assert "may not be used today" in text_of(client.get(address))
        assert api(data).get(reverse("api-feed-rows", args=[file.uid])).json()["count"] == 0


WRITERS = {"families/hub/settling.py", "casework/importing/opening.py", "performance/demo/sharing.py"}
READERS = {"families/sharing/use.py", "performance/claims/using.py", "performance/identification/running.py"}


def test_nobody_else_reads_facts():
    """Who writes facts asks for those it corrects; who reads them comes through ``families.sharing.use``."""
    floors = ("slf", "families", "referrals", "casework", "performance")
    files = [path for floor in floors for path in (ROOT / floor).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if "Fact.objects" in path.read_text()}
    assert found == WRITERS | READERS


def test_today_is_a_day_on_which_the_register_counts():
    assert today() > date(2012, 7, 5)
