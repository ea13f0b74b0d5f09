"""The auditor's pages, and the packs that are taken from them."""

import io
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.merging.services import merge_families
from families.register.models import Gateway
from families.sharing.models import Consent
from performance.audit.pack import pack_of
from performance.claims.models import Claim
from performance.claims.rules import State
from slf.access.acting import acting_as
from slf.access.models import View
from slf.clock import today
from tests.database import owner
from tests.factories import FamilyFactory
from tests.families.register.factories import close_gateway
from tests.performance.audit.sheets import posted
from tests.performance.claims.factories import already
from tests.slf.accounts.recently import signed_in_recently
from tests.slf.paper.reading import pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def door(signed_in):
    return lambda user: signed_in_recently(signed_in(user), user)


def ask(client, name, *args, body=None):
    address = reverse(f"performance:{name}", args=args)
    with acting_as(None):
        return client.post(address, body) if body is not None else client.get(address)


@pytest.fixture
def lines(sampled, office, sample_of):
    return sample_of(sampled, office.auditor)


class TestTheSheet:
    def test_presets_nothing_and_leads_to_the_next_line(self, lines, office, door):
        auditor, (first, second, third) = door(office.auditor), lines
        page = ask(auditor, "audit_test", first.uid)
        assert " checked>" not in page.content.decode()
        for here, after in ((first, second), (second, third)):
            answer = ask(auditor, "audit_test", here.uid, body=posted())
            assert answer.url == f"{reverse('performance:audit_test', args=[after.uid])}#sheet"
        assert ask(auditor, "audit_test", third.uid, body=posted()).url == reverse(
            "performance:sample", args=[first.run.uid]
        )

    def test_says_beside_each_question_what_is_missing(self, lines, office, door):
        answer = ask(door(office.auditor), "audit_test", lines[0].uid, body=posted() | {"approach": ""})
        assert answer.context["form"].errors == {"approach": ["Say what you found: whole-family approach"]}


class TestHowItWasDrawn:
    def test_is_shown_and_given_as_a_file(self, sampled, lines, office, door):
        page = ask(door(office.head), "sample", sampled.uid).content.decode()
        assert "7 3 5" in page
        rows = ask(door(office.head), "sample_frame", sampled.uid).content.decode("utf-8-sig").splitlines()
        number = sha256(f"7 3 5:{lines[0].claim.uid}".encode()).hexdigest()
        assert any(number in row and row.endswith(",1") for row in rows)


class TestWhatTheSampleSaysOfTheWholeClaim:
    @pytest.fixture(autouse=True)
    def _one_of_each_stratum(self, monkeypatch):
        monkeypatch.setattr("performance.audit.services.value_of", lambda setting, on: 1)

    def said(self, run, user, door):
        page = ask(door(user), "sample", run.uid)
        return page.context["estimate"] and page.context["estimate"].words

    def test_is_told_once_every_line_is_tested_and_to_those_who_see_them_all(self, lines, office, door):
        auditor, run = door(office.auditor), lines[0].run
        ask(auditor, "audit_test", lines[0].uid, body=posted())
        assert self.said(run, office.auditor, door) is None
        assert "is told once every line" in ask(auditor, "sample", run.uid).content.decode()
        ask(auditor, "audit_test", lines[1].uid, body=posted())
        assert self.said(run, office.auditor, door).startswith("Of 3 lines probably 0 ")
        assert {self.said(run, who, door) for who in (office.sro, office.manager)} == {None}


class TestThePopulation:
    def test_looks_for_who_is_in_two_families_once_and_not_on_every_page(self, run, office, door, monkeypatch):
        monkeypatch.setattr("performance.audit.views.FAMILIES_A_PAGE", 2)
        head = door(office.head)
        assert "in two families" in ask(head, "population", run.uid).content.decode()
        with acting_as(None):
            later = head.get(reverse("performance:population", args=[run.uid]), {"page": 2})
        assert later.context["page"].number == 2
        assert "in two families" not in later.content.decode()
        assert "duplicates" not in later.context

    def test_is_given_to_programs_of_whoever_just_proved_who_they_are(self, run, office, api):
        address = f"/api/v1/claim-runs/{run.uid}/population/"
        with acting_as(None):
            old = signed_in_recently(api(office.head), office.head, seconds_ago=3600).get(address)
            new = signed_in_recently(api(office.head), office.head).get(address)
        assert (old.status_code, old.json()["type"]) == (403, "urn:slf:problem:prove-first")
        assert (new.status_code, len({row["reference"] for row in new.json()})) == (200, 3)


