"""Lines of the made-up families of the engine's tests, for the checks to look at."""

from dataclasses import replace

from performance.claims.checks import Line
from performance.claims.plain import case_as_dict
from performance.pbr.rules import Household, Judgement
from performance.pbr.rules.catalogue import KINDS
from tests.performance.pbr import story
from tests.performance.pbr.story import GOOD

CRIME, WORK, PROGRESS = "crime_asb_education", "continuous_employment", "sustained_progress"
USE = {"on": "2014-10-15", "free": {"somebody": list(KINDS)}, "by_consent": {}}


def as_line(found: Judgement, household: Household, facts, component: str, use=USE) -> Line:
    case = case_as_dict(household, tuple(facts))
    return Line(found.scheme, component, found.content, case, {"use": use} if use else {})


def line(*facts, component: str = CRIME, household: Household | None = None, use=USE, **more) -> Line:
    """Return the line of the family of phase 1."""
    household, facts = household or story.family(), facts or GOOD
    return as_line(story.judged(*facts, household=household, **more), household, facts, component, use)


def later(world, *facts, component: str = PROGRESS, **more) -> Line:
    """Return the line of the family of a later programme."""
    facts = facts or world.good()
    return as_line(world.judged(*facts, **more), replace(world.household, **more), facts, component)


def without(world, *kinds: str) -> list:
    return [fact for fact in world.good() if fact.kind not in kinds]
