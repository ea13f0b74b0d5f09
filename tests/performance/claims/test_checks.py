"""The 27 checks of a claim: each with a line that passes and one that does not, by its number."""

import hashlib
import re
from dataclasses import replace
from datetime import date

from performance.claims.checks import CHECKS, Line, State, check_line, kept_out
from performance.pbr.rules import Member, Period
from tests.performance.claims import test_checks_of_runs
from tests.performance.claims.lines import CRIME, USE, WORK, later, line, without
from tests.performance.pbr import story
from tests.performance.pbr.later import DAY, P2, SF
from tests.performance.pbr.story import AFTER, CONFIRMED, GOOD

PASSED, BLOCKS, WARNS, NOT_KNOWN, NOT_ASKED = State
WITHOUT_WORK = [fact for fact in GOOD if fact.kind != "employment_spell"]


def answer(number: int, of: Line) -> State:
    (found,) = (each for each in check_line(of) if each.check.number == number)
    assert found.sentence
    return found.state


def test_check_1_passes_a_family_that_was_eligible_by_dated_evidence():
    assert answer(1, line()) is PASSED


def test_check_1_blocks_a_family_that_was_not_eligible():
    assert answer(1, line(*story.CHECKED)) is BLOCKS


def test_check_2_passes_a_household_with_a_dependent_child():
    assert answer(2, later(SF)) is PASSED


def test_check_2_blocks_a_household_without_one():
    grown = replace(P2.sam, born=date(1990, 3, 3))
    assert answer(2, later(P2, members=(P2.kim, grown))) is BLOCKS


def test_check_3_passes_a_family_that_nobody_elsewhere_brings_in():
    assert answer(3, later(P2)) is PASSED


def test_check_3_blocks_a_parent_elsewhere_who_brings_both_problems():
    lee = Member("lee", date(1984, 1, 1), (), parenting=True, name="Lee", elsewhere=(Period(date(2009, 1, 1)),))
    theirs = [P2.found(problem, person="lee") for problem in P2.problems]
    facts = [*P2.checked(), *theirs]
    assert answer(3, later(P2, *facts, members=(P2.kim, P2.sam, lee))) is BLOCKS


def test_check_4_passes_a_line_that_was_claimed_and_waits_while_nobody_has_asked():
    assert answer(4, line().frozen("", "", claimed=True)) is PASSED
    assert answer(4, line().frozen("", "", claimed=None)) is NOT_KNOWN


def test_check_4_blocks_a_line_whose_people_are_claimed_for_already():
    claimable = next(each for each in (line(component=CRIME), line(component=WORK)) if each.result["claimable"])
    assert answer(4, claimable.frozen("", "", claimed=False)) is BLOCKS
    stopped = line(component=claimable.component, use=None).frozen("", "", claimed=False)
    assert answer(4, stopped) is NOT_KNOWN


def test_check_5_passes_one_route_and_blocks_the_other():
    assert {answer(5, line(component=CRIME)), answer(5, line(component=WORK))} == {PASSED, BLOCKS}


def test_check_5_blocks_the_route_that_brings_less():
    assert answer(5, line(component=WORK)) is BLOCKS


def test_check_6_passes_a_window_that_is_over():
    assert answer(6, line()) is PASSED


def test_check_6_blocks_a_claim_before_three_terms_are_over():
    assert answer(6, line(on=date(2014, 1, 10))) is BLOCKS


def test_check_6_blocks_work_that_has_not_lasted_and_progress_that_has_not():
    assert answer(6, line(*WITHOUT_WORK, story.work("kim", "2014-08-04"), component=WORK)) is BLOCKS
    early = [f for f in SF.good() if f.kind != "case_closed"]
    closed = SF.fact("case_closed", date(2024, 8, 1), recorded=date(2024, 8, 1))
    assert answer(6, later(SF, *early, closed)) is BLOCKS


