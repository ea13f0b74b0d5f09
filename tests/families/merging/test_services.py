"""Making two entries one person, and taking them apart."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from families.households.services import household_on, leave_family
from families.kin.services import relate
from families.merging import rules
from families.merging.models import PersonMerge
from families.merging.services import added_since, merge_people, refusals, undo_merge
from families.needs.models import Need
from families.needs.services import find_need
from families.people.models import Membership, Person
from families.people.services import ever_in
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family, restrict_family
from slf.web.errors import NotAllowed, NotForYou
from tests.families.households.factories import JUNE, MAY, TODAY, somebody
from tests.families.merging.factories import APART, WHY, entry, leah_in_two_families, leah_twice, made_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def names(family, day=TODAY):
    return sorted(str(row.person) for row in household_on(family, day, by=somebody()))


class TestSomebodyEnteredTwiceInOneFamily:
    def test_is_listed_once_and_by_the_name_of_the_one_person(self, everything):
        family, lea, leah = leah_twice()
        assert len(names(family)) == 5
        made_one(entry(lea), entry(leah))
        assert names(family) == ["Carl Marsh", "Dawn Marsh", "Josh Marsh", "Leah Marsh"]
        assert [str(row.person) for row in ever_in(family, by=everything)].count("Leah Marsh") == 1

    def test_is_gone_when_the_one_person_is(self, everything):
        family, lea, leah = leah_twice()
        made_one(entry(lea), entry(leah))
        leave_family(leah, on=MAY, why="other_parent", where_to="near", by=everything)
        assert "Leah Marsh" not in names(family, JUNE)

    def test_keeps_times_that_only_the_other_entry_has(self, everything):
        family, lea, leah = leah_twice()
        Membership.objects.filter(pk=lea.pk).update(period=(date(2012, 3, 1), date(2012, 9, 1)))
        made_one(entry(lea), entry(leah))
        assert names(family, date(2012, 5, 1)) == ["Leah Marsh"]

    def test_has_the_needs_of_both_and_none_twice(self, everything):
        family, lea, leah = leah_twice()
        find_need(family, kind="education", person=lea.person, source="School", by=everything, on=MAY)
        made_one(entry(lea), entry(leah))
        again = find_need(family, kind="education", person=leah.person, source="Mum", by=everything, on=JUNE)
        assert [str(need.person) for need in Need.objects.filter(family=family)] == ["Leah Marsh"]
        assert again.started_on == MAY

    def test_made_one_again_changes_nothing(self, everything):
        _, lea, leah = leah_twice()
        assert made_one(entry(lea), entry(leah)) == made_one(entry(lea), entry(leah))
        assert PersonMerge.objects.count() == 1


class TestSomebodyEnteredInTwoFamilies:
    def test_has_one_name_in_both(self, everything):
        other, lea, leah = leah_in_two_families()
        made_one(entry(lea), entry(leah))
        assert names(other) == ["Leah Marsh"]
        assert names(leah.family).count("Leah Marsh") == 1

    def test_is_written_of_as_entered_there_whoever_was_chosen(self, everything):
        other, lea, leah = leah_in_two_families()
        made_one(entry(lea), entry(leah))
        need = find_need(other, kind="education", person=leah.person, source="School", by=everything, on=JUNE)
        need.refresh_from_db()
        assert need.person_id == lea.person_id
        assert str(need.person) == "Leah Marsh"

    def test_is_for_a_manager_to_make_one(self, post, charnwood):
        _, lea, leah = leah_in_two_families()
        senior, manager = post(Role.SENIOR, charnwood), post(Role.MANAGER, charnwood)
        with acting_as(senior), pytest.raises(NotForYou):
            made_one(entry(lea), entry(leah), by=senior)
        with acting_as(manager):
            assert made_one(entry(lea), entry(leah), by=manager)

    def test_is_told_of_to_nobody_who_sees_one_side_only(self, everything, post, charnwood, melton):
        other, lea, leah = leah_in_two_families()
        made_one(entry(lea), entry(leah))
        need = find_need(other, kind="education", person=leah.person, source="School", by=everything, on=JUNE)
        senior = post(Role.SENIOR, melton)
        restrict_family(other, to=[(senior, Role.SENIOR)], by=everything)
        with acting_as(senior):
            assert [str(row.person) for row in household_on(other, TODAY, by=senior)] == ["Lea Marsh"]
            assert str(Need.objects.select_related("person__merged_into").get(pk=need.pk).person) == "Lea Marsh"
            assert str(Need.objects.get(pk=need.pk).person) == "Lea Marsh"
            assert not PersonMerge.objects.visible_to(senior).exists()


class TestWhatCannotBeOne:
    def test_one_and_the_same(self, everything):
        _, lea, _ = leah_twice()
        assert refusals(entry(lea), entry(lea)) == [rules.SAME]

    def test_entries_that_different_people_see(self, everything):
        other, lea, leah = leah_in_two_families()
        restrict_family(other, to=[(everything, Role.MANAGER)], by=everything)
        with pytest.raises(NotAllowed, match="first"):
            made_one(entry(lea), entry(leah))

    def test_a_child_and_who_they_were_before_an_adoption(self, everything):
        _, lea, leah = leah_twice()
        Person.objects.filter(pk=lea.person_id).update(adopted_on=MAY)
        assert refusals(entry(lea), entry(leah)) == [rules.ADOPTED]

    def test_an_entry_that_others_lead_to_or_that_leads_on(self, everything):
        family, lea, leah = leah_twice()
        josh = family.memberships.get(person__given_names="Josh").person
        made_one(entry(lea), entry(leah))
        assert refusals(entry(leah), josh) == [rules.CHAIN.format("Leah Marsh")]
        assert refusals(josh, entry(lea)) == [rules.ALREADY.format("Lea Marsh")]

    def test_two_who_are_related_to_each_other_or_to_one_person(self, everything):
        family, lea, leah = leah_twice()
        dawn = family.memberships.get(person__given_names="Dawn").person
        for child in (lea, leah):
            relate(family, kind="birth", person=dawn, other=child.person, source="Mum", by=everything)
        assert refusals(entry(lea), entry(leah)) == [rules.TIED_TWICE.format("Dawn Marsh")]

    def test_an_entry_with_words_about_safe_contact_that_would_be_out_of_sight(self, everything):
        _, lea, leah = leah_twice()
        Membership.objects.filter(pk=lea.pk).update(safe_contact="Never by post")
        assert len(refusals(entry(lea), entry(leah))) == 1
        Membership.objects.filter(pk=leah.pk).update(safe_contact="Never by post")
        assert refusals(entry(lea), entry(leah)) == []

    @pytest.mark.parametrize("there", ["chain", "round"])
    def test_whatever_is_sent_to_the_database(self, everything, there):
        family, lea, leah = leah_twice()
        josh = family.memberships.get(person__given_names="Josh").person
        made_one(entry(lea), entry(leah))
        person, into = {"chain": (josh, entry(lea)), "round": (entry(leah), entry(lea))}[there]
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonMerge.objects.create(family=family, person=person, into=into, since=MAY, reason=WHY, by=everything)


class TestAWorker:
    def test_makes_nobody_one(self, everything, post, charnwood):
        family, lea, leah = leah_twice()
        two = entry(lea), entry(leah)
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        with acting_as(worker), pytest.raises(NotForYou):
            merge_people(two[0], into=two[1], reason=WHY, by=worker, on=MAY)
        with acting_as(worker), pytest.raises(DatabaseError), transaction.atomic():
            PersonMerge.objects.create(
                family=family, person=two[0], into=two[1], since=MAY, reason=WHY, by=worker
            )  # fmt: skip


class TestTakingApart:
    def test_gives_both_back_as_they_were(self, everything):
        family, lea, leah = leah_twice()
        before = names(family)
        merge = made_one(entry(lea), entry(leah))
        undo_merge(merge, reason=APART, by=everything, on=JUNE)
        assert names(family) == before
        assert refusals(entry(lea), entry(leah)) == []

    def test_a_second_time_changes_nothing(self, everything):
        _, lea, leah = leah_twice()
        merge = made_one(entry(lea), entry(leah))
        undo_merge(merge, reason=APART, by=everything, on=JUNE)
        assert undo_merge(merge, reason="Something else", by=everything, on=TODAY).undone_reason == APART

    def test_assigns_what_was_added_since(self, everything):
        family, lea, leah = leah_twice()
        merge = made_one(entry(lea), entry(leah))
        needs = {
            kind: find_need(family, kind=kind, person=leah.person, source="School", by=everything, on=JUNE)
            for kind in ("education", "health")
        }
        assert {row for row, _ in added_since(merge) if isinstance(row, Need)} == set(needs.values())
        undo_merge(merge, reason=APART, by=everything, on=JUNE, moved=[needs["health"].uid])
        whose = {need.kind: str(need.person) for need in Need.objects.filter(family=family)}
        assert whose == {"education": "Leah Marsh", "health": "Lea Marsh"}

    def test_cannot_be_taken_back_or_changed(self, everything):
        _, lea, leah = leah_twice()
        merge = made_one(entry(lea), entry(leah))
        undo_merge(merge, reason=APART, by=everything, on=JUNE)
        for changed in ({"undone_at": None}, {"reason": "Something else"}, {"undone_reason": "Something else"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                PersonMerge.objects.filter(pk=merge.pk).update(**changed)
