import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.people.models import Family
from referrals.triage.models import MatchQuestion
from referrals.triage.rules import ELSEWHERE
from slf.access.models import View
from slf.access.rules import Role
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import MARSH, UPN, in_the_name_of, sent_referral, undone

pytestmark = pytest.mark.django_db
NEVER = "0b4a2d1e-0000-4000-8000-000000000001"


@pytest.fixture
def referral(school):
    return sent_referral(school)


@pytest.fixture
def program(senior, api):
    return api(senior)


def at(referral, rest=""):
    return f"/api/v1/triage/{referral.uid}/{rest}"


class TestTheQueue:
    def test_lists_what_waits_with_its_clock(self, program, referral):
        (waiting,) = program.get("/api/v1/triage/").json()["results"]
        assert (waiting["uid"], waiting["working_days_left"], waiting["needs_count"]) == (str(referral.uid), 5, 4)

    def test_counts_nothing_of_another_locality(self, api, melton_senior, referral):
        answer = api(melton_senior).get("/api/v1/triage/").json()
        assert (answer["count"], answer["results"]) == (0, [])

    def test_is_logged_when_a_page_of_it_is_shown(self, program, referral, senior):
        assert [program.get(f"/api/v1/triage/?page={page}").status_code for page in (1, 9)] == [200, 404]
        with in_the_name_of(senior):
            assert View.objects.filter(what="Triage queue").count() == 1

    def test_says_null_where_nobody_has_decided_or_agreed(self, program, school):
        shown = program.get(at(sent_referral(school, agreement="not_asked"))).json()
        assert (shown["decided_by"], shown["agreed_by"]) == (None, None)

    def test_is_refused_to_a_worker(self, api, post, charnwood):
        assert api(post(Role.FSW, charnwood)).get("/api/v1/triage/").status_code == 403


class TestOneReferral:
    def test_comes_with_everything(self, program, referral):
        answer = program.get(at(referral)).json()
        assert (len(answer["people"]), len(answer["needs"]), answer["agreed_by"]) == (5, 4, "Dawn Marsh")
        assert (answer["likes"], answer["elsewhere"]) == ([], ELSEWHERE)

    def test_is_the_same_whether_or_not_a_family_elsewhere_is_like_it(self, program, school, melton):
        def answers(referral):
            said = [program.get(at(referral)), program.post(at(referral, "accept/")), program.get(at(referral))]
            return [
                re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}|SLF-\d{6}|R(-[0-9A-F]{4}){2}", b"", answer.content)
                for answer in said
            ]

        def seen(*, known):
            with undone():
                MembershipFactory(family=FamilyFactory(locality=melton), person__upn=UPN if known else None)
                said = answers(sent_referral(school))
                assert MatchQuestion.objects.exists() == known
            return said

        assert seen(known=True) == seen(known=False)

    @pytest.mark.parametrize("rest", ["", "accept/", "decline/"])
    def test_of_another_locality_looks_like_one_that_never_was(self, api, melton_senior, referral, rest):
        client = api(melton_senior)
        ask = client.post if rest else client.get
        never, answer = ask(f"/api/v1/triage/{NEVER}/{rest}"), ask(at(referral, rest))
        assert (answer.status_code, answer.content) == (404, never.content)

    def test_that_became_a_family_is_logged_with_it(self, program, referral):
        program.post(at(referral, "accept/"))
        program.get(at(referral))
        assert View.objects.last().family_ids == [Family.objects.get().pk]

    def test_takes_the_same_queries_for_many_like_families_as_for_one(self, program, referral):
        def queries():
            with CaptureQueriesContext(connection) as asked:
                program.get(at(referral))
            return len(asked)

        def like_it():
            MembershipFactory(person__family_name="Marsh", person__born_on=MARSH[2].born_on)

        like_it()
        queries()  # the first of a test looks up what the later ones know
        one = queries()
        like_it()
        like_it()
        assert queries() == one


