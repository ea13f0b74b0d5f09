"""The administrator's pages of people and posts."""

import datetime
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rules import Role
from slf.accounts.models import User
from slf.accounts.services import HELD_ALREADY, NO_ADDRESS, NO_LAST_DAY, NOT_BEFORE_TODAY, NOT_YOURSELF
from slf.work.models import Job
from slf.work.services import run
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db
BEFORE, CHOSEN = "harbour lantern 93 oak", "meadow copper 17 kite"
THE_LAST_OF_ALL = datetime.date.max


@pytest.fixture
def admin(post):
    return post(Role.ADMIN)


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def ask(admin, signed_in):
    client = signed_in_recently(signed_in(admin), admin)

    def send(address, body=None):
        with acting_as(None):
            return client.post(address, body) if body is not None else client.get(address)

    return send


def date(name, day) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def give(role=Role.SENIOR, locality="county", starts_on=None, **more) -> dict:
    return {"role": role, "locality": locality, **date("starts_on", starts_on or timezone.localdate()), **more}


class TestThePeople:
    def test_are_listed_with_their_posts(self, ask, worker):
        answer = ask(f"/accounts/people/?q={worker.username}").content.decode()
        assert worker.username in answer
        assert "Family support worker, Charnwood" in answer

    def test_are_not_the_services_own_accounts(self, ask, everything):
        assert list(ask("/accounts/people/?q=everything").context["page"]) == []


class TestGivingAPost:
    def test_from_today_opens_it_and_is_told(self, ask, admin, worker, melton):
        answer = ask(f"/accounts/people/{worker.uid}/posts/give/", give(locality=melton.slug))
        assert answer.status_code == 302, answer.context["form"].errors
        given = Post.objects.get(user=worker, role=Role.SENIOR)
        assert (given.locality, given.period.lower, given.given_by) == (melton, timezone.localdate(), admin)
        assert str(admin) in ask(f"/accounts/people/{worker.uid}/").content.decode()

    def test_with_a_last_day_ends_the_day_after(self, ask, worker):
        last = timezone.localdate() + timedelta(days=30)
        ask(f"/accounts/people/{worker.uid}/posts/give/", give(**date("last_day", last)))
        assert Post.objects.get(user=worker, role=Role.SENIOR).period.upper == last + timedelta(days=1)

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            (lambda charnwood: give(Role.FSW, charnwood.slug), HELD_ALREADY),
            (lambda charnwood: give(starts_on=timezone.localdate() - timedelta(days=1)), NOT_BEFORE_TODAY),
            (lambda charnwood: give(**date("last_day", THE_LAST_OF_ALL)), NO_LAST_DAY),
        ],
    )
    def test_is_refused_in_the_form(self, ask, worker, charnwood, body, why):
        answer = ask(f"/accounts/people/{worker.uid}/posts/give/", body(charnwood))
        assert answer.context["form"].non_field_errors() == [why]

    def test_to_oneself_is_refused(self, ask, admin):
        answer = ask(f"/accounts/people/{admin.uid}/posts/give/", give())
        assert answer.context["form"].non_field_errors() == [NOT_YOURSELF]
        assert admin.posts.count() == 1


class TestEndingAPost:
    def test_today_opens_nothing_any_more(self, ask, admin, worker):
        held = worker.posts.get()
        ask(f"/accounts/people/{worker.uid}/posts/{held.pk}/end/", date("on", timezone.localdate()))
        held.refresh_from_db()
        assert (held.period.upper, held.ended_by) == (timezone.localdate(), admin)

    def test_of_ones_own_is_refused(self, ask, admin):
        address = f"/accounts/people/{admin.uid}/posts/{admin.posts.get().pk}/end/"
        answer = ask(address, date("on", timezone.localdate()))
        assert answer.context["form"].non_field_errors()


