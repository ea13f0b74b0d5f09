from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from families.facts.models import Fact
from families.hub import services
from families.hub.matching import NO_FAMILY, NOBODY, OTHER_BIRTH, OTHER_NUMBER, TWO_PEOPLE, first_known
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import Area, BadFile, State
from families.hub.services import CHUNK
from families.hub.settling import OVERTAKEN
from families.people.models import Family, Membership
from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict
from slf.work import services as work
from tests.factories import FamilyFactory, MembershipFactory
from tests.families.hub.factories import ATTENDANCE, COVERS, as_csv, load, receive, send_again

pytestmark = pytest.mark.django_db(transaction=True)
UPN = ATTENDANCE["UPN"]
OTHER_DAYS = (COVERS[0], date(2014, 3, 31))


@pytest.fixture
def data(post):
    return post(Role.DATA)


@pytest.fixture
def pupil(charnwood):
    membership = MembershipFactory(part="child", person__upn=UPN, person__born_on="2000-09-01")
    return membership.person


def facts():
    with transaction.atomic():
        return list(Fact.objects.order_by("pk"))


def rows(file):
    with transaction.atomic():
        return [(row.number, row.state, row.reason) for row in FeedRow.objects.current().filter(file=file)]


class TestLoadingAFile:
    def test_makes_a_fact_on_the_person_with_the_identifier(self, data, pupil):
        with acting_as(data):
            file = load(as_csv([ATTENDANCE]), by=data)
        (fact,) = facts()
        assert (fact.person_id, fact.kind, fact.value["unauthorised"]) == (pupil.pk, "attendance_term", 25)
        assert fact.source_name == "School attendance by term: attendance.csv, line 2"
        assert rows(file) == [(2, State.LOADED, "")]

    def test_lists_rows_that_match_nobody_or_cannot_be_read_with_the_reason(self, data, pupil):
        left = MembershipFactory(part="child", person__upn=made_up_upn(3), person__born_on="2000-09-01",
                                 period=(date(2013, 1, 7), date(2013, 6, 1)))  # fmt: skip
        odd = [
            ATTENDANCE | {"UPN": made_up_upn(9)},
            ATTENDANCE | {"Date of birth": "02/09/2000"},
            ATTENDANCE | {"Possible sessions": ""},
            ATTENDANCE | {"UPN": left.person.upn},
        ]
        with acting_as(data):
            file = load(as_csv(odd), by=data)
        assert rows(file) == [
            (2, State.UNMATCHED, NOBODY), (3, State.UNMATCHED, OTHER_BIRTH),
            (4, State.FAILED, "“Possible sessions” is empty."), (5, State.UNMATCHED, NO_FAMILY),
        ]  # fmt: skip
        assert facts() == []

    def test_twice_changes_nothing(self, data, pupil):
        with acting_as(data):
            first = load(as_csv([ATTENDANCE]), by=data)
            second = load(as_csv([ATTENDANCE]), by=data)
        assert first == second
        assert len(facts()) == 1

    def test_with_a_row_known_from_another_file_adds_no_second_fact(self, data, pupil):
        with acting_as(data):
            load(as_csv([ATTENDANCE]), by=data)
            again = load(as_csv([ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(6)}]), by=data)
        assert [state for _, state, _ in rows(again)] == [State.KNOWN, State.UNMATCHED]
        assert len(facts()) == 1

    def test_with_other_figures_supersedes_and_keeps_what_was_known(self, data, pupil):
        with acting_as(data):
            load(as_csv([ATTENDANCE]), by=data)
            load(as_csv([ATTENDANCE | {"Attended sessions": "100"}]), by=data)
        first, second = facts()
        assert second.supersedes_id == first.pk

    def test_that_goes_back_to_earlier_figures_is_believed(self, data, pupil):
        other = ATTENDANCE | {"Attended sessions": "100"}
        with acting_as(data):
            for sent in ([ATTENDANCE], [other], [ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(6)}]):
                last = load(as_csv(sent), by=data)
        assert [fact.value["attended"] for fact in facts()] == [110, 100, 110]
        assert [fact.supersedes_id for fact in facts()] == [None, *(fact.pk for fact in facts()[:2])]
        assert [state for _, state, _ in rows(last)] == [State.LOADED, State.UNMATCHED]

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["as they came", "the later one first"])
    def test_of_two_of_one_day_the_one_sent_later_is_right_in_whatever_order_they_are_loaded(self, data, pupil, order):
        with acting_as(data):
            sent = [
                receive(as_csv([ATTENDANCE | {"Unauthorised absences": figure}]), by=data) for figure in ("25", "30")
            ]
            for place in order:
                work.run(sent[place].job.uid)
        with transaction.atomic():
            assert Fact.objects.get(superseded_by=None).value["unauthorised"] == 30

    def test_goes_back_within_one_file(self, data, pupil):
        other = ATTENDANCE | {"Attended sessions": "100"}
        with acting_as(data):
            load(as_csv([ATTENDANCE, other, ATTENDANCE]), by=data)
        assert [fact.value["attended"] for fact in facts()] == [110, 100, 110]

    def test_corrects_itself_within_one_file(self, data, pupil):
        with acting_as(data):
            load(as_csv([ATTENDANCE, ATTENDANCE | {"Attended sessions": "100"}]), by=data)
        first, second = facts()
        assert (first.value["attended"], second.value["attended"], second.supersedes_id) == (110, 100, first.pk)

    def test_does_not_tell_that_a_person_of_a_restricted_family_exists(self, data, pupil, everything):
        family = FamilyFactory()
        MembershipFactory(family=family, person__upn=made_up_upn(4), part="child")
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with acting_as(data):
            file = load(as_csv([ATTENDANCE | {"UPN": made_up_upn(4)}]), by=data)
        assert rows(file) == [(2, State.UNMATCHED, NOBODY)]


