"""What holds for every scheme whatever the facts: hypothesis looks for the family for which it does not."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.pbr.rules import Fact, Judgement, Period, most_for_one_family, price_on, rounded, run_total
from performance.pbr.rules.catalogue import KINDS, Shape
from tests.performance.pbr.edges import WORLDS, World, happening
from tests.performance.pbr.later import DAY, P2, SF
from tests.performance.pbr.story import answers, blocks, component

each_scheme = pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
LATER_ONLY = (
    "early_help", "in_education", "not_in_education", "pregnancy", "problem_identified", "progress_reached",
    "equivalent_progress", "assessment", "plan", "lead_practitioner", "contact", "case_closed",
)  # fmt: skip
UNRELATED = {
    "P1": LATER_ONLY,
    "P2": ("homelessness", "local_concern", "esf_attached", "work_programme", "pregnancy"),
    "SF": ("asb_intervention", "early_help", "exclusion_fixed", "esf_attached", "work_programme", "local_concern"),
}
VALUES = {
    "problem": "health", "goal": "A goal", "approver": "A. Head", "reason": "A reason", "problems": ("health",),
    "whole_family": True, "concern": "mental health", "volunteered": True, "instrument": "ABC", "days": 2,
    "benefit": "JSA", "evidence": "Payslip", "offence": "Theft", "need": "health", "grade": "Head of service",
}  # fmt: skip


def of_kind(world: World, kind: str, on: date, person: str | None, name: str) -> Fact:
    ends = on if KINDS[kind].shape is Shape.EVENT else None
    value = {key: VALUES[key] for key in KINDS[kind].value}
    return Fact(name, kind, person, Period(on, ends), value, "Test feed", max(on, world.attached))


def known(world: World) -> list[Fact]:
    """A family's facts with every problem checked; of the first programme, those of its first two criteria."""
    facts = world.good() if world.problems else [*world.school(60, unauthorised=40)]
    return [*facts, *(world.checked() if not world.problems else [])]


def verdict(judgement: Judgement) -> list:
    return [judgement.eligibility.answer, *((c.name, c.answer, c.amount, c.claimable) for c in judgement.components)]


days_of = st.integers(-700, 500)


@each_scheme
@settings(max_examples=20)
@given(st.data())
def test_an_unrelated_fact_never_changes_a_verdict(world, data):
    kinds = data.draw(st.lists(st.sampled_from(UNRELATED[world.plain.version]), min_size=1, max_size=4))
    more = [
        of_kind(world, kind, world.attached + data.draw(days_of) * DAY, None, f"more-{n}")
        for n, kind in enumerate(kinds)
    ]
    assert verdict(world.judged(*known(world), *more)) == verdict(world.judged(*known(world)))


@each_scheme
@settings(max_examples=15)
@given(st.data())
def test_what_is_said_of_a_stranger_changes_nothing(world, data):
    kind = data.draw(st.sampled_from([k for k in KINDS if k not in ("attendance_term", "records_checked")]))
    more = of_kind(world, kind, world.attached + data.draw(days_of) * DAY, "stranger", "more")
    assert verdict(world.judged(*known(world), more)) == verdict(world.judged(*known(world)))


def test_the_closing_of_a_strangers_case_is_not_the_familys():
    world = WORLDS["SF"]
    more = of_kind(world, "case_closed", world.attached + 427 * DAY, "stranger", "more")
    assert verdict(world.judged(*known(world), more)) == verdict(world.judged(*known(world)))


@each_scheme
@settings(max_examples=25)
@given(st.data())
def test_more_evidence_of_need_never_removes_eligibility(world, data):
    rows = [row for row in world.scheme.criteria if row.kind in ("happened", "found", "offence_by_a_minor",
                                                                 "asb_intervention", "local_concern")]  # fmt: skip
    drawn = data.draw(st.lists(st.sampled_from(rows), max_size=6))
    facts = [
        replace(happening(row, world, world.attached - data.draw(st.integers(0, 300)) * DAY), id=f"need-{n}")
        for n, row in enumerate(drawn)
    ]
    few = data.draw(st.integers(0, len(facts)))
    base = [*world.checked(), *world.school(60, unauthorised=40)]
    less, more = world.judged(*base, *facts[:few]), world.judged(*base, *facts)
    assert not (less.eligible and not more.eligible)


@each_scheme
@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_order_never_matters_and_judged_twice_gives_the_same_bytes(world, chance: random.Random):
    facts = known(world)
    shuffled = list(facts)
    chance.shuffle(shuffled)
    first = world.judged(*facts).canonical.encode()
    assert first == world.judged(*facts).canonical.encode() == world.judged(*shuffled).canonical.encode()


@each_scheme
@settings(max_examples=15)
@given(st.integers(0, 9000))
def test_the_total_is_at_most_the_cap(world, pounds):
    """P1-M-MAX P2-M-1 SF-MAX P2-CHK-21 SF-CHK-21"""
    prices = {row.id: {"pounds": str(pounds)} for row in world.scheme.prices if row.group != "attachment"}
    judgement = world.judged(*known(world), scheme=world.scheme.setting(prices))
    fee = price_on(world.scheme, "attachment", world.attached)
    total = sum((c.amount for c in judgement.components if c.claimable), Decimal(fee.value["pounds"] if fee else 0))
    cap = Decimal(world.scheme.by_kind["most_per_family"].value["pounds"])
    assert total <= cap
    assert most_for_one_family(world.scheme, world.attached) <= cap


