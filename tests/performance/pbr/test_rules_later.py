"""The expanded programme (P2) and Supporting Families (SF): who is eligible, and what has to be better."""

from dataclasses import replace
from datetime import date

import pytest

from performance.pbr.rules import Member, Period
from tests.performance.pbr.later import DAY, P2, SF, WORLDS
from tests.performance.pbr.story import answer, answers, blocks, component, reason, result

PROGRESS = "sustained_progress"
each_programme = pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.plain.version)


@each_programme
class TestBothProgrammes:
    def test_a_family_that_is_better_is_paid_for_once_all_is_confirmed(self, world):
        """P2-R-1 SF-5"""
        judgement = world.judged(*world.good())
        progress = component(judgement, PROGRESS)
        assert (progress.answer, progress.claimable, str(progress.amount)) == ("met", True, "800.00")

    def test_until_then_the_rows_without_a_source_block_it(self, world):
        judgement = world.judged(*world.good(), scheme=world.plain)
        assert not component(judgement, PROGRESS).claimable
        assert blocks(judgement, PROGRESS) <= {row.id for row in world.plain.rows.values() if row.grade == "U"}
        assert judgement.blocks_submission

    def test_no_fact_at_all_is_never_met(self, world):
        judgement = world.judged()
        assert judgement.eligibility.answer == "not_known"
        assert "met" not in {each.answer.value for each in judgement.components}

    def test_progress_that_nobody_recorded_is_not_known(self, world):
        less = [fact for fact in world.good() if fact.value.get("problem") != world.problems[0]]
        found = world.found(world.problems[0])
        assert result(world.judged(*less, found), PROGRESS) == "not_known"

    def test_and_not_met_once_somebody_looked(self, world):
        less = [
            f for f in world.good() if not (f.kind == "progress_reached" and f.value["problem"] == world.problems[0])
        ]
        assert result(world.judged(*less, *world.checked("progress_reached")), PROGRESS) == "not_met"

    def test_a_problem_found_later_has_to_be_better_too(self, world):
        """P2-R-1 SF-5"""
        later = {"P2": "crime", "SF": "substance.1"}[world.plain.version]
        found = world.found(later, world.attached + 200 * DAY)
        assert result(world.judged(*world.good(), found), PROGRESS) == "not_known"
        better = world.better(later, world.attached + 260 * DAY)
        assert result(world.judged(*world.good(), found, better), PROGRESS) == "met"

    def test_the_same_problem_showing_again_undoes_it(self, world):
        again = world.found(world.problems[0], world.closed + 30 * DAY)
        assert result(world.judged(*world.good(), again), PROGRESS) == "not_met"
        doubtful = replace(again, confirmed=False)
        assert result(world.judged(*world.good(), doubtful), PROGRESS) == "not_known"

    @pytest.mark.parametrize("missing", ["assessment", "plan", "lead_practitioner", "contact"])
    def test_is_not_claimed_where_the_family_was_not_worked_with_as_a_whole(self, world, missing):
        """P2-P-2 SF-4"""
        less = [fact for fact in world.good() if fact.kind != missing]
        judgement = world.judged(*less)
        assert result(judgement, PROGRESS) == "met"
        assert blocks(judgement, PROGRESS) == {world.plain.by_kind["whole_family_approach"].id}

    def test_an_assessment_after_the_result_is_too_late(self, world):
        less = [fact for fact in world.good() if fact.kind != "assessment"]
        late = world.event("assessment", world.on - 10 * DAY, whole_family=True)
        assert not component(world.judged(*less, late), PROGRESS).claimable

    def test_the_order_of_facts_never_changes_a_byte(self, world):
        assert world.judged(*world.good()).canonical == world.judged(*reversed(world.good())).canonical

    def test_no_reason_holds_an_internal_word(self, world):
        said = [step.finding.reason for step in world.judged(*world.good()).steps]
        assert all("_" not in each and "None" not in each and each.endswith(".") for each in said)

    def test_nothing_is_paid_after_the_programme(self, world):
        """P2-END SF-12"""
        last = world.plain.by_kind["last_payment"]
        judgement = world.judged(*world.good(), on=last.ends_on + DAY)
        assert last.id in blocks(judgement, PROGRESS)


class TestAParentWhoLivesElsewhere:
    """P2-ID-4"""

    @staticmethod
    def judged(*facts, parents=1):
        away = [
            Member(f"lee{n or ''}", date(1983, 5, 5), (), parenting=True, name=f"Lee{n or ''}",
                   elsewhere=(Period(date(2010, 1, 1)),))
            for n in range(parents)
        ]  # fmt: skip
        return P2.judged(*facts, *P2.checked(), *P2.school(), members=(P2.kim, P2.sam, *away))

    def test_accounts_for_one_problem_and_no_more(self):
        two = P2.found("crime", person="lee"), P2.found("health", person="lee")
        assert answer(self.judged(*two), "P2-ID-2") == "not_met"

    def test_and_with_one_of_the_household_that_makes_two(self):
        facts = P2.found("crime", person="lee"), P2.found("abuse", person="kim")
        assert answer(self.judged(*facts), "P2-ID-2") == "met"

    def test_the_same_problem_twice_is_one(self):
        facts = P2.found("crime", person="lee"), P2.found("crime", person="kim")
        assert answer(self.judged(*facts), "P2-ID-2") == "not_met"

    def test_two_of_them_may_account_for_one_each(self):
        facts = [P2.found(p, person=w) for p, w in (("crime", "lee"), ("health", "lee"), ("crime", "lee1"))]
        assert answer(self.judged(*facts, parents=2), "P2-ID-2") == "met"
        assert answer(self.judged(*facts[:2], parents=2), "P2-ID-2") == "not_met"

    def test_is_said_in_the_trace(self):
        said = reason(self.judged(P2.found("crime", person="lee")), "P2-ID-4", "lee")
        assert said.startswith("Lee lives elsewhere and accounts for at most 1 problem.")


