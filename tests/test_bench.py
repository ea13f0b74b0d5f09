"""What `make bench` fills by SQL of its own fits the tables as they are."""

import pytest
from django.db import transaction

from bench import claimants, county, pages, search
from families.facts.models import Fact
from families.people.models import Family

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.slow]


def test_its_county_can_be_made_and_read():
    made = county.make_lists(few=2, many=90, total=93)
    with transaction.atomic():
        assert Family.objects.count() == 93
    found = {line.what: line for line in pages.measure(made, times=1) if line.unit == "x"}
    assert {what: line.note for what, line in found.items() if not line.holds} == {}


def test_its_search_finds_by_every_way_it_is_asked(monkeypatch):
    monkeypatch.setattr(search, "PEOPLE", 20_000)
    lines = list(search.measure(county.make_lists(few=2, many=20, total=22), times=1))
    assert len(lines) == len(search.ASKED) + 2


def test_its_claimants_have_their_facts():
    claimants.make_claimants(first=0, families=3, by=claimants.make_office())
    with transaction.atomic():
        assert Fact.objects.count() == 3 * claimants.FACTS_EACH
