"""What somebody contests: taken down, decided within a month, and marked wherever it is shown until it is put right."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from casework.visits.models import Visit
from families.contesting.items import items_of
from families.contesting.marks import contested_facts, marks_of
from families.contesting.models import Contest
from families.contesting.rules import Decision, Kind, key_of
from families.contesting.services import (
    ANOTHER_ADULT,
    DECIDED,
    decide_contest,
    take_down,
    tell_them,
    waiting_for,
)
from families.facts.models import Fact
from families.needs.models import Need
from families.people.models import Membership
from performance.claims.shown import resting
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed
from tests.factories import FamilyFactory, lives

pytestmark = pytest.mark.django_db
SAYS = "He was ill, and the school knew"
ON = date(2014, 10, 6)


@pytest.fixture
def family(everything):
    family = FamilyFactory(household=True)
    Need.objects.create(family=family, kind="education", started_on=family.known_since, source="Referral")
    Visit.objects.create(
        family=family, kind="home", happened_on=ON, note="They shouted all the time", recorded_by=everything
    )
    return family


@pytest.fixture
def parent(family):
    return family.memberships.order_by("pk").first().person


@pytest.fixture
def child(family):
    return family.memberships.filter(part="child").order_by("pk").first().person


@pytest.fixture
def fact(family, child, everything):
    return Fact.objects.create(
        family=family, person=child, kind="exclusion_fixed", agency="schools", source="feed", source_name="Row 2",
        source_key="one", period=(date(2014, 3, 3), date(2014, 3, 4)), recorded_on=date(2014, 4, 1),
        recorded_by=everything,
    )  # fmt: skip


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def worker(post, charnwood, family, everything):
    worker = post(Role.FSW, charnwood)
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
    return worker


@pytest.fixture
def contest(family, parent, everything):
    """Return ``contest(key, **more)``: something of the record that the first parent contests."""

    def make(key, *, by=everything, on=ON, raised_by=parent, kind=Kind.CORRECTION):
        item = items_of(family, user=by)[key]
        return take_down(
            family, kind=kind, raised_by=raised_by, says=SAYS, received_on=on, by=by, on=today(), item=item
        )

    return make


def page(client, name, family, *more):
    with acting_as(None):
        return client.get(reverse(name, args=[family.uid, *more])).content.decode()


def changed(row, **said):
    with pytest.raises(ProgrammingError, match="not yours to decide"), transaction.atomic():
        Contest.objects.filter(pk=row.pk).update(**said)


class TestWhatWasDecided:
    def test_is_not_said_otherwise_by_anybody(self, family, parent, fact, senior, post, charnwood):
        with acting_as(senior):
            row = take_down(
                family, kind=Kind.CORRECTION, raised_by=parent, says=SAYS, received_on=ON, by=senior, on=today(),
                words="The letter",
            )  # fmt: skip
            decide_contest(row, decision=Decision.REFUSED, reason="The school is sure", by=senior, on=today())
        for who in (senior, post(Role.MANAGER, charnwood)):
            with acting_as(who):
                changed(row, reason="Nothing was asked")
                changed(row, decision="", reason="", decided_by=None, decided_on=None)
                changed(row, decided_by=who, decided_on=ON)


class TestTakingItDown:
    def test_starts_the_clock_on_the_day_it_was_said(self, contest, fact):
        row = contest(key_of("fact", fact.uid))
        assert (row.received_on, row.due_on) == (ON, date(2014, 11, 6))
        assert row.words.startswith("Fixed-term exclusion, 3 March 2014")

    def test_is_for_a_child_by_a_parent_and_for_no_other_adult(self, contest, family, fact):
        assert contest(key_of("fact", fact.uid)).person == fact.person
        other = family.memberships.filter(part="parent").order_by("pk")[1].person
        with pytest.raises(NotAllowed, match=ANOTHER_ADULT):
            contest(key_of("name", other.uid))

    def test_twice_while_it_is_open_is_once(self, contest, fact):
        assert contest(key_of("fact", fact.uid)) == contest(key_of("fact", fact.uid))

    def test_may_be_in_words_alone(self, family, parent, everything):
        row = take_down(
            family, kind=Kind.OBJECTION, raised_by=parent, says=SAYS, received_on=ON, by=everything, on=today(),
            words="Our letters",
        )  # fmt: skip
        assert (row.about, row.target, row.person) == ("other", None, None)

    def test_is_of_no_day_to_come(self, contest, fact):
        with pytest.raises(NotAllowed, match="still to come"):
            contest(key_of("fact", fact.uid), on=date(2015, 1, 1))

    @pytest.mark.parametrize(
        "wrong",
        [{"says": ""}, {"target": None}, {"due_on": ON}, {"kind": "x"}, {"decision": "refused"}, {"told_on": ON}],
        ids=str,
    )
    def test_of_what_cannot_be_is_refused_by_the_database(self, family, parent, fact, everything, wrong):
        row = {
            "kind": "correction", "raised_by": parent, "about": "fact", "target": fact.uid, "words": "x", "says": "x",
            "received_on": ON, "due_on": today(), "taken_by": everything,
        }  # fmt: skip
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            Contest.objects.create(family=family, **row | wrong)


class TestTheMark:
    def keys(self, family, parent, fact):
        need = Need.objects.filter(family=family).first()
        visit = Visit.objects.filter(family=family).first()
        return {
            "families:evidence": key_of("fact", fact.uid), "casework:visits": key_of("note", visit.uid),
            "casework:chronology": key_of("note", visit.uid), "families:family": key_of("need", need.uid),
        }  # fmt: skip

    @pytest.mark.parametrize("name", ["families:evidence", "casework:visits", "casework:chronology", "families:family"])
    def test_stands_beside_it_where_it_is_shown(self, family, parent, fact, contest, worker, signed_in, name):
        client = signed_in(worker)
        assert ">Contested<" not in page(client, name, family).replace("\n", "")
        contest(self.keys(family, parent, fact)[name])
        assert "Contested" in page(client, name, family)

    @pytest.mark.parametrize("about", ["name", "born"])
    def test_stands_on_the_page_of_a_person_and_the_overview(self, family, parent, contest, worker, signed_in, about):
        contest(key_of(about, parent.uid))
        client = signed_in(worker)
        assert "Contested" in page(client, "families:person", family, parent.uid)
        assert "Contested" in page(client, "families:family", family)

    def test_stands_beside_an_address(self, family, parent, contest, worker, signed_in):
        member = Membership.objects.get(family=family, person=parent)
        lives(member, address="4 Mill Lane", postcode="LE11 2AB")
        (key,) = [key for key in items_of(family, user=worker) if key.startswith("address:")][:1]
        contest(key)
        assert "Contested" in page(signed_in(worker), "families:family", family)

    def test_stays_when_it_was_noted_and_goes_when_it_was_put_right_or_refused(self, family, fact, contest, everything):
        key, left = key_of("fact", fact.uid), {}
        for decision in (Decision.CORRECTED, Decision.REFUSED, Decision.NOTED):
            row = contest(key)
            decide_contest(row, decision=decision, reason="As the register says", by=everything, on=today())
            left[decision] = marks_of(family, user=everything)
        assert left == {Decision.CORRECTED: frozenset(), Decision.REFUSED: frozenset(), Decision.NOTED: {key}}

    def test_is_told_to_programs(self, family, fact, contest, worker, api):
        contest(key_of("fact", fact.uid))
        with acting_as(None):
            program = api(worker)
            assert program.get(f"/api/v1/families/{family.uid}/evidence/").json()["results"][0]["contested"]
            (entry,) = [
                one for one in program.get(f"/api/v1/families/{family.uid}/chronology/").json()
                if one["kind"] == "evidence"
            ]  # fmt: skip
        assert "Contested" in entry["detail"]

    def test_is_said_in_the_trace_of_a_claim(self, family, fact, contest, post, everything):
        contest(key_of("fact", fact.uid))
        with acting_as(post(Role.AUDITOR)):
            days = contested_facts(family.pk)
        assert days == {str(fact.uid): ON}
        told = {"id": str(fact.uid), "source": "File, line 3", "recorded_on": "2014-04-01"}
        (line,) = resting({"facts": [told["id"]]}, {told["id"]: told}, days)["evidence"]
        assert line == "File, line 3; recorded on 1 April 2014; contested on 6 October 2014"

    def test_is_of_no_other_locality(self, family, fact, contest, post, melton):
        contest(key_of("fact", fact.uid))
        other = post(Role.SENIOR, melton)
        with acting_as(other):
            assert marks_of(family, user=other) == frozenset()
            assert contested_facts(family.pk) == {}
            assert not Contest.objects.exists()


class TestDeciding:
    def test_is_done_once(self, contest, fact, everything, senior):
        row = contest(key_of("fact", fact.uid))
        decided = decide_contest(row, decision=Decision.REFUSED, reason="It is right", by=everything, on=today())
        assert decide_contest(row, decision=Decision.REFUSED, reason="x", by=everything, on=today()) == decided
        with acting_as(senior), pytest.raises(Conflict, match=DECIDED):
            decide_contest(row, decision=Decision.NOTED, reason="x", by=senior, on=today())

    def test_is_refused_by_the_database_to_the_worker(self, contest, fact, worker):
        row = contest(key_of("fact", fact.uid))
        with acting_as(worker), pytest.raises(ProgrammingError, match="not yours to decide"), transaction.atomic():
            decide_contest(row, decision=Decision.REFUSED, reason="It is right", by=worker, on=today())

    def test_is_never_undone_or_deleted(self, contest, fact, everything):
        row = contest(key_of("fact", fact.uid))
        decide_contest(row, decision=Decision.NOTED, reason="It stays", by=everything, on=today())
        with pytest.raises(ProgrammingError), transaction.atomic():
            Contest.objects.filter(pk=row.pk).update(decision="corrected")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Contest.objects.filter(pk=row.pk).delete()

    @pytest.mark.parametrize("change", [{"says": "Nothing"}, {"words": "Something else"}, {"due_on": date(2030, 1, 1)}])
    def test_leaves_what_was_said_as_it_was_said(self, contest, fact, change):
        row = contest(key_of("fact", fact.uid))
        with pytest.raises(ProgrammingError, match="stays as it was said"), transaction.atomic():
            Contest.objects.filter(pk=row.pk).update(**change)

    def test_keeps_each_version_with_who(self, contest, fact, everything):
        row = contest(key_of("fact", fact.uid))
        decide_contest(row, decision=Decision.NOTED, reason="It stays", by=everything, on=today())
        assert [event.decision for event in row.events.order_by("pgh_id")] == ["", "noted"]


class TestTelling:
    def test_comes_after_the_decision(self, contest, fact, everything):
        row = contest(key_of("fact", fact.uid))
        told = {"told_how": "phone", "by": everything, "on": today()}
        with pytest.raises(NotAllowed, match="not decided yet"):
            tell_them(row, told_on=today(), **told)
        decide_contest(row, decision=Decision.NOTED, reason="It stays", by=everything, on=today())
        with pytest.raises(NotAllowed, match="before it was decided"):
            tell_them(row, told_on=ON, **told)
        assert tell_them(row, told_on=today(), **told).told_by == everything


class TestTheListOfASenior:
    def test_holds_what_waits_the_next_due_first(self, family, fact, contest, parent, senior, everything):
        later = contest(key_of("name", parent.uid), on=date(2014, 10, 9))
        first = contest(key_of("fact", fact.uid), on=date(2014, 9, 9))
        told = contest(key_of("born", parent.uid), on=date(2014, 9, 1))
        decide_contest(told, decision=Decision.NOTED, reason="It stays", by=everything, on=today())
        tell_them(told, told_on=today(), told_how="phone", by=everything, on=today())
        with acting_as(senior):
            assert list(waiting_for(senior)) == [first, later]

    def test_says_what_is_overdue(self, fact, contest, senior, signed_in):
        contest(key_of("fact", fact.uid), on=date(2014, 8, 9))
        with acting_as(None):
            assert "Overdue" in signed_in(senior).get(reverse("families:contests_waiting")).content.decode()

    def test_costs_the_same_for_many(self, family, fact, contest, senior, signed_in, django_assert_max_num_queries):
        client, address = signed_in(senior), reverse("families:contests_waiting")
        contest(key_of("fact", fact.uid))
        client.get(address)
        with django_assert_max_num_queries(40) as few:
            client.get(address)
        for key in [key for key in items_of(family, user=senior) if key.partition(":")[0] in {"need", "note"}]:
            contest(key)
        with django_assert_max_num_queries(len(few)):
            client.get(address)


class TestThePages:
    def test_take_one_down_decide_it_and_keep_that_they_were_told(
        self, family, parent, fact, worker, senior, signed_in
    ):
        typed = {
            "kind": "correction", "raised_by": str(parent.uid), "item": key_of("fact", fact.uid), "says": SAYS,
            "received_on_day": "6", "received_on_month": "10", "received_on_year": "2014",
        }  # fmt: skip
        with acting_as(None):
            client = signed_in(worker)
            address = reverse("families:add_contest", args=[family.uid])
            wrong = client.post(address, typed | {"item": "words"})
            assert wrong.status_code == 400
            assert "Say in a few words what it is about" in wrong.content.decode()
            assert SAYS in wrong.content.decode()
            kept = client.post(address, typed, follow=True).content.decode()
            assert "It is to be answered by 6 November 2014" in kept
        with acting_as(senior):
            row = Contest.objects.get()
        with acting_as(None):
            decide = reverse("families:decide_contest", args=[family.uid, row.uid])
            said = {"decision": "refused", "reason": "The register says so"}
            assert "may complain to the Information Commissioner" in signed_in(senior).get(decide).content.decode()
            decided = signed_in(senior).post(decide, said, follow=True).content.decode()
            assert f"Now {parent} is to be told of it" in decided
            told = reverse("families:contest_told", args=[family.uid, row.uid])
            days = {"told_on_day": "15", "told_on_month": "10", "told_on_year": "2014", "told_how": "writing"}
            done = client.post(told, days, follow=True).content.decode()
        assert "Told in writing on" in done
        assert f"It is kept that {parent} was told" in done

    def test_take_nothing_of_another_family(self, family, parent, worker, signed_in):
        other = Need.objects.create(family=FamilyFactory(), kind="asb", started_on=ON, source="x")
        typed = {"kind": "correction", "raised_by": str(parent.uid), "item": key_of("need", other.uid), "says": SAYS}
        with acting_as(None):
            answer = signed_in(worker).post(reverse("families:add_contest", args=[family.uid]), typed)
        assert answer.status_code == 400

    def test_offer_no_protected_address_to_who_may_not_know_it(self, family, parent, post, everything):
        member = Membership.objects.get(family=family, person=parent)
        lives(member, address="1 Larkspur Row", protected=True)
        head = post(Role.HEAD)
        with acting_as(head):
            keys = items_of(family, user=head)
        assert not [item for key, item in keys.items() if "Larkspur" in item.words]
        assert not [key for key in keys if key.startswith("address:")]


class TestTheApi:
    def test_takes_down_decides_and_tells(self, family, parent, fact, senior, api):
        with acting_as(None):
            program, address = api(senior), f"/api/v1/families/{family.uid}/contests/"
            sent = {
                "kind": "objection", "raised_by": str(parent.uid), "item": key_of("fact", fact.uid), "says": SAYS,
                "received_on": "2014-10-06",
            }  # fmt: skip
            made = program.post(address, sent, format="json").json()
            assert (made["due_on"], made["target"]) == ("2014-11-06", str(fact.uid))
            foreign = program.post(address, sent | {"item": key_of("fact", family.uid)}, format="json")
            assert foreign.status_code == 400
            one = f"{address}{made['uid']}/"
            told = {"told_on": "2014-10-15", "told_how": "phone"}
            assert program.post(f"{one}told/", told, format="json").status_code == 409
            said = {"decision": "noted", "reason": "It stays"}
            assert program.post(f"{one}decide/", said, format="json").json()["decision"] == "noted"
            assert [row["uid"] for row in program.get("/api/v1/contests/").json()] == [made["uid"]]
            assert program.post(f"{one}told/", told, format="json").json()["told_on"] == "2014-10-15"
            assert program.get("/api/v1/contests/").json() == []
