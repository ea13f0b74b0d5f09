"""What was left out, shown to one person for a day: on their page, and nowhere else."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone

from families.facts.models import Fact
from families.overriding.models import Override, overridden
from families.overriding.rules import Occasion
from families.overriding.services import (
    NOT_LEFT_OUT,
    NOT_THEIRS,
    end_override,
    review_override,
    show_all_the_same,
    to_review,
)
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import facts_for, left_out
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family, restrict_family
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import run
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
WHY = "The court asked for it by noon"
SAID = {"agency": "health", "kind": "homelessness", "occasion": Occasion.COURT, "reason": WHY}


@pytest.fixture
def family(everything):
    """A family with one fact from health, which is used by consent alone."""
    family = FamilyFactory(household=True)
    Fact.objects.create(
        family=family, kind="homelessness", agency="health", source="feed", source_name="Ward round, row 3",
        source_key="one", period=(date(2014, 3, 3), date(2014, 3, 4)), recorded_on=date(2014, 4, 1),
        recorded_by=everything,
    )  # fmt: skip
    return family


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def worker(post, charnwood, family, everything):
    worker = post(Role.FSW, charnwood)
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
    return worker


@pytest.fixture
def shown(family, senior, worker):
    with acting_as(senior):
        return show_all_the_same(family, **SAID, shown_to=worker, by=senior)


def evidence(client, family):
    with acting_as(None):
        return client.get(reverse("families:evidence", args=[family.uid])).content.decode()


class TestWhatIsShownAllTheSame:
    def test_is_seen_by_that_person_on_the_page_and_by_nobody_else(self, family, shown, worker, senior, signed_in):
        assert "Ward round, row 3" in evidence(signed_in(worker), family)
        page = evidence(signed_in(senior), family)
        assert "Ward round, row 3" not in page
        assert f"to {worker}, until" in page
        assert f"because: {WHY}" in page

    def test_is_on_no_paper(self, family, shown, worker, signed_in):
        assert "govuk-!-display-none-print" in evidence(signed_in(worker), family)

    @pytest.mark.parametrize("address", ["/api/v1/families/{}/evidence/", "/api/v1/families/{}/chronology/",
                                         "/casework/families/{}/chronology/"])  # fmt: skip
    def test_is_in_no_export_and_no_other_page(self, family, shown, worker, signed_in, address):
        with acting_as(None):
            assert b"Ward round" not in signed_in(worker).get(address.format(family.uid)).content

    @pytest.mark.parametrize("purpose", Purpose)
    def test_is_used_for_no_claim_and_no_figure(self, family, shown, worker, purpose):
        with acting_as(worker):
            assert not facts_for(use_on(today(), purpose=purpose), user=worker).exists()

    def test_is_not_said_to_be_left_out_to_whom_it_is_shown(self, family, shown, worker):
        use = use_on(today(), purpose=Purpose.SUPPORT)
        with acting_as(worker):
            assert left_out(family, use, user=worker, also=overridden(worker)) == []
            assert len(left_out(family, use, user=worker)) == 1

    def test_is_kept_of_each_look(self, family, shown, worker, signed_in):
        evidence(signed_in(worker), family)
        look = View.objects.filter(user=worker, what="Evidence").get()
        assert str(shown.uid) in look.why

    def test_is_over_with_its_day(self, family, shown, worker, signed_in, time_machine):
        time_machine.move_to(shown.period.upper + timedelta(seconds=1))
        assert "Ward round" not in evidence(signed_in(worker), family)

    def test_says_that_it_is_shown_to_the_end_of_a_day(self, family, shown, worker, signed_in):
        said = evidence(signed_in(worker), family)
        assert f"until {shown.until}" in said  # late in the evening two hours, which end at an hour
        assert "00:00" not in said

    @pytest.mark.parametrize(
        ("ends", "words"),
        [
            pytest.param("2014-10-16 00:00", "the end of 15 October 2014", id="at midnight"),
            pytest.param("2014-10-16 00:45", "16 October 2014, 00:45", id="two hours later, late in the evening"),
            pytest.param("2014-10-15 14:20", "15 October 2014, 14:20", id="where somebody ended it"),
        ],
    )
    def test_says_the_day_or_the_hour_at_which_it_ends(self, ends, words):
        upper = timezone.make_aware(datetime.fromisoformat(ends))
        assert Override(period=DateTimeTZRange(upper - timedelta(hours=2), upper)).until == words

    def test_is_given_once_at_a_time(self, family, shown, senior, worker):
        with acting_as(senior):
            assert show_all_the_same(family, **SAID, shown_to=worker, by=senior) == shown

    def test_rests_on_the_law_of_the_day(self, shown):
        assert shown.law.startswith("DPA 1998 section 35")


class TestGivingIt:
    def test_is_refused_for_what_is_not_left_out(self, family, senior, worker):
        with acting_as(senior), pytest.raises(NotAllowed, match=NOT_LEFT_OUT):
            show_all_the_same(family, **SAID | {"kind": "employment_spell"}, shown_to=worker, by=senior)

    def test_is_refused_for_somebody_who_does_not_work_there(self, family, senior, post, melton):
        with acting_as(senior), pytest.raises(NotAllowed, match=NOT_THEIRS):
            show_all_the_same(family, **SAID, shown_to=post(Role.FSW, melton), by=senior)

    def test_promises_to_tell_the_manager(self, shown, senior):
        with acting_as(senior):
            assert Job.objects.filter(kind="sharing.tell_of_override").exists()

    @pytest.mark.parametrize("role", [Role.FSW, Role.HEAD, Role.DATA])
    def test_is_refused_by_the_database_to_everybody_else(self, family, worker, post, charnwood, role):
        user = worker if role is Role.FSW else post(role)
        now = timezone.now()
        row = {**SAID, "law": "x", "shown_to": user, "given_by": user, "period": (now, now + timedelta(hours=2))}
        with acting_as(user), pytest.raises(ProgrammingError), transaction.atomic():
            Override.objects.create(family=family, **row)

    @pytest.mark.parametrize(
        "wrong", [{"reason": "short"}, {"hours": 40}, {"given_by": None}], ids=["no reason", "for days", "as another"]
    )
    def test_wrongly_is_refused_by_the_database(self, family, senior, worker, wrong):
        now, hours = timezone.now(), wrong.pop("hours", 2)
        row = {
            **SAID,
            "law": "x",
            "shown_to": worker,
            "given_by": senior,
            "period": (now, now + timedelta(hours=hours)),
        }
        if "given_by" in wrong:
            wrong = {"given_by": worker}
        with acting_as(senior), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            Override.objects.create(family=family, **row | wrong)

    def test_is_never_changed_but_by_its_functions(self, shown, senior):
        with acting_as(senior), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Override.objects.filter(pk=shown.pk).update(reason="Another reason")

    def test_tells_beside_the_box_what_is_wrong(self, family, senior, signed_in):
        with acting_as(None):
            answer = signed_in(senior).post(reverse("families:show_all_the_same", args=[family.uid]), {"reason": "x"})
        assert answer.status_code == 400
        for sentence in ("Select what is shown", "Select what calls for it", "10 characters or more"):
            assert sentence in answer.content.decode()


class TestEndingIt:
    def test_leaves_it_out_again(self, family, shown, senior, worker, signed_in):
        with acting_as(senior):
            assert end_override(shown, by=senior).ended_by == senior
        assert "Ward round" not in evidence(signed_in(worker), family)

    def test_twice_changes_nothing(self, shown, senior):
        with acting_as(senior):
            first = end_override(shown, by=senior).period
            assert end_override(shown, by=senior).period == first

    def test_is_a_conflict_when_somebody_else_ended_it(self, shown, senior, post, charnwood):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(senior):
            end_override(shown, by=senior)
        with acting_as(manager), pytest.raises(Conflict):
            end_override(shown, by=manager)
        assert Override.objects.get(pk=shown.pk).ended_by == senior

    def test_twice_says_on_the_page_that_it_was_ended_already(self, family, shown, senior, signed_in):
        address = reverse("families:end_override", args=[family.uid, shown.uid])
        with acting_as(None):
            client = signed_in(senior)
            pages = [client.post(address, follow=True) for _ in range(2)]
        assert [page.status_code for page in pages] == [200, 200]
        assert "It is left out again." in pages[0].content.decode()
        assert "You had ended this already." in pages[1].content.decode()

    def test_is_refused_by_the_database_to_who_was_shown_it(self, shown, worker):
        with acting_as(worker), connection.cursor() as cursor:
            cursor.execute("select slf.end_override(%s)", [shown.pk])
            assert cursor.fetchone() == (False,)


class TestReviewingIt:
    def test_is_somebody_elses(self, shown, senior, worker, post, charnwood):
        for user in (senior, worker):
            with acting_as(user), pytest.raises(NotForYou):
                review_override(shown, by=user)
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            assert list(to_review(manager)) == [shown]
            assert review_override(shown, by=manager).reviewed_by == manager
            assert list(to_review(manager)) == []

    def test_is_a_heads_too(self, shown, post):
        head = post(Role.HEAD)
        with acting_as(head):
            assert review_override(shown, by=head).reviewed_by == head

    def test_is_not_of_another_locality(self, shown, post, melton):
        other = post(Role.MANAGER, melton)
        with acting_as(other):
            assert list(to_review(other)) == []
            with connection.cursor() as cursor:
                cursor.execute("select slf.review_override(%s)", [shown.pk])
                assert cursor.fetchone() == (False,)

    def test_is_of_nobody_unnamed_once_the_family_is_restricted(self, family, shown, worker, everything):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with acting_as(worker):
            assert not Override.objects.exists()


def test_the_manager_is_told_and_no_family_is_named(family, shown, post, charnwood, senior):
    manager = post(Role.MANAGER, charnwood)
    manager.email = "manager@slf.example"
    manager.save()
    with acting_as(senior):
        (promised,) = Job.objects.filter(kind="sharing.tell_of_override").values_list("uid", flat=True)
    run(promised)
    assert [message.to for message in mail.outbox] == [["manager@slf.example"]]
    assert family.name not in mail.outbox[0].body


def test_the_api_gives_ends_and_reviews(api, family, senior, worker, post, charnwood):
    with acting_as(None):
        program, address = api(senior), f"/api/v1/families/{family.uid}/overrides/"
        sent = SAID | {"shown_to": str(worker.uid)}
        made = program.post(address, sent, format="json")
        assert made.status_code == 201
        assert [one["uid"] for one in program.get(address).json()] == [made.json()["uid"]]
        assert program.post(address, sent | {"shown_to": str(family.uid)}, format="json").status_code == 400
        other = api(post(Role.MANAGER, charnwood))
        assert [one["uid"] for one in other.get("/api/v1/overrides/").json()] == [made.json()["uid"]]
        one = f"/api/v1/overrides/{made.json()['uid']}/"
        assert program.post(f"{one}review/").status_code == 403
        assert other.post(f"{one}review/").json()["reviewed_at"]
        assert not program.post(f"{one}end/").json()["counts"]
        again = program.post(f"{one}end/")
        assert (again.status_code, again.json()["counts"]) == (200, False)
        assert other.post(f"{one}end/").status_code == 409
