"""The pages of safeguarding, as the people who use them meet them; and the same through the API."""

import pytest
from django.urls import reverse

from casework.safeguarding.models import Concern
from slf.access.models import View
from slf.access.rules import Role
from slf.drafts.models import Draft
from tests.casework.safeguarding.factories import WORDS, acting, masked, raised, said_mistaken, somebody, told
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
NEW = "/casework/concerns/new/"


def answers(**other):
    said = {name: value for name, value in vars(told()).items() if value is not None}
    return said | {"draft-base": "0"} | other


def page(client, address: str, status: int = 200) -> str:
    with in_the_name_of(None):
        answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, address: str, **body):
    with in_the_name_of(None):
        return client.post(address, body)


@pytest.fixture
def note(signed_in, worker, family):
    """Start a note about a family; return who writes it and where."""
    client = signed_in(worker)
    return client, post(client, NEW, family=str(family.uid))["Location"]


class TestRaisingAConcern:
    def test_says_whom_to_ring_before_it_asks_anything(self, signed_in, worker):
        shown = page(signed_in(worker), NEW)
        assert shown.index("tel:999") < shown.index("Write the concern down")

    def test_is_one_link_away_on_every_page_and_is_about_the_family_of_a_familys_page(self, signed_in, worker, family):
        client = signed_in(worker)
        assert f'href="{NEW}"' in page(client, "/")
        assert f'href="{NEW}?family={family.uid}"' in page(client, reverse("casework:visits", args=[family.uid]))
        assert family.name in page(client, f"{NEW}?family={family.uid}")

    def test_finds_the_family_among_those_one_may_see(self, signed_in, charnwood, melton, family):
        assert family.reference in page(signed_in(somebody(Role.FSW, charnwood)), f"{NEW}?q={family.reference}")
        other = signed_in(somebody(Role.FSW, melton))
        assert f"{family.uid}" not in page(other, f"{NEW}?q={family.reference}")
        page(other, f"{NEW}?family={family.uid}", 404)

    def test_keeps_what_was_typed_and_says_beside_each_question_what_is_missing(self, note):
        client, address = note
        answer = post(client, address, words=WORDS, **{"draft-base": "0"})
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert WORDS in shown
        assert "Say what it is about" in shown

    def test_leads_to_the_concern_and_a_second_sending_to_the_same(self, note):
        client, address = note
        first = post(client, address, **answers())["Location"]
        assert post(client, address, **answers())["Location"] == first
        assert WORDS in page(client, first)
        assert Draft.objects.unsent().count() == 0

    def test_about_a_colleague_leaves_nothing_in_the_log_of_the_family_it_was_begun_at(
        self, note, signed_in, senior, family
    ):
        client, address = note
        page(client, f"{NEW}?family={family.uid}")
        page(client, address)
        post(client, address, **answers(route="staff", accused=str(senior.uid)))
        looked = page(signed_in(senior), reverse("access:looked", args=[family.uid]))
        assert "Family card" in looked
        assert "safeguarding concern" not in looked.partition("Looks at this record")[2]

    def test_about_somebody_unknown_asks_which_team_reads_it(self, signed_in, charnwood):
        client = signed_in(somebody(Role.ESF, charnwood))
        address = post(client, NEW)["Location"]
        assert "Choose a locality" in post(client, address, **answers(team="")).content.decode()
        assert WORDS in page(
            client, post(client, address, **answers(team="charnwood", **{"draft-base": "1"}))["Location"]
        )

    def test_says_whom_to_ring_when_nobody_here_may_decide(self, signed_in, senior, head):
        client = signed_in(senior)
        address = post(client, NEW)["Location"]
        said = post(client, address, **answers(route="staff", accused=str(head.uid)))
        assert "nobody here may read it" in page(client, said["Location"])

    def test_is_kept_for_later(self, note):
        client, address = note
        assert post(client, address, **answers(action="later"))["Location"] == "/"
        assert WORDS in page(client, address)
        assert Concern.objects.count() == 0

    def test_is_not_another_persons_to_write(self, note, signed_in, senior):
        page(signed_in(senior), note[1], 404)