class TestResettingASignIn:
    @pytest.fixture
    def reset(self, ask, admin, worker, post):
        """Reset the worker's sign-in, and run the job that tells of it."""
        User.objects.filter(pk=worker.pk).update(email="worker@example.org")
        User.objects.filter(pk=post(Role.HEAD).pk).update(email="head@example.org")
        worker.set_password(BEFORE)
        worker.save(update_fields=["password"])
        Authenticator.objects.create(user=worker, type=Authenticator.Type.WEBAUTHN, data={"name": "Lost laptop"})

        def send() -> list:
            ask(f"/accounts/people/{worker.uid}/reset/", {"sent": "yes"})
            with acting_as(admin), transaction.atomic():
                uid = Job.objects.get(kind="accounts.tell_of_reset").uid
            run(uid)
            return mail.outbox

        return send

    def follow(self, sent) -> tuple[Client, HttpResponse]:
        browser = Client()
        return browser, browser.get(re.search(r"http://testserver(/\S+)", sent.body)[1], follow=True)

    @pytest.mark.django_db(transaction=True)
    def test_takes_password_and_second_steps_and_is_kept(self, reset, ask, admin, worker):
        reset()
        worker.refresh_from_db()
        assert not worker.has_usable_password()
        assert not Authenticator.objects.filter(user=worker).exists()
        assert worker.resets.get().by == admin
        assert "were reset on" in ask(f"/accounts/people/{worker.uid}/").content.decode()

    @pytest.mark.django_db(transaction=True)
    def test_sends_the_way_back_in_to_the_person_alone_and_tells_the_head(self, reset, admin):
        to_them, to_head = reset()
        assert (to_them.to, to_head.to) == (["worker@example.org"], ["head@example.org"])
        assert str(admin) in to_them.body
        assert "http" not in to_head.body

    @pytest.mark.django_db(transaction=True)
    def test_lets_them_choose_a_password_once(self, reset, worker):
        to_them, _ = reset()
        browser, page = self.follow(to_them)
        body = {"new_password1": CHOSEN, "new_password2": CHOSEN}
        assert browser.post(page.request["PATH_INFO"], body).url == "/accounts/login/"
        worker.refresh_from_db()
        assert worker.check_password(CHOSEN)
        assert "does not work any more" in self.follow(to_them)[1].content.decode()

    def test_is_refused_without_an_address_of_theirs(self, ask, worker):
        answer = ask(f"/accounts/people/{worker.uid}/reset/", {"sent": "yes"})
        assert answer.context["form"].non_field_errors() == [NO_ADDRESS]
        assert not worker.resets.exists()

    @pytest.mark.parametrize("change", ["update slf_signinreset set by_id = user_id", "delete from slf_signinreset"])
    def test_is_never_forgotten(self, change):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


class TestAnAdministratorWhoSignedInAWhileAgo:
    def test_proves_themselves_first(self, admin, worker, signed_in):
        with acting_as(None):
            answer = signed_in(admin).get(f"/accounts/people/{worker.uid}/posts/give/")
        assert answer.url.startswith("/accounts/confirm/")


class TestThroughTheApi:
    @pytest.fixture
    def program(self, admin, api):
        client = signed_in_recently(api(admin), admin)

        def send(address, body=None):
            with acting_as(None):
                return client.post(address, body, format="json") if body else client.get(address)

        return send

    def test_people_are_listed_with_their_posts(self, program, worker):
        (found,) = program(f"/api/v1/accounts/?q={worker.username}").json()["results"]
        assert found["posts"] == [{"role": "fsw", "locality": "charnwood", "first_day": "2012-04-01", "last_day": None}]

    def test_a_post_is_given_and_ended(self, program, worker, melton):
        today = timezone.localdate()
        body = {"role": "senior", "locality": "melton"}
        given = program(f"/api/v1/accounts/{worker.uid}/posts/", body | {"starts_on": today.isoformat()})
        assert (given.status_code, given.json()["last_day"]) == (201, None)
        later = today + timedelta(days=5)
        ended = program(f"/api/v1/accounts/{worker.uid}/posts/end/", body | {"on": later.isoformat()})
        assert ended.json()["last_day"] == (later - timedelta(days=1)).isoformat()

    def test_nobody_gives_themselves_one(self, program, admin):
        body = {"role": "head", "locality": None, "starts_on": timezone.localdate().isoformat()}
        answer = program(f"/api/v1/accounts/{admin.uid}/posts/", body)
        assert (answer.status_code, answer.json()["detail"]) == (403, NOT_YOURSELF)


class TestTheMenu:
    def test_leads_an_administrator_to_people_and_posts(self, ask):
        assert '<a class="govuk-service-navigation__link" href="/accounts/people/"' in ask("/").content.decode()
