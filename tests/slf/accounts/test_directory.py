from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils import timezone

from referrals.allocation.services import give_family
from slf import clock
from slf.access.models import Post, Share
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts import services
from slf.accounts.models import User
from tests.factories import FamilyFactory
from tests.slf.accounts import council
from tests.slf.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

AMINA = "amina.patel@council.example"
TABLE = {
    "g-fsw-charnwood": {"role": "fsw", "locality": "charnwood"},
    "g-senior-melton": {"role": "senior", "locality": "melton"},
    "g-head": {"role": "head"},
}


@pytest.fixture
def directory(settings, monkeypatch):
    """A council directory this service trusts, and nothing of it on any network."""
    app = {
        "provider_id": "entra",
        "name": "Council account",
        "client_id": council.CLIENT_ID,
        "secret": council.CLIENT_SECRET,
        "settings": {"server_url": council.ISSUER, "uid_field": "oid", "fetch_userinfo": False},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.SLF_OIDC_GROUPS = TABLE
    directory = council.Directory()
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", lambda *args, **kwargs: directory.send(*args, **kwargs))
    return directory


@pytest.fixture
def amina(db):
    """The administrator made an account for Amina under her council user name."""
    return User.objects.create_user(AMINA, password=PASSWORD, first_name="Amina", last_name="Patel")


@pytest.fixture
def through_council(browser, directory):
    """Return ``through_council(username)``: go to the directory, sign in there, and come back."""

    def go(username: str = AMINA, *, start: str = "", **claims):
        sent_to = browser.get(start or reverse("openid_connect_login", args=["entra"]) + "?next=/page/")
        back = directory.code_for(username, sent_to=sent_to.headers["Location"], **claims)
        return browser.get(reverse("openid_connect_callback", args=["entra"]), back)

    return go


def posts_of(user: User) -> set[tuple[str, str | None]]:
    today = timezone.localdate()
    return {(p.role, p.locality and p.locality.slug) for p in services.posts_in_force(user, on=today)}


class TestSomebodyOfTheCouncil:
    def test_signs_in_and_holds_the_posts_their_groups_mean(self, amina, browser, directory, through_council):
        directory.hire(AMINA, groups=["g-fsw-charnwood", "all-staff"])
        assert through_council().headers["Location"] == "/page/"
        assert browser.get("/page/").content == f"Page of {AMINA}".encode()
        assert posts_of(amina) == {("fsw", "charnwood")}

    def test_is_recognised_by_the_directorys_own_number_from_then_on(self, amina, browser, directory, through_council):
        directory.hire(AMINA, groups=["g-head"])
        through_council()
        browser.post(reverse("account_logout"))
        directory.people[AMINA]["preferred_username"] = "amina.khan@council.example"
        assert through_council().headers["Location"] == "/page/"
        assert SocialAccount.objects.get(user=amina).uid == f"object of {AMINA}"

    def test_has_no_other_door(self, amina, browser, directory, through_council, sign_in):
        directory.hire(AMINA, groups=["g-head"])
        through_council()
        browser.post(reverse("account_logout"))
        sign_in(username=AMINA)
        assert browser.get("/page/").status_code == 302

    def test_needs_no_second_step_of_ours(self, amina, browser, directory, through_council, settings):
        settings.SLF_REQUIRE_MFA = True
        directory.hire(AMINA, groups=["g-head"])
        through_council()
        assert browser.get("/page/").status_code == 200

    def test_finds_the_way_on_the_sign_in_page(self, browser, directory):
        page = browser.get(reverse("account_login")).content.decode()
        assert f'href="{reverse("openid_connect_login", args=["entra"])}?' in page


class TestAMover:
    def test_gives_up_the_old_post_and_holds_the_new_one(self, amina, browser, directory, through_council):
        for groups in (["g-fsw-charnwood"], ["g-senior-melton"]):
            directory.hire(AMINA, groups=groups)
            through_council()
            browser.post(reverse("account_logout"))
        assert posts_of(amina) == {("senior", "melton")}

    def test_keeps_the_families_that_both_posts_open(
        self, amina, everything, browser, directory, through_council, settings
    ):
        settings.SLF_OIDC_GROUPS = TABLE | {"g-senior-charnwood": {"role": "senior", "locality": "charnwood"}}
        directory.hire(AMINA, groups=["g-fsw-charnwood"])
        through_council()
        family = FamilyFactory()
        give_family(family, worker=amina, by=everything, on=clock.today())
        browser.post(reverse("account_logout"))
        directory.hire(AMINA, groups=["g-senior-charnwood"])
        through_council()
        assert posts_of(amina) == {("senior", "charnwood")}
        assert Share.objects.not_over().get(user=amina).period.upper is None
        assert family.allocations.get().goes_on

    def test_keeps_a_loan_that_the_directory_does_not_know(self, amina, everything, melton, directory, through_council):
        today = timezone.localdate()
        ends = today + timedelta(days=30)
        give_post(amina, role=Role.FSW, locality=melton, by=everything, starts_on=today, ends_on=ends)
        directory.hire(AMINA, groups=["g-fsw-charnwood"])
        through_council()
        assert posts_of(amina) == {("fsw", "charnwood"), ("fsw", "melton")}

    @pytest.mark.parametrize("days", [None, 30], ids=["for good", "on loan"])
    def test_begins_a_post_that_was_still_to_come(self, amina, everything, charnwood, directory, through_council, days):
        begins = timezone.localdate() + timedelta(days=7)
        ends = days and begins + timedelta(days=days)
        give_post(amina, role=Role.FSW, locality=charnwood, by=everything, starts_on=begins, ends_on=ends)
        directory.hire(AMINA, groups=["g-fsw-charnwood"])
        assert through_council().headers["Location"] == "/page/"
        (held,) = services.posts_to_come(amina, on=timezone.localdate())
        assert (held.period.lower, held.period.upper) == (timezone.localdate(), None)

    def test_into_a_locality_there_is_not_signs_in_without_that_post(
        self, amina, directory, through_council, settings, caplog
    ):
        settings.SLF_OIDC_GROUPS = TABLE | {"g-typing": {"role": "fsw", "locality": "charnwod"}}
        directory.hire(AMINA, groups=["g-typing", "g-senior-melton"])
        assert through_council().headers["Location"] == "/page/"
        assert posts_of(amina) == {("senior", "melton")}
        assert "charnwod" in caplog.text

    def test_keeps_the_same_post_over_many_sign_ins(self, amina, browser, directory, through_council):
        directory.hire(AMINA, groups=["g-head"])
        for _ in range(3):
            through_council()
            browser.post(reverse("account_logout"))
        assert Post.objects.filter(user=amina).count() == 1


class TestALeaver:
    @pytest.fixture
    def left(self, amina, browser, directory, through_council):
        """Amina worked here, stays signed in on one machine, and is in no group of ours any more."""
        directory.hire(AMINA, groups=["g-fsw-charnwood"])
        through_council()
        directory.hire(AMINA, groups=["all-staff"])

    def test_is_refused_and_every_post_ends(self, left, amina, browser, directory, through_council):
        browser.cookies.clear()
        refused = through_council()
        assert refused.status_code == 403
        assert "Your account is closed" in refused.content.decode()
        assert browser.get("/page/").status_code == 302
        assert posts_of(amina) == set()

    def test_loses_a_session_that_is_still_open_elsewhere(self, left, amina, browser, through_council):
        elsewhere = browser.cookies.copy()
        browser.cookies.clear()
        through_council()
        browser.cookies = elsewhere
        assert browser.get("/page/").status_code == 302

    def test_loses_a_loan_too(self, left, amina, everything, melton, browser, through_council):
        today = timezone.localdate()
        ends = today + timedelta(days=30)
        give_post(amina, role=Role.FSW, locality=melton, by=everything, starts_on=today, ends_on=ends)
        browser.cookies.clear()
        through_council()
        assert posts_of(amina) == set()

    def test_is_not_let_in_again_by_a_group_alone(self, left, amina, browser, directory, through_council):
        browser.cookies.clear()
        through_council()
        directory.hire(AMINA, groups=["g-head"])
        assert through_council().status_code == 403
        assert posts_of(amina) == set()


class TestSomebodyWhomNobodyMadeAnAccountFor:
    def test_is_refused_whatever_their_groups(self, browser, directory, through_council):
        directory.hire("stranger@council.example", groups=["g-head"])
        refused = through_council("stranger@council.example")
        assert refused.status_code == 403
        assert "You have no account here yet" in refused.content.decode()
        assert not User.objects.filter(username__startswith="stranger").exists()

    def test_cannot_take_over_an_account_tied_to_somebody_else(self, amina, browser, directory, through_council):
        directory.hire(AMINA, groups=["g-head"])
        through_council()
        browser.cookies.clear()
        assert through_council(oid="another person of the same name").status_code == 403
        assert browser.get("/page/").status_code == 302

    def test_cannot_sign_in_as_a_service_account(self, browser, directory, through_council):
        services.directory_account()
        directory.hire("directory", groups=["g-head"])
        assert through_council("directory").status_code == 403


class TestADirectoryThatDoesNotSay:
    @pytest.mark.parametrize(
        "claims",
        [
            pytest.param({}, id="which groups at all"),
            pytest.param({"_claim_names": {"groups": "src1"}}, id="all of very many groups"),
        ],
    )
    def test_lets_nobody_in_and_takes_nothing_away(
        self, claims, amina, everything, charnwood, directory, through_council
    ):
        give_post(amina, role=Role.FSW, locality=charnwood, by=everything, starts_on=timezone.localdate())
        directory.hire(AMINA, groups=None)
        assert through_council(**claims).status_code == 403
        assert posts_of(amina) == {("fsw", "charnwood")}
        assert User.objects.get(pk=amina.pk).is_active


class TestATokenThatIsNotRight:
    @pytest.fixture
    def refused(self, amina, browser, directory, through_council):
        def send(**claims):
            directory.hire(AMINA, groups=["g-head"])
            answer = through_council(**claims)
            assert browser.get("/page/").status_code == 302
            return answer.status_code

        return send

    def test_signed_by_a_stranger_opens_nothing(self, directory, refused):
        directory.signs_with = council.STRANGERS_KEY
        assert refused() == 401

    def test_for_another_service_opens_nothing(self, refused):
        assert refused(aud="somebody else") == 401

    def test_from_another_directory_opens_nothing(self, refused):
        assert refused(iss="https://elsewhere.example") == 401

    def test_out_of_date_opens_nothing(self, refused):
        assert refused(exp=1) == 401


class TestAnAnswerThatNobodyAskedFor:
    def test_opens_nothing(self, amina, browser, directory):
        directory.hire(AMINA, groups=["g-head"])
        answer = browser.get(reverse("openid_connect_callback", args=["entra"]), {"code": "code 1", "state": "made up"})
        assert answer.status_code == 401

    def test_does_not_tie_a_directory_account_to_whoever_is_signed_in(
        self, browser, directory, sign_in, through_council
    ):
        User.objects.create_user("bashir", password=PASSWORD)
        sign_in(username="bashir")
        directory.hire(AMINA, groups=["g-head"])
        start = reverse("openid_connect_login", args=["entra"]) + "?process=connect"
        assert through_council(start=start).status_code == 403
        assert not SocialAccount.objects.exists()


class TestProvingItAgainInTheDirectory:
    @pytest.fixture
    def at_work(self, amina, browser, directory, through_council):
        directory.hire(AMINA, groups=["g-head"])
        through_council()
        return browser

    def go_again(self, browser) -> str:
        asked = browser.post("/sign-off/", {"run": "7"}, headers={"Referer": "http://testserver/page/"})
        page = browser.get(asked.headers["Location"])
        assert "Go to your council account" in page.content.decode()
        return page.context["address"]

    def test_asks_there_even_if_it_remembers_them(self, at_work):
        sent_to = at_work.get(self.go_again(at_work)).headers["Location"]
        assert parse_qs(urlsplit(sent_to).query)["prompt"] == ["login"]

    def test_lets_them_go_on_when_the_directory_asked_just_now(self, at_work, through_council):
        back = through_council(start=self.go_again(at_work), auth_time=timezone.now().timestamp())
        assert back.headers["Location"] == "/page/"
        assert at_work.post("/sign-off/", {"run": "7"}).content == b"POST 7"

    @pytest.mark.parametrize(
        "when", [pytest.param({}, id="does not say when"), pytest.param({"auth_time": 1}, id="long ago")]
    )
    def test_does_not_when_it_only_remembered_them(self, when, at_work, through_council):
        through_council(start=self.go_again(at_work), **when)
        assert at_work.post("/sign-off/", {"run": "7"}).status_code == 302
