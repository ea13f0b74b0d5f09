"""What the database refuses of a supervision, whoever asks and however."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.supervision.models import AgreedAction, Decision, OwnPart, Supervision, SupervisionPart
from casework.supervision.rules import ABOVE, LINE_ABOVE, OwnWords
from casework.supervision.services import mark_done, write_own_part
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import end_post, restrict_family
from slf.clock import today
from tests.casework.supervision.factories import NEXT_WEEK, TODAY, agreed, decided, held, signed
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, ProgrammingError)


def run(by, sql, *values) -> int:
    with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.fixture
def own(part, worker):
    with in_the_name_of(worker):
        return write_own_part(part, OwnWords("Tired."), revision=0, by=worker)


class TestTheDatabase:
    def test_lets_everybody_sign_for_themselves(self, part, senior, worker):
        for by, column in ((senior, "worker_signed_on"), (worker, "supervisor_signed_on")):
            with pytest.raises(ProgrammingError, match="signs for themselves"):
                run(by, f"update casework_supervisionpart set {column} = %s", TODAY)

    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_decision set note = 'Something else'",
            "update casework_decision set signed_on = null",
            "update casework_ownpart set wellbeing = 'Well.'",
            "update casework_agreedaction set what = 'Something else'",
            "delete from casework_agreedaction",
            "update casework_supervisionpart set worker_signed_on = null",
            "update casework_supervision set called_off_on = held_on",
        ],
    )
    def test_holds_what_both_have_signed(self, part, own, family, senior, worker, sql):
        decided(part, family, senior, action=agreed())
        signed(part, senior, worker)
        with pytest.raises(REFUSED):
            run(senior, sql)

    def test_changes_no_words_between_the_two_under_the_name_of_the_other(self, own, senior):
        with pytest.raises(ProgrammingError, match="their own name"):
            run(senior, "update casework_ownpart set wellbeing = 'Well.'")
        assert run(senior, "update casework_ownpart set wellbeing = 'Well.', written_by_id = %s", senior.pk) == 1

    def test_still_lets_an_action_be_done(self, part, family, senior, worker):
        action = decided(part, family, senior, action=agreed()).actions.get()
        signed(part, senior, worker)
        with in_the_name_of(worker):
            assert mark_done(action, by=worker, on=TODAY).done_on == TODAY
        with pytest.raises(REFUSED):
            run(worker, "update casework_agreedaction set came_of_it = 'Nothing'")

    def test_takes_a_signature_away_with_whatever_is_changed(self, part, family, senior, worker):
        decided(part, family, senior)
        signed(part, worker)
        run(senior, "update casework_decision set note = 'Something else'")
        part.refresh_from_db()
        assert part.worker_signed_on is None

    def test_lets_nobody_decide_who_does_not_lead(self, part, family, senior, worker, manager):
        decided(part, family, senior)
        for somebody in (worker, manager):
            with pytest.raises(REFUSED):
                run(somebody, "update casework_decision set note = 'Something else'")

    def test_deletes_nothing(self, part, own, family, senior):
        decided(part, family, senior)
        for table in ("decision", "ownpart", "supervision", "supervisionpart"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(senior, f"delete from casework_{table}")

    def test_lets_nobody_supervise_up_or_in_anothers_name(self, senior, manager, worker, charnwood, everything):
        from slf.access.services import locality_scope

        row = {"scope": locality_scope(charnwood), "kind": "line", "held_on": TODAY}
        with acting_as(senior), pytest.raises(REFUSED), transaction.atomic():
            Supervision.objects.create(**row, supervisor=senior, role="manager")
        with acting_as(senior), pytest.raises(REFUSED), transaction.atomic():
            Supervision.objects.create(**row, supervisor=manager, role="fsw")
        with acting_as(worker), pytest.raises(REFUSED), transaction.atomic():
            Supervision.objects.create(**row, supervisor=worker, role="fsw")

    def test_shows_old_versions_of_own_words_to_nobody_else(self, part, own, senior, worker, manager, other, head):
        event = OwnPart.pgh_event_model
        for somebody, number in {worker: 1, senior: 1, manager: 1, other: 0, head: 0}.items():
            with acting_as(somebody):
                assert event.objects.count() == number, somebody

    def test_shows_another_locality_nothing(self, part, own, family, senior, post, melton):
        decided(part, family, senior, action=agreed())
        with acting_as(post(Role.MANAGER, melton)):
            for model in (Supervision, SupervisionPart, OwnPart, Decision, AgreedAction):
                assert not model.objects.exists(), model

    def test_leaves_who_led_it_nothing_once_they_are_gone(self, part, own, senior, everything):
        with acting_as(everything):
            end_post(senior.posts.get(), by=everything, on=today())
        with acting_as(senior):
            assert not OwnPart.objects.exists()
            assert not Supervision.objects.exists()

    def test_lets_a_decision_move_with_its_family(self, part, family, senior, everything):
        decided(part, family, senior, action=agreed())
        scope = restrict_family(family, to=[(everything, Role.SENIOR)], by=everything)
        assert set(Decision.objects.values_list("scope_id", flat=True)) == {scope.pk}
        assert set(AgreedAction.objects.values_list("scope_id", flat=True)) == {scope.pk}

    def test_knows_the_same_people_as_python(self, part, own, senior, worker, other, manager, head, post, charnwood):
        people = [senior, worker, other, manager, head, *(post(role, charnwood) for role in (*ABOVE, Role.BUSINESS))]
        held(senior, manager)
        for somebody in people:
            with acting_as(somebody):
                for model in (Supervision, SupervisionPart, OwnPart):
                    assert set(model.objects.all()) == set(model.objects.visible_to(somebody)), (somebody, model)
        assert set(LINE_ABOVE) == set(ABOVE)

    def test_takes_no_action_of_another_family(self, part, family, senior, everything):
        from tests.casework.supervision.factories import worked

        decision = decided(part, family, senior)
        with acting_as(everything):
            far = worked(part.worker)
        with acting_as(senior), pytest.raises(REFUSED), transaction.atomic():
            AgreedAction.objects.create(
                family=far, decision=decision, what="Ring", owner=senior, due_on=NEXT_WEEK
            )  # fmt: skip
