"""An administrator makes an account and changes a mail address; who is told, and how the person gets in."""

import re

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.accounts.making import ADDRESS_TAKEN, NAME_TAKEN, NOT_YOUR_OWN_ADDRESS, change_address, make_account
from slf.accounts.models import AccountChange, User
from slf.web.errors import NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import run
from tests.at_once import at_once
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db
CHOSEN = "meadow copper 17 kite"
STARTER = {"username": "sita.starter", "first_name": "Sita", "last_name": "Starter", "email": "sita@example.org"}


@pytest.fixture
def admin(post):
    return post(Role.ADMIN)


@pytest.fixture
def worker(post, charnwood):
    worker = post(Role.FSW, charnwood)
    worker.email = "old@example.org"
    worker.save(update_fields=["email"])
    return worker


@pytest.fixture
def ask(admin, signed_in):
    client = signed_in_recently(signed_in(admin), admin)

    def send(address, body=None):
        with acting_as(None):
            return client.post(address, body) if body is not None else client.get(address)

    return send


def do(kind, *, by) -> list:
    with acting_as(by), transaction.atomic():
        uid = Job.objects.get(kind=kind).uid
    run(uid)
    return mail.outbox


class TestMakingAnAccount:
    def test_makes_one_that_opens_nothing_and_cannot_be_signed_in_to_yet(self, ask, admin):
        answer = ask("/accounts/people/new/", STARTER)
        made = User.objects.get(username="sita.starter")
        assert answer.url == f"/accounts/people/{made.uid}/"
        assert (made.email, made.has_usable_password(), made.posts.count()) == ("sita@example.org", False, 0)

    def test_keeps_who_made_it(self, ask, admin):
        made = ask("/accounts/people/new/", STARTER).url
        assert AccountChange.objects.get().by == admin
        assert "Account made on" in ask(made).content.decode()

    @pytest.mark.parametrize(
        ("change", "field", "sentence"),
        [
            pytest.param({"username": "TAKEN"}, "username", NAME_TAKEN, id="a name that somebody has"),
            pytest.param({"email": "Old@Example.org"}, "email", ADDRESS_TAKEN, id="an address that somebody has"),
            pytest.param({"username": "sita starter"}, "username", "A user name has letters", id="a space in the name"),
            pytest.param({"email": "sita"}, "email", "", id="no address"),
            pytest.param({"last_name": ""}, "last_name", "", id="no name"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong(self, ask, worker, change, field, sentence):
        User.objects.create_user("taken")
        page = ask("/accounts/people/new/", STARTER | change)
        said = page.context["form"].errors[field][0]
        assert sentence.rstrip(".") in said
        assert not said.endswith(".")
        assert not AccountChange.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_sends_the_person_alone_a_link_to_choose_a_password(self, ask, admin):
        ask("/accounts/people/new/", STARTER | {"with_link": "on"})
        (sent,) = do("accounts.tell_of_account", by=admin)
        assert sent.to == ["sita@example.org"]
        browser = Client()
        page = browser.get(re.search(r"http://testserver(/\S+)", sent.body)[1], follow=True)
        browser.post(page.request["PATH_INFO"], {"new_password1": CHOSEN, "new_password2": CHOSEN})
        with transaction.atomic():
            assert User.objects.get(username="sita.starter").check_password(CHOSEN)

    def test_sends_none_to_who_signs_in_with_the_council(self, ask, admin):
        ask("/accounts/people/new/", STARTER)
        with acting_as(admin):
            assert not Job.objects.filter(kind="accounts.tell_of_account").exists()

    @pytest.mark.django_db(transaction=True)
    def test_by_two_administrators_at_once_makes_one(self, admin, post):
        with transaction.atomic():
            other = post(Role.ADMIN)

        def make(by, username):
            def request():
                with acting_as(by), transaction.atomic():
                    return make_account(**STARTER | {"username": username}, by=by, site="/", with_link=False)

            return request

        answers = at_once(make(admin, "sita.starter"), make(other, "SITA.STARTER"))
        assert [isinstance(answer, NotAllowed) for answer in answers].count(True) == 1


class TestChangingAMailAddress:
    @pytest.mark.django_db(transaction=True)
    def test_tells_the_old_address_the_new_one_and_the_head(self, ask, admin, worker, post):
        with transaction.atomic():
            User.objects.filter(pk=post(Role.HEAD).pk).update(email="head@example.org")
        ask(f"/accounts/people/{worker.uid}/address/", {"email": "new@example.org"})
        sent = do("accounts.tell_of_address", by=admin)
        assert [one.to[0] for one in sent] == ["old@example.org", "new@example.org", "head@example.org"]
        assert "from old@example.org to new@example.org" in sent[0].body

    def test_is_kept_with_what_it_was(self, ask, admin, worker):
        answer = ask(f"/accounts/people/{worker.uid}/address/", {"email": "new@example.org"})
        kept = AccountChange.objects.get()
        assert (kept.by, kept.before, kept.after) == (admin, "old@example.org", "new@example.org")
        assert "it was old@example.org" in ask(answer.url).content.decode()

    def test_to_what_it_is_changes_nothing(self, admin, worker):
        change_address(worker, email="old@example.org", by=admin)
        assert not AccountChange.objects.exists()

    def test_to_somebody_elses_is_refused(self, ask, admin, worker):
        User.objects.create_user("other", email="other@example.org")
        page = ask(f"/accounts/people/{worker.uid}/address/", {"email": "OTHER@example.org"})
        assert page.context["form"].non_field_errors() == [ADDRESS_TAKEN]

    def test_is_not_for_oneself(self, admin):
        with pytest.raises(NotForYou, match=NOT_YOUR_OWN_ADDRESS):
            change_address(admin, email="me@example.org", by=admin)

    def test_wants_an_administrator_who_signed_in_just_now(self, admin, worker, signed_in):
        with acting_as(None):
            answer = signed_in(admin).post(f"/accounts/people/{worker.uid}/address/", {"email": "new@example.org"})
        assert (answer.status_code, User.objects.get(pk=worker.pk).email) == (302, "old@example.org")

    def test_cannot_be_taken_out_of_the_history(self, ask, worker):
        ask(f"/accounts/people/{worker.uid}/address/", {"email": "new@example.org"})
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute("delete from slf_accountchange")


class TestTheApi:
    def test_makes_an_account(self, api, admin):
        client = signed_in_recently(api(admin), admin)
        with acting_as(None):
            answer = client.post("/api/v1/accounts/", STARTER, format="json")
        assert (answer.status_code, answer.json()["username"], answer.json()["posts"]) == (201, "sita.starter", [])

    def test_says_when_the_name_is_taken(self, api, admin):
        User.objects.create_user("Sita.Starter")
        client = signed_in_recently(api(admin), admin)
        with acting_as(None):
            answer = client.post("/api/v1/accounts/", STARTER, format="json")
        assert (answer.status_code, answer.json()["detail"]) == (409, NAME_TAKEN)

    def test_changes_an_address(self, api, admin, worker):
        client = signed_in_recently(api(admin), admin)
        with acting_as(None):
            address = f"/api/v1/accounts/{worker.uid}/address/"
            answer = client.post(address, {"email": "new@example.org"}, format="json")
        assert (answer.status_code, User.objects.get(pk=worker.pk).email) == (200, "new@example.org")

    def test_takes_no_address_longer_than_is_kept(self, api, admin, worker):
        client = signed_in_recently(api(admin), admin)
        long = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example"
        with acting_as(None):
            answer = client.post(f"/api/v1/accounts/{worker.uid}/address/", {"email": long}, format="json")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["email"])