class TestARowWithTwoIdentifiers:
    ROW = {"NI number": "XX123456C", "UPN": UPN, "Surname": "Palmer", "Forename": "Jo", "Date of birth": "01/09/2000",
           "Intervention date": "03/02/2014", "Instrument": "ABC", "Case reference": "1"}  # fmt: skip

    def loaded(self, data):
        with acting_as(data):
            return rows(load(as_csv([self.ROW]), by=data, feed="asb"))

    def test_of_which_one_is_held_for_nobody_is_matched_by_the_other(self, data, pupil):
        said = "Matched by the unique pupil number. Nobody here has the National Insurance number."
        assert self.loaded(data) == [(2, State.LOADED, said)]
        assert [fact.person_id for fact in facts()] == [pupil.pk]

    def test_of_two_different_people_matches_nobody(self, data, pupil):
        MembershipFactory(person__ni_number="XX123456C")
        assert self.loaded(data) == [(2, State.UNMATCHED, TWO_PEOPLE)]

    def test_of_which_one_contradicts_what_we_hold_matches_nobody(self, data, pupil, everything):
        with acting_as(everything), transaction.atomic():
            type(pupil).objects.filter(pk=pupil.pk).update(ni_number="XX654321A")
        assert self.loaded(data) == [(2, State.UNMATCHED, OTHER_NUMBER)]

    def test_of_one_person_is_matched_without_a_word(self, data, pupil, everything):
        with acting_as(everything), transaction.atomic():
            type(pupil).objects.filter(pk=pupil.pk).update(ni_number="XX123456C")
        assert self.loaded(data) == [(2, State.LOADED, "")]


class TestARowFromBeforeTheFamilyWasKnown:
    BEFORE = ATTENDANCE | {"Term": "2012-13 autumn", "Term starts": "03/09/2012", "Term ends": "20/12/2012"}
    FOUND, LATER = date(2013, 1, 7), date(2014, 1, 6)

    def test_belongs_to_the_family_in_which_the_person_was_first_found(self, data, pupil):
        MembershipFactory(person=pupil, part="child", period=(self.LATER, None))
        with acting_as(data):
            file = load(as_csv([self.BEFORE]), by=data)
        (fact,) = facts()
        assert rows(file) == [(2, State.LOADED, "")]
        assert fact.family_id == self.first_family_of(pupil)

    def test_is_not_told_to_a_second_family_when_the_first_is_closed_to_everybody(self, data, pupil, everything):
        MembershipFactory(person=pupil, part="child", period=(self.LATER, None))
        with transaction.atomic():
            first = Family.objects.get(pk=self.first_family_of(pupil))
        restrict_family(first, to=[(everything, Role.MANAGER)], by=everything)
        with acting_as(data):
            file = load(as_csv([self.BEFORE]), by=data)
        assert rows(file) == [(2, State.UNMATCHED, NO_FAMILY)]
        assert facts() == []

    def test_is_in_no_family_when_it_is_from_between_two(self, data, charnwood):
        ended = (date(2012, 1, 9), date(2012, 6, 1))
        first = MembershipFactory(part="child", person__upn=UPN, person__born_on="2000-09-01", period=ended)
        MembershipFactory(person=first.person, part="child", period=(self.LATER, None))
        with acting_as(data):
            file = load(as_csv([self.BEFORE]), by=data)
        assert rows(file) == [(2, State.UNMATCHED, NO_FAMILY)]

    def first_family_of(self, person):
        with transaction.atomic():
            return Membership.objects.filter(person=person).order_by("period").first().family_id