class TestEquivalentProgress:
    """P2-P-3"""

    def test_of_a_named_person_stands_in_for_the_goal_and_is_told_apart(self):
        less = [f for f in P2.good() if not (f.kind == "progress_reached" and f.value["problem"] == "health")]
        decided = P2.event(
            "equivalent_progress", P2.closed, problem="health", approver="A. Head", reason="Long illness"
        )
        judgement = P2.judged(*less, decided)
        assert result(judgement, PROGRESS) == "met"
        assert (
            reason(judgement, "P2-P-3")
            == "Health: A. Head approved equivalent progress on 1 February 2018: Long illness."
        )

    def test_supporting_families_knows_none(self):
        less = [f for f in SF.good() if f.kind != "progress_reached"]
        decided = [SF.event("equivalent_progress", SF.closed, problem=p, approver="A", reason="b") for p in SF.problems]
        assert result(SF.judged(*less, *decided), PROGRESS) == "not_known"


class TestEveryChildsSchooling:
    """P2-R-2, P2-R-2-85"""

    def test_counts_whatever_the_family_came_for(self):
        bad = P2.school(**{"2017-18 spring": 80})
        judgement = P2.judged(*(f for f in P2.good() if f.kind != "attendance_term"), *bad)
        assert result(judgement, PROGRESS) == "not_met"

    def test_without_figures_for_a_term_is_not_known(self):
        less = [fact for fact in P2.good() if fact.value.get("term") != "2017-18 spring"]
        assert result(P2.judged(*less), PROGRESS) == "not_known"

    def test_on_no_roll_is_no_suitable_education(self):
        off = P2.fact("not_on_roll", date(2018, 1, 8), person="sam")
        assert result(P2.judged(*P2.good(), off), PROGRESS) == "not_met"

    def test_three_whole_terms_have_to_be_over(self):
        assert answers(P2.judged(*P2.good(), on=date(2017, 9, 10)), "P2-CHK-6") == ["not_met"]


class TestCountingNeeds:
    """SF-3"""

    TWO_HEADLINES = ("health.1", "health.2", "housing.2")

    def test_three_needs_are_enough_nationally(self):
        facts = [*map(SF.found, self.TWO_HEADLINES), *SF.checked(), *SF.school()]
        assert answer(SF.judged(*facts), "SF-3") == "met"

    def test_where_headlines_are_counted_two_of_one_headline_are_one(self):
        row = SF.scheme.rows["SF-3"]
        by_headline = SF.scheme.setting({"SF-3": {**row.value, "count": "headlines"}})
        facts = [*map(SF.found, self.TWO_HEADLINES), *SF.checked(), *SF.school()]
        assert answer(SF.judged(*facts, scheme=by_headline), "SF-3") == "not_met"

    def test_one_need_that_two_rows_ask_after_is_one(self):
        """SF-N-8.1 and SF-N-8.1-F"""
        call = SF.event("domestic_abuse_incident", SF.attached - 30 * DAY)
        facts = [SF.found("domestic_abuse.1"), call, SF.found("health.1"), *SF.checked(), *SF.school()]
        assert answer(SF.judged(*facts), "SF-3") == "not_met"

    def test_a_need_may_have_its_own_months(self):
        """SF-6"""
        row = SF.scheme.rows["SF-6"]
        longer = SF.scheme.setting({"SF-6": {**row.value, "by_need": {"SF-N-9.2": 9}}})
        assert result(SF.judged(*SF.good(), scheme=longer), PROGRESS) == "not_met"

    def test_a_case_that_was_opened_again_is_no_result(self):
        less = [fact for fact in SF.good() if fact.kind != "case_closed"]
        again = SF.fact("case_closed", SF.closed, SF.closed + 90 * DAY)
        assert result(SF.judged(*less, again), PROGRESS) == "not_met"

    def test_the_plan_has_to_act_on_every_need(self):
        less = [fact for fact in SF.good() if fact.kind != "plan"]
        short = SF.event("plan", SF.attached + 23 * DAY, problems=SF.problems[:2])
        judgement = SF.judged(*less, short)
        assert blocks(judgement, PROGRESS) == {"SF-4"}
        assert "unsuitable housing or a risk of eviction" in reason(judgement, "SF-4")


@each_programme
class TestNeedsOfTheRecord:
    """P2-ID-1-NEEDS SF-N-NEEDS"""

    def judged(self, world, row: str):
        read = [replace(f, value=f.value | {"need": "health"}) if f.kind == "problem_identified" else f
                for f in world.good()]  # fmt: skip
        unsure = replace(world.scheme.rows[row], confirmed="")
        settings = tuple(unsure if each.id == row else each for each in world.scheme.settings)
        scheme = replace(world.scheme, settings=settings)
        return world.judged(*read, scheme=scheme), world.judged(*world.good(), scheme=scheme)

    def test_count_once_it_is_confirmed_which_problem_each_is(self, world):
        row = world.plain.by_kind["needs_of_the_record"].id
        from_the_record, from_a_file = self.judged(world, row)
        assert row in blocks(from_the_record, PROGRESS)
        assert row in from_the_record.eligibility.unsettled
        assert component(from_a_file, PROGRESS).claimable
