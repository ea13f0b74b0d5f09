"""The page as its person has it: opened by link and PIN, nothing else reachable, one answer to whatever is wrong."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.services import end_page
from casework.plans.models import Action
from casework.plans.rules import Said
from families.people.models import Membership
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from slf.access.models import View
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.work.models import Job
from tests.casework.closing.factories import TODAY, closed
from tests.casework.own_page.factories import handed, released
from tests.casework.plans.factories import parents
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
HERE = "/our-plan/"


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def bare(response) -> tuple:
    """Return an answer without the token of its form."""
    return response.status_code, re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())


def at(link) -> str:
    return f"{HERE}open/{link.token}/"


def own_action(family) -> Action:
    return Action.objects.filter(person=parents(family)[0], family=family).first()


class TestOpening:
    def test_takes_the_link_and_the_pin_once_and_then_this_browser(self, phone, link):
        assert "Enter your PIN" in text_of(phone.get(at(link)))
        assert phone.post(at(link), {"pin": f"{link.pin[:3]} {link.pin[3:]}"}).url == HERE
        assert "Get up at seven 0" in text_of(phone.get(HERE))
        other = Client()
        assert other.post(at(link), {"pin": link.pin}).status_code == 422
        assert "Get up" not in text_of(other.get(HERE))

    def test_by_a_program_that_looks_at_links_uses_nothing_up(self, phone, link):
        for _ in range(3):
            Client().get(at(link))
        assert phone.post(at(link), {"pin": link.pin}).status_code == 302

    def test_sets_a_cookie_of_its_own_for_this_path_alone(self, opened):
        cookie = opened.cookies["plan"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (HERE, True, "Lax", "")
        assert "sessionid" not in opened.cookies

    def test_leaves_no_secret_in_the_database(self, opened, link, everything):
        from django.db import ProgrammingError, connection, transaction

        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select * from casework_ownpagekey")
        assert link.token not in str(OwnPage.objects.values().get())

    def test_five_times_with_a_wrong_pin_locks_it_and_tells_the_worker(self, phone, link, worker, signed_in):
        wrong = f"{(int(link.pin) + 1) % 1_000_000:06d}"
        for _ in range(5):
            assert phone.post(at(link), {"pin": wrong}).status_code == 422
        assert phone.post(at(link), {"pin": link.pin}).status_code == 422
        assert OwnPage.objects.get().locked_at is not None
        with in_the_name_of(worker):
            assert Job.objects.filter(kind="own_page.tell_locked", asked_by=worker).count() == 1
        assert "Locked" in text_of(signed_in(worker).get("/"))

    def test_goes_on_after_a_lock_with_a_new_link_alone(self, phone, link, page, worker):
        for _ in range(5):
            phone.post(at(link), {"pin": "no"})
        new = handed(page, worker)
        assert phone.post(at(link), {"pin": link.pin}).status_code == 422
        assert phone.post(at(new), {"pin": new.pin}).status_code == 302

    def test_on_a_telephone_that_two_share_takes_the_link_that_is_typed_and_no_others_pin(
        self, opened, link, family, worker, senior
    ):
        theirs = handed(released(family, worker, senior, person=parents(family)[1]), worker)
        assert opened.post(at(theirs), {"pin": theirs.pin}).status_code == 302
        for _ in range(5):  # used, and the telephone keeps the other page open now
            assert opened.post(at(link), {"pin": link.pin}).status_code == 422
        assert opened.get(HERE).status_code == 200
        assert OwnPage.objects.filter(locked_at__isnull=False).count() == 0

    def test_asks_for_the_pin_again_after_it_was_left(self, opened, link):
        assert opened.get(f"{HERE}leave/").url == "https://www.bbc.co.uk/weather"
        assert "Enter your PIN" in text_of(opened.get(HERE))
        assert opened.post(HERE, {"pin": link.pin}).url == HERE
        assert "Get up at seven 0" in text_of(opened.get(HERE))


class TestWhateverIsWrong:
    """One answer for a wrong PIN, no such link, one that was used, ended, over, or whose family is out of sight."""

    @pytest.fixture
    def wrong_pin(self, phone, link):
        return bare(phone.post(at(link), {"pin": "000000" if link.pin != "000000" else "111111"}))

    def test_no_such_link(self, phone, wrong_pin):
        assert bare(phone.post(f"{HERE}open/nothing/", {"pin": "123456"})) == wrong_pin

    def test_taken_away(self, phone, link, page, worker, wrong_pin):
        with in_the_name_of(worker):
            end_page(page, by=worker)
        assert bare(phone.post(at(link), {"pin": link.pin})) == wrong_pin

    def test_over(self, phone, link, wrong_pin, settings):
        settings.SERVICE_DATE = (TODAY + timedelta(days=30)).isoformat()
        assert bare(phone.post(at(link), {"pin": link.pin})) == wrong_pin

    def test_a_day_before_that_it_opens(self, phone, link, settings):
        settings.SERVICE_DATE = (TODAY + timedelta(days=29)).isoformat()
        assert phone.post(at(link), {"pin": link.pin}).status_code == 302

    def test_never_opened_here(self, phone, wrong_pin):
        assert bare(Client().post(HERE, {"pin": "123456"})) == wrong_pin

    def test_a_colleague_who_is_signed_in(self, senior, signed_in, opened, wrong_pin):
        theirs = signed_in(senior)
        assert bare(theirs.get(HERE)) == bare(Client().get(HERE))
        assert bare(theirs.post(HERE, {"pin": "123456"})) == wrong_pin

    def test_too_often_is_put_off(self, phone, link, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"own_page_try": "1/h/ip"}
        phone.post(at(link), {"pin": "1"})
        assert phone.post(at(link), {"pin": link.pin}).status_code == 429


class TestWhatEndsIt:
    """By itself and at once, for whoever has it open."""

    def ended(self, opened, because, page) -> None:
        assert "Enter your PIN" in text_of(opened.get(HERE))
        assert opened.post(f"{HERE}say/", {"mark": "3"}).status_code == 422
        assert OwnPageWord.objects.count() == 0
        if because:
            page.refresh_from_db()
            assert page.ended_because == because

    def test_taking_it_away(self, opened, page, senior):
        with in_the_name_of(senior):
            end_page(page, words="She asked for it.", by=senior)
        self.ended(opened, "revoked", page)

    def test_closing_the_case(self, opened, page, family, senior):
        closed(family, senior)
        self.ended(opened, "closed", page)

    def test_another_version_of_the_plan(self, opened, page, family, worker):
        from casework.plans.services import record_answer, start_plan

        with in_the_name_of(worker):
            plan = start_plan(family, by=worker, on=TODAY)
            record_answer(plan, person=parents(family)[0], said=Said.AGREED, how="paper", said_on=TODAY,
                          revision=plan.revision, by=worker)  # fmt: skip
        self.ended(opened, "plan", page)

    def test_taking_the_agreement_to_the_plan_back(self, opened, page, family, worker):
        from casework.plans.services import record_answer

        with in_the_name_of(worker):
            record_answer(page.plan, person=parents(family)[0], said=Said.REFUSED, how="paper", said_on=TODAY,
                          revision=page.plan.revision, reason="No more.", by=worker)  # fmt: skip
        self.ended(opened, "withdrew", page)

    def test_taking_the_agreement_to_the_service_back(self, opened, page, family, everything):
        record_agreement(family, state=Agreement.State.WITHDRAWN, said_on=TODAY, how=Agreement.How.PHONE, by=everything)
        self.ended(opened, "withdrew", page)

    def test_restricting_the_family(self, opened, page, family, everything):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        assert "Enter your PIN" in text_of(opened.get(HERE))

    def test_leaving_the_household(self, opened, page, family):
        Membership.objects.filter(person=page.person).update(
            period=(Membership.objects.get(person=page.person).period.lower, TODAY)
        )
        self.ended(opened, "", page)


class TestThePage:
    def test_shows_the_plan_in_plain_words_and_nothing_of_the_record(self, opened, family):
        said = text_of(opened.get(HERE))
        assert "We want mornings without shouting 0" in said
        assert "You: Get up at seven 0. By 1 November 2014" in said
        assert "The primary school: Breakfast club 0" in said
        hidden = (family.name, family.reference, "Education", "Referral", "Agreed", "Sign in", "My day")
        assert [word for word in hidden if word in said] == []

    def test_leads_nowhere_else(self, opened):
        ways = set(re.findall(r'(?:href|action)="([^"#]*)', opened.get(HERE).content.decode()))
        inside = {way for way in ways if not way.startswith((HERE, "/static/", "tel:")) and way}
        assert inside == set()

    def test_leaves_out_what_was_not_released(self, phone, family, worker, senior):
        goals = list(page_goals(family))
        school = goals[0].actions.get(agency="The primary school")
        page = released(family, worker, senior, goals_out=[goals[1].pk], actions_out=[school.pk])
        link = handed(page, worker)
        phone.post(at(link), {"pin": link.pin})
        said = text_of(phone.get(HERE))
        assert "without shouting 0" in said
        assert [word for word in ("without shouting 1", "Breakfast club") if word in said] == []
        assert phone.post(f"{HERE}actions/{goals[1].actions.first().uid}/", {}).status_code == 422

    def test_stands_in_the_view_log_with_whom_it_was_shown_to(self, opened, family, page, senior, everything):
        opened.get(HERE, REMOTE_ADDR="192.0.2.7")
        look = View.objects.filter(family_id=family.pk, user__username="own.page").latest("pk")
        assert look.what == f"Own page of the plan, shown to {page.person.given_names} {page.person.family_name}"
        assert (look.address, str(senior) in look.right) == ("192.0.2.7", True)

    def test_is_kept_by_nobody(self, opened):
        for address in (HERE, f"{HERE}open/x/", f"{HERE}leave/"):
            response = opened.get(address)
            assert "no-store" in response["Cache-Control"]
            assert "noindex" in response["X-Robots-Tag"]
        assert opened.get(HERE)["Referrer-Policy"] == "same-origin"


def page_goals(family):
    from casework.plans.models import Goal

    return Goal.objects.filter(plan__family=family).order_by("pk")


class TestSaying:
    def test_how_far_ones_own_action_is_reaches_the_worker(self, opened, family, worker, signed_in):
        action = own_action(family)
        send = {f"{action.uid}-progress": "help", f"{action.uid}-words": "I sleep through the alarm."}
        assert opened.post(f"{HERE}actions/{action.uid}/", send).status_code == 302
        assert opened.post(f"{HERE}actions/{action.uid}/", send).status_code == 302
        word = OwnPageWord.objects.get()
        assert (word.progress, word.words, word.action) == ("help", "I sleep through the alarm.", action)
        assert "You asked for help" in text_of(opened.get(HERE))
        day = text_of(signed_in(worker).get("/"))
        assert "Said on their own page" in day
        assert "asks for help: Get up at seven 0" in day
        story = text_of(signed_in(worker).get(f"/casework/families/{family.uid}/chronology/"))
        assert "I sleep through the alarm." in story
        assert "on their own page" in story
        action.refresh_from_db()
        assert action.state == "open"

    @pytest.mark.parametrize("whose", ["worker", "agency"])
    def test_of_somebody_elses_action_is_not_taken(self, opened, family, whose):
        action = Action.objects.filter(family=family).exclude(**{f"{whose}": "" if whose == "agency" else None}).first()
        answer = opened.post(f"{HERE}actions/{action.uid}/", {f"{action.uid}-progress": "done"})
        assert (answer.status_code, OwnPageWord.objects.count()) == (422, 0)

    def test_how_it_goes_is_kept_and_shown_again(self, opened):
        assert opened.post(f"{HERE}say/", {"mark": "4", "words": "Mornings are calm."}).status_code == 302
        assert "Quite well. “Mornings are calm.”" in text_of(opened.get(HERE))

    def test_nothing_is_refused_beside_the_box_and_keeps_what_was_typed(self, opened, family):
        answer = opened.post(f"{HERE}say/", {"words": "x" * 501})
        assert answer.status_code == 422
        assert "x" * 501 in answer.content.decode()
        assert "Choose how it is going" in text_of(opened.post(f"{HERE}say/", {}))
        action = own_action(family)
        answer = opened.post(f"{HERE}actions/{action.uid}/", {f"{action.uid}-words": "Half of it"})
        assert "Choose how far it is" in text_of(answer)
        assert "Half of it" in text_of(answer)

    def test_is_for_whoever_has_it_open_alone(self, phone, link, family):
        action = own_action(family)
        phone.post(f"{HERE}actions/{action.uid}/", {f"{action.uid}-progress": "done"})
        phone.post(f"{HERE}say/", {"mark": "1"})
        assert OwnPageWord.objects.count() == 0
