"""Emergency access: any family but a sealed one, for a day, and somebody without a conflict is told and looks at it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from families.opening.services import (
    NOT_OPENED,
    ask_for_emergency_access,
    emergencies_to_review,
    review_emergency,
    reviewers_of,
)
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Scope, ScopeMember, Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import close_emergencies, locality_scope, restrict_family, scope_for
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou
from slf.work import rules
from slf.work.models import Job
from slf.work.rules import State
from slf.work.services import run
from tests.factories import FamilyFactory
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db
REASON = "A neighbour rang: shouting, and children in the street"


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def far(melton):
    """A family of a locality in which the worker holds nothing."""
    return FamilyFactory(locality=melton, household=True)


def break_in(family, by) -> Family:
    with acting_as(by):
        return ask_for_emergency_access(family.reference, by=by, reason=REASON)


def tell(by, family) -> Job:
    """Break in, and run the job that tells of it."""
    break_in(family, by)
    with acting_as(by), transaction.atomic():
        uid = Job.objects.get(kind="access.tell_reviewers").uid
    return run(uid)


class TestSomebodyInAnEmergency:
    def test_opens_a_family_of_another_locality(self, worker, far):
        break_in(far, worker)
        with acting_as(worker):
            assert Family.objects.open_to(worker).filter(pk=far.pk).exists()

    def test_writes_the_reference_as_it_comes(self, worker, far):
        with acting_as(worker):
            assert ask_for_emergency_access(f" {far.reference.lower()} ", by=worker, reason=REASON) == far

    def test_holds_it_for_one_day(self, worker, far):
        break_in(far, worker)
        share = Share.objects.get(user=worker, kind=Share.Kind.EMERGENCY)
        assert share.period.upper - share.period.lower == timedelta(hours=24)

    def test_opens_a_family_restricted_to_named_people(self, worker, far, everything):
        restrict_family(far, to=[(everything, Role.MANAGER)], by=everything)
        break_in(far, worker)
        with acting_as(worker):
            assert Family.objects.visible_to(worker).filter(pk=far.pk).exists()

    def test_asked_twice_holds_one_share(self, worker, far):
        break_in(far, worker)
        break_in(far, worker)
        assert Share.objects.filter(user=worker, kind=Share.Kind.EMERGENCY).count() == 1


class TestARefusal:
    """One neutral sentence: it does not tell whether the family exists."""

    def refused(self, reference, by) -> str:
        with acting_as(by), pytest.raises(NotAllowed) as refusal:
            ask_for_emergency_access(reference, by=by, reason=REASON)
        return refusal.value.message

    def test_says_the_same_of_a_missing_and_a_sealed_family(self, worker, far):
        Family.objects.filter(pk=far.pk).update(sealed=True)
        assert self.refused("SLF-000000", worker) == self.refused(far.reference, worker) == NOT_OPENED

    @pytest.mark.parametrize("role", [Role.DATA, Role.AUDITOR, Role.BUSINESS])
    def test_says_the_same_to_a_post_that_may_not(self, role, post, charnwood, far):
        assert self.refused(far.reference, post(role, charnwood)) == NOT_OPENED

    def test_leaves_no_share(self, worker, far):
        Family.objects.filter(pk=far.pk).update(sealed=True)
        self.refused(far.reference, worker)
        assert not Share.objects.filter(kind=Share.Kind.EMERGENCY).exists()


class TestTheDayAfter:
    def test_the_family_is_closed_again(self, worker, far):
        break_in(far, worker)
        now = timezone.now()
        Share.objects.filter(user=worker).update(period=(now - timedelta(days=2), now - timedelta(days=1)))
        assert ScopeMember.objects.filter(user=worker).update(until=now - timedelta(days=1)) == 1
        forget_rights(worker)
        with acting_as(worker):
            assert not Family.objects.open_to(worker).filter(pk=far.pk).exists()


class TestTheAudienceOfAnEmergency:
    """Its own kind beside the locality's, one for each family, and gone when nobody's access is left."""

    @pytest.fixture
    def home(self, melton) -> Scope:
        return locality_scope(melton)

    def over(self, *people) -> int:
        """Let a day go by for the emergency access of these people, and the clock come round."""
        ScopeMember.objects.filter(user__in=people, until__isnull=False).update(until=timezone.now() - timedelta(1))
        with acting_as(None):
            return close_emergencies()

    def scope_of(self, family) -> Scope:
        return Family.objects.select_related("scope").get(pk=family.pk).scope

    def test_is_no_second_one_of_the_locality(self, worker, far, home, melton):
        break_in(far, worker)
        scope = self.scope_of(far)
        assert (scope.kind, scope.widens, scope.locality) == (Scope.Kind.EMERGENCY, home, melton)
        assert Scope.objects.get(kind=Scope.Kind.LOCALITY, locality=melton) == home

    def test_is_shared_by_all_who_break_in(self, worker, far, post, charnwood, home):
        other = post(Role.SENIOR, charnwood)
        break_in(far, worker)
        break_in(far, other)
        assert self.scope_of(far).widens == home
        assert self.over(worker) == 0
        with acting_as(other):
            assert Family.objects.filter(pk=far.pk).exists()
        assert self.over(other) == 1

    def test_is_gone_when_it_is_over(self, worker, far, home):
        break_in(far, worker)
        assert self.over(worker) == 1
        assert self.scope_of(far) == home
        assert not Scope.objects.filter(kind=Scope.Kind.EMERGENCY).exists()
        assert set(far.memberships.values_list("scope", flat=True)) == {home.pk}

    def test_stays_as_long_as_access_lasts(self, worker, far):
        break_in(far, worker)
        with acting_as(None):
            assert close_emergencies() == 0
        assert self.scope_of(far).kind == Scope.Kind.EMERGENCY

    def test_says_that_the_family_is_restricted_all_the_same(self, worker, far, everything):
        restrict_family(far, to=[(everything, Role.MANAGER)], by=everything)
        break_in(far, worker)
        assert self.scope_of(far).is_restricted
        self.over(worker)
        assert self.scope_of(far).kind == Scope.Kind.RESTRICTED

    def test_cannot_be_a_second_one_of_a_locality(self, home, melton):
        with pytest.raises(IntegrityError, match="slf_scope_one_of_a_locality"), transaction.atomic():
            scope_for(Scope.Kind.LOCALITY, name="Melton", members=[("locality", melton.pk, Role.FSW)], home=melton)


class TestThoseWhoReview:
    @pytest.fixture
    def manager(self, post, melton):
        return post(Role.MANAGER, melton)

    def test_are_people_of_the_familys_locality(self, worker, far, manager, post, charnwood):
        elsewhere = post(Role.MANAGER, charnwood)
        found = reviewers_of(far.pk, besides=worker)
        assert manager in found
        assert elsewhere not in found

    @pytest.mark.django_db(transaction=True)
    def test_are_told_without_a_name_leaving_in_the_mail(self, worker, far, manager):
        manager.email = "manager@example.org"
        manager.save(update_fields=["email"])
        tell(worker, far)
        (sent,) = mail.outbox
        assert sent.to == ["manager@example.org"]
        assert far.name not in sent.subject + sent.body
        assert far.reference not in sent.subject + sent.body

    @pytest.mark.django_db(transaction=True)
    def test_are_the_head_of_service_when_there_is_nobody_else(self, worker, far, post, everything):
        head = post(Role.HEAD)
        User.objects.filter(pk=head.pk).update(email="head@example.org")
        restrict_family(far, to=[(worker, Role.MANAGER)], by=everything)
        tell(worker, far)
        (sent,) = mail.outbox
        assert sent.to == ["head@example.org"]
        assert str(worker) in sent.body
        assert far.name not in sent.subject + sent.body

    @pytest.mark.django_db(transaction=True)
    def test_are_missed_loudly_when_there_is_nobody_at_all(self, worker, far, caplog):
        job = tell(worker, far)
        assert (mail.outbox, job.state, job.errors) == ([], State.WAITING, 1)
        assert "NobodyTold" in caplog.text
        for _ in range(rules.ERRORS_ALLOWED - 1):
            with acting_as(worker), transaction.atomic():
                Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(minutes=1))
            job = run(job.uid)
        assert (job.state, job.gave_up) == (State.FAILED, True)

    def test_see_it_until_it_is_reviewed(self, worker, far, manager):
        break_in(far, worker)
        with acting_as(manager):
            (share,) = emergencies_to_review(manager)
            review_emergency(share, by=manager)
            assert list(emergencies_to_review(manager)) == []
        share.refresh_from_db()
        assert (share.reviewed_by, share.reviewed_at is not None) == (manager, True)

    def test_do_not_review_their_own(self, manager, post, far):
        break_in(far, manager)
        with acting_as(manager):
            assert list(emergencies_to_review(manager)) == []
            with pytest.raises(NotForYou):
                review_emergency(Share.objects.get(user=manager), by=manager)

    def test_write_their_own_name_into_the_database_and_may(self, manager, worker, post, melton, far):
        break_in(far, manager)
        colleague, senior = post(Role.FSW, melton), post(Role.SENIOR, melton)
        share = Share.objects.filter(user=manager)
        for by, named, refusal in (
            (senior, worker, "their own name"),
            (colleague, colleague, "their own name"),
            (manager, manager, "reviewed_by_somebody_else"),
        ):
            with acting_as(by), pytest.raises(Error, match=refusal), transaction.atomic():
                share.update(reviewed_by=named, reviewed_at=timezone.now())
        with acting_as(senior):
            assert share.update(reviewed_by=senior, reviewed_at=timezone.now()) == 1

    def test_take_nothing_off_the_list_without_a_name(self, worker, far):
        break_in(far, worker)
        with acting_as(worker), pytest.raises(IntegrityError, match="reviewed_by_somebody"), transaction.atomic():
            Share.objects.filter(user=worker).update(reviewed_at=timezone.now())


class TestThePages:
    def ask(self, client, address, body=None):
        with acting_as(None):
            return client.post(address, body) if body is not None else client.get(address)

    def test_open_the_family_and_keep_the_reason(self, worker, far, signed_in):
        client = signed_in_recently(signed_in(worker), worker)
        answer = self.ask(client, "/access/emergency/", {"reference": far.reference, "reason": REASON})
        assert (answer.status_code, answer.url) == (302, f"/families/{far.uid}/")

    def test_say_one_sentence_when_nothing_was_opened(self, worker, far, signed_in):
        client = signed_in_recently(signed_in(worker), worker)
        Family.objects.filter(pk=far.pk).update(sealed=True)
        for reference in (far.reference, "SLF-000000"):
            answer = self.ask(client, "/access/emergency/", {"reference": reference, "reason": REASON})
            assert answer.context["form"].errors == {"reference": [NOT_OPENED]}

    def test_want_a_person_who_signed_in_just_now(self, worker, far, signed_in):
        answer = self.ask(signed_in(worker), "/access/emergency/")
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/confirm/")

    def test_take_the_review_of_somebody_else_alone(self, worker, far, post, melton, signed_in):
        break_in(far, worker)
        share = Share.objects.get(user=worker)
        address = f"/access/emergency/review/{share.pk}/"
        manager, same_again = post(Role.MANAGER, melton), post(Role.SENIOR, melton)
        assert self.ask(signed_in(worker), address, {}).status_code == 403
        assert self.ask(signed_in(manager), address, {}).status_code == 302
        assert self.ask(signed_in(same_again), address, {}).status_code == 404

    def test_of_another_locality_show_no_emergency_of_this_one(self, worker, far, post, charnwood, signed_in):
        break_in(far, worker)
        manager = post(Role.MANAGER, charnwood)
        assert self.ask(signed_in(manager), "/access/emergency/review/").context["shares"] == []
        share = Share.objects.get(user=worker)
        assert self.ask(signed_in(manager), f"/access/emergency/review/{share.pk}/", {}).status_code == 404
