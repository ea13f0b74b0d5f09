"""The kinds of fact the engine reads, and what the value of each holds."""

from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    EVENT = "event"  # on one day
    SPELL = "spell"  # from a day, and to a day once it has been seen to end
    STRETCH = "stretch"  # from a day to a day
    TERM = "term"  # a term of the calendar


class About(StrEnum):
    PERSON = "person"
    FAMILY = "family"
    EITHER = "either"


class Holds(StrEnum):
    """What a field of a value may be."""

    WORD = "word"
    WORDS = "words"
    COUNT = "count"
    YES_NO = "yes_no"
    TERM = "term"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Field:
    holds: Holds
    meaning: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class KindOfFact:
    shape: Shape
    about: About
    meaning: str
    value: dict[str, Field] = field(default_factory=dict)


def event(about: About, meaning: str, **value: Field) -> KindOfFact:
    return KindOfFact(Shape.EVENT, about, meaning, value)


def spell(about: About, meaning: str, **value: Field) -> KindOfFact:
    return KindOfFact(Shape.SPELL, about, meaning, value)


KINDS: dict[str, KindOfFact] = {
    "offence_proven": event(About.EITHER, "A proven offence", offence=Field(Holds.WORD, "What it was", needed=False)),
    "asb_intervention": event(
        About.EITHER,
        "An intervention for anti-social behaviour",
        instrument=Field(Holds.WORD, "Which: only those listed in row P1-ID-1c count", needed=False),
    ),
    "exclusion_fixed": event(
        About.PERSON,
        "A fixed exclusion from school, on its first day",
        days=Field(Holds.COUNT, "For how long", needed=False),
    ),
    "exclusion_permanent": event(About.PERSON, "A permanent exclusion from school"),
    "attendance_term": KindOfFact(
        Shape.TERM,
        About.PERSON,
        "A child's sessions at one school in one term",
        {
            "term": Field(Holds.TERM, "Name of a term of the calendar"),
            "possible": Field(Holds.COUNT, "Sessions possible"),
            "attended": Field(Holds.COUNT, "Sessions attended"),
            "unauthorised": Field(Holds.COUNT, "Sessions missed without authority"),
            "fixed_exclusions": Field(
                Holds.COUNT, "Fixed exclusions in the term, where the school states them", needed=False
            ),
        },
    ),
    "alternative_provision": spell(
        About.PERSON,
        "A time in a pupil referral unit or other alternative provision",
        reason=Field(Holds.WORD, "'exclusion' counts for row P1-ID-2a-AP", needed=False),
    ),
    "not_on_roll": spell(About.PERSON, "A time on no school's roll"),
    "benefit_spell": spell(
        About.PERSON, "A time on a benefit", benefit=Field(Holds.WORD, "Which: row P1-ID-3b lists those that count")
    ),
    "employment_spell": spell(
        About.PERSON,
        "A time in work, verified by the county",
        evidence=Field(Holds.WORD, "How it was verified", needed=False),
    ),
    "esf_attached": spell(About.PERSON, "A start with the ESF provider"),
    "work_programme": event(
        About.PERSON, "A start on the Work Programme", volunteered=Field(Holds.YES_NO, "Whether as a volunteer")
    ),
    "domestic_abuse_incident": event(About.EITHER, "A call-out for domestic abuse"),
    "child_in_need": spell(About.PERSON, "A time as a child in need"),
    "child_protection_plan": spell(About.PERSON, "A time on a child protection plan"),
    "homelessness": spell(About.EITHER, "A time homeless or in unstable housing"),
    "local_concern": event(
        About.EITHER, "A local concern", concern=Field(Holds.WORD, "Which: row P1-ID-4a lists those that count")
    ),
    "early_help": spell(About.EITHER, "A time with an open early help assessment"),
    "in_education": spell(About.PERSON, "A time in full-time education or training after school age"),
    "not_in_education": spell(About.PERSON, "A young person's time in no education, employment or training"),
    "pregnancy": spell(About.PERSON, "A pregnancy"),
    "problem_identified": event(
        About.EITHER,
        "A problem that somebody who works with the family found",
        problem=Field(Holds.WORD, "Which: the code of a criterion of the scheme"),
        need=Field(Holds.WORD, "The need of the family's record that it was read from", needed=False),
    ),
    "progress_reached": spell(
        About.EITHER,
        "The time for which the goal for a problem has been reached, as the county's outcomes plan has it",
        problem=Field(Holds.WORD, "Which: the code of a criterion of the scheme"),
        goal=Field(Holds.WORD, "The goal, as the outcomes plan has it", needed=False),
    ),
    "equivalent_progress": event(
        About.EITHER,
        "A decision that progress on a problem is worth the goal that was not reached",
        problem=Field(Holds.WORD, "Which: the code of a criterion of the scheme"),
        approver=Field(Holds.WORD, "Who approved it"),
        reason=Field(Holds.WORD, "Why"),
        grade=Field(Holds.WORD, "The approver's grade", needed=False),
    ),
    "assessment": event(About.FAMILY, "An assessment", whole_family=Field(Holds.YES_NO, "Whether of the whole family")),
    "plan": event(
        About.FAMILY,
        "A plan agreed with the family",
        problems=Field(Holds.WORDS, "The codes of the problems it acts on", needed=False),
    ),
    "lead_practitioner": spell(About.FAMILY, "A time with a lead practitioner"),
    "contact": event(About.EITHER, "Support given, or a contact"),
    "case_closed": spell(About.FAMILY, "The time since work with the family was closed, to its being opened again"),
    "records_checked": KindOfFact(
        Shape.STRETCH,
        About.EITHER,
        "An agency's records were checked for these days: whatever is not recorded did not happen",
        {"for": Field(Holds.KIND, "The kind of fact that was looked for")},
    ),
}