@each_scheme
def test_a_run_is_added_up_unrounded_and_rounded_once(world):
    """P1-ROUND P2-ROUND SF-ROUND"""
    thirds = [Decimal("0.40")] * 4
    assert (run_total(world.scheme, thirds), sum(rounded(world.scheme, each) for each in thirds)) == (2, 0)


@pytest.mark.parametrize("world", [P2, SF], ids=["P2", "SF"])
class TestWhatBlocksALaterClaim:
    def test_a_family_that_was_not_eligible(self, world):
        """P2-CHK-1 SF-CHK-1"""
        facts = [fact for fact in world.good() if fact.kind != "problem_identified"]
        later = [world.found(problem, world.attached + 30 * DAY) for problem in world.problems]
        facts += [*later, *world.checked(*[k for k in KINDS if k not in ("records_checked", "progress_reached")])]
        assert world.plain.by_kind["eligible_at_attachment"].id in blocks(world.judged(*facts), "sustained_progress")

    def test_a_family_with_whom_the_service_had_not_begun(self, world):
        """P2-CHK-14 SF-CHK-14"""
        row = world.plain.by_kind["after_attachment"]
        assert answers(world.judged(*world.good(), attached_on=None), row.id) == ["not_met"]

    def test_a_year_without_a_price(self, world):
        """P2-CHK-21 SF-CHK-21"""
        none = replace(world.scheme, prices=tuple(row for row in world.scheme.prices if row.group == "attachment"))
        assert blocks(world.judged(*world.good(), scheme=none), "sustained_progress") == {
            world.plain.by_kind["price_dated"].id
        }

    def test_until_the_day_of_the_rate_is_confirmed_the_lowest_counts(self, world):
        """P2-RATE SF-RATE"""
        row = next(each for each in world.scheme.prices if each.group == "sustained_progress")
        cut = world.closed
        rows = [replace(row, ends_on=cut), replace(row, id="later", value={"pounds": "500"}, starts_on=cut + DAY)]
        others = tuple(each for each in world.plain.prices if each.group != "sustained_progress")
        open_ = replace(world.plain, prices=(*others, *rows))
        found = component(world.judged(*world.good(), scheme=open_), "sustained_progress")
        rate = world.plain.by_kind["rate_year"].id
        assert (found.amount, rate in found.finding.unsettled) == (500, True)
        settled = component(world.judged(*world.good(), scheme=open_.confirming({rate: "x"})), "sustained_progress")
        assert settled.amount == 800

    def test_beginning_with_a_family_is_never_paid_for_one_family(self, world):
        """P2-M-1-COHORT SF-M-COHORT"""
        fee = component(world.judged(*world.good()), "attachment")
        assert (fee.amount, fee.claimable) == (None, False)
        assert {block.rule for block in fee.blocked_by} == {world.plain.by_kind["attachment_by_cohort"].id}


class TestWorkUnderTheExpandedProgramme:
    """P2-R-3-EV P2-R-1-OR P2-A-3-REG P2-ID-1.4-LIST, and SF-ROUTE SF-N-10.1-LIST: one route there, one list"""

    START = P2.attached + 60 * DAY

    def facts(self, *, ends: date | None = None, benefit: str = "JSA") -> list[Fact]:
        left = P2.fact("benefit_spell", date(2015, 9, 7), self.START - DAY, "kim", benefit=benefit)
        works = P2.fact("employment_spell", self.START, ends, "kim")
        return [*P2.good(), left, works, *P2.checked("benefit_spell", ends=P2.on)]

    def test_is_met_by_itself_and_one_route_is_claimed(self):
        judgement = P2.judged(*self.facts(), P2.better("work", date(2017, 10, 2)))
        met = [each.name for each in judgement.components if each.answer.value == "met"]
        assert met == ["attachment", "sustained_progress", "continuous_employment"]
        assert sum(each.claimable for each in judgement.components) == 1
        assert blocks(judgement, "continuous_employment") == {"P2-R-1-OR"}

    def test_that_a_benefit_ended_is_no_evidence_of_it(self):
        less = [fact for fact in self.facts() if fact.kind != "employment_spell"]
        assert answers(P2.judged(*less), "P2-R-3-EV") == ["not_known"]

    def test_lost_before_the_claim_is_no_result(self):
        lost = P2.judged(*self.facts(ends=P2.on - timedelta(days=20)))
        assert component(lost, "continuous_employment").answer.value == "not_met"

    def test_after_a_benefit_that_is_not_on_the_list_is_none(self):
        found = P2.judged(*self.facts(benefit="Carer's Allowance"))
        assert component(found, "continuous_employment").answer.value != "met"

    def test_supporting_families_has_one_route(self):
        assert SF.scheme.by_kind["routes"].value["routes"] == [["sustained_progress"]]
        assert SF.scheme.by_kind["benefits"].id == "SF-N-10.1-LIST"


@each_scheme
def test_school_is_counted_in_whole_terms(world):
    """P1-TERM P2-TERM SF-TERM, and SF-CHK-6 for months: nothing is met before the whole time is over"""
    early = world.attached + 200 * DAY
    facts = [*known(world), *world.school(100)]
    judgement = world.judged(*facts, on=early)
    assert "met" not in [c.answer.value for c in judgement.components if c.name != "attachment"]
