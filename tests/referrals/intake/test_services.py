from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from referrals.intake import rules, services
from referrals.intake.models import Receipt, Referral, ReferralNeed, ReferralPerson
from referrals.intake.rules import PersonAnswer, WrongAnswer
from referrals.intake.services import PersonRow
from slf.access.models import Locality
from slf.access.rules import Can, Role
from slf.web.errors import Conflict, Incomplete, NotAllowed
from tests.referrals.intake.factories import (
    MARSH,
    SENT_ON,
    again,
    empty_draft,
    full_draft,
    in_the_name_of,
    sent_referral,
)
from tests.slf.policy.factories import confirmed

pytestmark = pytest.mark.django_db
DUE = date(2014, 10, 22)


def visible(user, model=Referral, can=Can.READ):
    with in_the_name_of(user):
        return list(model.objects.visible_to(user, can=can))


class TestStartingAReferral:
    def test_makes_a_draft_only_the_referrer_reaches(self, school, senior):
        draft = empty_draft(school)
        assert visible(school) == [draft]
        assert visible(senior) == []

    def test_is_open_to_a_worker_of_the_service_too(self, post, charnwood, senior):
        worker = post(Role.FSW, charnwood)
        draft = empty_draft(worker)
        assert visible(worker) == [draft]
        assert visible(senior) == []

    def test_does_not_make_a_worker_a_partner(self, post, charnwood):
        worker = post(Role.SENIOR, charnwood)
        draft = empty_draft(worker)
        assert {member.role for member in draft.scope.members.all()} == {Role.SENIOR}


class TestFillingInADraft:
    def test_counts_up_with_every_page(self, school):
        assert full_draft(school).revision == 6

    def test_keeps_people_who_are_still_on_the_page(self, school):
        draft = full_draft(school)
        with in_the_name_of(school):
            kept = draft.people.get(given_names="Kelly")
            rows = [PersonRow(kept.uid, MARSH[2]), PersonRow(None, PersonAnswer("Ann", "Marsh", "adult"))]
            services.list_people(draft, by=school, people=rows)
            assert [str(person) for person in again(draft).people.all()] == ["Kelly Marsh", "Ann Marsh"]
            assert draft.people.get(given_names="Kelly").pk == kept.pk

    def test_takes_a_person_of_another_draft_for_somebody_new(self, school):
        draft, other = full_draft(school), full_draft(school)
        with in_the_name_of(school):
            stranger = other.people.first()
            services.list_people(draft, by=school, people=[PersonRow(stranger.uid, MARSH[0])])
            assert again(draft).people.get().pk != stranger.pk
            assert other.people.filter(pk=stranger.pk).exists()

    def test_finds_the_district_by_the_postcode(self, school, melton):
        draft = empty_draft(school)
        with in_the_name_of(school):
            services.say_home(draft, by=school, address="1 High Street", postcode="LE13 1AA")
            assert again(draft).locality == melton

    def test_believes_the_referrer_where_the_postcode_is_not_known(self, school, melton):
        draft = empty_draft(school)
        with in_the_name_of(school):
            services.say_home(draft, by=school, address="1 High Street", postcode="NG12 4AB", district=melton)
            assert again(draft).locality == melton

    def test_refuses_a_change_made_from_an_older_state(self, school):
        draft = full_draft(school)
        with in_the_name_of(school), pytest.raises(Conflict):
            services.open_draft(draft, by=school, revision=draft.revision - 1)

    def test_keeps_that_the_number_was_given_even_when_the_answer_changes(self, school):
        draft = empty_draft(school)
        with in_the_name_of(school):
            told = services.say_danger(draft, by=school, in_danger=True).told_to_ring_at
            assert told
            assert services.say_danger(draft, by=school, in_danger=False).told_to_ring_at == told

    def test_keeps_who_was_told_when_the_answer_is_taken_back(self, school):
        draft = empty_draft(school)
        with in_the_name_of(school):
            services.say_danger(draft, by=school, in_danger=True, spoke_to="Ann, duty line")
            kept = services.say_danger(draft, by=school, in_danger=False)
        assert (kept.in_danger, kept.spoke_to) == (False, "Ann, duty line")


