from dataclasses import replace
from datetime import date

import pytest

from families.people.models import Membership
from referrals.intake import rules
from referrals.intake.rules import Action, Answers, PersonAnswer, Progress, Section, State, missing, next_state
from referrals.intake.words import in_words
from slf.web.errors import NotAllowed
from tests.referrals.intake.factories import MARSH, NEEDS

DAY = date(2014, 10, 15)
FULL = Answers(
    people=MARSH,
    address="4 Mill Lane",
    postcode="LE11 2AB",
    district="Charnwood",
    needs=NEEDS,
    whole_family=True,
    whole_family_why="Home and school together.",
    family_knows=True,
    agreement="given",
    agreed_on=date(2014, 10, 10),
    agreed_by="Dawn Marsh",
    in_danger=False,
)


class TestTheStates:
    @pytest.mark.parametrize(
        ("state", "action", "after"),
        [
            (State.DRAFT, Action.SEND, State.RECEIVED),
            (State.DRAFT, Action.DISCARD, State.DISCARDED),
            (State.RECEIVED, Action.ACCEPT, State.ACCEPTED),
            (State.RECEIVED, Action.DECLINE, State.DECLINED),
        ],
    )
    def test_lead_on(self, state, action, after):
        assert next_state(state, action) == after

    @pytest.mark.parametrize("action", Action)
    @pytest.mark.parametrize("state", State)
    def test_lead_nowhere_else(self, state, action):
        if not rules.may(state, action):
            with pytest.raises(NotAllowed, match=rf"^This referral is .*\. You cannot {action} it now\.$"):
                next_state(state, action)

    def test_are_all_named(self):
        assert {state.label for state in State} == set(rules.STATE_NAMES.values())


class TestTheParts:
    def test_are_those_of_a_household(self):
        assert dict(rules.PARTS).items() <= dict(Membership.Part.choices).items()


class TestAFullReferral:
    def test_lacks_nothing(self):
        assert missing(FULL) == []

    def test_has_every_page_completed(self):
        assert set(rules.progress(FULL).values()) == {Progress.COMPLETE}


class TestAnEmptyReferral:
    def test_has_no_page_started(self):
        assert set(rules.progress(Answers()).values()) == {Progress.NOT_STARTED}

    def test_lacks_something_on_every_page(self):
        assert {lacking.section for lacking in missing(Answers())} == set(Section)


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            pytest.param({"in_danger": None}, "Say whether anyone is in danger now", id="danger not answered"),
            pytest.param({"in_danger": True}, "Ring now, and say who", id="danger, and nobody rung"),
            pytest.param({"people": MARSH[2:]}, "Add at least one adult", id="no adult"),
            pytest.param({"people": MARSH[:2]}, "Add at least one child", id="no child"),
            pytest.param(
                {"people": (*MARSH, PersonAnswer("Ann", "Marsh", "adult"))},
                "Give the date of birth, or about how old they are of Ann Marsh", id="no age",
            ),
            pytest.param(
                {"people": (*MARSH, PersonAnswer(part="child"))}, "Give the given name of person 6", id="unnamed"
            ),
            pytest.param({"address": ""}, "Give the address", id="no address"),
            pytest.param({"postcode": ""}, "Give the postcode", id="no postcode"),
            pytest.param({"district": ""}, "Say which district the postcode is in", id="postcode not known"),
            pytest.param({"needs": {}}, "Choose at least one need", id="no need"),
            pytest.param({"needs": {"crime": ""}}, "Say what you have seen: Crime", id="a need without evidence"),
            pytest.param({"family_knows": None}, "Say whether the family knows", id="knowing not answered"),
            pytest.param({"agreement": ""}, "Say whether the family agrees", id="agreement not answered"),
            pytest.param({"agreed_by": ""}, "Say who agreed", id="nobody named as agreeing"),
            pytest.param({"agreed_on": None}, "Say when they agreed", id="no day of agreement"),
        ],
    )  # fmt: skip
    def test_is_said_in_a_sentence(self, change, said):
        assert any(lacking.text.startswith(said) for lacking in missing(replace(FULL, **change)))

    def test_is_no_day_when_nobody_asked_the_family(self):
        assert missing(replace(FULL, agreement="not_asked", agreed_on=None, agreed_by="")) == []

    def test_is_nothing_once_somebody_was_rung(self):
        assert missing(replace(FULL, in_danger=True, spoke_to="Ann at the duty line")) == []


