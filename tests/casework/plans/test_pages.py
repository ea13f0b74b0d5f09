"""The plan's pages as a worker reads them, and its paper."""

import re
from datetime import date

import pytest
from django.urls import reverse

from casework.plans.models import Plan
from casework.plans.rules import How, Said
from casework.plans.services import add_goal, record_answer, start_plan
from families.people.models import Membership
from slf.access.models import View
from tests.casework.plans.browsing import day_of, hidden, shown, to
from tests.casework.plans.factories import STARTED, agreed, draft, need, parents
from tests.factories import MembershipFactory, lives
from tests.slf.paper.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


class TestAFamilyWithoutAPlan:
    def test_is_offered_the_first_goal(self, client, family):
        assert "Add the first goal" in shown(client, to("plan", family))

    def test_has_nothing_to_print_or_agree_to(self, client, family):
        assert client.get(to("print_plan", family)).status_code == 404
        assert client.get(to("record_answer", family)).status_code == 404


class TestTheAgreedPlan:
    def test_shows_when_it_was_agreed_and_who_does_what_by_when(self, client, family):
        agreed(family)
        html = shown(client, to("plan", family))
        for expected in ("agreed", "12 March 2014", "The primary school", "1 December 2014", "Signed on paper"):
            assert expected in html

    def test_offers_no_change_of_words(self, client, family):
        goal = agreed(family).goals.first()
        assert to("change_goal", goal) not in shown(client, to("plan", family))
        assert client.get(to("change_goal", goal)).status_code == 409

    @pytest.mark.parametrize(("day", "late"), [("2014-10-20", 0), ("2014-10-21", 2)])
    def test_marks_what_is_overdue(self, client, family, settings, day, late):
        agreed(family)
        settings.SERVICE_DATE = day
        assert shown(client, to("plan", family)).count("Overdue") == late

    def test_is_got_done(self, client, family):
        action = agreed(family).goals.first().actions.first()
        client.post(to("finish_action", action))
        assert to("reopen_action", action) in shown(client, to("plan", family))
        client.post(to("reopen_action", action))
        action.refresh_from_db()
        assert action.state == "open"

    def test_is_changed_by_a_new_version_that_leaves_it_in_force(self, client, family):
        old = agreed(family)
        answer = client.post(to("start_plan", family))
        assert answer.headers["Location"] == f"{to('plan', family)}?version=2"
        html = shown(client, to("plan", family))
        assert "The family has not agreed to these changes yet" in html
        assert "Version 1" in html
        assert f"agreed {old.agreed_on}"[:6] in shown(client, to("plan", family), version=1)

    def test_takes_as_many_queries_for_many_goals_as_for_one(self, client, family, django_assert_max_num_queries):
        plan = draft(family, goals=1)
        client.get(to("plan", family))
        with django_assert_max_num_queries(45) as few:
            client.get(to("plan", family))
        for number in range(5):
            goal = add_goal(
                plan, words=f"More {number}", needs=[need(family, k) for k in KINDS[number]], by=plan.started_by
            )
            goal.actions.model.objects.bulk_create(
                goal.actions.model(family=family, goal=goal, what="x", agency="GP", due_on=TODAY) for _ in range(4)
            )
        with django_assert_max_num_queries(len(few)):
            client.get(to("plan", family))

    def test_of_a_version_that_does_not_exist_is_not_found(self, client, family):
        agreed(family)
        for version in ("7", "x", "99999999999"):
            assert client.get(to("plan", family), {"version": version}).status_code == 404


KINDS = (("housing",), ("health",), ("poverty",), ("crime",), ("choice",))


