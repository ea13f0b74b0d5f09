"""What is done on the server itself: the first administrator, and a way back in."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from slf.access.rules import Role
from slf.accounts import services
from slf.accounts.models import User
from tests.slf.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "three words unalike"


@pytest.fixture
def typing(monkeypatch):
    """Return ``typing(password)``: what comes through the pipe."""
    return lambda password: monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))


def run(command, username) -> str:
    call_command(command, username, stdout=(said := io.StringIO()))
    return said.getvalue()


class TestTheFirstAdministrator:
    def test_signs_in_and_gives_posts(self, typing, browser, sign_in):
        typing(NEW)
        assert "may sign in now" in run("first_administrator", "root.admin")
        user = User.objects.get(username="root.admin")
        (post,) = services.posts_in_force(user, on=timezone.localdate())
        assert (post.role, post.locality, post.given_by) == (Role.ADMIN, None, services.console_account())
        assert sign_in(username="root.admin", password=NEW).status_code == 302
        assert browser.get("/page/").content == b"Page of root.admin"

    def test_is_refused_when_there_is_one(self, typing, post):
        post(Role.ADMIN)
        typing(NEW)
        with pytest.raises(CommandError, match="an administrator already"):
            run("first_administrator", "root.admin")
        assert not User.objects.filter(username="root.admin").exists()

    @pytest.mark.parametrize(("username", "password"), [("root.admin", "short"), ("a name", NEW), ("amina", NEW)])
    def test_is_refused_a_bad_password_and_a_name_that_is_bad_or_taken(self, typing, amina, username, password):
        typing(password)
        with pytest.raises(CommandError):
            run("first_administrator", username)
        assert User.objects.filter(posts__role=Role.ADMIN).count() == 0


class TestSigningInReset:
    def test_ends_sessions_and_takes_away_the_second_step(self, typing, amina, browser, sign_in, caplog):
        sign_in()
        assert browser.get("/page/").status_code == 200
        Authenticator.objects.create(user=amina, type=Authenticator.Type.WEBAUTHN, data={"name": "Lost laptop"})
        typing(NEW)
        run("reset_sign_in", "amina")
        assert browser.get("/page/").status_code == 302
        assert not Authenticator.objects.filter(user=amina).exists()
        assert "amina were reset by console" in caplog.text

    def test_leaves_only_the_new_password(self, typing, amina, browser, sign_in):
        typing(NEW)
        run("reset_sign_in", "amina")
        sign_in(password=PASSWORD)
        assert browser.get("/page/").status_code == 302
        sign_in(password=NEW)
        assert browser.get("/page/").status_code == 200

    def test_gives_council_people_no_password(self, amina):
        amina.set_unusable_password()
        amina.save()
        amina.socialaccount_set.create(provider="entra", uid="1")
        run("reset_sign_in", "amina")
        amina.refresh_from_db()
        assert not amina.has_usable_password()

    def test_is_refused_a_bad_password(self, typing, amina):
        typing("short")
        with pytest.raises(CommandError):
            run("reset_sign_in", "amina")
        amina.refresh_from_db()
        assert amina.check_password(PASSWORD)

    @pytest.mark.parametrize("username", ["nobody", "directory"])
    def test_is_for_people_who_have_an_account(self, username, typing):
        services.directory_account()
        typing(NEW)
        with pytest.raises(CommandError, match="There is no account"):
            run("reset_sign_in", username)
