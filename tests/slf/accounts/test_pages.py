from datetime import date, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils import timezone

from slf.access.rules import Role
from slf.access.services import end_post, give_post
from slf.accounts.checks import groups_mean_localities, groups_mean_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(browser, amina, sign_in):
    """Return ``text(name)``: the page of this name as Amina reads it."""
    sign_in()
    return lambda name: " ".join(browser.get(reverse(name)).content.decode().split())


class TestYourAccount:
    def test_shows_each_post_with_its_last_day(self, amina, everything, charnwood, melton, text):
        today = timezone.localdate()
        give_post(amina, role=Role.FSW, locality=charnwood, by=everything, starts_on=date(2012, 4, 2))
        give_post(amina, role=Role.SENIOR, locality=melton, by=everything, starts_on=today, ends_on=date(2099, 7, 1))
        page = text("account_me")
        assert "Charnwood" in page
        assert "2 April 2012" in page
        assert "No end date" in page
        assert "30 June 2099" in page

    def test_shows_no_post_that_is_over(self, amina, everything, charnwood, text):
        today = timezone.localdate()
        over = give_post(amina, role=Role.FSW, locality=charnwood, by=everything, starts_on=date(2012, 4, 2))
        end_post(over, by=everything, on=today - timedelta(days=1))
        assert "You hold no post" in text("account_me")

    def test_sends_people_of_the_directory_there_for_password_and_second_step(self, amina, browser, sign_in, text):
        SocialAccount.objects.create(user=amina, provider="entra", uid="1")
        amina.set_unusable_password()
        amina.save()
        browser.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")
        page = text("account_me")
        assert "With your council account" in page
        assert reverse("account_change_password") not in page


class TestWhoMayDoWhat:
    def test_marks_what_my_post_allows(self, amina, everything, text):
        give_post(amina, role=Role.HEAD, locality=None, by=everything, starts_on=date(2012, 4, 2))
        page = text("account_roles")
        assert "Sign a claim run <strong" in page
        assert "Prepare a claim run <strong" not in page


class TestAGroupThatMeansNoRoleThereIs:
    def test_stops_the_service_from_starting(self, settings):
        settings.SLF_OIDC_GROUPS = {"g1": {"role": "fsw"}, "g2": {"role": "boss"}}
        assert [error.id for error in groups_mean_posts()] == ["slf.E101"]


class TestAGroupThatMeansNoLocalityThereIs:
    def test_is_found_before_anybody_signs_in(self, db, settings):
        settings.SLF_OIDC_GROUPS = {
            "g1": {"role": "fsw", "locality": "charnwood"},
            "g2": {"role": "fsw", "locality": "charnwod"},
        }
        (error,) = groups_mean_localities(databases=["default"])
        assert (error.id, "charnwod" in error.msg, "charnwood" in error.hint) == ("slf.E102", True, True)
