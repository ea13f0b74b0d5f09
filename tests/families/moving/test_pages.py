from datetime import date

import pytest
from django.urls import reverse

from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family, open_with_reason
from tests.factories import FamilyFactory, MembershipFactory, lives

pytestmark = pytest.mark.django_db
FIRST = {"step": "postcode", "postcode": "le13 1aa"}
NO = {"protected": "no"}


@pytest.fixture(autouse=True)
def districts(charnwood):
    from families import reference

    reference.load(using="default")


@pytest.fixture
def family(charnwood):
    family = FamilyFactory(name="Hart family")
    MembershipFactory(family=family, person__given_names="Mina", address="1 First Road", postcode="LE11 1AA")
    MembershipFactory(family=family, part="child", person__given_names="Ivo", address="1 First Road")
    return family


@pytest.fixture
def worker(post, charnwood, everything, family):
    user = post(Role.FSW, charnwood)
    hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
    return user


def to(name, family, **kwargs):
    return reverse(f"families:{name}", kwargs={"uid": family.uid, **kwargs})


def text_of(answer):
    return " ".join(answer.content.decode().split())


def everybody(family):
    return [str(member.person.uid) for member in family.memberships.all()]


def who(family, **said):
    day = {"since_day": "1", "since_month": "9", "since_year": "2014"}
    return {**FIRST, "step": "who", "who": everybody(family), "use": "main", **day, **said}


class TestAChangeOfAddress:
    def test_begins_with_the_postcode_and_says_by_what_it_is_found(self, signed_in, worker, family):
        text = text_of(signed_in(worker).get(to("move", family)))
        assert "What is the new postcode?" in text
        assert "made for the demonstration, not the ONS directory" in text

    def test_says_where_the_postcode_is_and_what_follows(self, signed_in, worker, family):
        text = text_of(signed_in(worker).post(to("move", family), FIRST))
        assert "LE13 1AA is in Melton." in text
        assert "it can be handed over to Melton" in text
        assert "Who has moved there?" in text

    @pytest.mark.parametrize(
        ("postcode", "said"),
        [("SW1A 1AA", "SW1A 1AA is not in Leicestershire."), ("LE1 9ZZ", "We do not know where LE1 9ZZ is.")],
    )
    def test_says_of_one_elsewhere_what_is_known(self, signed_in, worker, family, postcode, said):
        assert said in text_of(signed_in(worker).post(to("move", family), FIRST | {"postcode": postcode}))

    def test_keeps_what_was_typed_where_an_answer_is_missing(self, signed_in, worker, family):
        answer = signed_in(worker).post(to("move", family), who(family, who=[], since_day="31", since_month="13"))
        text = text_of(answer)
        assert answer.status_code == 400
        assert "Say who has moved there" in text
        assert 'value="13"' in text
        assert 'name="postcode" value="le13 1aa"' in text

    def test_goes_back_with_what_was_typed(self, signed_in, worker, family):
        text = text_of(signed_in(worker).post(to("move", family), who(family) | {"back": "1"}))
        assert "What is the new postcode?" in text
        assert 'name="since_year" value="2014"' in text

    def test_ticks_nobody_beforehand(self, signed_in, worker, family):
        assert "checked" not in text_of(signed_in(worker).post(to("move", family), FIRST))

    def test_is_saved_at_the_end(self, signed_in, worker, family):
        said = {**who(family), "step": "address", "address": "5 New Street\nMelton Mowbray", **NO}
        text = text_of(signed_in(worker).post(to("move", family), said, follow=True))
        assert "The change of address is saved. LE13 1AA is in Melton." in text
        assert text.count("5 New Street, Melton Mowbray, LE13 1AA") >= 2
        assert "7 January 2013" in text

    def test_stays_protected_unless_somebody_says_otherwise(self, signed_in, worker, family):
        mina = family.memberships.get(part="parent")
        mina.homes.update(protected=True)
        text = text_of(signed_in(worker).post(to("move", family), who(family)))
        assert text.count("checked") == 1


