from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from casework.cases.models import Case
from casework.visits.contact import last_contacts
from casework.visits.models import Sighting, Visit
from casework.visits.rules import How, Why
from casework.visits.rules import Sighting as Said
from casework.visits.services import record_from_draft, record_visit
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.models import Draft
from slf.drafts.rules import Written
from slf.drafts.services import start_draft
from slf.web.errors import NotAllowed
from tests.casework.visits.factories import SightingFactory, VisitFactory, give
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
DAY = date(2014, 10, 15)


@pytest.fixture
def family():
    return FamilyFactory(household=True)


@pytest.fixture
def children(family):
    return [m.person for m in family.memberships.filter(part="child").order_by("person__born_on")]


@pytest.fixture
def worker(post, charnwood, family):
    worker = post(Role.FSW, charnwood)
    give(family, worker)
    return worker


def record(family, worker, said=(), **more):
    given = {"kind": "home", "happened_on": DAY, "note": " They were in. ", **more}
    with acting_as(worker):
        return record_visit(family, by=worker, sightings=said, **given)


class TestRecordingAVisit:
    def test_keeps_what_was_said_of_each_child(self, family, worker, children):
        eldest, middle, _ = children
        said = [Said(eldest.pk, How.NOT_SEEN, Why.AT_SCHOOL), Said(middle.pk, How.ALONE)]
        visit = record(family, worker, said)
        kept = {s.person: (s.how, s.why) for s in Sighting.objects.filter(visit=visit)}
        assert kept == {eldest: ("not_seen", "at_school"), middle: ("alone", "")}

    def test_invents_nothing_about_who_was_not_mentioned(self, family, worker, children):
        visit = record(family, worker, [Said(children[0].pk, How.SEEN)])
        assert visit.sightings.count() == 1

    def test_belongs_to_the_case_open_on_that_day(self, family, worker, everything):
        case = Case.objects.create(family=family, opened_on=date(2014, 9, 1), opened_by=everything)
        assert record(family, worker).case == case
        assert record(family, worker, happened_on=date(2014, 8, 1)).case is None

    def test_trims_the_note_and_names_who_wrote_it(self, family, worker):
        visit = record(family, worker)
        assert (visit.note, visit.recorded_by) == ("They were in.", worker)

    def test_refuses_a_child_of_another_family(self, family, worker):
        stranger = FamilyFactory(household=True).memberships.filter(part="child").first()
        with pytest.raises(NotAllowed):
            record(family, worker, [Said(stranger.person_id, How.SEEN)])
        assert not Visit.objects.exists()

    def test_refuses_that_somebody_was_seen_on_a_call(self, family, worker, children):
        with pytest.raises(NotAllowed, match="telephone call"):
            record(family, worker, [Said(children[0].pk, How.SEEN)], kind="phone")
        assert not Visit.objects.exists()

    def test_cannot_say_so_even_past_the_service(self, family, children, everything):
        call, visit = VisitFactory(family=family, kind="phone"), VisitFactory(family=family)
        with pytest.raises(IntegrityError, match="nobody is seen"), transaction.atomic():
            SightingFactory(visit=call, person=children[0])
        SightingFactory(visit=visit, person=children[0])
        with pytest.raises(IntegrityError, match="no telephone call"), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(kind="phone")

    def test_refuses_tomorrow(self, family, worker):
        with pytest.raises(NotAllowed):
            record(family, worker, happened_on=date(2014, 10, 16))

    def test_is_kept_in_every_version(self, family, worker):
        visit = record(family, worker)
        assert Visit.pgh_event_model.objects.filter(pgh_obj=visit).count() == 1

    def test_by_a_colleague_of_the_locality_is_a_contact_they_cannot_read_back(self, family, post, charnwood):
        colleague = post(Role.FSW, charnwood)
        record(family, colleague)
        with acting_as(colleague):
            assert not Visit.objects.visible_to(colleague).exists()


class TestANoteThatBecomesAVisit:
    def send(self, family, worker, uid):
        answers = {"kind": "home", "happened_on": DAY, "note": "Once.", "sightings": []}
        with acting_as(worker):
            return record_from_draft(
                uid, family=family, by=worker, written=Written(0, uuid4(), 1, {"note": ["Once."]}), **answers
            ).visit

    def test_becomes_one_visit_however_often_it_is_sent(self, family, worker):
        with acting_as(worker):
            draft = start_draft("visit", by=worker, family=family)
        first, again = (self.send(family, worker, draft.uid) for _ in range(2))
        assert first == again
        assert Visit.objects.count() == 1

    def test_is_closed_in_the_same_moment(self, family, worker):
        with acting_as(worker):
            draft = start_draft("visit", by=worker, family=family)
            self.send(family, worker, draft.uid)
            assert Draft.objects.get(pk=draft.pk).sent_at

    def test_stays_open_when_the_visit_is_refused(self, family, worker):
        with acting_as(worker):
            draft = start_draft("visit", by=worker, family=family)
            with pytest.raises(NotAllowed), transaction.atomic():
                record_from_draft(
                    draft.uid, family=family, by=worker, written=Written(0, uuid4(), 1, {}), kind="home",
                    happened_on=date(2015, 1, 1), note="x", sightings=[],
                )  # fmt: skip
            assert Draft.objects.get(pk=draft.pk).sent_at is None

    def test_cannot_become_two_even_past_the_service(self, family, everything):
        uid = uuid4()
        VisitFactory(family=family, draft_uid=uid)
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitFactory(family=family, draft_uid=uid)


class TestLookingBack:
    def test_finds_the_last_contact_with_each_family_in_one_query(self, family, everything, django_assert_num_queries):
        other = FamilyFactory()
        for day in (date(2014, 9, 1), date(2014, 9, 8)):
            VisitFactory(family=family, happened_on=day)
            VisitFactory(family=other, happened_on=day)
        with django_assert_num_queries(1):
            latest, seen = last_contacts([family.pk, other.pk], user=everything)
        assert {contact.happened_on for contact in latest.values()} == {date(2014, 9, 8)}
        assert (latest.keys(), seen) == ({family.pk, other.pk}, {})

    def test_counts_a_child_as_seen_only_when_seen(self, family, worker, children, everything):
        eldest, middle, _ = children
        record(family, worker, [Said(eldest.pk, How.SEEN), Said(middle.pk, How.NOT_SEEN, Why.OUT)])
        _, seen = last_contacts([family.pk], user=everything)
        assert seen == {(family.pk, eldest.pk): DAY}
