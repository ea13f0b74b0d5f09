"""Own pages as staff have them: the screen, the release by somebody else, the handing over, the API, the database."""

import re

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.rules import Screen, WrongAsking
from casework.own_page.services import hand_over_page, note_read, release_page
from casework.plans.models import Goal, Plan
from families.contact.services import set_rule
from families.people.models import Membership
from slf.access.rules import Role
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.closing.factories import TODAY
from tests.casework.own_page.factories import SAFE, answers, asked, handed, released
from tests.casework.plans.factories import parents
from tests.referrals.intake.factories import in_the_name_of
from tests.slf.paper.reading import words

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(name, of) -> str:
    return reverse(f"casework:{name}", args=[of.uid])


class TestTheScreen:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"asked_alone": "no"}, "alone first"),
            ({"device": "watched"}, "Somebody looks at the telephone"),
            ({"could_be_harmed": "yes"}, "could harm"),
        ],
    )
    def test_stops_and_keeps_that_it_was_asked(self, family, worker, signed_in, change, said):
        mine = signed_in(worker)
        answer = mine.post(at("ask_own_page", family), answers(family, **change), follow=True)
        assert said in text(answer)
        assert OwnPage.objects.get().state == "unsafe"
        assert "not safe" in text(mine.get(reverse("casework:chronology", args=[family.uid])))

    def test_of_a_child_asks_whether_they_understand(self, family, worker):
        child = Membership.objects.filter(family=family, part="child").earliest("person__born_on").person
        with pytest.raises(WrongAsking, match="understands"):
            asked(family, worker, person=child)
        assert asked(family, worker, person=child, screen=Screen(**vars(SAFE) | {"understands": True})).pk

    def test_is_not_for_a_child_who_is_too_young_nor_for_who_lives_elsewhere(self, family, worker):
        child = Membership.objects.filter(family=family, part="child").latest("person__born_on").person
        with pytest.raises(WrongAsking, match="13 years"):
            asked(family, worker, person=child)
        away = Membership.objects.filter(family=family, person=parents(family)[1])
        away.update(part="away")
        with pytest.raises(WrongAsking, match="lives in the household"):
            asked(family, worker, person=away.get().person)

    def test_says_beside_the_question_what_is_missing_and_keeps_the_rest(self, family, worker, signed_in):
        sent = answers(family, device="", not_shown="My new job.")
        answer = signed_in(worker).post(at("ask_own_page", family), sent)
        assert answer.status_code == 400
        assert "My new job.</textarea>" in answer.content.decode()

    def test_knows_when_it_is_safe_from_the_rules_of_contact_and_never_says_the_safe_word(
        self, family, worker, signed_in, everything
    ):
        who = parents(family)[0]
        member = Membership.objects.get(person=who, family=family)
        set_rule(
            member, channel="text", never=False, days=[0], safe_word="the cat", source="Herself", by=everything,
            on=TODAY,
        )  # fmt: skip
        mine = signed_in(worker)
        page = text(mine.get(at("ask_own_page", family)))
        assert "Safe contact: A text message: only on Monday" in page
        assert mine.post(at("ask_own_page", family), answers(family)).status_code == 302
        made = OwnPage.objects.get()
        assert made.safe_times == "A text message: only on Monday"
        assert "the cat" not in page


class TestReleasing:
    def test_is_by_somebody_else_who_sees_exactly_what_the_person_would(self, family, worker, senior, signed_in):
        page = asked(family, worker)
        theirs = signed_in(senior)
        assert "Own pages to release" in text(theirs.get("/"))
        shown = text(theirs.get(at("release_own_page", page)))
        assert "You: Get up at seven 0" in shown
        assert "While Kyle is at work" in shown
        goal = page.plan.goals.first()
        assert theirs.post(at("release_own_page", page), {"goals_out": [str(goal.uid)]}).status_code == 302
        page.refresh_from_db()
        assert (page.state, page.goals_out, page.decided_by) == ("open", [goal.pk], senior)
        for way in ("release_own_page", "send_back_own_page"):
            assert theirs.get(at(way, page)).url == reverse("casework:own_pages", args=[family.uid])

    def test_of_ones_own_asking_is_refused(self, family, senior):
        page = asked(family, senior)
        with pytest.raises(NotForYou), in_the_name_of(senior):
            release_page(page, by=senior, on=TODAY)

    def test_leaves_something_to_show(self, family, worker, senior):
        page = asked(family, worker)
        with pytest.raises(WrongAsking, match="Everything"), in_the_name_of(senior):
            release_page(page, goals_out=[goal.pk for goal in page.plan.goals.all()], by=senior, on=TODAY)

    def test_twice_and_asking_twice_are_once(self, family, worker, senior):
        page = asked(family, worker)
        assert asked(family, worker) == page
        with in_the_name_of(senior):
            assert release_page(release_page(page, by=senior, on=TODAY), by=senior, on=TODAY).is_open
        with pytest.raises(Conflict, match="has a page already"):
            asked(family, worker, screen=Screen(**vars(SAFE) | {"safe_times": "Never on a Sunday"}))

    def test_sent_back_tells_the_worker_why(self, family, worker, senior, signed_in):
        page = asked(family, worker)
        signed_in(senior).post(at("send_back_own_page", page), {"answer": "Ask about the tablet too."})
        assert "Ask about the tablet too." in text(signed_in(worker).get("/"))


