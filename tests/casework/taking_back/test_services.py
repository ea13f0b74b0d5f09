"""What a list made is taken back by two people: kept, seen by nobody, counted nowhere, and what was added to stays."""

from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from casework.cases.models import Case
from casework.importing import paper
from casework.importing.models import BroughtOver, ImportFile
from casework.importing.rules.judging import State
from casework.importing.services import look_up_again
from casework.taking_back import rules
from casework.taking_back.models import TakingBack
from casework.taking_back.rules import Answer, in_words
from casework.taking_back.services import families_of, staying
from casework.visits.models import Visit
from families.facts.models import Fact
from families.flags.services import set_flag
from families.households.services import correct_stay
from families.needs.services import find_need
from families.people.models import Family, Membership, Person
from families.search.services import search
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from performance.demo.identifiers import made_up_upn
from referrals.allocation.models import Allocation
from referrals.allocation.services import caseloads
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import break_glass, give_post, locality_scope, restrict_family
from slf.clock import today
from slf.drafts.models import Draft
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.casework.importing.factories import (
    BABY,
    CASE,
    DONNA,
    JODIE,
    TYLER,
    again,
    as_book,
    as_csv,
    rows_of,
    states,
)
from tests.casework.taking_back.factories import asked, decided, taken_back
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
UPN = made_up_upn(31)
OTHER = {"Family reference": "CH-015", "Given names": "Kim", "Surname": "Shaw", "Date of birth": "01/02/1990"}
TAKEN = (Family, Person, Membership, Case, Visit, Allocation, Agreement, Fact, BroughtOver)


@pytest.fixture
def file(bring, worker):
    """Return a list that made two families; one has a child with a number, a child in care, a baby and an open case."""
    return bring(
        as_book(
            [DONNA, TYLER | {"UPN": UPN}, JODIE, BABY, DONNA | OTHER],
            [CASE | {"Worker": "sam.worker"}, CASE | {"Family reference": "CH-015", "Worker": "sam.worker"}],
        )
    )


def seen():
    with transaction.atomic():
        return {model.__name__: model.objects.count() for model in TAKEN}


def palmers():
    return Family.objects.get(name="Palmer family")


class TestAListThatIsTakenBack:
    def test_is_seen_by_nobody_any_more(self, file, data, manager, worker, everything):
        taking = taken_back(file, asker=data, decider=manager)
        assert (taking.state, taking.taken, taking.stayed) == ("done", 2, 0)
        assert set(seen().values()) == {0}
        for who in (data, manager, worker):
            with acting_as(who), transaction.atomic():
                assert not Family.objects.exists()
                assert search("Palmer", on=today()) == []

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_stays_in_the_database_with_its_history(self, file, data, manager):
        taking = taken_back(file, asker=data, decider=manager)
        assert taking.taken == 2
        with connections["owner"].cursor() as cursor:
            cursor.execute("select count(*), bool_and(sealed) from families_family")
            assert cursor.fetchone() == (2, True)
            cursor.execute("select pgh_label, count(*) from families_familyevent group by 1")
            assert dict(cursor.fetchall()) == {"insert": 2, "update": 2}

    def test_ties_out_and_says_so_of_each_row(self, file, data, manager):
        reference = rows_of(file)["people", 2].family.reference
        taken_back(file, asker=data, decider=manager)
        assert set(states(file).values()) == {State.TAKEN_BACK}
        assert f"It was {reference}." in rows_of(file)["people", 2].reasons
        with acting_as(data), transaction.atomic():
            for what, total, numbers in paper.tally(file, user=data):
                assert numbers[State.TAKEN_BACK] == total == sum(numbers.values()), what
            told = {row[4] for row in paper.report_rows(again(file), user=data)}
        assert told == {"Taken back"}

    def test_frees_the_numbers_and_the_caseload(self, file, data, manager, worker, everything):
        with transaction.atomic():
            assert caseloads([worker], on=today())[worker.pk].load > 0
        taken_back(file, asker=data, decider=manager)
        member = MembershipFactory(person__upn=UPN)
        with transaction.atomic():
            assert member.person.upn == UPN
            assert caseloads([worker], on=today())[worker.pk].load == 0
            assert not Share.objects.not_over().exists()

    def test_can_be_sent_again_and_is_made_anew(self, file, data, manager, charnwood, bring):
        taken_back(file, asker=data, decider=manager)
        with acting_as(data):
            rows = as_book([DONNA, TYLER | {"UPN": UPN}], [CASE])
            second = bring(rows)
        assert second != file
        assert set(states(second).values()) == {State.MADE}
        with transaction.atomic():
            assert Person.objects.get(given_names="Tyler").upn == UPN

    def test_can_be_sent_again_with_the_same_content(self, bring, data, manager):
        first = bring(as_csv(DONNA))
        taken_back(first, asker=data, decider=manager)
        assert bring(as_csv(DONNA)) != first
        with transaction.atomic():
            assert Family.objects.count() == 1

    def test_takes_the_cases_of_later_files_along(self, bring, data, manager):
        first, second = bring(as_csv(DONNA)), bring(as_csv(CASE, name="cases.csv"))
        taken_back(first, asker=data, decider=manager)
        assert states(second) == {("cases", 2): State.TAKEN_BACK}

    def test_leaves_who_was_known_before_where_they_were(self, bring, data, manager):
        known = MembershipFactory(
            person__given_names="Donna", person__family_name="Palmer", person__born_on="1980-05-04", person__upn=UPN
        )
        file = bring(as_csv(DONNA | {"Duty manager decided": "Same person"}, TYLER))
        taken_back(file, asker=data, decider=manager)
        with transaction.atomic():
            assert Person.objects.get() == known.person
            assert Person.objects.get().upn == UPN
            assert Membership.objects.count() == 1

    def test_is_opened_by_no_emergency(self, file, data, manager, worker):
        reference = rows_of(file)["people", 2].family.reference
        taken_back(file, asker=data, decider=manager)
        with acting_as(worker), transaction.atomic():
            assert break_glass(reference, by=worker, reason="A child may be in danger")[0] is None

    def test_has_no_numbers_looked_up_any_more(self, file, data, manager):
        taken_back(file, asker=data, decider=manager)
        with acting_as(data), pytest.raises(NotAllowed), transaction.atomic():
            look_up_again(file, by=data)


