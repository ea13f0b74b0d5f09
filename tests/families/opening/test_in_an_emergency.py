"""What emergency access opens and what it does not, walked over the access table and asked in SQL."""

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from families.opening.services import (
    NO_JUDGE,
    NOT_OPENED,
    TOO_MANY_EMERGENCIES,
    TOO_MANY_OPENED,
    ask_for_emergency_access,
    emergencies_to_review,
    open_own,
    review_emergency,
    reviewers_of,
    tries_of_others,
)
from families.people.models import Family
from performance.outcomes.views import localities_of
from slf.access.acting import acting_as
from slf.access.models import EmergencyTry, Share
from slf.access.rights import rights_of
from slf.access.rules import EMERGENCIES_A_DAY, OPENED_A_DAY, OPENS, REFUSED_TRIES_A_DAY, Can, RecordClass, Role
from slf.access.services import give_post, locality_scope, move_family
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import run
from tests.at_once import at_once
from tests.factories import FamilyFactory
from tests.slf.accounts.recently import signed_in_recently
from tests.test_access_table import OF_A_FAMILY, ask, pairs

pytestmark = pytest.mark.django_db
REASON = "A neighbour rang: shouting, and children in the street"
CONTACTS = {"casework:record_visit", "casework:record_planned_visit", "api-visits"}
"""The addresses by which a contact is added: all that emergency access writes."""
ABOUT_THEMSELVES = {"access:know", "api-interests"}
"""Where somebody says that they know the family: whoever finds that out in an emergency says it too, and loses it."""
LEADS_BACK = {"access:open"}
"""Asked with the record open already, it leads to it and does nothing."""
NOT_FOR_IT = {"access:looked", "casework:allocate"}


def break_in(family, by) -> Family:
    with acting_as(by):
        return ask_for_emergency_access(family.reference, by=by, reason=REASON)


@pytest.fixture
def far(melton):
    return FamilyFactory(locality=melton, household=True)


@pytest.fixture
def outsider(post, charnwood):
    return post(Role.SENIOR, charnwood)


class TestTheAccessTableInAnEmergency:
    @pytest.mark.parametrize(("row", "method"), pairs(row for row in OF_A_FAMILY if not row.owner))
    def test_is_read_as_a_worker_reads_and_writes_only_a_contact(self, row, method, far, post, charnwood, melton, api):
        kwargs, outsider = row.subject(far), post(Role.SENIOR, charnwood)
        break_in(far, outsider)
        client = signed_in_recently(api(outsider), outsider) if row.recent else api(outsider)
        with acting_as(None):
            answer = ask(client, method, row, kwargs, row.post_body(kwargs))
        if row.name in CONTACTS | ABOUT_THEMSELVES:
            assert answer.status_code == row.methods()[method][Role.FSW]
        elif row.name in LEADS_BACK:
            assert answer.status_code == 302
        elif row.name in NOT_FOR_IT or method != "get":
            assert answer.status_code in {403, 404}
        else:
            assert answer.status_code in {row.get.get(Role.FSW), 403, 404}


