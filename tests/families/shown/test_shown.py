"""The report of what partners were shown: from the log, from what was written down, from other floors."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from families.register.rules import Ground, Purpose
from families.sharing.services import record_agreement, record_consent
from families.shown.models import PartnerTold, Showing
from families.shown.services import NOT_CONCERNED, report_on, tell_partner, write_down_showing
from performance.claims.going_out import DOORS
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family, move_family, restrict_family, shared_scope
from slf.clock import today
from slf.web.errors import NotAllowed
from tests.casework.merging.factories import made_one
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import again_as, sent_referral
from tests.referrals.triage.factories import accept

pytestmark = pytest.mark.django_db
DAY = date(2014, 9, 1)
TALK = {"agency": "schools", "to": "Ms Rudge", "what": "told", "category": "education", "words": "That a worker visits"}
TOLD = {"whom": "Ms Rudge", "told_on": date(2014, 10, 2), "how": "phone"}


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def talk(family, everything):
    return write_down_showing(family, **TALK, shown_on=DAY, by=everything, on=today())


def report(family, user):
    return report_on(family, user=user, on=today())


def told_of(family, by):
    (taken,) = report(family, by).taken_back
    return taken


class TestWhatSomebodyWroteDown:
    def test_names_the_gateway_of_that_day(self, talk, family, senior):
        (row,) = report(family, senior).rows
        assert (row.partner, row.to) == ("Schools and academies", "Ms Rudge")
        assert row.gateway.startswith("Children Act 1989 section 17")

    def test_says_so_where_there_was_none(self, family, senior, everything):
        said = TALK | {"agency": "police", "category": "education"}
        write_down_showing(family, **said, shown_on=DAY, by=everything, on=today())
        assert report(family, senior).rows[0].gateway == "No gateway was in force that day"

    def test_is_there_once_however_often_it_is_written(self, talk, family, everything):
        write_down_showing(family, **TALK, shown_on=DAY, by=everything, on=today())
        assert Showing.objects.count() == 1

    def test_is_of_no_day_to_come(self, family, everything):
        with pytest.raises(NotAllowed, match="still to come"):
            write_down_showing(family, **TALK, shown_on=date(2015, 1, 1), by=everything, on=today())

    @pytest.mark.parametrize(
        "change", [lambda rows: rows.update(words="x"), lambda rows: rows.delete()], ids=["w", "d"]
    )
    def test_is_never_changed(self, talk, change):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change(Showing.objects.filter(pk=talk.pk))


class TestWhatTheLogKnows:
    def test_is_each_day_on_which_the_provider_looked(self, family, post, charnwood, senior, signed_in, everything):
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        esf = post(Role.ESF, charnwood)
        with acting_as(None):
            for _ in range(2):
                assert signed_in(esf).get(reverse("casework:visits", args=[family.uid])).status_code == 200
        found = report(family, senior)
        (row,) = found.shown["ESF provider"]
        assert (row.to, row.detail) == (str(esf), "Visits: 2 looks")
        assert found.open_to_esf

    def test_is_no_look_of_a_colleague(self, family, post, charnwood, senior, signed_in):
        with acting_as(None):
            signed_in(senior).get(reverse("casework:visits", args=[family.uid]))
        assert report(family, senior).rows == []

    def test_counts_one_look_where_a_list_named_a_family_under_both_its_entries(self, family, post, charnwood, senior):
        esf, again = post(Role.ESF, charnwood), FamilyFactory(household=True)
        with acting_as(esf), transaction.atomic():
            both = [family.pk, again.pk]
            View.objects.create(user=esf, family_ids=both, what="Families", door="/casework/families/", right="")
        made_one(family, into=again)
        (row,) = report(again, senior).rows
        assert row.detail == "Families"

    def test_is_a_claim_that_left_the_service(self, family, senior, everything):
        door = f"/performance/claims/{family.uid}/submission.csv"
        View.objects.create(user=everything, family_ids=[family.pk], what="Submission file", door=door, right="")
        (row,) = report(family, senior).rows
        assert (row.partner, row.by) == ("Department for Communities and Local Government", "everything")
        assert row.gateway == DOORS[0].gateway

    def test_tells_since_when(self, family, senior, signed_in):
        with acting_as(None):
            page = signed_in(senior).get(reverse("families:shown", args=[family.uid])).content.decode()
        assert "are known since" in page


class TestWhoReferred:
    @pytest.fixture
    def referred(self, post, charnwood, senior, signed_in):
        school = post(Role.REFERRER, charnwood)
        sent = sent_referral(school)
        accept(again_as(senior, sent.uid), senior)
        with acting_as(None):
            signed_in(school).get(reverse("referrals:referral", args=[sent.uid]))
        with acting_as(senior):
            return again_as(senior, sent.uid).family

    def test_was_told_and_looked_and_no_word_of_it_is_in_the_report(self, referred, senior):
        with acting_as(senior):
            rows = [row for row in report(referred, senior).rows if row.code == "referrer"]
        assert {row.detail for row in rows} == {"Told: accepted", "Opened the page of the referral"}
        assert {row.gateway for row in rows} == {"Their own referral"}

    def test_is_told_to_a_worker_who_may_not_read_the_referral(self, referred, post, charnwood, everything):
        worker = post(Role.FSW, charnwood)
        hold_family(referred, user=worker, kind=Share.Kind.WORKER, by=everything)
        with acting_as(worker):
            assert report(referred, worker).rows


class TestAfterAWithdrawal:
    @pytest.fixture
    def taken(self, family, talk, everything):
        record_agreement(family, state="withdrawn", said_on=date(2014, 10, 1), how="phone", by=everything)
        return told_of(family, everything)

    def test_who_was_shown_something_is_to_be_told(self, taken):
        assert [(each.partner, each.is_told) for each in taken.partners] == [("Schools and academies", False)]

    def test_it_is_kept_that_they_were_and_by_whom(self, taken, family, everything):
        for _ in range(2):
            tell_partner(taken, partner="Schools and academies", **TOLD, by=everything, on=today())
        (partner,) = told_of(family, everything).partners
        (telling,) = partner.tellings
        assert (telling.by, telling.how) == (everything, "phone")
        assert told_of(family, everything).to_tell == []

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [({"partner": "Health services"}, NOT_CONCERNED), ({"told_on": date(2014, 9, 30)}, "had not taken it back"),
         ({"told_on": date(2015, 9, 30)}, "still to come")],
    )  # fmt: skip
    def test_nothing_else_is_kept(self, taken, everything, wrong, sentence):
        said = TOLD | {"partner": "Schools and academies"} | wrong
        with pytest.raises(NotAllowed, match=sentence):
            tell_partner(taken, **said, by=everything, on=today())

    def test_nobody_is_to_be_told_once_the_family_agrees_again(self, taken, family, everything):
        record_agreement(family, state="given", said_on=date(2014, 10, 9), how="phone", by=everything)
        assert report(family, everything).taken_back == []

    def test_of_one_consent_only_who_was_shown_that_kind(self, family, talk, everything):
        parent = family.memberships.order_by("pk").first().person
        said = {"purpose": Purpose.SUPPORT, "person": None, "said_by": parent, "how": "phone", "by": everything}
        for state, day in (("given", 2), ("withdrawn", 8)):
            ground = Ground("health", "health", by_consent=True)
            record_consent(family, ground, state=state, said_on=date(2014, 9, day), **said)
        assert told_of(family, everything).partners == []

    def test_of_another_family_is_refused_by_the_database(self, taken, everything):
        said = TOLD | {"partner": "x", "by": everything, "agreement": taken.row}
        with pytest.raises(IntegrityError), transaction.atomic():
            PartnerTold.objects.create(family=FamilyFactory(), **said)

    def test_the_page_and_the_form_say_so(self, taken, family, senior, signed_in):
        address = reverse("families:tell_partner", args=[family.uid, taken.row.uid])
        typed = {"partner": "Schools and academies", "whom": "Ms Rudge", "how": "phone",
                 "told_on_day": "2", "told_on_month": "10", "told_on_year": "2014"}  # fmt: skip
        with acting_as(None):
            client = signed_in(senior)
            assert "8 October 2014" in client.get(reverse("families:shown", args=[family.uid])).content.decode()
            wrong = client.post(address, typed | {"whom": ""})
            page = client.post(address, typed, follow=True).content.decode()
        assert wrong.status_code == 400
        assert "Enter who was told" in wrong.content.decode()
        assert "Ms Rudge, by telephone, on" in page
        assert "8 October 2014" not in page


class TestWhoReadsIt:
    def test_is_nobody_of_another_locality_in_the_database_either(self, talk, family, post, melton):
        other = post(Role.SENIOR, melton)
        with acting_as(other), connection.cursor() as cursor:
            cursor.execute("select count(*) from families_showing")
            assert cursor.fetchone() == (0,)
            for function in ("slf.shown_in_log(array[%s]::bigint[], '{%%}')", "slf.shown_to_referrers(%s)"):
                cursor.execute(f"select count(*) from {function}", [family.pk])
                assert cursor.fetchone() == (0,)

    def test_is_no_partner(self, talk, family, post, charnwood, signed_in, everything):
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        with acting_as(None):
            for role in (Role.ESF, Role.REFERRER):
                client = signed_in(post(role, charnwood))
                assert client.get(reverse("families:shown", args=[family.uid])).status_code in {403, 404}

    def test_is_nobody_unnamed_once_the_family_is_restricted(self, talk, family, senior, everything):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with acting_as(senior), connection.cursor() as cursor:
            cursor.execute("select count(*) from slf.shown_in_log(array[%s]::bigint[], '{%%}')", [family.pk])
            assert cursor.fetchone() == (0,)


class TestTheFile:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_holds_what_the_page_holds_and_its_download_is_logged(self, talk, family, senior, signed_in, form):
        with acting_as(None):
            answer = signed_in(senior).get(reverse("families:shown_file", args=[family.uid, form]))
        assert answer.status_code == 200
        assert form == "xlsx" or b"Ms Rudge" in answer.content
        with acting_as(senior):
            assert View.objects.filter(family_id=family.pk, what="What partners were shown, as a file").exists()


class TestTheApi:
    def test_reads_adds_and_tells(self, api, senior, family):
        with acting_as(None):
            program, address = api(senior), f"/api/v1/families/{family.uid}/shown/"
            made = program.post(address, TALK | {"shown_on": "2014-09-01"}, format="json")
            assert (made.status_code, made.json()["gateway"][:12]) == (201, "Children Act")
            assert program.post(address, TALK | {"shown_on": "2015-09-01"}, format="json").status_code == 400
        with acting_as(senior):
            row = record_agreement(family, state="withdrawn", said_on=date(2014, 10, 1), how="phone", by=senior)
        said = {"partner": "Schools and academies", "whom": "Ms Rudge", "told_on": "2014-10-02", "how": "phone"}
        with acting_as(None):
            told = f"/api/v1/families/{family.uid}/withdrawn/{row.uid}/told/"
            assert program.post(told, said, format="json").status_code == 201
            assert program.post(told, said | {"partner": "Nobody"}, format="json").status_code == 409
            (taken,) = program.get(address).json()["taken_back"]
        assert taken["partners"][0]["told"][0]["whom"] == "Ms Rudge"

    def test_costs_the_same_for_many(self, family, senior, signed_in, everything, django_assert_max_num_queries):
        client, address = signed_in(senior), reverse("families:shown", args=[family.uid])
        client.get(address)
        with django_assert_max_num_queries(60) as few:
            client.get(address)
        for n in range(20):
            write_down_showing(family, **TALK | {"words": f"Call {n}"}, shown_on=DAY, by=everything, on=today())
        with django_assert_max_num_queries(len(few)):
            client.get(address)
