import pytest
from django.urls import NoReverseMatch, reverse

from slf.accounts.models import User
from tests.slf.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


class TestSigningIn:
    def test_leads_to_the_page_that_was_asked_for(self, amina, browser, sign_in):
        asked = browser.get("/page/?tab=visits")
        assert asked.headers["Location"] == "/accounts/login/?next=%2Fpage%2F%3Ftab%3Dvisits"
        assert sign_in(next="/page/?tab=visits").headers["Location"] == "/page/?tab=visits"
        assert browser.get("/page/").content == b"Page of amina"

    def test_never_leads_to_another_site(self, amina, sign_in):
        assert sign_in(next="https://elsewhere.example/").headers["Location"] == "/"

    def test_says_no_more_than_that_one_of_the_two_is_wrong(self, amina, sign_in):
        wrong_password = sign_in(password="something else").content.decode()
        unknown = sign_in(username="nobody").content.decode()
        assert "The user name or the password is not right." in wrong_password
        assert "The user name or the password is not right." in unknown

    def test_has_a_page_without_sign_up_or_e_mail(self, browser):
        page = browser.get(reverse("account_login")).content.decode()
        assert "<h1" in page
        assert "sign up" not in page.lower()
        assert "remember" not in page.lower()

    def test_starts_anew_in_a_new_session(self, amina, browser, sign_in):
        browser.get(reverse("account_login"))
        browser.session["planted"] = "by somebody"
        before = browser.session.session_key
        sign_in()
        assert browser.session.session_key != before

    def test_is_refused_after_five_wrong_passwords(self, amina, sign_in):
        for _ in range(5):
            sign_in(password="a wrong one")
        assert "Too many attempts" in sign_in().content.decode()

    def test_is_not_for_a_closed_account(self, amina, browser, sign_in):
        User.objects.filter(pk=amina.pk).update(is_active=False)
        sign_in()
        assert browser.get("/page/").status_code == 302

    def test_is_not_for_a_service_account(self, browser, sign_in):
        User.objects.create_user("clock", password=PASSWORD, is_service=True)
        assert sign_in(username="clock").status_code == 403
        assert browser.get("/page/").status_code == 302


class TestSigningOut:
    def test_ends_the_session(self, amina, browser, sign_in):
        sign_in()
        browser.post(reverse("account_logout"))
        assert browser.get("/page/").status_code == 302

    def test_needs_a_press(self, amina, browser, sign_in):
        sign_in()
        assert browser.get(reverse("account_logout")).status_code == 200
        assert browser.get("/page/").status_code == 200


class TestAddressesOfTheLibraryThatAreNotOffered:
    @pytest.mark.parametrize(
        "name",
        ["account_signup", "account_email", "account_reset_password", "account_set_password", "socialaccount_signup",
         "socialaccount_connections", "account_confirm_login_code", "mfa_signup_webauthn"],
    )  # fmt: skip
    def test_do_not_exist(self, name, probes):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.parametrize(
        "path", ["signup", "email", "password/reset", "password/set", "confirm-email", "social/signup"]
    )
    def test_are_missing_pages(self, path, amina, browser, sign_in):
        sign_in()
        assert browser.get(f"/accounts/{path}/").status_code == 404


class TestChangingAPassword:
    def test_keeps_this_session_and_ends_the_others(self, amina, browser, sign_in, signed_in):
        sign_in()
        other = signed_in(amina)
        new = "quite another long one"
        form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        browser.post(reverse("account_change_password"), form)
        assert browser.get("/page/").status_code == 200
        assert other.get("/page/").status_code == 302

    def test_refuses_a_short_one(self, amina, browser, sign_in):
        sign_in()
        form = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
        assert "at least 12 characters" in browser.post(reverse("account_change_password"), form).content.decode()

    def test_is_not_for_people_of_the_directory(self, amina, browser, signed_in):
        amina.set_unusable_password()
        amina.save()
        assert signed_in(amina).get(reverse("account_change_password")).status_code == 404