class TestEmergencyAccess:
    """Whatever post is held elsewhere, it is a part of its own."""

    @pytest.mark.parametrize("role", [Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD])
    def test_is_all_that_somebody_from_elsewhere_has(self, role, post, charnwood, far):
        by = post(role, charnwood)
        break_in(far, by)
        far.refresh_from_db()
        with acting_as(by):
            assert rights_of(by).roles_over(far.scope_id) == {Role.EMERGENCY}
            for can in set(Can) - {Can.READ, Can.ADD_CONTACT}:
                assert not Family.objects.visible_to(by, can=can).filter(pk=far.pk).exists(), can
            assert Family.objects.visible_to(by, can=Can.ADD_CONTACT).filter(pk=far.pk).exists()
            assert Family.objects.open_to(by).filter(pk=far.pk).exists()

    @pytest.mark.parametrize("record_class", RecordClass)
    @pytest.mark.parametrize("mode", ["read", "write"])
    def test_opens_its_classes_in_sql(self, mode, record_class, outsider, far):
        break_in(far, outsider)
        far.refresh_from_db()
        with acting_as(outsider), connection.cursor() as cursor:
            cursor.execute("select %s = any (slf.scopes(%s))", [far.scope_id, f"{mode}_{record_class}"])
            assert cursor.fetchone()[0] == (record_class in getattr(OPENS[Role.EMERGENCY], mode))

    def test_moves_no_family(self, outsider, far, charnwood):
        home = locality_scope(charnwood)
        break_in(far, outsider)
        with acting_as(outsider), pytest.raises(ProgrammingError, match="no such family"), transaction.atomic():
            move_family(far, to=home, by=outsider)

    def test_changes_no_card_in_sql(self, outsider, far):
        break_in(far, outsider)
        with acting_as(outsider):
            assert Family.objects.filter(pk=far.pk).update(name="Somebody else") == 0

    def test_shows_nobody_who_looked(self, outsider, far):
        break_in(far, outsider)
        with acting_as(outsider), connection.cursor() as cursor:
            cursor.execute("select count(*) from slf.looks_at(%s)", [far.pk])
            assert cursor.fetchone()[0] == 0

    def test_opens_no_dashboard(self, outsider, far, charnwood):
        break_in(far, outsider)
        with acting_as(outsider):
            assert localities_of(outsider) == [charnwood]

    def test_is_no_post(self, outsider, charnwood, everything):
        with pytest.raises(NotAllowed):
            give_post(outsider, role=Role.EMERGENCY, locality=charnwood, by=everything, starts_on=timezone.localdate())

    def test_of_a_worker_in_their_own_locality_is_to_look_and_add_too(self, post, melton, far):
        worker = post(Role.FSW, melton)
        break_in(far, worker)
        with acting_as(worker):
            assert Family.objects.open_to(worker).filter(pk=far.pk).exists()
            assert not Family.objects.visible_to(worker, can=Can.WORK_FAMILY).filter(pk=far.pk).exists()


class TestWhoHasHadEmergencyAccess:
    def test_reviews_none_of_that_family(self, post, melton, far, outsider):
        manager = post(Role.MANAGER, melton)
        break_in(far, manager)
        break_in(far, outsider)
        share = Share.objects.get(user=outsider)
        with acting_as(manager):
            assert list(emergencies_to_review(manager)) == []
            with pytest.raises(NotForYou, match=NO_JUDGE):
                review_emergency(share, by=manager)
        assert manager not in reviewers_of(far.pk, besides=outsider)

    def test_is_not_reviewed_by_somebody_else_who_broke_in(self, post, charnwood, melton, far, outsider):
        colleague = post(Role.MANAGER, charnwood)
        break_in(far, outsider)
        break_in(far, colleague)
        share = Share.objects.get(user=outsider)
        with acting_as(colleague):
            assert list(emergencies_to_review(colleague)) == []
            with pytest.raises(NotForYou):
                review_emergency(share, by=colleague)


class TestTooMany:
    def refused(self, reference, by) -> str:
        with acting_as(by), pytest.raises(NotAllowed) as refusal:
            ask_for_emergency_access(reference, by=by, reason=REASON)
        return refusal.value.message

    def outcomes(self, by) -> list[str]:
        with acting_as(by):
            return list(EmergencyTry.objects.filter(user=by).order_by("pk").values_list("outcome", flat=True))

    def test_emergencies_in_a_day_are_held_back_and_kept(self, outsider, melton):
        for _ in range(EMERGENCIES_A_DAY):
            break_in(FamilyFactory(locality=melton), outsider)
        last = FamilyFactory(locality=melton)
        assert self.refused(last.reference, outsider) == TOO_MANY_EMERGENCIES
        assert self.refused("SLF-000000", outsider) == TOO_MANY_EMERGENCIES
        assert self.outcomes(outsider) == ["opened"] * EMERGENCIES_A_DAY + ["held_back"] * 2

    def test_wrong_references_are_held_back_and_kept(self, outsider, far):
        for _ in range(REFUSED_TRIES_A_DAY):
            assert self.refused("SLF-000000", outsider) == NOT_OPENED
        assert self.refused(far.reference, outsider) == TOO_MANY_EMERGENCIES

    def test_the_same_family_again_is_not_another(self, outsider, far):
        for _ in range(EMERGENCIES_A_DAY + 1):
            break_in(far, outsider)
        assert self.outcomes(outsider) == ["opened"] + ["again"] * EMERGENCIES_A_DAY

    def test_is_over_after_a_day(self, outsider, melton, far):
        for _ in range(EMERGENCIES_A_DAY):
            break_in(FamilyFactory(locality=melton), outsider)
        with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("update slf_emergencytry set at = at - interval '1 day'")

    def test_tries_are_shown_to_the_head_and_to_nobody_else(self, post, charnwood, outsider, far):
        self.refused("SLF-000000", outsider)
        head, manager = post(Role.HEAD), post(Role.MANAGER, charnwood)
        with acting_as(head):
            assert [found.reference for found in tries_of_others(head)] == ["SLF-000000"]
        with acting_as(manager):
            assert list(tries_of_others(manager)) == []

    def test_families_opened_with_a_reason_are_held_back(self, post, charnwood):
        worker = post(Role.FSW, charnwood)
        with acting_as(worker):
            for _ in range(OPENED_A_DAY):
                open_own(FamilyFactory(), by=worker, reason=REASON)
            with pytest.raises(NotAllowed, match=TOO_MANY_OPENED[:20]):
                open_own(FamilyFactory(), by=worker, reason=REASON)
            assert Job.objects.filter(kind="access.tell_managers").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_the_head_is_told(self, post, outsider, melton):
        head = post(Role.HEAD)
        User.objects.filter(pk=head.pk).update(email="head@example.org")
        for _ in range(EMERGENCIES_A_DAY):
            break_in(FamilyFactory(locality=melton), outsider)
        self.refused("SLF-000000", outsider)
        with acting_as(outsider), transaction.atomic():
            uid = Job.objects.get(kind="access.tell_heads").uid
        run(uid)
        (sent,) = mail.outbox
        assert (sent.to, str(outsider) in sent.body) == (["head@example.org"], True)

    def test_is_said_on_the_page_and_kept(self, post, charnwood, signed_in):
        worker = post(Role.FSW, charnwood)
        client = signed_in_recently(signed_in(worker), worker)
        with acting_as(None):
            answer = client.post("/access/emergency/", {"reference": "SLF-000000", "reason": REASON})
        assert answer.context["form"].errors == {"reference": [NOT_OPENED]}
        assert self.outcomes(worker) == ["refused"]