class TestSendingAReferral:
    def test_hands_it_to_the_district_of_its_postcode(self, school, senior, melton_senior):
        sent = sent_referral(school)
        assert [referral.pk for referral in visible(senior, can=Can.TRIAGE)] == [sent.pk]
        assert visible(melton_senior) == []

    def test_takes_its_people_and_needs_along(self, school, senior, melton_senior):
        sent_referral(school)
        assert (len(visible(senior, ReferralPerson)), len(visible(senior, ReferralNeed))) == (5, 4)
        for model in (ReferralPerson, ReferralNeed):
            assert visible(melton_senior, model) == []
            assert visible(school, model) == []

    def test_leaves_the_referrer_a_receipt_and_no_referral(self, school, senior):
        sent = sent_referral(school)
        assert visible(school) == []
        (receipt,) = visible(school, Receipt)
        assert (receipt.uid, receipt.name, receipt.state, receipt.due_on) == (sent.uid, "Marsh family", "received", DUE)
        assert visible(senior, Receipt) == []

    def test_freezes_the_words_that_were_sent(self, school):
        sent_referral(school)
        (receipt,) = visible(school, Receipt)
        needs = next(words for words in receipt.content if words["section"] == "needs")
        assert ["Poor or overcrowded housing, homelessness", "Five people in two rooms."] in needs["rows"]

    def test_a_second_time_gives_the_same_receipt(self, school):
        draft = full_draft(school)
        with in_the_name_of(school):
            first = services.send_referral(draft, by=school, on=SENT_ON)
            assert services.send_referral(draft, by=school, on=SENT_ON) == first

    def test_is_refused_with_everything_that_is_missing(self, school):
        draft = empty_draft(school)
        with in_the_name_of(school), pytest.raises(Incomplete) as refused:
            services.send_referral(again(draft), by=school, on=SENT_ON)
        assert ("Choose at least one need", f"/referrals/{draft.uid}/needs/") in refused.value.missing
        assert [referral.state for referral in visible(school)] == ["draft"]

    def test_goes_where_the_referrer_says_when_the_postcode_is_not_known(self, school, melton_senior, melton):
        sent_referral(school, postcode="NG12 4AB", district=melton)
        assert len(visible(melton_senior, can=Can.TRIAGE)) == 1

    def test_of_somebody_elses_draft_is_refused_by_the_database(self, school, post, charnwood):
        draft = full_draft(school)
        other = post(Role.REFERRER, charnwood, "other.school")
        with (
            pytest.raises(ProgrammingError, match="no such draft"),
            in_the_name_of(other),
            connection.cursor() as cursor,
        ):
            cursor.execute("select slf.send_referral(%s, '2014-10-15', '2014-10-22')", [draft.pk])

    def test_cannot_be_done_by_changing_the_audience(self, school, charnwood):
        draft = full_draft(school)
        with pytest.raises(ProgrammingError), in_the_name_of(school):
            Referral.objects.filter(pk=draft.pk).update(scope=Locality.objects.get(slug="charnwood").scopes.first())

    def test_ends_every_change(self, school):
        draft = full_draft(school)
        with in_the_name_of(school):
            services.send_referral(draft, by=school, on=SENT_ON)
            with pytest.raises(Conflict):
                services.say_needs(draft, by=school, needs={})


class TestAReceipt:
    def test_cannot_be_changed_by_the_application(self, school):
        sent_referral(school)
        with pytest.raises(ProgrammingError, match="permission denied"), in_the_name_of(school):
            Receipt.objects.update(message="Accepted")


class TestDeletingADraft:
    def test_takes_it_off_the_list(self, school):
        draft = full_draft(school)
        with in_the_name_of(school):
            services.discard_draft(draft, by=school)
            assert not Referral.objects.visible_to(school).drafts_of(school).exists()

    def test_ends_every_change(self, school):
        draft = full_draft(school)
        with in_the_name_of(school):
            services.discard_draft(draft, by=school)
            with pytest.raises(NotAllowed, match="deleted draft"), transaction.atomic():
                services.send_referral(draft, by=school, on=SENT_ON)


class TestTheSettingsOfTheFrontDoor:
    def test_say_how_long_a_team_has_and_what_was_sent_before_keeps_its_day(self, school, senior):
        sent_referral(school)
        confirmed(rules.DECIDE_WITHIN, 2)
        sent_referral(school)
        assert [referral.due_on for referral in visible(senior)] == [date(2014, 10, 17), DUE]

    def test_say_whose_agreement_is_enough(self, school):
        draft = full_draft(school)
        assert services.missing_from(draft) == []
        confirmed(rules.SUFFICES, ["away:yes"])
        assert "Dawn Marsh cannot agree for the family alone" in services.missing_from(draft)[0][0]

    def test_name_a_retired_refusal_where_it_was_given_and_offer_it_to_nobody_else(self, school):
        draft, value = full_draft(school, agreement="refused"), rules.REFUSALS.default
        confirmed(rules.REFUSALS, [one | {"retired": one["code"] == "not_now"} for one in value])
        assert draft.refused_words == "Not now, perhaps later"
        assert "not_now" in dict(services.refusals_for(draft))
        assert "not_now" not in dict(services.refusals_for(empty_draft(school)))

    def test_take_no_refusal_that_is_on_no_list(self, school):
        draft = empty_draft(school)
        with in_the_name_of(school), pytest.raises(WrongAnswer, match="from the list"):
            services.say_agreement(draft, by=school, family_knows=True, agreement="refused", refused_why="nonsense")
