"""Making two families one: what is read together, what is refused, and taking them apart."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from casework.cases.models import Case
from casework.chronology.sources import chronology
from casework.merging import rules
from casework.merging.services import added_since, merge_families, refusals, undo_family_merge
from casework.plans.services import start_plan
from casework.visits.models import Visit
from casework.visits.services import record_visit
from families.flags.services import set_flag
from families.flags.shown import flags_of
from families.households.services import household_on
from families.needs.models import Need
from families.needs.services import find_need
from families.people.models import Family, Membership
from families.search.services import search
from families.sharing.models import Agreement
from families.sharing.services import agreement_in_force, record_agreement
from families.twice.models import FamilyMerge
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family, locality_scope, move_family, restrict_family
from slf.web.errors import NotAllowed, NotForYou
from tests.casework.merging.factories import APART, WHY, allocated, known_twice, made_one
from tests.factories import FamilyFactory
from tests.families.households.factories import JUNE, MAY, TODAY, somebody

pytestmark = pytest.mark.django_db
GIVEN = {"state": Agreement.State.GIVEN, "how": Agreement.How.IN_PERSON}


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def names(family, day=TODAY):
    return sorted(str(row.person) for row in household_on(family, day, by=somebody()))


def visited(family, day=JUNE):
    return record_visit(
        family, by=somebody(), kind="phone", happened_on=day, note="Rang and talked about school.", sightings=[]
    )


class TestAFamilyKnownTwice:
    def test_has_everybody_of_both_once(self, everything):
        again, family, _ = known_twice()
        made_one(again, family)
        assert names(family) == ["Carl Marsh", "Dawn Marsh", "Iris Marsh", "Josh Marsh", "Leah Marsh"]

    def test_has_a_time_that_only_the_other_one_knows(self, everything):
        again, family, people = known_twice()
        Membership.objects.filter(pk=people["Leah"].pk).update(period=(date(2014, 6, 1), None))
        made_one(again, family)
        assert "Leah Marsh" in names(family, date(2013, 12, 1))

    def test_tells_the_story_of_both(self, everything):
        again, family, _ = known_twice()
        visited(again)
        visited(family)
        made_one(again, family)
        titles = [entry.title for entry in chronology(family, user=everything)]
        assert titles.count("Telephone call") == 2
        assert any("made one family" in title for title in titles)

    def test_has_the_flags_of_both(self, everything):
        again, family, _ = known_twice()
        set_flag(again, kind="dog", source="Police", by=everything, on=MAY)
        made_one(again, family)
        assert len(flags_of(family, user=everything, on=TODAY)) == 1

    def test_is_found_by_either_name_and_reference_once(self, everything):
        again, family, _ = known_twice()
        made_one(again, family)
        for asked in ("Marsh-Cole", "Iris", "Dawn Marsh", "Iris Josh", again.reference, family.reference):
            assert [hit.family for hit in search(asked, on=TODAY)] == [family.pk], asked

    def test_last_said_is_what_counts_whichever_it_was_said_in(self, everything):
        again, family, _ = known_twice()
        record_agreement(family, said_on=MAY, by=everything, **GIVEN)
        record_agreement(again, **(GIVEN | {"state": Agreement.State.WITHDRAWN}), said_on=JUNE, by=everything)
        assert agreement_in_force(family, on=TODAY)
        made_one(again, family)
        assert agreement_in_force(family, on=TODAY) is None

    def test_is_no_list_twice(self, everything):
        again, family, _ = known_twice()
        made_one(again, family)
        assert list(Family.objects.visible_to(everything).standing()) == [family]

    def test_goes_to_whoever_sees_it_with_both(self, everything, post, charnwood):
        again, family, _ = known_twice()
        made_one(again, family)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        assert {one.scope_id for one in Family.objects.all()} == {Family.objects.get(pk=again.pk).scope_id}

    def test_is_held_by_its_worker_with_both(self, everything, post, charnwood):
        again, family, _ = known_twice()
        visited(again)
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        with acting_as(worker):
            assert not Visit.objects.visible_to(worker).exists()
        made_one(again, family)
        worker.__dict__.pop("_rights", None)
        with acting_as(worker):
            assert Visit.objects.visible_to(worker).filter(family=family).count() == 1

    def test_made_one_again_changes_nothing(self, everything):
        again, family, _ = known_twice()
        assert made_one(again, family) == made_one(again, family)
        assert FamilyMerge.objects.count() == 1


class TestWhatCannotBeOne:
    def refused(self, again, family):
        return refusals(again, family, on=TODAY)

    def test_one_and_the_same(self, everything):
        _, family, _ = known_twice()
        assert self.refused(family, family) == [rules.SAME]

    def test_families_of_two_localities(self, everything, melton):
        _, family, _ = known_twice()
        away = FamilyFactory(name="Marsh family", locality=melton)
        assert "Hand one of the two over" in self.refused(away, family)[0]

    def test_a_restricted_family(self, everything):
        again, family, _ = known_twice()
        restrict_family(again, to=[(everything, Role.MANAGER)], by=everything)
        assert any("Lift the restriction" in said for said in self.refused(again, family))

    def test_two_open_cases(self, everything, post, charnwood):
        again, family, _ = known_twice()
        for one, name in ((again, "one"), (family, "other")):
            allocated(one, post(Role.FSW, charnwood, username=name))
            Case.objects.create(family=one, opened_on=MAY, opened_by=everything)
        assert "Both have an open case" in self.refused(again, family)[0]

    def test_the_one_that_is_worked_with_is_kept(self, everything, post, charnwood):
        again, family, _ = known_twice()
        Case.objects.create(family=again, opened_on=MAY, opened_by=everything)
        assert "the one to keep" in self.refused(again, family)[0]
        assert self.refused(family, again) == []

    def test_two_plans_in_hand(self, everything):
        again, family, _ = known_twice()
        for one in (again, family):
            start_plan(one, by=everything, on=MAY)
        assert "Both have a plan in hand" in self.refused(again, family)[0]

    def test_a_family_that_others_lead_to_or_that_leads_on(self, everything):
        again, family, _ = known_twice()
        third = FamilyFactory(name="Third family")
        made_one(again, family)
        assert "Another family was made one" in self.refused(family, third)[0]
        assert any(
            "Take them apart first" in said for said in self.refused(again.__class__.objects.get(pk=again.pk), third)
        )

    def test_words_about_safe_contact_that_would_be_out_of_sight(self, everything):
        again, family, _ = known_twice()
        Membership.objects.filter(family__pk=again.pk, person__given_names="Dawn").update(safe_contact="Never by post")
        assert "safe when getting in touch" in self.refused(again, family)[0]

    def test_a_family_that_somebody_would_lose_sight_of(self, everything, post, charnwood):
        again, family, _ = known_twice()
        worker = post(Role.FSW, charnwood)
        hold_family(again, user=worker, kind=Share.Kind.COVER, by=everything, reason="Cover")
        assert "would not see" in self.refused(again, family)[0]

    @pytest.mark.parametrize("there", ["chain", "round", "itself"])
    def test_whatever_is_sent_to_the_database(self, everything, there):
        again, family, _ = known_twice()
        third = FamilyFactory(name="Third family")
        made_one(again, family)
        one, into = {"chain": (third, again), "round": (family, again), "itself": (third, third)}[there]
        with pytest.raises(IntegrityError), transaction.atomic():
            FamilyMerge.objects.create(family=one, into=into, since=MAY, reason=WHY, by=everything)

    def test_another_audience_in_the_database(self, everything, melton):
        _, family, _ = known_twice()
        away = FamilyFactory(name="Marsh family", locality=melton)
        with pytest.raises(IntegrityError), transaction.atomic():
            FamilyMerge.objects.create(family=away, into=family, since=MAY, reason=WHY, by=everything)

    def test_by_writing_the_pointer(self, everything):
        again, family, _ = known_twice()
        with pytest.raises(DatabaseError), transaction.atomic():
            Family.objects.filter(pk=again.pk).update(merged_into=family)

    def test_and_then_be_moved_alone(self, everything, melton):
        again, family, _ = known_twice()
        made_one(again, family)
        with pytest.raises(DatabaseError), transaction.atomic():
            move_family(again, to=locality_scope(melton), by=everything)


class TestWhoMakesThemOne:
    @pytest.mark.parametrize(("role", "may"), [(Role.SENIOR, False), (Role.FSW, False), (Role.MANAGER, True)])
    def test_is_a_manager(self, everything, post, charnwood, role, may):
        again, family, _ = known_twice()
        user = post(role, charnwood)
        with acting_as(user):
            if may:
                assert merge_families(again, into=family, reason=WHY, by=user, on=MAY)
                return
            with pytest.raises(NotForYou):
                merge_families(again, into=family, reason=WHY, by=user, on=MAY)
            with pytest.raises(DatabaseError), transaction.atomic():
                FamilyMerge.objects.create(family=again, into=family, since=MAY, reason=WHY, by=user)


class TestTakingApart:
    def test_gives_both_back_as_they_were(self, everything):
        again, family, _ = known_twice()
        before = names(again), names(family)
        merge = made_one(again, family)
        undo_family_merge(merge, reason=APART, by=everything, on=JUNE)
        assert (names(again), names(family)) == before
        assert refusals(Family.objects.get(pk=again.pk), family, on=TODAY) == []

    def test_leaves_what_was_added_with_the_one_that_stood_or_gives_it_to_the_other(self, everything):
        again, family, _ = known_twice()
        merge = made_one(again, family)
        stays, goes = visited(family), visited(family, TODAY)
        need = find_need(family, kind="health", source="School", by=everything, on=JUNE)
        assert {row.uid for row in added_since(merge)} == {stays.uid, goes.uid, need.uid}
        undo_family_merge(merge, reason=APART, by=everything, on=TODAY, moved=[goes.uid, need.uid])
        assert list(Visit.objects.filter(family=family)) == [stays]
        assert list(Visit.objects.filter(family=again)) == [goes]
        assert list(Need.objects.filter(family=again)) == [need]

    def test_a_second_time_changes_nothing(self, everything):
        again, family, _ = known_twice()
        merge = made_one(again, family)
        undo_family_merge(merge, reason=APART, by=everything, on=JUNE)
        assert undo_family_merge(merge, reason="Something else", by=everything, on=TODAY).undone_reason == APART

    def test_waits_until_a_restriction_is_lifted(self, everything):
        again, family, _ = known_twice()
        merge = made_one(again, family)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with pytest.raises(NotAllowed, match="over"):
            undo_family_merge(merge, reason=APART, by=everything, on=JUNE)

    def test_cannot_be_taken_back_or_changed(self, everything):
        again, family, _ = known_twice()
        merge = made_one(again, family)
        undo_family_merge(merge, reason=APART, by=everything, on=JUNE)
        for changed in ({"undone_at": None}, {"reason": "Something else"}, {"undone_reason": "Something else"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                FamilyMerge.objects.filter(pk=merge.pk).update(**changed)