def test_check_7_passes_complete_attendance_of_every_child():
    assert answer(7, line()) is PASSED


def test_check_7_blocks_a_child_without_figures_for_a_term():
    gap = [f for f in GOOD if not (f.kind == "attendance_term" and f.person == "ash" and f.value["term"] == AFTER[1])]
    assert answer(7, line(*gap)) is BLOCKS


def test_check_8_passes_when_nobody_else_started():
    assert answer(8, line()) is PASSED


def test_check_8_blocks_when_another_child_started_the_same():
    assert answer(8, line(*GOOD, story.asb("ash", "2014-06-09"))) is BLOCKS


def test_check_8_blocks_when_a_problem_came_back():
    assert answer(8, later(SF, *SF.good(), SF.found("health.1", SF.closed + 30 * DAY))) is BLOCKS


def test_check_9_passes_education_that_is_not_alone():
    assert answer(9, line()) is PASSED


def test_check_9_warns_of_education_that_is_neutral_and_alone():
    calm = [
        *story.CHECKED,
        *story.schooling("sam", story.BEFORE + AFTER, 2),
        *story.schooling("ash", story.BEFORE + AFTER, 2),
    ]
    assert answer(9, line(*calm)) is WARNS


def test_check_10_passes_a_reduction_from_something():
    assert answer(10, line()) is PASSED


def test_check_10_blocks_a_reduction_from_none():
    nothing_before = line()
    for step in nothing_before.steps("asb_reduction"):
        step["facts"] = [fact for fact in step["facts"] if "2013" not in fact]
    assert answer(10, nothing_before) is BLOCKS


def test_check_11_passes_work_with_the_whole_family():
    assert answer(11, later(SF)) is PASSED


def test_check_11_blocks_a_family_without_a_plan():
    assert answer(11, later(SF, *without(SF, "plan"))) is BLOCKS


def test_check_12_passes_a_plan_that_acts_on_every_problem():
    assert answer(12, later(SF)) is PASSED


def test_check_12_warns_of_a_need_that_no_plan_acts_on():
    plan = SF.event("plan", SF.attached + 23 * DAY, problems=SF.problems[:1])
    assert answer(12, later(SF, *without(SF, "plan"), plan)) is WARNS
    assert answer(12, later(SF, *without(SF, "plan"))) is NOT_KNOWN


def test_check_13_passes_a_family_that_was_supported():
    assert answer(13, later(SF)) is PASSED


def test_check_13_warns_of_a_result_found_in_data_only():
    assert answer(13, later(SF, *without(SF, "contact"), *SF.checked("contact"))) is WARNS


def test_check_13_is_not_known_while_no_contacts_are_frozen():
    assert answer(13, line()) is NOT_KNOWN


def test_check_14_passes_a_result_after_the_service_began():
    assert answer(14, line()) is PASSED


def test_check_14_blocks_a_result_of_a_family_the_service_had_not_begun_with():
    assert answer(14, line(household=story.family(attached=date(2014, 12, 1)))) is BLOCKS


def test_check_15_passes_work_that_is_shown():
    assert answer(15, line(component=WORK)) is PASSED


def test_check_15_blocks_a_benefit_that_only_ended():
    assert answer(15, line(*WITHOUT_WORK, component=WORK)) is BLOCKS


def test_check_15_blocks_work_that_the_provider_of_the_same_adult_counts():
    with_provider = story.spell("esf_attached", "kim", "2013-11-04")
    assert answer(15, line(*GOOD, with_provider, component=WORK)) is BLOCKS
    after_it_began = story.spell("esf_attached", "kim", "2014-02-03")
    assert answer(15, line(*GOOD, after_it_began, component=WORK)) is PASSED


def test_check_16_passes_sure_matches():
    assert answer(16, line()) is PASSED


def test_check_16_blocks_evidence_whose_match_is_in_doubt():
    doubted = line()
    doubted.used[0]["confirmed"] = False
    assert answer(16, doubted) is BLOCKS