ADDED = {
    "an agreement": lambda by: (
        lambda f: record_agreement(
            f, state=Agreement.State.WITHDRAWN, said_on=today(), how=Agreement.How.IN_PERSON, by=by
        )
    ),
    "a need": lambda by: lambda f: find_need(f, kind="crime", evidence="Seen", source="A visit", by=by, on=today()),
    "a flag": lambda by: lambda f: set_flag(f, kind="dog", source="A visit", by=by, on=today()),
    "a visit or contact": lambda by: (
        lambda f: Visit.objects.create(
            family=f, kind="home", happened_on=today(), note="They were at home", recorded_by=by
        )
    ),
    "who is in it": lambda by: (
        lambda f: correct_stay(
            f.memberships.get(part="parent"), starts_on=date(2012, 5, 1), ends_on=None, words="Earlier", by=by
        )
    ),
    "what is said of somebody": lambda by: lambda f: Person.objects.filter(given_names="Tyler").update(known_as="Ty"),
    "its name or days": lambda by: lambda f: Family.objects.filter(pk=f.pk).update(known_since=today()),
    "a note that is not sent yet": lambda by: (
        lambda f: Draft.objects.create(owner=by, kind="visit", family=f, content={"note": "They were"})
    ),
    "other people may see it by now": lambda by: lambda f: restrict_family(f, to=[(by, Role.MANAGER)], by=by),
}


class TestAFamilyThatSomebodyAddedTo:
    @pytest.mark.parametrize("what", ADDED)
    def test_stays_and_the_others_are_taken_back(self, file, data, manager, everything, what):
        with acting_as(everything), transaction.atomic():
            ADDED[what](everything)(palmers())
        with acting_as(manager), transaction.atomic():
            found = staying(file.pk)
            (why,) = found.values()
            assert what in in_words(why)
            assert len(families_of(file.pk)) == 2
        taking = taken_back(file, asker=data, decider=manager)
        assert (taking.taken, taking.stayed) == (1, 1)
        kept = {row.reference for row in rows_of(file).values() if row.state == State.MADE}
        assert kept == {"CH-014"}
        with acting_as(data), transaction.atomic():
            for _, total, numbers in paper.tally(file, user=data):
                assert total == sum(numbers.values())

    def test_is_one_that_another_list_gave_a_child(self, file, data, manager, bring):
        """Somebody of the list is in a family of another list too: that one has nothing to do with this one."""
        other = bring(
            as_csv(TYLER | {"Family reference": "B-1", "Duty manager decided": "Same person"}), source="Another list"
        )
        assert set(states(other).values()) == {State.MADE}
        with acting_as(manager), transaction.atomic():
            assert staying(file.pk) == {}
        taken_back(file, asker=data, decider=manager)
        with transaction.atomic():
            assert Person.objects.get().upn == UPN

    def test_is_none_that_was_only_looked_at_or_that_the_list_itself_went_on_with(
        self, bring, data, manager, signed_in
    ):
        file = bring(as_csv(DONNA | {"Joined on": ""}))
        bring(as_csv(CASE, name="cases.csv"))
        with transaction.atomic():
            address = palmers().get_absolute_url()
        with acting_as(None):
            assert signed_in(manager).get(address).status_code == 200
        with acting_as(manager), transaction.atomic():
            assert staying(file.pk) == {}


