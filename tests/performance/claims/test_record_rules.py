"""From what a record says to facts: when progress begins, how far it was seen, and which problem each need is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from performance.claims.offered import attachment_days
from performance.claims.record.facts import Entry, Reading, facts_of
from performance.claims.record.progress import Seen, Spell, in_each, spells_of
from performance.pbr.rules import Member, Period
from performance.pbr.schemes import load
from tests.performance.pbr.later import P2, SF

DAY = timedelta(days=1)
FIRST = date(2017, 3, 1)


def day(number: int) -> date:
    return FIRST + number * DAY


def seen(number: int, what: str, said: str) -> Seen:
    return Seen(day(number), what, said, day(number))


class TestATimeOfProgress:
    def test_begins_when_a_goal_is_reached_and_was_seen_at_the_last_look(self):
        found = [seen(0, "review", "reached"), seen(90, "review", "reached")]
        assert spells_of(found) == [Spell(day(0), None, day(90))]

    def test_ends_with_the_last_day_it_was_seen(self):
        found = [seen(0, "review", "reached"), seen(90, "review", "not"), seen(120, "review", "reached")]
        assert spells_of(found) == [Spell(day(0), day(0), day(90)), Spell(day(120), None, day(120))]

    def test_is_not_begun_by_being_asked_afterwards_nor_ended_by_what_nobody_knows(self):
        assert spells_of([seen(0, "check", "holds")]) == []
        found = [seen(0, "outcome", "met"), seen(90, "check", "unknown"), seen(180, "check", "holds")]
        assert spells_of(found) == [Spell(day(0), None, day(180))]

    def test_is_undone_when_the_need_is_found_again(self):
        assert spells_of([seen(0, "outcome", "met"), seen(30, "found", "")])[0].ends_on == day(0)

    @given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(
        [("review", "reached"), ("review", "not"), ("outcome", "met"), ("outcome", "partly"), ("check", "holds"),
         ("check", "worse"), ("check", "unknown"), ("found", "")]))))  # fmt: skip
    def test_never_reaches_further_than_somebody_saw(self, told):
        found = [seen(number, *said) for number, said in told]
        good = {one.day for one in found if (one.what, one.said) in {("review", "reached"), ("outcome", "met")}}
        last = max((one.until for one in found), default=FIRST)
        for spell in spells_of(found):
            assert spell.starts_on in good
            assert spell.starts_on <= (spell.ends_on or spell.seen_on) <= last
            assert spell.seen_on <= last

    def test_of_two_needs_is_the_time_for_which_both_were_better(self):
        one, other = [Spell(day(0), None, day(200))], [Spell(day(30), None, day(100))]
        assert in_each([one, other]) == [Spell(day(30), None, day(100))]
        assert in_each([one, []]) == []


KIM = Member("kim", date(1985, 1, 1), (Period(date(2010, 1, 1)),))
SAM = Member("sam", date(2010, 3, 3), (Period(date(2010, 3, 3)),))


def read(world, *entries: Entry):
    found = facts_of(entries, [KIM, SAM], Reading(world.scheme, world.on), world.attached)
    return {(fact.kind, fact.person, *(str(value) for value in fact.value.values())) for fact in found}


def need(kind: str, about: str | None = None, **more) -> Entry:
    told = {"entry": kind, "starts": P2.attached, "ends": None, "seen": P2.attached} | more
    return Entry("need", about=about, said=kind, **told)


class TestANeed:
    def test_is_the_problem_that_the_rules_say(self):
        assert read(P2, need("poverty"), need("aspiration")) == {("problem_identified", None, "work", "poverty")}

    def test_of_an_adult_is_told_from_one_of_a_child_where_the_scheme_does(self):
        found = read(SF, need("health", "kim"), need("health", "sam"), need("health"))
        assert {code for _, _, code, _ in found} == {"health.1", "health.2", "health.3"}

    def test_of_somebody_outside_the_household_is_no_fact_of_it(self):
        assert read(P2, need("health", "stranger")) == set()

    def test_that_is_one_problem_with_another_is_better_when_both_are(self):
        both = need("parenting"), need("relationships")
        met = Entry("outcome", "parenting", None, "met", FIRST, None, FIRST)
        assert not [found for found in read(P2, *both, met) if found[0] == "progress_reached"]
        assert [f for f in read(P2, *both, met, met._replace(entry="relationships")) if f[0] == "progress_reached"]


class TestTheDaysOfAttachment:
    SCHEMES = tuple(load(version) for version in ("P1", "P2", "SF"))

    def test_that_two_schemes_share_belong_to_the_later_one(self):
        first, second, _ = self.SCHEMES
        assert attachment_days(second, self.SCHEMES, date(2015, 5, 1)) == Period(date(2015, 4, 1), date(2022, 10, 2))
        assert attachment_days(first, self.SCHEMES, date(2015, 5, 1)) == Period(date(2012, 4, 1), date(2015, 3, 31))

    def test_are_none_on_a_day_of_no_scheme(self):
        assert [attachment_days(each, self.SCHEMES, date(2026, 1, 1)) for each in self.SCHEMES] == [None] * 3