def test_check_17_passes_evidence_of_the_last_months():
    assert answer(17, line()) is PASSED


def test_check_17_warns_of_evidence_that_nobody_refreshed():
    assert answer(17, line(component=WORK, on=date(2015, 2, 2))) is WARNS


def test_check_18_passes_work_that_goes_on():
    assert answer(18, line(component=WORK)) is PASSED


def test_check_18_blocks_work_lost_again_before_the_claim():
    lost = story.work("kim", "2014-01-06", "2014-09-01")
    assert answer(18, line(*WITHOUT_WORK, lost, component=WORK)) is BLOCKS


def test_check_19_passes_a_family_that_social_care_had_no_plan_for():
    assert answer(19, later(SF, *SF.good(), *SF.checked("child_protection_plan", "child_in_need"))) is PASSED
    assert answer(19, later(SF)) is NOT_KNOWN


def test_check_19_warns_of_a_family_that_was_stepped_up():
    plan = SF.fact("child_protection_plan", SF.closed + 40 * DAY, person="sam")
    assert answer(19, later(SF, *SF.good(), plan)) is WARNS


def test_check_21_passes_a_price_within_the_most():
    assert answer(21, line()) is PASSED


def test_check_21_blocks_more_than_the_most_for_one_family():
    less = CONFIRMED.setting({"P1-M-MAX": {"pounds": "100"}})
    assert answer(21, line(scheme=less)) is BLOCKS


def decided(**said) -> Line:
    value = {"problem": "health", "approver": "A head", "reason": "As good"} | said
    decision = P2.event("equivalent_progress", P2.attached + 200 * DAY, **value)
    return later(P2, *without(P2, "progress_reached"), decision, P2.better("abuse", date(2017, 10, 2)))


def test_check_25_passes_a_result_without_a_decision():
    assert answer(25, later(P2)) is PASSED


def test_check_25_blocks_a_decision_without_a_reason_and_does_not_know_a_grade():
    assert answer(25, decided(reason=" ")) is BLOCKS
    assert answer(25, decided()) is NOT_KNOWN


def test_check_26_passes_a_line_that_is_as_it_was_frozen():
    assert answer(26, line().frozen("{}", hashlib.sha256(b"{}").hexdigest(), claimed=True)) is PASSED


def test_check_26_blocks_a_line_that_was_altered():
    assert answer(26, line().frozen("{ }", hashlib.sha256(b"{}").hexdigest(), claimed=True)) is BLOCKS


def test_check_27_passes_what_the_register_let_a_claim_use():
    assert answer(27, line()) is PASSED


def test_check_27_blocks_what_it_did_not():
    nothing = {**USE, "free": {"somebody": ["attendance_term"]}}
    assert answer(27, line(use=nothing)) is BLOCKS
    assert answer(27, line(use=None)) is NOT_KNOWN


def test_every_check_has_a_case_that_passes_and_one_that_does_not():
    names = (*globals(), *vars(test_checks_of_runs))
    named = [re.match(r"test_check_(\d+)_(passes|blocks|warns)_", name) for name in names]
    there = {(int(m[1]), m[2] == "passes") for m in named if m}
    assert [check.number for check in CHECKS] == list(range(1, 28))
    assert there == {(number, passes) for number in range(1, 28) for passes in (True, False)}


def test_a_line_is_kept_out_by_a_blocking_check_and_by_one_that_is_not_known_but_not_by_a_warning():
    assert kept_out(line()) == []
    assert [each.check.number for each in kept_out(line(use=None))] == [27]
    assert answer(13, later(SF, *without(SF, "contact"), *SF.checked("contact"))) is WARNS


def test_what_a_scheme_does_not_ask_is_not_passed():
    assert answer(11, line()) is NOT_ASKED
    assert answer(15, line()) is NOT_ASKED
