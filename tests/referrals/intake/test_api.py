import pytest

from referrals.intake import rules
from referrals.intake.models import Receipt, Referral
from slf.access.models import View
from slf.access.rules import Role
from tests.referrals.intake.factories import MARSH, NEEDS, empty_draft, full_draft, in_the_name_of, sent_referral

pytestmark = pytest.mark.django_db
WHOLE = {
    "in_danger": False,
    "people": [
        {"part": p.part, "given_names": p.given_names, "family_name": p.family_name, "born_on": str(p.born_on)}
        for p in MARSH
    ],
    "address": "4 Mill Lane, Loughborough",
    "postcode": "le112ab",
    "needs": [{"kind": kind, "evidence": words} for kind, words in NEEDS.items()],
    "whole_family": True,
    "whole_family_why": "Home and school together.",
    "family_knows": True,
    "agreement": "not_asked",
}  # fmt: skip


@pytest.fixture
def program(school, api):
    return api(school)


def at(draft, rest=""):
    return f"/api/v1/referrals/{draft.uid}/{rest}"


def change(program, draft, body, *, seen="*"):
    return program.patch(at(draft), body, format="json", headers={"If-Match": seen})


class TestADraft:
    @pytest.mark.parametrize(("number", "status"), [(40, 201), (41, 400)])
    def test_names_at_most_40_people(self, program, number, status):
        body = {"people": [{"part": "child", "given_names": f"Jo {n}"} for n in range(number)]}
        answer = program.post("/api/v1/referrals/", body, format="json")
        assert answer.status_code == status

    def test_is_started_with_all_that_is_known(self, program):
        answer = program.post("/api/v1/referrals/", WHOLE, format="json")
        made = answer.json()
        assert answer.status_code == 201
        assert answer["Location"].endswith(f"/api/v1/referrals/{made['uid']}/")
        assert (made["name"], made["district"], made["postcode"], made["missing"]) == (
            "Marsh family",
            "charnwood",
            "LE11 2AB",
            [],
        )

    def test_is_made_once_however_often_it_is_sent(self, program, school):
        key = {"HTTP_IDEMPOTENCY_KEY": "9f0f4c3e-5a0e-4d3b-9a0e-0d8f6f1f2b11"}
        answers = [program.post("/api/v1/referrals/", WHOLE, format="json", **key) for _ in range(2)]
        assert answers[0].json()["uid"] == answers[1].json()["uid"]
        with in_the_name_of(school):
            assert Referral.objects.count() == 1

    def test_keeps_what_a_change_leaves_out(self, program, school):
        draft = full_draft(school)
        answer = change(program, draft, {"phone": "01509 000000"}).json()
        assert (answer["phone"], answer["address"], len(answer["people"])) == ("01509 000000", draft.address, 5)
        assert answer["agreed_by"] == str(draft.agreed_by.uid)

    def test_refuses_a_change_made_from_an_older_state(self, program, school):
        draft = full_draft(school)
        etag = program.get(at(draft))["ETag"]
        assert change(program, draft, {"phone": "1"}, seen=etag).status_code == 200
        lost = change(program, draft, {"phone": "2"}, seen=etag)
        assert lost.status_code == 412
        assert lost["Content-Type"] == "application/problem+json"
        assert program.get(at(draft)).json()["phone"] == "1"

    @pytest.mark.parametrize("seen", ["²", "abc", '"٣"', "9" * 5000, "-1", "1.5"])
    def test_refuses_a_change_made_from_no_state_it_ever_had(self, program, school, seen):
        assert change(program, full_draft(school), {"phone": "1"}, seen=seen).status_code == 412

    @pytest.mark.parametrize("headers", [{}, {"If-Match": ""}])
    def test_refuses_a_change_that_does_not_say_what_was_read(self, program, school, headers):
        draft = full_draft(school)
        answer = program.patch(at(draft), {"phone": "1"}, format="json", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (428, "application/problem+json")
        assert program.get(at(draft)).json()["phone"] == draft.phone

    def test_goes_to_the_district_of_another_postcode(self, program, school):
        answer = change(program, full_draft(school), {"postcode": "LE13 1AA"}).json()
        assert answer["district"] == "melton"

    def test_asks_for_the_district_of_a_postcode_nobody_knows(self, program, school):
        draft = full_draft(school)
        answer = change(program, draft, {"postcode": "NG12 4AB"}).json()
        assert (answer["district"], answer["missing"]) == (None, ["Say which district the postcode is in"])
        assert change(program, draft, {"district": "melton"}).json()["district"] == "melton"
        assert change(program, draft, {"phone": "1"}).json()["district"] == "melton"

    def test_takes_the_agreement_of_an_adult_it_names(self, program, school):
        draft = full_draft(school)
        adult = draft.people.all()[1]
        answer = change(program, draft, {"agreed_by": str(adult.uid), "agreed_on": "2014-10-15"})
        assert answer.json()["agreed_by"] == str(adult.uid)

    @pytest.mark.parametrize("who", ["child", "stranger", "nobody"])
    def test_refuses_the_agreement_of_anybody_else(self, program, school, who):
        draft, other = full_draft(school), full_draft(school)
        uid = {"child": draft.people.all()[3].uid,
               "stranger": other.people.all()[0].uid, "nobody": draft.uid}[who]  # fmt: skip
        answer = change(program, draft, {"agreed_by": str(uid)})
        assert (answer.status_code, answer.json()["detail"]) == (422, rules.NOT_AN_ADULT)
        assert program.get(at(draft)).json()["agreed_by"] == str(draft.agreed_by.uid)

    def test_refuses_an_agreement_on_a_day_still_to_come(self, program, school):
        answer = change(program, full_draft(school), {"agreed_on": "2014-10-16"})
        assert (answer.status_code, answer.json()["detail"]) == (422, rules.STILL_TO_COME)

    def test_refuses_more_than_the_page_takes_of_what_was_seen(self, program, school):
        needs = [{"kind": "crime", "evidence": "x" * 1001}]
        answer = change(program, full_draft(school), {"needs": needs})
        assert (answer.status_code, answer.json()["detail"]) == (422, rules.TOO_LONG)

    def test_forgets_who_agreed_when_they_are_no_longer_named(self, program, school):
        draft = full_draft(school)
        answer = change(program, draft, {"people": WHOLE["people"], "family_knows": True})
        assert (answer.status_code, answer.json()["agreed_by"]) == (200, None)

    def test_refuses_the_agreement_of_a_family_that_does_not_know(self, program, school):
        answer = change(program, full_draft(school), {"family_knows": False})
        assert answer.status_code == 422
        assert answer.json()["detail"].startswith("A family that does not know about the referral cannot have agreed")

    @pytest.mark.parametrize(
        ("body", "where"),
        [
            ({"postcode": "LE11"}, "postcode"),
            ({"postcode": "SW1A 1AA"}, "postcode"),
            ({"people": [{"upn": "A1"}]}, "people.0.upn"),
            ({"people": [{"born_on": "2030-01-01"}]}, "people.0.born_on"),
            ({"people": [{"born_estimated": True}]}, "people.0.born_on"),
            ({"needs": [{"kind": "nonsense"}]}, "needs.0.kind"),
            ({"needs": [{"kind": "crime"}, {"kind": "crime"}]}, "needs"),
        ],
    )
    def test_says_where_something_is_wrong(self, program, school, body, where):
        answer = change(program, empty_draft(school), body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [where])

    def test_of_somebody_else_looks_like_one_that_never_was(self, api, school, post, charnwood):
        other = api(post(Role.REFERRER, charnwood, "other.school"))
        draft = empty_draft(school)
        never = other.get("/api/v1/referrals/0b4a2d1e-0000-4000-8000-000000000001/")
        for answer in (other.get(at(draft)), other.patch(at(draft), {}), other.post(at(draft, "send/"))):
            assert (answer.status_code, answer.content) == (404, never.content)


class TestSending:
    def test_gives_the_receipt_however_often(self, program, school):
        draft = full_draft(school)
        answers = [program.post(at(draft, "send/")) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert answers[0].json()["due_on"] == "2014-10-22"

    def test_says_everything_that_is_missing(self, program, school):
        answer = program.post(at(empty_draft(school), "send/"))
        assert answer.status_code == 422
        assert {
            "what": "Give the address",
            "where": answer.json()["missing"][0]["where"].replace("danger", "home"),
        } in (answer.json()["missing"])


class TestReceipts:
    def test_are_the_referrers_own(self, program, school, post, charnwood):
        sent = sent_referral(school)
        sent_referral(post(Role.REFERRER, charnwood, "other.school"))
        listed = program.get("/api/v1/receipts/").json()
        assert [receipt["uid"] for receipt in listed["results"]] == [str(sent.uid)]
        assert program.get(f"/api/v1/receipts/{sent.uid}/").json()["state_name"] == "Received"

    def test_of_others_look_like_ones_that_never_were(self, api, school, post, charnwood):
        sent = sent_referral(school)
        other = api(post(Role.REFERRER, charnwood, "other.school"))
        never = other.get("/api/v1/receipts/0b4a2d1e-0000-4000-8000-000000000001/")
        assert other.get(f"/api/v1/receipts/{sent.uid}/").content == never.content

    def test_are_logged_as_looked_at_only_when_they_were(self, api, school, post, charnwood):
        sent = sent_referral(school)
        other, never = post(Role.REFERRER, charnwood, "other.school"), "0b4a2d1e-0000-4000-8000-000000000001"
        for address in (f"receipts/{sent.uid}/", f"receipts/{never}/", f"referrals/{never}/"):
            assert api(other).get(f"/api/v1/{address}").status_code == 404
        with in_the_name_of(other):
            assert not View.objects.filter(user=other).exists()
        assert api(school).get(f"/api/v1/receipts/{sent.uid}/").status_code == 200
        with in_the_name_of(school):
            assert list(View.objects.filter(user=school).values_list("what", flat=True)) == ["Receipt of a referral"]

    def test_are_nothing_to_those_who_may_not_refer(self, api, post):
        assert api(post(Role.AUDITOR)).get("/api/v1/receipts/").status_code == 403
        assert not Receipt.objects.exists()
