from datetime import date

import pytest
from django.db import IntegrityError, transaction

from families.names.models import PersonName
from families.names.rules import Called, NameKind, Shown, in_words
from families.names.services import Told, add_name, change_name, correct_name, keep_spelling, remove_name
from families.people.models import Membership
from families.search import services as search
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, NotAllowed
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 15)
TOLD = Told("Marriage certificate seen on a visit", "document")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def elsewhere(post, melton):
    return post(Role.SENIOR, melton)


@pytest.fixture
def donna():
    return MembershipFactory(
        family=FamilyFactory(name="Hallam family"), person__given_names="Donna", person__family_name="Hallam"
    )


@pytest.fixture
def donna_fled(donna, melton):
    """The same woman in the household she fled to."""
    return MembershipFactory(family=FamilyFactory(name="Refuge family", locality=melton), person=donna.person)


def named(member, kind=NameKind.ALIAS, given="Shaz", family="Wragg", *, shown=Shown.ALL, by, **more):
    return add_name(member, kind=kind, given_names=given, family_name=family, told=TOLD, shown=shown, by=by, **more)


def why(text, *, by):
    with acting_as(by):
        return [line for one in search.shown(search.search(text, on=ON), by=by) for line in one.why]


class TestAChangeOfName:
    def changed(self, donna, by, *, revision=1, **more):
        said = {"was": NameKind.MAIDEN, "changed_on": date(2011, 6, 4), "told": TOLD}
        return change_name(donna, Called("Donna", "Toone"), **said, revision=revision, by=by, **more)

    def test_is_what_they_are_called_from_then_on(self, donna, senior):
        with acting_as(senior):
            self.changed(donna, senior)
            assert str(Membership.objects.get(pk=donna.pk).name) == "Donna Toone"

    def test_keeps_the_name_before_with_its_end_and_its_source(self, donna, senior):
        with acting_as(senior):
            self.changed(donna, senior)
            (before,) = PersonName.objects.filter(person=donna.person)
        assert (str(before), before.kind, before.ended_on) == ("Donna Hallam", "maiden", date(2011, 6, 4))
        assert (before.source, before.told_by, before.recorded_by) == (TOLD.source, "document", senior)

    def test_is_found_by_the_name_before_and_says_until_when(self, donna, senior):
        with acting_as(senior):
            self.changed(donna, senior)
        assert why("donna hallam", by=senior) == ["Donna Toone: named “donna”, was called Donna Hallam until 2011"]

    def test_of_a_short_name_alone_ends_no_name(self, donna, senior):
        with acting_as(senior):
            called = Called("Donna", "Hallam", "Dee")
            change_name(donna, called, was=NameKind.FORMER, changed_on=None, told=TOLD, revision=1, by=senior)
            assert not PersonName.objects.filter(person=donna.person).exists()
            assert Membership.objects.get(pk=donna.pk).name == "Dee Hallam"

    def test_made_from_what_was_read_before_another_change_is_refused(self, donna, senior):
        with acting_as(senior):
            self.changed(donna, senior)
            with pytest.raises(Conflict, match="Somebody else changed this person"):
                correct_name(donna, Called("Dona", "Hallam"), revision=1, by=senior)
            donna.person.refresh_from_db()
        assert donna.person.family_name == "Toone"


class TestASlipOfThePen:
    def test_is_put_right_and_is_no_former_name(self, donna, senior):
        with acting_as(senior):
            correct_name(donna, Called("Donna", "Hallum"), revision=1, by=senior)
            assert not PersonName.objects.exists()
        assert why("hallum", by=senior) == ["Donna Hallum: named “hallum”"]


class TestAnotherName:
    @pytest.mark.parametrize(
        ("kind", "ended_on", "words"),
        [
            (NameKind.ALIAS, None, "also goes by Shaz Wragg"),
            (NameKind.ALIAS, date(2011, 1, 1), "was called Shaz Wragg until 2011"),
            (NameKind.BIRTH, None, "was called Shaz Wragg at birth"),
            (NameKind.MARRIED, None, "was called Shaz Wragg"),
            (NameKind.SPELLING, date(2011, 1, 1), "also written Shaz Wragg"),
        ],
    )
    def test_is_said_as_what_it_is(self, kind, ended_on, words):
        assert in_words(kind, "Shaz Wragg", ended_on=ended_on) == words

    @pytest.mark.parametrize("asked", ["shaz wragg", "wragg", "wrag", "shas wragg", "shaz wrogg"])
    def test_finds_the_person_however_it_is_typed(self, donna, senior, asked):
        with acting_as(senior):
            named(donna, by=senior)
        assert why(asked, by=senior) == ["Donna Hallam: also goes by Shaz Wragg"]

    def test_told_twice_is_there_once(self, donna, senior):
        with acting_as(senior):
            assert named(donna, by=senior) == named(donna, by=senior)

    def test_of_no_letters_or_that_ends_before_it_began_is_refused_by_the_database(self, donna, senior):
        for wrong in ({"given": "", "family": ""}, {"began_on": date(2012, 1, 1), "ended_on": date(2011, 1, 1)}):
            with acting_as(senior), pytest.raises(IntegrityError), transaction.atomic():
                named(donna, by=senior, **wrong)

    def test_told_in_error_is_found_no_more_and_stays_in_the_history(self, donna, senior):
        with acting_as(senior):
            name = named(donna, by=senior)
            remove_name(name, by=senior)
            with pytest.raises(NotAllowed):
                remove_name(name, by=senior)
            labels = list(PersonName.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True))
        assert why("shaz wragg", by=senior) == []
        assert labels == ["insert", "delete"]

    def test_in_a_household_of_later_is_found_there_too(self, donna, senior, elsewhere, melton):
        with acting_as(senior):
            named(donna, by=senior)
        MembershipFactory(family=FamilyFactory(locality=melton), person=donna.person)
        assert why("wragg", by=elsewhere) == ["Donna Hallam: also goes by Shaz Wragg"]