class TestRecordingWhatAnAdultSaid:
    def given(self, person, html, said="agreed", **more):
        answers = {"person": str(person.uid), "said": said, "how": "paper", "revision": hidden(html, "revision")}
        return answers | day_of("said_on", TODAY) | more

    def test_makes_it_the_familys_plan(self, client, family):
        draft(family)
        html = shown(client, to("record_answer", family))
        client.post(to("record_answer", family), self.given(parents(family)[0], html))
        assert (Plan.objects.get().state, Plan.objects.get().agreed_on) == ("agreed", TODAY)

    def test_keeps_a_refusal_with_its_reason(self, client, family):
        draft(family)
        html = shown(client, to("record_answer", family))
        given = self.given(parents(family)[0], html, "refused", reason="Too much at once")
        client.post(to("record_answer", family), given)
        assert Plan.objects.get().state == "draft"
        assert "Too much at once" in shown(client, to("plan", family))

    def test_asks_why_not(self, client, family):
        draft(family)
        html = shown(client, to("record_answer", family))
        answer = client.post(to("record_answer", family), self.given(parents(family)[0], html, "refused"))
        assert (answer.status_code, "Answer “Why not?”" in answer.content.decode()) == (400, True)

    def test_names_no_child(self, client, family):
        draft(family)
        child = Membership.objects.filter(part="child").first().person
        assert str(child.uid) not in shown(client, to("record_answer", family))

    def test_to_words_that_changed_meanwhile_shows_them_and_keeps_what_was_typed(self, client, family, everything):
        plan = draft(family)
        html = shown(client, to("record_answer", family))
        add_goal(plan, words="Slipped in", needs=[], by=everything)
        answer = client.post(to("record_answer", family), self.given(parents(family)[0], html))
        assert answer.status_code == 409
        assert "Slipped in" in answer.content.decode()
        assert Plan.objects.get().state == "draft"

    def test_lists_what_is_missing(self, client, family, everything):
        plan = start_plan(family, by=everything, on=STARTED)
        goal = add_goal(plan, words="Peace", needs=[], by=everything)
        html = shown(client, to("record_answer", family))
        answer = client.post(to("record_answer", family), self.given(parents(family)[0], html))
        assert answer.status_code == 422
        assert to("add_action", goal) in answer.content.decode()


class TestTheTitles:
    def test_name_the_family(self, client, family):
        goal = draft(family).goals.first()
        pages = [to(name, family) for name in ("add_goal", "record_answer")]
        for page in [*pages, reverse("casework:add_action", args=[goal.uid])]:
            assert re.search(r"<title>[^<]*The Hartleys[^<]*</title>", shown(client, page))


class TestTheViewLog:
    def test_has_a_row_for_each_look_and_each_print(self, client, family, worker):
        agreed(family)
        client.get(to("plan", family))
        client.get(to("print_plan", family))
        assert list(View.objects.filter(user=worker).order_by("pk").values_list("what", flat=True)) == [
            "Plan, version 1",
            "Plan printed, version 1",
        ]


class TestThePaper:
    def text(self, client, family, **query):
        answer = client.get(to("print_plan", family), query)
        assert answer.headers["Content-Type"] == "application/pdf"
        return words(answer.content)

    def test_says_in_plain_words_who_does_what_by_when(self, client, family):
        plan = draft(family)
        text = self.text(client, family)
        assert "OFFICIAL-SENSITIVE" in text
        assert "Our plan: The Hartleys" in text
        assert "not agreed yet" in text
        for goal in plan.goals.all():
            assert goal.words in text
            assert all(action.what in text for action in goal.actions.all())
        assert str(parents(family)[1]) in text
        assert text.count("Date") == 3  # two parents and the worker sign

    def test_fits_one_page(self, client, family):
        draft(family)
        assert "Page 1 of 1" in self.text(client, family)

    def test_says_who_has_agreed(self, client, family):
        agreed(family)
        text = self.text(client, family)
        assert f"{parents(family)[0]} agreed: signed on paper, 12 March 2014." in text

    def test_asks_nobody_to_sign_what_they_refused(self, client, family, everything):
        plan = draft(family)
        who = {"person": parents(family)[1], "said": Said.REFUSED, "how": How.IN_PERSON, "said_on": STARTED}
        record_answer(plan, reason="Not for me", revision=plan.revision, by=everything, **who)
        text = self.text(client, family)
        assert f"{parents(family)[1]} did not agree to this plan (said on 10 March 2014)" in " ".join(text.split())
        assert text.count("Date") == 2  # the other parent and the worker
        assert "Not for me" not in text

    def test_names_nobody_who_lives_elsewhere_and_no_address(self, client, family, everything):
        away = MembershipFactory(family=family, part="away", address="12 Hidden Row").person
        lives(family.memberships.filter(part="parent").first(), address="1 Safe Street", phone="01509 000000")
        plan = draft(family)
        record_answer(
            plan, person=away, said=Said.AGREED, how=How.PHONE, said_on=STARTED, revision=plan.revision, by=everything
        )
        text = self.text(client, family)
        for secret in (away.given_names + " " + away.family_name, "Hidden Row", "Safe Street", "01509"):
            assert secret not in text

    def test_is_of_the_version_asked_for(self, client, family):
        agreed(family)
        client.post(to("start_plan", family))
        assert "version 1. Agreed" in self.text(client, family, version=1)
        assert "version 2. Draft" in self.text(client, family)
