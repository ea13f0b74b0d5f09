"""Identification: who is on which list, who may know of it, and that it is deleted."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from families.register.models import Gateway
from families.register.rules import Purpose
from performance.identification import services
from performance.identification.models import FoundPerson, IdentificationRun, Identified
from performance.identification.rules import Place
from slf.access.acting import acting_as
from slf.access.rules import POSTS, Role
from slf.web.errors import NotAllowed
from slf.work import services as work
from tests.performance.claims.factories import CLAIM_ON
from tests.performance.claims.test_whole_run import closed_to_the_office
from tests.performance.identification.factories import family_with, look, rows_of_a_stranger

pytestmark = pytest.mark.django_db(transaction=True)
ATTACHED = date(2014, 3, 3)
IN_A_LOCALITY = {Role.FSW, Role.SENIOR, Role.MANAGER, Role.ESF, Role.BUSINESS}


def listed(run, officer) -> dict[str, str]:
    with acting_as(officer), transaction.atomic():
        return {row.reference: row.place for row in Identified.objects.visible_to(officer).filter(run=run)}


class TestARun:
    def test_puts_each_family_on_one_list(self, officer, everything):
        eligible = family_with("asb", "work", "concern", by=everything, attached_on=ATTACHED)
        near = family_with("asb", "work", by=everything, attached_on=ATTACHED)
        far = family_with("work", by=everything, attached_on=ATTACHED)
        found = family_with("asb", "work", by=everything)
        run = look(officer)
        assert listed(run, officer) == {
            eligible.reference: Place.ELIGIBLE, near.reference: Place.ONE_AWAY, found.reference: Place.FOUND,
        }  # fmt: skip
        assert far.reference not in listed(run, officer)
        assert (run.counts["eligible"], run.counts["one_away"], run.counts["found"], run.counts["neither"]) == (
            1,
            1,
            1,
            1,
        )

    def test_says_which_fact_is_missing_and_what_attachment_rests_on(self, officer, everything):
        family_with("asb", "work", by=everything, attached_on=ATTACHED)
        run = look(officer)
        with acting_as(officer), transaction.atomic():
            row = Identified.objects.visible_to(officer).get(run=run)
            assert {each["code"] for each in row.missing} == {"2", "4"}
            assert "school" in row.lacks
            assert (row.attached_on, row.attached_by[:29]) == (ATTACHED, "Case opened on 3 March 2014 b")

    def test_finds_somebody_in_two_files_whom_nobody_knows(self, officer, everything):
        rows_of_a_stranger(by=everything)
        run = look(officer)
        with acting_as(officer), transaction.atomic():
            (person,) = FoundPerson.objects.visible_to(officer).filter(run=run)
            assert person.lines == ["asb.csv, line 50", "benefits.csv, line 50"]
            assert "Nobody" not in f"{person.reason}{person.lines}"
        assert run.counts["people"] == 1

    def test_reads_nothing_for_which_there_is_no_gateway(self, officer, everything):
        family_with("asb", "work", by=everything)
        rows_of_a_stranger(by=everything)
        with transaction.atomic():
            Gateway.objects.filter(purpose=Purpose.IDENTIFY, agency="csp").update(
                ended_by=everything, ended_because="Over", period=DateRange(None, None, empty=True)
            )
        run = look(officer)
        assert listed(run, officer) == {}
        assert run.counts["people"] == 0
        assert any("Antisocial" in each["kind"] or each["kind"] == "asb_intervention" for each in run.said["left_out"])

    def test_is_one_at_a_time(self, officer):
        with acting_as(officer):
            services.look_now(by=officer, on=CLAIM_ON)
            with pytest.raises(NotAllowed):
                services.look_now(by=officer, on=CLAIM_ON)


class TestWhoKnowsOfIt:
    def test_nobody_but_data_officers(self, officer, everything, post, charnwood):
        family_with("asb", "work", by=everything, locality=charnwood)
        rows_of_a_stranger(by=everything)
        look(officer)
        for role in set(POSTS) - {Role.DATA}:
            somebody = post(role, charnwood if role in IN_A_LOCALITY else None, role.value)
            with acting_as(somebody), transaction.atomic():
                seen = [m for m in (IdentificationRun, Identified, FoundPerson) if m.objects.all().exists()]
                assert not seen, role

    def test_no_data_officer_of_a_family_closed_to_named_people(self, officer, everything, post, charnwood):
        family = family_with("asb", "work", by=everything, locality=charnwood)
        run = look(officer)
        closed_to_the_office(family, named=post(Role.FSW, charnwood), by=everything)
        assert listed(run, officer) == {}


class TestTheDayOfDeletion:
    def test_takes_all_but_the_numbers(self, officer, everything):
        family_with("asb", "work", by=everything)
        rows_of_a_stranger(by=everything)
        run = look(officer)
        with acting_as(officer):
            assert services.delete_past(by=officer, on=run.delete_on - timedelta(days=1)) == 0
            assert services.delete_past(by=officer, on=run.delete_on) == 2
            assert services.delete_past(by=officer, on=run.delete_on) == 0
        assert listed(run, officer) == {}
        with acting_as(officer), transaction.atomic():
            run.refresh_from_db()
            assert (run.deleted_on, run.counts["found"], run.counts["people"]) == (run.delete_on, 1, 1)

    def test_takes_also_who_was_closed_to_named_people_since(self, officer, everything, post, charnwood):
        family = family_with("asb", "work", by=everything, locality=charnwood)
        run = look(officer)
        closed_to_the_office(family, named=post(Role.FSW, charnwood), by=everything)
        with acting_as(officer):
            assert services.delete_past(by=officer, on=run.delete_on) == 1

    def test_comes_by_night_with_a_run_of_its_own(self, officer, everything, monkeypatch):
        family_with("asb", "work", by=everything)
        old = look(officer)
        with acting_as(officer), transaction.atomic():
            day = old.delete_on
        monkeypatch.setattr(services, "today", lambda: day)
        gone, run = services.look_by_night()
        assert gone == 1
        assert run.asked_by.is_service
        assert work.run(run.job.uid).state == "done"


class TestPostgreSQLRefuses:
    def refused(self, officer, sql, *values):
        with acting_as(officer), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    def test_to_change_or_add_to_what_a_run_found(self, officer, everything):
        family_with("asb", "work", by=everything)
        run = look(officer)
        self.refused(officer, "update performance_identified set place = 'eligible', attached_on = judged_on")
        self.refused(officer, "update performance_identificationrun set delete_on = '2099-01-01'")
        self.refused(officer, "update performance_identificationrun set counts = '{}'")
        self.refused(officer, "delete from performance_identificationrun")
        self.refused(officer, "delete from performance_identified")
        self.refused(
            officer,
            "insert into performance_foundperson (uid, scope_id, run_id, scheme, lines, eligible, reason, missing) "
            "select gen_random_uuid(), scope_id, id, 'P1', '{}', true, '', '[]' from performance_identificationrun "
            "where id = %s", run.pk,
        )  # fmt: skip

    def test_to_call_a_run_deleted_that_still_holds_somebody(self, officer, everything):
        family_with("asb", "work", by=everything)
        look(officer)
        self.refused(officer, "update performance_identificationrun set deleted_on = delete_on")
