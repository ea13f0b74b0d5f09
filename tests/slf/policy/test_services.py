from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from referrals.intake.rules import DECIDE_WITHIN, DUTY_NUMBER, REFUSALS, SUFFICES
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from slf.policy.models import SettingValue, setting_on, value_of
from slf.policy.rules import WrongValue
from slf.policy.services import confirm, take_back
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.slf.policy.factories import confirmed, keeper, proposal, proposed, settled

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


class TestASetting:
    def test_is_what_the_service_came_with_and_an_example_until_somebody_confirms_another(self):
        now = setting_on(DECIDE_WITHIN)
        assert (now.value, now.is_example, now.mark) == (5, True, " (example, not Leicestershire policy)")
        confirmed(DECIDE_WITHIN, 5)
        now = setting_on(DECIDE_WITHIN)
        assert (now.value, now.is_example, now.mark) == (5, False, "")

    def test_counts_from_its_first_day_and_keeps_what_it_was_before(self):
        confirmed(DECIDE_WITHIN, 7, starts_on=today() + TOMORROW)
        assert [value_of(DECIDE_WITHIN, on=day) for day in (today(), today() + TOMORROW)] == [5, 7]

    def test_put_right_on_the_same_day_is_what_was_confirmed_last(self):
        confirmed(DUTY_NUMBER, "0116 496 0124")
        confirmed(DUTY_NUMBER, "0116 496 0125")
        assert value_of(DUTY_NUMBER) == "0116 496 0125"

    def test_is_asked_of_the_database_once_in_a_transaction(self, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(1):
            for setting in (DECIDE_WITHIN, DUTY_NUMBER, REFUSALS, SUFFICES):
                value_of(setting)

    def test_that_was_undone_is_not_remembered(self):
        with transaction.atomic():
            confirmed(DECIDE_WITHIN, 7)
            assert value_of(DECIDE_WITHIN) == 7
            transaction.set_rollback(True)
        assert value_of(DECIDE_WITHIN) == 5


class TestAProposal:
    def test_counts_for_nothing_until_a_second_person_has_confirmed_it(self):
        row = proposal(DECIDE_WITHIN, 7)
        assert value_of(DECIDE_WITHIN) == 5
        settled(confirm, row, by=keeper("confirmer"))
        assert value_of(DECIDE_WITHIN) == 7

    def test_is_not_confirmed_by_who_made_it(self):
        with pytest.raises(NotForYou, match="second person"):
            settled(confirm, proposal(DECIDE_WITHIN, 7), by=keeper("proposer"))

    def test_confirmed_twice_is_confirmed_once(self):
        row = confirmed(DECIDE_WITHIN, 7)
        assert settled(confirm, row, by=keeper("another")).confirmed_by == keeper("confirmer")

    def test_whose_first_day_passed_while_it_waited_counts_from_today(self, settings):
        row = proposal(DECIDE_WITHIN, 7)
        settings.SERVICE_DATE = str(today() + 3 * TOMORROW)
        assert settled(confirm, row, by=keeper("confirmer")).starts_on == today()

    def test_waits_alone(self):
        first = proposal(DECIDE_WITHIN, 7)
        with pytest.raises(Conflict, match="waits for a second person"):
            proposal(DECIDE_WITHIN, 8)
        settled(take_back, first, by=keeper("another"))
        assert proposal(DECIDE_WITHIN, 8).is_waiting

    def test_taken_back_is_not_confirmed_and_one_that_counts_is_not_taken_back(self):
        row = settled(take_back, proposal(DECIDE_WITHIN, 7), by=keeper("proposer"))
        with pytest.raises(NotAllowed, match="taken back"):
            settled(confirm, row, by=keeper("confirmer"))
        assert settled(take_back, row, by=keeper("another")).taken_back_by == keeper("proposer")
        with pytest.raises(NotAllowed, match="counts"):
            settled(take_back, confirmed(DECIDE_WITHIN, 7), by=keeper("another"))

    @pytest.mark.parametrize(
        "wrong", [{"value": 0}, {"starts_on": today() - TOMORROW}, {"document": "  "}], ids=["value", "day", "document"]
    )
    def test_that_cannot_be_is_refused(self, wrong):
        said = {"value": 7, "starts_on": today(), "document": "Guidance"} | wrong
        with pytest.raises(WrongValue):
            proposed(DECIDE_WITHIN, by=keeper("proposer"), **said)


def another(by) -> dict:
    said = {"key": DUTY_NUMBER.key, "value": "0116 496 0199", "starts_on": today(), "document": "None"}
    return {**said, "proposed_by": by}


def refused(write) -> None:
    with pytest.raises(ProgrammingError, match="not yours to keep"), transaction.atomic():
        write()


class TestInTheDatabase:
    def test_one_person_cannot_be_both(self):
        row = proposal(DECIDE_WITHIN, 7)
        with acting_as(row.proposed_by), pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
            SettingValue.objects.filter(pk=row.pk).update(confirmed_by=row.proposed_by, confirmed_at=row.proposed_at)

    def test_nobody_writes_another_name(self):
        row, said = proposal(DECIDE_WITHIN, 7), {"confirmed_by": keeper("confirmer"), "confirmed_at": timezone.now()}
        with acting_as(keeper("proposer")):
            refused(lambda: SettingValue.objects.filter(pk=row.pk).update(**said))
            refused(lambda: SettingValue.objects.create(**another(keeper("confirmer"))))
            refused(lambda: SettingValue.objects.create(**another(keeper("proposer")) | said))

    def test_nobody_without_such_a_post_writes_one(self, post, charnwood):
        worker, row = post(Role.FSW, charnwood), proposal(DECIDE_WITHIN, 7)
        with acting_as(worker):
            refused(lambda: SettingValue.objects.create(**another(worker)))
            refused(
                lambda: SettingValue.objects.filter(pk=row.pk).update(confirmed_by=worker, confirmed_at=timezone.now())
            )

    def test_no_value_is_made_to_count_from_an_earlier_day(self):
        row, confirmer = proposal(DECIDE_WITHIN, 7), keeper("confirmer")
        said = {"confirmed_by": confirmer, "confirmed_at": timezone.now(), "starts_on": today() - TOMORROW}
        with acting_as(confirmer):
            refused(lambda: SettingValue.objects.filter(pk=row.pk).update(**said))

    @pytest.mark.parametrize(
        "statement",
        [
            "update slf_settingvalue set value = '99'",
            "update slf_settingvalue set document = 'Another'",
            "update slf_settingvalue set proposed_by_id = confirmed_by_id",
            "update slf_settingvalue set confirmed_by_id = null, confirmed_at = null",
            "update slf_settingvalue set starts_on = '2013-01-01'",
            "delete from slf_settingvalue",
            "delete from slf_settingvalueevent",
        ],
    )
    def test_a_value_that_counts_does_not_change(self, statement):
        confirmed(DECIDE_WITHIN, 7)
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert value_of(DECIDE_WITHIN) == 7