class TestHandingOver:
    def test_shows_link_and_pin_once(self, page, worker, signed_in):
        mine = signed_in(worker)
        answer = mine.post(at("hand_over_own_page", page), {"link_by": "paper", "pin_by": "said"})
        assert "no-store" in answer["Cache-Control"]
        link = re.search(r"/our-plan/open/([\w-]{43})/", answer.content.decode()).group(1)
        pin = re.search(r"\b(\d{3} \d{3})\b", text(answer)).group(1)
        assert link not in mine.get(at("own_pages", page.family)).content.decode()
        assert mine.post(f"/our-plan/open/{link}/", {"pin": pin}).status_code == 302

    def test_keeps_to_the_rules_of_safe_contact(self, page, worker, everything):
        member = Membership.objects.get(person=page.person, family=page.family)
        set_rule(member, channel="text", never=True, source="Herself", by=everything, on=TODAY)
        with pytest.raises(WrongAsking, match="A text message: never"), in_the_name_of(worker):
            hand_over_page(page, link_by="text", pin_by="said", by=worker, on=TODAY, at=timezone.localtime())

    def test_anew_does_not_make_the_days_longer(self, page, worker):
        first = handed(page, worker).page.ends_on
        again = handed(page, worker, on=TODAY.replace(day=20)).page.ends_on
        assert first == again

    def test_over_the_api_says_both_once_and_keeps_no_answer(self, page, worker, api):
        client, address = api(worker), reverse("api-hand-over-own-page", args=[page.uid])
        body = {"link_by": "shown", "pin_by": "said"}
        key = {"headers": {"Idempotency-Key": "7c1f2f0e-52a7-4a8e-9c4e-6a6b9c1d2e3f"}}
        one, two = (client.post(address, body, format="json", **key).json() for _ in range(2))
        assert one["address"] != two["address"]


class TestOnPaper:
    def test_says_in_easy_words_what_was_released_and_no_more(self, page, worker, signed_in):
        said = words(signed_in(worker).get(at("print_own_page", page)).content)
        assert "What we want: 1 We want mornings without shouting 0" in said
        assert "Who does it? You." in said
        assert [word for word in ("Education", page.family.name, page.family.reference) if word in said] == []

    def test_waits_for_the_release_like_the_page(self, family, worker, signed_in):
        assert signed_in(worker).get(at("print_own_page", asked(family, worker))).status_code == 404

    def test_is_none_of_somebody_who_left_the_household(self, page, worker, signed_in):
        here = Membership.objects.filter(person=page.person)
        here.update(period=(here.get().period.lower, TODAY))
        refused = signed_in(worker).get(at("print_own_page", page))
        assert refused.status_code == 409
        assert "They left the household" in text(refused)

    def test_alone_gives_no_link(self, family, worker, senior):
        page = released(family, worker, senior, screen=Screen(**vars(SAFE) | {"device": "none"}))
        with pytest.raises(NotAllowed, match="on paper alone"):
            handed(page, worker)


class TestReading:
    def test_is_noted_once_in_the_name_of_who_read_it(self, opened, page, worker, senior, signed_in):
        opened.post("/our-plan/say/", {"mark": "2", "words": "Nights are loud."})
        word = OwnPageWord.objects.get()
        mine = signed_in(worker)
        assert "Nights are loud." in text(mine.get("/"))
        assert mine.post(at("read_own_word", word)).status_code == 302
        with in_the_name_of(senior):
            assert note_read(word, by=senior, on=TODAY).read_by == worker
        assert "Nights are loud." not in text(mine.get("/"))


class TestTheDatabase:
    """Whoever can run SQL as the application."""

    def run(self, by, sql):
        with in_the_name_of(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.rowcount

    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_ownpage set state = 'open'",
            "update casework_ownpage set could_be_harmed = true",
            "update casework_ownpage set locked_at = null, handed_by_id = asked_by_id",
            "delete from casework_ownpage",
            "insert into casework_ownpageword (uid) values (gen_random_uuid())",
            "update casework_ownpageword set words = 'Something else'",
            "select pin from casework_ownpagekey",
            "select slf.awake_own_page('x', '2014-10-15')",
        ],
    )
    def test_refuses(self, family, worker, senior, sql):
        asked(family, worker)
        with pytest.raises((IntegrityError, ProgrammingError)):
            self.run(senior if "'open'" not in sql else worker, sql)

    def test_takes_nothing_in_again_that_was_left_out(self, family, worker, senior):
        page = asked(family, worker, goals_out=[Goal.objects.filter(plan__family=family).first().pk])
        decided = f"state = 'open', decided_by_id = {senior.pk}, decided_on = '2014-10-15'"
        with pytest.raises(IntegrityError):
            self.run(senior, f"update casework_ownpage set {decided}, goals_out = '{{}}' where id = {page.pk}")

    def test_ends_a_page_with_its_version_of_the_plan(self, family, worker):
        page = asked(family, worker)
        Plan.objects.filter(pk=page.plan_id).update(state="replaced")
        assert OwnPage.objects.get().ended_because == "plan"

    def test_gives_nobody_of_another_locality_the_handing_over(self, page, post, melton):
        ways = "'a', 'b', 'c', 5, 15, 'text', 'said', '2014-10-15', '2014-11-15'"
        with pytest.raises(ProgrammingError, match="not yours"):
            self.run(post(Role.FSW, melton), f"select slf.hand_own_page_over({page.pk}, {ways})")