class TestAccepting:
    def test_makes_the_family_however_often(self, program, referral):
        answers = [program.post(at(referral, "accept/")) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert answers[0].json()["reference"] == Family.objects.get().reference

    def test_joins_a_like_family(self, program, referral):
        known = MembershipFactory(person__upn=UPN, person__family_name="Marsh").family
        answer = program.post(at(referral, "accept/"), self.body(program, referral), format="json")
        assert answer.json()["uid"] == str(known.uid)
        assert known.memberships.count() == 5

    def test_joins_however_often_and_says_the_same(self, program, referral, api, other_senior):
        known = MembershipFactory(person__upn=UPN, person__family_name="Marsh").family
        body = self.body(program, referral)
        answers = [program.post(at(referral, "accept/"), body, format="json") for _ in range(2)]
        assert [(answer.status_code, answer.json()["uid"]) for answer in answers] == [(200, str(known.uid))] * 2
        assert api(other_senior).post(at(referral, "accept/"), body, format="json").status_code == 409

    def body(self, program, referral, **more):
        """Say of everybody who is like a member that they are the same, and of the others that they are new."""
        said = program.get(at(referral)).json()
        (like,) = said["likes"]
        members = {pair["person"]: pair["member"] for pair in like["pairs"]}
        people = [
            {"person": p["uid"], "fate": "same", "member": members[p["uid"]]} if p["uid"] in members
            else {"person": p["uid"], "fate": "new"}
            for p in said["people"]
        ]  # fmt: skip
        household = [member["member"] for member in like["household"]]
        return {"family": like["family"], "people": people, "household": household} | more

    def test_joins_nobody_without_saying_who_is_who(self, program, referral):
        known = MembershipFactory(person__upn=UPN, person__family_name="Marsh").family
        bare = program.post(at(referral, "accept/"), {"family": str(known.uid)}, format="json")
        short = program.post(at(referral, "accept/"), self.body(program, referral, people=[]), format="json")
        assert (bare.status_code, short.status_code) == (400, 422)
        assert known.memberships.count() == 1

    def test_says_when_the_household_is_another_by_now(self, program, referral):
        known = MembershipFactory(person__upn=UPN, person__family_name="Marsh").family
        body = self.body(program, referral)
        MembershipFactory(family=known)
        answer = program.post(at(referral, "accept/"), body, format="json")
        assert (answer.status_code, known.memberships.count()) == (409, 2)

    def test_says_the_same_of_a_foreign_family_and_of_none(self, program, referral, melton):
        foreign = FamilyFactory(locality=melton).uid
        answers = [
            program.post(at(referral, "accept/"), {"family": str(uid), "people": [], "household": []}, format="json")
            for uid in (foreign, NEVER)
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content

    def test_says_who_was_first(self, program, referral, api, other_senior):
        api(other_senior).post(at(referral, "accept/"))
        answer = program.post(at(referral, "accept/"))
        assert answer.status_code == 409
        assert answer.json()["detail"] == f"Already accepted by {other_senior} on 15 October 2014."

    def test_without_agreement_says_what_to_do(self, program, school):
        referral = sent_referral(school, agreement="not_asked")
        assert program.post(at(referral, "accept/")).status_code == 409
        agreed = {"agreed_on": "2014-10-14", "how": "phone"}
        assert program.post(at(referral, "accept/"), agreed, format="json").status_code == 200


class TestQuestions:
    def test_are_listed_and_answered_by_the_manager_of_the_known_family(self, api, post, school, melton):
        there = FamilyFactory(locality=melton)
        MembershipFactory(family=there, person__upn=UPN)
        sent_referral(school)
        program = api(post(Role.MANAGER, melton))
        (question,) = program.get("/api/v1/match-questions/").json()["results"]
        assert (question["family"], question["locality"], question["answer"]) == (str(there.uid), "charnwood", "")
        address = f"/api/v1/match-questions/{question['uid']}/answer/"
        answers = [program.post(address, {"answer": "carry_on"}, format="json") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 409]


class TestDeclining:
    def test_keeps_reason_and_words(self, program, referral):
        body = {"reason": "one_need", "message": "Please ask the housing team."}
        answer = program.post(at(referral, "decline/"), body, format="json").json()
        assert (answer["state"], answer["reason"], answer["message"]) == ("declined", *body.values())

    def test_needs_both(self, program, referral):
        answer = program.post(at(referral, "decline/"), {"reason": "nonsense"}, format="json")
        assert sorted(answer.json()["errors"]) == ["message", "reason"]