class TestAPersonInTwoFamilies:
    """She fled. Who knows her from before learns nothing of what she is called now, or where that was told."""

    def test_is_known_to_both_by_a_name_that_nobody_protects(self, donna, donna_fled, senior, elsewhere):
        with acting_as(elsewhere):
            named(donna_fled, by=elsewhere)
        with acting_as(senior):
            assert [str(name) for name in PersonName.objects.visible_to(senior)] == ["Shaz Wragg"]
        assert why("wragg", by=senior) == ["Donna Hallam: also goes by Shaz Wragg"]

    @pytest.mark.parametrize("shown", [Shown.HOUSEHOLD, Shown.CALLED_HERE])
    def test_is_known_by_a_protected_name_only_where_it_was_told(self, donna, donna_fled, senior, elsewhere, shown):
        with acting_as(elsewhere):
            named(donna_fled, by=elsewhere, shown=shown)
        assert why("wragg", by=elsewhere) == ["Donna Hallam: also goes by Shaz Wragg"]
        assert why("wragg", by=senior) == []
        with acting_as(senior):
            assert not PersonName.objects.exists()
            assert not PersonName.pgh_event_model.objects.exists()
            assert Membership.objects.get(pk=donna.pk).name == "Donna Hallam"

    def test_is_called_by_it_in_that_household_alone(self, donna, donna_fled, elsewhere, everything):
        with acting_as(elsewhere):
            named(donna_fled, by=elsewhere, shown=Shown.CALLED_HERE)
        with acting_as(everything):
            both = {m.family.name: m.name for m in Membership.objects.filter(person=donna.person)}
        assert both == {"Hallam family": "Donna Hallam", "Refuge family": "Shaz Wragg"}

    def test_is_called_by_the_last_of_two_and_by_none_that_is_taken_away(self, donna_fled, elsewhere):
        with acting_as(elsewhere):
            named(donna_fled, by=elsewhere, shown=Shown.CALLED_HERE)
            last = named(donna_fled, given="Ann", by=elsewhere, shown=Shown.CALLED_HERE)
            assert Membership.objects.get(pk=donna_fled.pk).name == "Ann Wragg"
            remove_name(last, by=elsewhere)
            assert Membership.objects.get(pk=donna_fled.pk).name == "Donna Hallam"

    def test_is_shown_on_the_page_of_one_family_without_what_the_other_protects(self, donna, donna_fled, everything):
        with acting_as(everything):
            named(donna_fled, by=everything, shown=Shown.HOUSEHOLD)
            rows = PersonName.objects.visible_to(everything)
            assert not rows.told_in(donna.family).exists()
            assert rows.told_in(donna_fled.family).exists()
        assert why("wragg", by=everything) == ["Donna Hallam: also goes by Shaz Wragg"]

    def test_stays_called_so_when_they_come_back_into_the_household(self, donna_fled, elsewhere):
        with acting_as(elsewhere):
            named(donna_fled, by=elsewhere, shown=Shown.CALLED_HERE)
            Membership.objects.filter(pk=donna_fled.pk).update(period=(date(2013, 1, 7), date(2013, 6, 1)))
            again = Membership.objects.create(
                family=donna_fled.family, person=donna_fled.person, part="parent", period=(date(2014, 1, 1), None)
            )
            again.refresh_from_db()
        assert again.name == "Shaz Wragg"

    def test_has_the_other_spelling_of_a_referral_only_in_the_family_referred(
        self, donna, donna_fled, senior, elsewhere
    ):
        with acting_as(elsewhere):
            keep_spelling(donna_fled, given_names="Dona", family_name="Wragg", source="Referral", by=elsewhere)
        assert why("wragg", by=elsewhere) == ["Donna Hallam: also written Dona Wragg"]
        assert why("wragg", by=senior) == []
