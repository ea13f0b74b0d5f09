"""A made-up family of each later programme, Kim and Sam (9), whose result is met; tests take away or add.

P2: attached on 9 January 2017, claimed on 10 September 2018. SF: 9 January 2023 and 10 September 2024.
"""

from dataclasses import replace
from datetime import date, timedelta

from performance.pbr.rules import Fact, Household, Judgement, Member, Period, Scheme, Term, judge
from performance.pbr.rules.catalogue import KINDS
from performance.pbr.schemes import load

DAY = timedelta(days=1)
SEASONS = (("autumn", 0, (8, 30), (12, 20)), ("spring", 1, (1, 6), (4, 4)), ("summer", 1, (4, 22), (7, 22)))


def day(text: str) -> date:
    return date.fromisoformat(text)


def confirmed(scheme: Scheme) -> Scheme:
    return scheme.confirming({row.id: "Confirmed for this test" for row in scheme.rows.values() if row.grade == "U"})


def terms_of(year: int) -> tuple[Term, ...]:
    return tuple(
        Term(f"{y}-{y % 100 + 1:02d} {season}", date(y + later, *starts), date(y + later, *ends))
        for y in range(year - 3, year + 6)
        for season, later, starts, ends in SEASONS
    )


class World:
    """One scheme with a family that it pays for."""

    def __init__(self, version: str, attached: str, on: str, problems: tuple[str, ...]) -> None:
        self.plain = load(version)
        self.scheme = confirmed(self.plain)
        self.attached, self.on, self.problems = day(attached), day(on), problems
        year = self.attached.year
        self.terms = terms_of(year)
        here = (Period(date(2009, 1, 1)),)
        self.kim = Member("kim", date(1985, 1, 1), here, parenting=True, name="Kim")
        self.sam = Member("sam", date(year - 9, 3, 3), here, name="Sam")
        self.household = Household("FAMILY-1", (self.kim, self.sam), self.attached)

    def fact(self, kind: str, starts: date, ends: date | None = None, person: str | None = None, **more) -> Fact:
        recorded = more.pop("recorded", None) or max(starts, ends or self.on)
        sure = more.pop("confirmed", True)
        name = "-".join(str(part) for part in (kind, person, starts, *more.values()))
        return Fact(name, kind, person, Period(starts, ends), more, "Test feed", recorded, sure)

    def event(self, kind: str, on: date, person: str | None = None, **more) -> Fact:
        return self.fact(kind, on, on, person, **{"recorded": on, **more})

    def found(self, problem: str, on: date | None = None, **more) -> Fact:
        return self.event("problem_identified", on or self.attached - 60 * DAY, problem=problem, **more)

    def better(self, problem: str, starts: date, ends: date | None = None, **more) -> Fact:
        return self.fact("progress_reached", starts, ends, problem=problem, **more)

    def checked(self, *kinds: str, ends: date | None = None) -> list[Fact]:
        wanted = kinds or [kind for kind in KINDS if kind not in ("records_checked", "attendance_term")]
        span = Period(date(2009, 1, 1), ends or self.on)
        value = {kind: {"for": kind} for kind in wanted}
        return [
            Fact(f"checked-{k}", "records_checked", None, span, value[k], "Test feed", span.ends_on) for k in wanted
        ]

    def school(self, attended: int = 96, *, possible: int = 100, unauthorised: int = 0, **by_term: int) -> list[Fact]:
        """Sam's attendance in every term; `by_term` says another number of sessions attended, by term's name."""
        return [
            Fact(
                f"attendance-{term.name}", "attendance_term", "sam", Period(term.starts_on, term.ends_on),
                {"term": term.name, "possible": possible, "attended": by_term.get(term.name, attended),
                 "unauthorised": unauthorised},
                "Test feed", term.ends_on,
            )
            for term in self.terms
        ]  # fmt: skip

    @property
    def closed(self) -> date:
        return date(self.attached.year + 1, 2, 1)

    def approach(self) -> list[Fact]:
        began = self.attached
        return [
            self.event("assessment", began + 11 * DAY, whole_family=True),
            self.event("plan", began + 23 * DAY, problems=self.problems),
            self.fact("lead_practitioner", began, recorded=began),
            self.event("contact", began + 51 * DAY, "kim"),
            self.fact("case_closed", self.closed, recorded=self.closed),
        ]

    def progress(self) -> list[Fact]:
        return [self.better(problem, date(self.attached.year, 10, 2)) for problem in self.problems]

    def good(self) -> list[Fact]:
        """Everything that makes the result met and free to claim."""
        return [*map(self.found, self.problems), *self.progress(), *self.approach(), *self.school()]

    def judged(self, *facts: Fact, scheme: Scheme | None = None, on: date | None = None, **more) -> Judgement:
        household = replace(self.household, **more) if more else self.household
        return judge(scheme or self.scheme, household, facts, on or self.on, self.terms)


P2 = World("P2", "2017-01-09", "2018-09-10", ("health", "abuse"))
SF = World("SF", "2023-01-09", "2024-09-10", ("health.1", "relationships.1", "housing.2"))
WORLDS = (P2, SF)