class TestTheAddressesOfAFamily:
    def test_are_a_look_at_the_record(self, signed_in, worker, family):
        signed_in(worker).get(to("addresses", family))
        assert View.objects.filter(family_id=family.pk, what="Addresses").exists()

    def test_show_a_protected_one_to_who_works_with_the_family_and_nobody_else(
        self, signed_in, worker, family, post, charnwood
    ):
        member = MembershipFactory(family=family, person__given_names="Asha")
        lives(member, address="3 Refuge Row", phone="07700 900456", protected=True)
        other = post(Role.FSW, charnwood)
        with acting_as(other):
            open_with_reason(family, by=other, reason="The school rang about the children")
        mine, theirs = (text_of(signed_in(user).get(to("addresses", family))) for user in (worker, other))
        assert ("3 Refuge Row" in mine, "07700 900456" in mine) == (True, True)
        assert ("Refuge" in theirs, "900456" in theirs) == (False, False)
        assert "told in confidence" in theirs

    def test_say_what_was_corrected(self, signed_in, worker, family):
        row = family.memberships.get(part="parent").homes.get()
        client, at = signed_in(worker), to("correct_address", family, row=row.uid)
        seen = client.get(at).context["seen"]
        said = {"what": "written", "address": "1 First Row", "postcode": "LE11 1AA", "seen": seen, **NO}
        text = text_of(client.post(at, said, follow=True))
        assert "It is put right" in text
        assert ("1 First Row, LE11 1AA" in text, "1 First Road, LE11 1AA" in text) == (True, True)

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            pytest.param({"what": "never"}, "It counts nowhere any more", id="never right"),
            pytest.param(
                {"what": "ended", "ended-last_day": "1", "ended-last_month": "9", "ended-last_year": "2014"},
                "The last day is saved", id="ended",
            ),
        ],
    )  # fmt: skip
    def test_may_be_ended_or_struck_out(self, signed_in, worker, family, said, told):
        row = family.memberships.get(part="parent").homes.get()
        client, at = signed_in(worker), to("correct_address", family, row=row.uid)
        seen = client.get(at).context["seen"]
        assert told in text_of(client.post(at, said | {"seen": seen, "ended-seen": seen}, follow=True))

    def test_are_put_right_by_one_at_a_time(self, signed_in, worker, family):
        row = family.memberships.get(part="parent").homes.get()
        said = {"what": "written", "address": "1 Row", "postcode": "", "seen": "as it was", **NO}
        answer = signed_in(worker).post(to("correct_address", family, row=row.uid), said)
        assert answer.status_code == 409

    def test_of_a_number_take_its_place(self, signed_in, worker, family):
        said = {"number": "07700 900123", "who": everybody(family)[:1], **NO}
        said |= {"since_day": "1", "since_month": "9", "since_year": "2014"}
        text = text_of(signed_in(worker).post(to("change_number", family), said, follow=True))
        assert "07700 900123" in text


class TestAddressesForPrograms:
    def test_are_those_of_a_day(self, api, worker, family):
        said = {"people": everybody(family), "since": "2014-09-01", "postcode": "le13 1aa", "protected": False}
        client, at = api(worker), reverse("api-addresses", args=[family.uid])
        made = client.post(at, said, format="json")
        assert (made.status_code, {row["postcode"] for row in made.json()}) == (201, {"LE13 1AA"})
        before = client.get(at, {"on": "2014-08-31"}).json()
        assert {row["address"] for row in before} == {"1 First Road"}
        assert {row["until"] for row in before} == {"2014-09-01"}

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ({"since": "soon"}, 400),
            ({"postcode": "nonsense"}, 400),
            ({"since": "2031-01-01"}, 422),
            ({"people": []}, 400),
        ],
    )
    def test_refuse_what_cannot_be(self, api, worker, family, said, status):
        whole = {"people": everybody(family), "since": "2014-09-01", "address": "2 Road", "protected": False} | said
        assert api(worker).post(reverse("api-addresses", args=[family.uid]), whole, format="json").status_code == status

    def test_ask_for_a_day_that_is_one(self, api, worker, family):
        assert api(worker).get(reverse("api-addresses", args=[family.uid]), {"on": "31/2"}).status_code == 400

    def test_keep_a_protected_one_from_the_head_of_service(self, api, post, family):
        family.memberships.first().homes.update(protected=True, address="3 Refuge Row")
        assert "Refuge" not in str(api(post(Role.HEAD)).get(reverse("api-addresses", args=[family.uid])).json())

    def test_are_put_right(self, api, worker, family):
        row = family.memberships.first().homes.get()
        at = reverse("api-address", kwargs={"uid": family.uid, "row": row.uid})
        assert api(worker).patch(at, {"protected": True}, format="json").json()["protected"] is True


def test_a_day_in_words():
    from families.moving.page import period_in_words

    assert period_in_words(date(2014, 1, 1), None) == "Since 1 January 2014"
