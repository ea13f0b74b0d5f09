"""A list is tried without changing anything, confirmed, made once, and reported."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from casework.cases.models import Case
from casework.importing import making, paper
from casework.importing.models import BroughtOver, ImportFile
from casework.importing.rules.judging import MAY_BE_KNOWN, State
from casework.importing.services import confirm_list, receive_list, try_list
from casework.visits.models import Visit
from families.addresses.models import Home, Phone
from families.facts.models import Fact
from families.hub.rules import BadFile
from families.localities.services import family_locality_on
from families.needs.models import Need
from families.people.models import Family, Membership, Person
from families.sharing.models import Agreement
from referrals.allocation.models import Allocation
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.clock import today
from slf.work.models import Job
from slf.work.services import run
from tests.casework.importing.factories import (
    CASE,
    DONNA,
    LIST,
    TYLER,
    again,
    as_book,
    as_csv,
    bring_known,
    receive,
    rows_of,
    states,
)
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = date(2014, 10, 15)
MADE_OF = (Family, Person, Membership, Home, Phone, Need, Fact, Agreement, Case, Allocation, Share, Visit, BroughtOver)


def counted():
    with transaction.atomic():
        return {model.__name__: model.objects.count() for model in MADE_OF}


def sums(file, user):
    with transaction.atomic():
        return paper.tally(file, user=user)


class TestTryingAList:
    def test_changes_nothing_and_says_what_would_be_made(self, dry, data):
        before = counted()
        file = dry(as_book([DONNA, TYLER], [CASE]))
        assert counted() == before
        assert {what: numbers[State.READY] for what, _, numbers in sums(file, data)} == {
            "Families": 1, "People": 2, "Cases": 1, "Numbers": 0,
        }  # fmt: skip

    def test_names_the_row_the_column_and_what_is_wrong(self, dry):
        file = dry(as_csv(DONNA, TYLER | {"Date of birth": "29/02/2013"}))
        row = rows_of(file)["people", 3]
        assert row.problems[0]["column"] == "Date of birth"
        assert "there is no such day" in row.problems[0]["sentence"]

    def test_leaves_somebody_known_to_the_duty_manager(self, dry, charnwood):
        MembershipFactory(person__given_names="Donna", person__family_name="PALMER", person__born_on=date(1980, 5, 4))
        row = rows_of(dry(as_csv(DONNA)))["people", 2]
        assert (row.state, row.problems[0]["sentence"]) == (State.HELD, MAY_BE_KNOWN)

    def test_shows_nothing_of_somebody_out_of_sight(self, dry, charnwood, everything):
        number = {"NHS number": "9434765919"}
        hidden = MembershipFactory(
            person__given_names="Donna", person__family_name="Palmer", person__born_on=date(1980, 5, 4),
            person__nhs_number="9434765919",
        )  # fmt: skip
        with transaction.atomic():
            restrict_family(hidden.family, to=[(everything, Role.MANAGER)], by=everything)
        row = rows_of(dry(as_csv(DONNA | number)))["people", 2]
        assert (row.state, row.problems) == (State.READY, [])

    def test_links_nobody_to_who_they_were_before_an_adoption(self, dry, charnwood):
        MembershipFactory(person__nhs_number="9434765919", person__adopted_on=date(2013, 5, 1))
        row = rows_of(dry(as_csv(DONNA | {"NHS number": "9434765919"})))["people", 2]
        assert (row.state, row.problems) == (State.READY, [])

    def test_again_finds_what_has_changed(self, dry, data, worker):
        file = dry(as_book([DONNA], [CASE | {"Worker": "late.comer"}]))
        assert rows_of(file)["cases", 2].worker_id is None
        with transaction.atomic():
            worker.username = "late.comer"
            worker.save(update_fields=["username"])
        with acting_as(data):
            with transaction.atomic():
                file = try_list(file, by=data)
            run(file.check_job.uid)
        assert rows_of(file)["cases", 2].worker_id == worker.pk


class TestMakingAList:
    def test_keeps_every_day(self, bring, worker, data):
        file = bring(as_book([DONNA, TYLER], [CASE | {"Worker": "Sam.Worker"}]))
        assert set(states(file).values()) == {State.MADE}
        with transaction.atomic():
            family = Family.objects.get()
            assert (family.name, family.known_since) == ("Palmer family", date(2013, 1, 7))
            assert {row.period.lower for row in family.memberships.all()} == {date(2013, 1, 7)}
            assert family.memberships.get(part="child").school == "Rendell Primary School"
            case = Case.objects.get()
            assert (case.opened_on, case.attached_on) == (date(2014, 2, 14), date(2014, 2, 14))
            assert Agreement.objects.get().said_on == date(2014, 2, 10)
            assert dict(Need.objects.values_list("kind", "started_on")) == {
                "housing": date(2014, 2, 14), "parenting": date(2014, 3, 1),
            }  # fmt: skip
            assert Visit.objects.get().happened_on == date(2014, 10, 1)
            assert Allocation.objects.get().period.lower == date(2014, 2, 14)
            assert Home.objects.count() == 2
            assert Phone.objects.get().number == "01509 555012"
            assert family_locality_on(family, date(2013, 6, 1), by=data).slug == "charnwood"

    def test_lets_the_worker_open_the_family(self, bring, worker):
        bring(as_book([DONNA], [CASE | {"Worker": "sam.worker"}]))
        with acting_as(worker), transaction.atomic():
            assert Family.objects.open_to(worker).count() == 1

    def test_makes_evidence_that_counts_from_today(self, bring):
        bring(as_book([DONNA], [CASE]))
        with transaction.atomic():
            fact = Fact.objects.get()
            assert (fact.kind, fact.period.lower, fact.recorded_on) == ("local_concern", date(2014, 2, 14), today())

    def test_says_of_everything_where_it_came_from(self, bring, data):
        bring(as_book([DONNA, TYLER], [CASE]))
        with transaction.atomic():
            family, case = BroughtOver.objects.order_by("pk")
            assert (family.source, family.reference, family.row, family.brought_by) == (LIST, "CH-014", 2, data)
            assert (case.referred_by, case.referred_on) == ("Rawlins Academy", date(2014, 1, 20))
            assert all(LIST in need.source for need in Need.objects.all())

    def test_twice_changes_nothing(self, bring, data):
        file = bring(as_csv(DONNA, TYLER))
        before = counted()
        assert bring(as_csv(DONNA, TYLER, name="other name.csv")) == file
        assert counted() == before

    def test_of_rows_that_came_in_another_file_changes_nothing(self, bring, data):
        bring(as_csv(DONNA, TYLER))
        before = counted()
        file = bring_known(bring, as_csv(TYLER, DONNA))
        assert set(states(file).values()) == {State.KNOWN}
        assert counted() == before

    def test_makes_cases_that_come_after_their_families(self, bring, dry):
        bring(as_csv(DONNA))
        file = bring(as_csv(CASE | {"Family reference": "ch 014".replace(" ", "-")}, name="cases.csv"))
        assert states(file) == {("cases", 2): State.MADE}

    def test_does_not_half_make_a_family(self, bring):
        other = {"Family reference": "CH-015", "Given names": "Kim", "Date of birth": "01/02/1990"}
        file = bring(as_csv(DONNA, TYLER | {"UPN": "x"}, DONNA | other))
        assert list(states(file).values()) == [State.REFUSED, State.REFUSED, State.MADE]
        with transaction.atomic():
            assert Family.objects.count() == 1

    def test_of_mended_rows_makes_what_was_missing(self, bring):
        other = DONNA | {"Family reference": "CH-015", "Given names": "Kim", "Date of birth": "01/02/1990"}
        bring(as_csv(DONNA, other | {"Postcode": "x"}))
        file = bring(as_csv(DONNA, other))
        assert list(states(file).values()) == [State.KNOWN, State.MADE]

    def test_with_a_number_of_somebody_out_of_sight_leaves_that_out(self, bring, charnwood, everything):
        hidden = MembershipFactory(person__nhs_number="9434765919")
        with transaction.atomic():
            restrict_family(hidden.family, to=[(everything, Role.MANAGER)], by=everything)
        file = bring(as_csv(DONNA | {"NHS number": "943 476 5919", "UPN": ""}))
        assert states(file) == {("people", 2): State.MADE}
        with transaction.atomic():
            assert Person.objects.get(family_name="Palmer").nhs_number is None

    def test_with_somebody_decided_to_be_the_same_has_one_person(self, bring):
        known = MembershipFactory(
            person__given_names="Donna", person__family_name="Palmer", person__born_on="1980-05-04"
        )
        bring(as_csv(DONNA | {"Duty manager decided": "Same person"}, TYLER))
        with transaction.atomic():
            assert known.person.memberships.count() == 2

    def test_says_why_a_worker_has_more_than_a_full_caseload(self, bring, worker):
        people = [DONNA | {"Family reference": f"F{n}", "Given names": f"Ann{chr(97 + n)}"} for n in range(12)]
        cases = [CASE | {"Family reference": f"F{n}", "Worker": "sam.worker"} for n in range(12)]
        bring(as_book(people, cases))
        with transaction.atomic():
            assert Allocation.objects.exclude(over_reason="").count() == 2

    def test_brings_over_a_closed_case_too(self, bring, worker):
        bring(as_book([DONNA], [CASE | {"Case closed on": "10/10/2014", "Worker": "sam.worker"}]))
        with transaction.atomic():
            assert Case.objects.get().closed_on == date(2014, 10, 10)
            assert Share.objects.count() == 0
            assert {need.ended_on for need in Need.objects.all()} == {date(2014, 10, 10)}

    def test_killed_in_between_goes_on_without_doubles(self, data, charnwood, dry, monkeypatch):
        people = [DONNA | {"Family reference": f"F{n}", "Given names": f"Ann{chr(97 + n)}"} for n in range(5)]
        file = dry(as_book(people, [CASE | {"Family reference": f"F{n}"} for n in range(5)]))
        monkeypatch.setattr("casework.importing.making.AT_ONCE", 2)
        real, calls = making.make_households, []

        def killed(*args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                real(*args, **kwargs)
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        monkeypatch.setattr(making, "make_households", killed)
        with acting_as(data):
            with transaction.atomic():
                file = confirm_list(file, by=data)
            with pytest.raises(KeyboardInterrupt):
                run(file.make_job.uid)
            with transaction.atomic():
                assert Family.objects.count() == 2
                file.make_job.refresh_from_db()
        left_by_a_dead_worker(file.make_job)
        with acting_as(data):
            run(file.make_job.uid)
        assert set(states(file).values()) == {State.MADE}
        with transaction.atomic():
            assert (Family.objects.count(), Case.objects.count()) == (5, 5)

    def test_ties_out(self, bring, data):
        other = DONNA | {"Family reference": "CH-015", "Given names": "Kim", "Date of birth": "01/02/1990"}
        file = bring(as_book([DONNA, DONNA, TYLER, other | {"UPN": "x"}], [CASE, CASE | {"Family reference": "none"}]))
        found = {what: (total, numbers) for what, total, numbers in sums(file, data)}
        assert all(total == sum(numbers.values()) for total, numbers in found.values())
        assert found["People"][0] == 4
        assert (found["People"][1][State.MADE], found["People"][1][State.KNOWN]) == (2, 1)
        assert (found["Families"][0], found["Families"][1][State.MADE]) == (2, 1)
        assert (found["Cases"][0], found["Cases"][1][State.REFUSED]) == (2, 1)


def left_by_a_dead_worker(job):
    with acting_as(job.asked_by), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))


class TestAFileThatIsNone:
    def test_is_refused_whole(self, data, charnwood):
        for upload in (as_csv({"A": "1"}, columns=["A"]), as_csv(DONNA, encoding="utf-16")):
            with acting_as(data), pytest.raises(BadFile):
                receive_list(upload, locality=charnwood, source=LIST, by=data)
        with transaction.atomic():
            assert not ImportFile.objects.exists()


def test_a_list_sent_again_is_the_same(data, charnwood):
    with acting_as(data):
        first = receive(as_csv(DONNA), locality=charnwood, by=data)
        assert receive(as_csv(DONNA), locality=charnwood, by=data, source=LIST.upper()) == first
    assert again(first).source == LIST