class TestWhoDecides:
    def test_is_never_who_asked(self, file, post, charnwood, data, manager):
        taking = asked(file, by=data)
        with transaction.atomic():
            give_post(data, role=Role.MANAGER, locality=charnwood, by=manager, starts_on=date(2012, 4, 1))
        with pytest.raises(NotForYou):
            decided(taking, by=data)

    def test_may_leave_everything_as_it_is(self, file, data, manager):
        before = seen()
        taking = decided(asked(file, by=data), by=manager, answer=Answer.REFUSE, note="Mend them one by one")
        assert (taking.state, taking.job, seen()) == (rules.State.REFUSED, None, before)
        assert asked(file, by=data) != taking

    def test_decides_once(self, file, data, manager):
        taking = decided(asked(file, by=data), by=manager)
        with pytest.raises(Conflict):
            decided(taking, by=manager, answer=Answer.REFUSE)

    def test_is_of_the_locality(self, file, data, post, melton):
        with transaction.atomic():
            far = post(Role.MANAGER, melton)
        taking = asked(file, by=data)
        with pytest.raises(ProgrammingError, match="no such list"):
            decided(taking, by=far)


class TestAsking:
    def test_twice_is_once_and_a_colleague_is_told(self, file, data, post):
        assert asked(file, by=data) == asked(file, by=data)
        with transaction.atomic():
            colleague = post(Role.DATA)
        with pytest.raises(Conflict, match="has asked"):
            asked(file, by=colleague)

    def test_for_a_list_that_is_not_made_or_taken_back_already_is_refused(self, dry, file, data, manager):
        with pytest.raises(NotAllowed, match=rules.NOT_MADE):
            asked(dry(as_csv(DONNA | OTHER | {"Family reference": "Z"})), by=data)
        taken_back(file, asker=data, decider=manager)
        with pytest.raises(NotAllowed, match=rules.TAKEN_BACK):
            asked(file, by=data)

    def test_is_too_late_after_the_term_and_so_is_deciding(self, file, data, manager):
        taking = asked(file, by=data)
        long_ago = timezone.now() - timedelta(days=15)
        with acting_as(data), transaction.atomic():
            ImportFile.objects.filter(pk=file.pk).update(made_at=long_ago)
        taking.made_at = long_ago
        with pytest.raises(NotAllowed, match="could be taken back for 14 days"):
            decided(taking, by=manager)
        decided(taking, by=manager, answer=Answer.REFUSE)
        with pytest.raises(NotAllowed, match="could be taken back for 14 days"):
            asked(file, by=data)


class TestWhatPostgreSQLItselfRefuses:
    def call(self, taking, who):
        with acting_as(who), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select slf.take_back_list(%s)", [taking.pk])

    def test_to_take_back_what_nobody_agreed_to_or_somebody_else_did(self, file, data, manager, post, charnwood):
        taking = asked(file, by=data)
        with transaction.atomic():
            second = post(Role.MANAGER, charnwood)
        with pytest.raises(ProgrammingError, match="no such list"):
            self.call(taking, manager)
        decided(taking, by=manager)
        for who in (data, second):
            with pytest.raises(ProgrammingError, match="no such list"):
                self.call(taking, who)

    def test_to_agree_without_the_function_or_to_ones_own_request(self, file, data, manager):
        taking = asked(file, by=data)
        with acting_as(data), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            TakingBack.objects.filter(pk=taking.pk).update(state="agreed")
        with acting_as(data), pytest.raises(ProgrammingError, match="no such list"), transaction.atomic():
            decide_alone(taking)

    def test_to_ask_in_somebody_elses_name(self, file, data, manager):
        with acting_as(data), pytest.raises(ProgrammingError, match="their own name"), transaction.atomic():
            TakingBack.objects.create(
                scope=locality_scope(file.locality), file=file, locality=file.locality, source="x", file_name="x",
                confirmed_by=data, made_at=timezone.now(), asked_by=manager, asked_on=today(), reason="x",
            )  # fmt: skip

    def test_to_tell_a_worker_what_was_added(self, file, worker):
        with acting_as(worker), transaction.atomic():
            assert (families_of(file.pk), staying(file.pk)) == ([], {})


def decide_alone(taking):
    with connection.cursor() as cursor:
        cursor.execute("select slf.decide_taking_back(%s, 'agreed', '', %s, null)", [taking.pk, today()])