class TestAWorkerKilledInTheMiddle:
    def test_is_followed_by_one_that_goes_on_where_it_stopped(self, data, pupil, monkeypatch):
        terms = [ATTENDANCE | {"School": f"School {n}"} for n in range(CHUNK + 5)]
        real, calls = services.load_chunk, []

        def dies_at_the_second_chunk(*args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        with acting_as(data):
            file = receive(as_csv(terms), by=data)
            monkeypatch.setattr(services, "load_chunk", dies_at_the_second_chunk)
            with pytest.raises(KeyboardInterrupt):
                work.run(file.job.uid)
            assert len(rows(file)) == CHUNK
            monkeypatch.setattr(services, "load_chunk", real)
            self.give_up_the_lease(file)
            work.run(file.job.uid)
        assert [number for number, _, _ in rows(file)] == list(range(2, CHUNK + 7))
        assert len(facts()) == len({f.source_key for f in facts()})

    def give_up_the_lease(self, file):
        with transaction.atomic():
            file.job.__class__.objects.filter(pk=file.job.pk).update(heartbeat_at="2014-01-01T00:00Z")


class TestTheSameContentAgain:
    def test_for_other_days_is_refused(self, data, pupil):
        with acting_as(data):
            load(as_csv([ATTENDANCE]), by=data)
            with pytest.raises(Conflict) as refused:
                receive(as_csv([ATTENDANCE]), covers=OTHER_DAYS, by=data)
        assert "the same file" in refused.value.message
        assert "for the days from 1 September 2013 to 31 July 2014. A file stands for one time" in refused.value.message

    def test_for_another_area_is_refused(self, data, pupil):
        with acting_as(data):
            load(as_csv([ATTENDANCE]), by=data, area=Area(localities=("charnwood", "melton")))
            with pytest.raises(Conflict) as refused:
                receive(as_csv([ATTENDANCE]), by=data)
        assert "as searched in Charnwood, Melton. A file stands for one area only." in refused.value.message

    def test_says_for_which_area_when_that_was_never_asked(self, data, pupil):
        with acting_as(data):
            file = load(as_csv([ATTENDANCE]), by=data)
            with transaction.atomic():
                FeedFile.objects.filter(pk=file.pk).update(whole_county=False)
            receive(as_csv([ATTENDANCE]), by=data, area=Area(localities=("melton",)))
            with transaction.atomic():
                assert FeedFile.objects.get().area == Area(localities=("melton",))

    def test_is_told_to_a_colleague_while_it_loads(self, data, post, pupil):
        colleague = post(Role.DATA)
        with acting_as(data):
            receive(as_csv([ATTENDANCE]), by=data)
        with acting_as(colleague), pytest.raises(Conflict, match="it is being loaded"):
            receive(as_csv([ATTENDANCE]), by=colleague)

    @pytest.mark.parametrize("mended_by_whoever_sent_it", [True, False])
    def test_is_loaded_after_all_when_it_was_given_up(self, data, post, pupil, monkeypatch, mended_by_whoever_sent_it):
        with acting_as(data), monkeypatch.context() as broken:
            broken.setattr(services, "rows_of", refusing)
            first = load(as_csv([ATTENDANCE]), by=data)
        again = data if mended_by_whoever_sent_it else post(Role.DATA)
        with acting_as(again):
            second = load(as_csv([ATTENDANCE]), by=again)
        assert first == second
        assert rows(second) == [(2, State.LOADED, "")]

    def test_loaded_by_two_jobs_is_loaded_once(self, data, pupil):
        with acting_as(data):
            file = receive(as_csv([ATTENDANCE]), by=data)
            first = file.job
            with transaction.atomic():
                second = services.promise_to_load(file, by=data).job
            for job in (first, second):
                work.run(job.uid)
                with transaction.atomic():
                    job.refresh_from_db()
                assert job.state == "done"
        assert rows(file) == [(2, State.LOADED, "")]


def refusing(*anything):
    raise BadFile("It cannot be read.")


class TestRowsThatMatchedNobody:
    OTHER = ATTENDANCE | {"UPN": made_up_upn(5)}
    TWICE = ATTENDANCE | {"UPN": made_up_upn(5), "Attended sessions": "99"}

    @pytest.fixture
    def arrives(self, everything):
        def arrives():
            with acting_as(everything):
                return MembershipFactory(part="child", person__upn=made_up_upn(5), person__born_on="2000-09-01").person

        return arrives

    def test_are_tried_again_when_the_same_file_comes_again(self, data, post, pupil, arrives):
        colleague = post(Role.DATA)
        with acting_as(data):
            file = load(as_csv([ATTENDANCE, self.OTHER, ATTENDANCE | {"UPN": made_up_upn(6)}]), by=data)
        person = arrives()
        with acting_as(colleague):
            retry = send_again(as_csv([ATTENDANCE, self.OTHER, ATTENDANCE | {"UPN": made_up_upn(6)}]), by=colleague)
        assert (retry.file_id, retry.tried, retry.became) == (file.pk, 2, 1)
        assert rows(file) == [(2, State.LOADED, ""), (3, State.LOADED, ""), (4, State.UNMATCHED, NOBODY)]
        assert [fact.person_id for fact in facts()] == [pupil.pk, person.pk]

    def test_keep_what_had_become_of_them(self, data, arrives):
        with acting_as(data):
            file = load(as_csv([self.OTHER]), by=data)
            arrives()
            send_again(as_csv([self.OTHER]), by=data)
            send_again(as_csv([self.OTHER]), by=data)
        with transaction.atomic():
            kept = list(FeedRow.objects.filter(file=file).order_by("pk").values_list("state", "supersedes__state"))
            assert kept == [(State.UNMATCHED, None), (State.LOADED, State.UNMATCHED)]
            assert file.retries.values_list("tried", "became").last() == (0, 0)
        assert len(facts()) == 1

    def test_are_known_no_earlier_than_their_file(self, data, arrives):
        with acting_as(data):
            file = load(as_csv([self.OTHER]), by=data)
        with transaction.atomic():
            FeedFile.objects.filter(pk=file.pk).update(received_on=date(2014, 9, 1))
        arrives()
        with acting_as(data):
            send_again(as_csv([self.OTHER]), by=data)
        assert [fact.recorded_on for fact in facts()] == [date(2014, 9, 1)]

    def test_correct_nothing_that_came_after_their_file(self, data, arrives):
        with acting_as(data):
            old = load(as_csv([self.OTHER]), by=data)
            arrives()
            load(as_csv([self.TWICE]), by=data)
            retry = send_again(as_csv([self.OTHER]), by=data)
        assert [fact.value["attended"] for fact in facts()] == [99]
        assert rows(old) == [(2, State.KNOWN, OVERTAKEN)]
        assert retry.became == 0

    def test_of_one_file_still_correct_each_other(self, data, arrives):
        with acting_as(data):
            load(as_csv([self.OTHER, self.TWICE]), by=data)
            arrives()
            send_again(as_csv([self.OTHER, self.TWICE]), by=data)
        assert [fact.value["attended"] for fact in facts()] == [110, 99]

    def test_are_tried_on_by_the_next_worker_when_one_is_killed(self, data, arrives, monkeypatch):
        terms = [self.OTHER | {"School": f"School {n}"} for n in range(3)]
        real, calls = services.retry_chunk, []

        def dies_at_the_second_chunk(*args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        monkeypatch.setattr(services, "CHUNK", 1)
        with acting_as(data):
            file = load(as_csv(terms), by=data)
            arrives()
            monkeypatch.setattr(services, "retry_chunk", dies_at_the_second_chunk)
            with pytest.raises(KeyboardInterrupt):
                send_again(as_csv(terms), by=data)
            with transaction.atomic():
                retry = file.retries.select_related("job").get()
                work.Job.objects.filter(pk=retry.job_id).update(heartbeat_at="2014-01-01T00:00Z")
            work.run(retry.job.uid)
            with transaction.atomic():
                retry.refresh_from_db()
        assert (retry.tried, retry.became) == (3, 3)
        assert len(facts()) == 3


class TestCaseworkers:
    @pytest.mark.parametrize("role", [Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.AUDITOR])
    def test_see_no_raw_files(self, role, post, data, pupil, charnwood):
        with acting_as(data):
            load(as_csv([ATTENDANCE]), by=data)
        reader = post(role, charnwood)
        with acting_as(reader), transaction.atomic():
            assert not FeedFile.objects.visible_to(reader).exists()
            assert FeedRow.objects.count() == 0


class TestSinceWhenSomebodyIsKnown:
    @pytest.mark.parametrize("role", [Role.FSW, Role.SENIOR, Role.MANAGER])
    def test_is_told_to_nobody_who_does_not_load_files(self, role, post, pupil, charnwood):
        with (
            pytest.raises(ProgrammingError, match="only who loads files"),
            acting_as(post(role, charnwood)),
            transaction.atomic(),
        ):
            first_known({pupil.pk})