class TestAPack:
    def opened(self, client, test, form):
        answer = ask(client, "audit_pack", test.uid, form)
        assert answer.status_code == 200
        return answer.content

    def test_is_one_page_and_a_file_whose_digests_are_right(self, lines, office, door):
        auditor = door(office.auditor)
        (page,) = pages(self.opened(auditor, lines[0], "pdf"))
        assert lines[0].claim.judged.digest in page
        archive = ZipFile(io.BytesIO(self.opened(auditor, lines[0], "zip")))
        assert archive.namelist() == ["index.csv", "pack.pdf", "case.json", "judgement.json", "sha256.txt"]
        for line in archive.read("sha256.txt").decode().splitlines():
            digest, name = line.split("  ")
            assert sha256(archive.read(name)).hexdigest() == digest
        assert sha256(archive.read("judgement.json")).hexdigest() == lines[0].claim.judged.digest

    def test_is_the_same_each_time_and_leaves_a_look(self, lines, office, door):
        auditor = door(office.auditor)
        first, again = (self.opened(auditor, lines[0], "zip") for _ in range(2))
        assert first == again
        with acting_as(office.auditor), transaction.atomic():
            looks = View.objects.filter(what__startswith="Spot-check pack", family_id=lines[0].family_id)
            assert looks.count() == 2

    def test_stays_open_after_consent_is_taken_back_and_says_so(self, lines, office, door, everything):
        with acting_as(everything), transaction.atomic():
            person = lines[0].family.memberships.first().person
            Consent.objects.create(
                family_id=lines[0].family_id, person=person, said_by=person, category="health", purpose="claim",
                state="withdrawn", said_on=timezone.localdate(), how="in_person", recorded_by=everything,
            )  # fmt: skip
        assert self.opened(door(office.auditor), lines[0], "pdf")
        with acting_as(office.auditor), transaction.atomic():
            assert "stays open to the audit" in pack_of(lines[0].claim, by=office.auditor).consent

    def test_says_so_too_of_a_family_that_was_made_one_with_another_since(self, lines, office, everything):
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute("update casework_case set closed_on = '2014-10-14'")
        with acting_as(everything), transaction.atomic():
            again = lines[0].family
            person, family = again.memberships.first().person, FamilyFactory(scope=again.scope)
            merge_families(again, into=family, reason="One mother, one address", by=everything, on=today())
            Consent.objects.create(
                family=family, person=person, said_by=person, category="health", purpose="claim",
                state="withdrawn", said_on=timezone.localdate(), how="in_person", recorded_by=everything,
            )  # fmt: skip
        with acting_as(office.auditor), transaction.atomic():
            assert "stays open to the audit" in pack_of(lines[0].claim, by=office.auditor).consent

    def test_goes_by_what_was_allowed_on_the_day_of_its_use(self, lines, office, door):
        before = self.opened(door(office.auditor), lines[0], "zip")
        with transaction.atomic():
            close_gateway("schools", "education", "claim")
            assert not Gateway.objects.counting().on(today()).filter(agency="schools", purpose="claim").exists()
        assert self.opened(door(office.auditor), lines[0], "zip") == before

    def test_is_given_to_the_data_officer_of_a_run_that_is_ready(self, sampled, office, door):
        with transaction.atomic():
            claim = Claim.objects.filter(run=sampled).first()
        assert ask(door(office.data), "claim_pack", claim.uid, "zip").status_code == 409
        already(sampled, State.CERTIFIED)
        assert ask(door(office.data), "claim_pack", claim.uid, "zip").status_code == 200
        assert "pack.zip" in ask(door(office.data), "claims", sampled.uid).content.decode()