class TestAFamilyOpenedWithAReason:
    def test_is_open_to_read_and_for_a_contact_only(self, post, charnwood):
        worker, family = post(Role.FSW, charnwood), FamilyFactory()
        with acting_as(worker):
            open_own(family, by=worker, reason=REASON)
            assert Family.objects.open_to(worker).filter(pk=family.pk).exists()
            assert Family.objects.visible_to(worker, can=Can.ADD_CONTACT).filter(pk=family.pk).exists()
            assert not Family.objects.visible_to(worker, can=Can.WORK_FAMILY).filter(pk=family.pk).exists()


@pytest.mark.django_db(transaction=True)
class TestTheSamePersonFourTimesAtOnce:
    def four_times(self, verb, by) -> list:
        def one():
            with acting_as(by), transaction.atomic():
                return verb().pk

        return at_once(*[one] * 4)

    def test_opens_one_emergency(self, outsider, far):
        ask = lambda: ask_for_emergency_access(far.reference, by=outsider, reason=REASON)  # noqa: E731
        assert set(self.four_times(ask, outsider)) == {far.pk}
        with acting_as(outsider), transaction.atomic():
            assert Share.objects.filter(user=outsider).count() == 1

    def test_gives_one_reason(self, post, charnwood):
        worker, family = post(Role.FSW, charnwood), FamilyFactory()
        assert len(set(self.four_times(lambda: open_own(family, by=worker, reason=REASON), worker))) == 1


class TestThePageOfTheFamily:
    def banner(self, user, family, signed_in) -> bool:
        with acting_as(None):
            answer = signed_in(user).get(family.get_absolute_url())
        return "You are here by emergency access until" in answer.content.decode()

    def test_says_that_somebody_is_there_by_emergency(self, outsider, far, signed_in):
        break_in(far, outsider)
        assert self.banner(outsider, far, signed_in)

    def test_says_nothing_to_those_of_the_locality(self, outsider, far, signed_in, post, melton):
        break_in(far, outsider)
        assert not self.banner(post(Role.SENIOR, melton), far, signed_in)


class TestTheHomePageOfAManager:
    def tiles(self, user, signed_in) -> dict:
        with acting_as(None):
            answer = signed_in(user).get("/")
        return {tile.label: tile.value for tile in answer.context["tiles"]}

    def test_counts_emergencies_to_review(self, outsider, far, signed_in, post, melton):
        manager = post(Role.MANAGER, melton)
        assert "Emergency accesses to review" not in self.tiles(manager, signed_in)
        break_in(far, outsider)
        assert self.tiles(manager, signed_in)["Emergency accesses to review"] == 1