class TestTheNextPage:
    def test_is_the_first_later_one_that_is_not_complete(self):
        assert rules.next_section(replace(FULL, needs={}, address=""), after=Section.HOME) == Section.NEEDS

    def test_is_an_earlier_one_when_the_later_ones_are_complete(self):
        assert rules.next_section(replace(FULL, address=""), after=Section.NEEDS) == Section.HOME

    def test_is_none_when_all_are_complete(self):
        assert rules.next_section(FULL, after=Section.PEOPLE) is None


class TestTheFamilysName:
    @pytest.mark.parametrize(
        ("people", "name"),
        [
            pytest.param((), "", id="nobody"),
            pytest.param(
                (PersonAnswer("Jo", "Pye", "child"), PersonAnswer("Al", "Marsh", "parent")), "Marsh family", id="parent"
            ),
            pytest.param((PersonAnswer("Jo", "Pye", "child"),), "Pye family", id="else whoever comes first"),
            pytest.param(
                (PersonAnswer("Al", "", "parent"), PersonAnswer("Jo", "Pye", "child")), "Pye family", id="named ones"
            ),
        ],
    )
    def test_is_the_first_parents(self, people, name):
        assert rules.family_name(people) == name

    def test_fits_where_it_is_kept_however_long_the_surname(self):
        assert len(rules.family_name([PersonAnswer("Jo", "P" * 120, "parent")])) == 120


class TestTheWords:
    def test_follow_the_pages(self):
        assert [words.section for words in in_words(FULL, on=DAY)] == list(Section)

    def test_say_who_is_in_the_family(self):
        people = dict(in_words(FULL, on=DAY)[1].rows)
        assert people["Dawn Marsh"] == "Parent or carer, 34, born 4 May 1980, NI number AB123456C"
        assert people["Jake Marsh"] == "Child, 10, born 29 February 2004"

    def test_call_an_estimate_an_estimate(self):
        guess = PersonAnswer("Al", "Pye", "adult", date(1974, 4, 1), born_estimated=True)
        assert dict(in_words(replace(FULL, people=(guess,)), on=DAY)[1].rows)["Al Pye"] == "Other adult, about 40"

    def test_hold_no_code(self):
        text = str([words.rows for words in in_words(replace(FULL, agreement="not_asked"), on=DAY)])
        assert not any(code in text for code in ("_", "None", "True", "False"))


class TestWhoseAgreementIsEnough:
    @pytest.mark.parametrize(
        ("part", "responsible", "enough"),
        [
            pytest.param("parent", True, True, id="a parent there"),
            pytest.param("parent", None, True, id="a parent there of whom nobody said more"),
            pytest.param("parent", False, False, id="a carer without parental responsibility"),
            pytest.param("adult", True, True, id="another adult with parental responsibility"),
            pytest.param("adult", None, False, id="another adult"),
            pytest.param("away", True, False, id="a parent who lives elsewhere"),
        ],
    )
    def test_goes_by_residence_and_parental_responsibility(self, part, responsible, enough):
        assert PersonAnswer("Dawn", "Marsh", part, responsible=responsible).may_agree(rules.SUFFICES.shipped) is enough

    def test_is_asked_for_before_it_is_sent(self):
        (lacking,) = missing(replace(FULL, agreed_is_enough=False))
        assert lacking.text.startswith("Dawn Marsh cannot agree for the family alone")


class TestARefusal:
    def test_says_why(self):
        refused = replace(FULL, agreement="refused", agreed_on=None, agreed_by="")
        assert [m.text for m in missing(refused)] == ["Say why they refuse"]
        assert missing(replace(refused, refused_why="not_now")) == []


class TestTheWholeFamilyApproach:
    def test_is_asked_about_with_the_reason(self):
        assert [m.text for m in missing(replace(FULL, whole_family=None))] == [
            "Say whether they would benefit from work with the whole family"
        ]
        assert [m.text for m in missing(replace(FULL, whole_family_why=""))] == [
            "Say why work with the whole family would help"
        ]
        assert missing(replace(FULL, whole_family=False, whole_family_why="")) == []
