"""Words longer than a phone is wide (names, files, addresses) on the pages where people's own words stand."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework.cases.models import Case
from referrals.intake.rules import PersonAnswer
from slf.access.rules import Role
from tests.browser.looking import LONG, SMALLEST, TOO_WIDE
from tests.casework.plans.factories import agreed
from tests.casework.stars.factories import ReadingFactory
from tests.casework.visits.factories import SightingFactory, VisitFactory, give
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import MARSH, sent_referral

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("everything"),
]


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, LONG.lower())


@pytest.fixture
def family(senior):
    with transaction.atomic():
        family = FamilyFactory(household=True, name=LONG)
        give(family, senior)
        Case.objects.create(family=family, opened_on=date(2014, 5, 1), opened_by=senior)
        agreed(family)
        ReadingFactory(family=family, note=LONG)
        visit = VisitFactory(family=family, recorded_by=senior, note=f"{LONG} wrote to {LONG}@example.org")
        SightingFactory(visit=visit, person=family.memberships.first().person)
    return family


@pytest.fixture
def referral(post):
    with transaction.atomic():
        school = post(Role.REFERRER)
    return sent_referral(school, people=(PersonAnswer(LONG, LONG, "parent", date(1980, 5, 4)), *MARSH[1:]))


@pytest.fixture
def page(chromium, senior, live_server):
    client = Client()
    client.force_login(senior, backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(base_url=live_server.url, viewport={"width": SMALLEST, "height": 844})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


class TestAVeryLongWord:
    def test_widens_no_page(self, page, family, referral):
        own = [
            reverse(name, args=[family.uid])
            for name in ("families:family", "casework:visits", "casework:record_visit", "casework:chronology",
                         "casework:star", "casework:plan", "access:why", "access:looked")
        ]  # fmt: skip
        lists = [reverse(name) for name in ("home", "casework:my_families", "families:list", "referrals:queue",
                                            "performance:dashboard", "account_me")]  # fmt: skip
        others = [reverse("performance:figure", args=["open"]), reverse("referrals:triage", args=[referral.uid])]
        wide = {}
        for address in own + lists + others:
            assert page.goto(address).status == 200, address
            if found := page.evaluate(TOO_WIDE):
                wide[address] = found
        assert wide == {}