class TestMyDay:
    def test_shows_the_senior_what_to_review_and_the_author_what_it_waits_for(self, signed_in, worker, senior, family):
        raised(worker, family)
        assert "Safeguarding concerns to review" in page(signed_in(senior), "/")
        assert "Your safeguarding concerns" in page(signed_in(worker), "/")

    def test_shows_the_manager_what_is_overdue(self, signed_in, worker, manager, family, settings):
        raised(worker, family, refers="now")
        settings.SERVICE_DATE = "2014-10-20"
        assert "Overdue" in page(signed_in(manager), "/")


class TestWhatIsSaidAboutStaff:
    def test_is_nowhere_to_those_it_is_kept_from(self, signed_in, worker, senior, manager, head, family):
        concern = raised(senior, route="staff", accused=worker.pk, about="Zebedee", team=None)
        for user in (worker, manager):
            client = signed_in(user)
            page(client, concern.get_absolute_url(), 404)
            everywhere = ["/", "/casework/concerns/?show=all", f"/casework/families/{family.uid}/concerns/"]
            assert not any("Zebedee" in page(client, address) for address in everywhere)
        assert "Zebedee" in page(signed_in(head), concern.get_absolute_url())
        assert "Zebedee" in page(signed_in(head), "/")
        with acting(manager):
            assert not View.objects.filter(door=concern.get_absolute_url()).exclude(user=manager).exists()

    def test_offers_the_colleagues_but_oneself(self, note, worker, senior):
        shown = page(*note)
        assert str(senior.uid) in shown
        assert f'value="{worker.uid}"' not in shown


def test_a_mistake_says_to_its_worker_only_that_it_was_one(signed_in, worker, senior, manager, family):
    concern = raised(worker, family)
    said_mistaken(concern, worker)
    masked(concern, senior)
    shown = page(signed_in(worker), concern.get_absolute_url())
    assert "Entered in error" in shown
    assert WORDS not in shown
    assert WORDS in page(signed_in(manager), concern.get_absolute_url())


def test_a_list_asks_as_little_for_many_as_for_few(signed_in, worker, senior, family, django_assert_max_num_queries):
    client = signed_in(senior)
    for _ in range(3):
        raised(worker, family)
    page(client, "/casework/concerns/")
    with django_assert_max_num_queries(25) as few:
        page(client, "/casework/concerns/")
    for _ in range(12):
        raised(worker, family)
    with django_assert_max_num_queries(len(few.captured_queries)):
        page(client, "/casework/concerns/")


class TestTheApi:
    def test_raises_reviews_and_follows_up(self, api, worker, senior, family):
        body = {name: value for name, value in vars(told()).items() if value is not None} | {"family": str(family.uid)}
        with in_the_name_of(None):
            made = api(worker).post("/api/v1/concerns/", body, format="json")
            where = f"/api/v1/concerns/{made.data['uid']}/"
            reviewed = api(senior).post(f"{where}review/", {"decision": "refer", "words": "Ring."}, format="json")
            told_them = {"step": "told", "who": "Mrs Ali", "words": "They will ring back."}
            steps = api(worker).post(f"{where}steps/", told_them, format="json")
            listed = api(senior).get(f"/api/v1/families/{family.uid}/concerns/")
        assert [made.status_code, reviewed.status_code, steps.status_code] == [201] * 3
        assert [entry["step"] for entry in steps.data["entries"]] == ["raised", "reviewed", "told"]
        assert {clock["step"] for clock in steps.data["clocks"]} >= {"written", "acknowledged", "outcome"}
        assert [one["uid"] for one in listed.data["results"]] == [made.data["uid"]]

    def test_says_of_a_family_out_of_sight_what_it_says_of_none(self, api, melton, family):
        other = somebody(Role.FSW, melton)
        said = []
        for uid in (family.uid, "00000000-0000-4000-8000-000000000000"):
            body = {name: value for name, value in vars(told()).items() if value is not None} | {"family": str(uid)}
            with in_the_name_of(None):
                answer = api(other).post("/api/v1/concerns/", body, format="json")
            said.append((answer.status_code, answer.content))
        assert said[0] == said[1]
        assert said[0][0] == 404
