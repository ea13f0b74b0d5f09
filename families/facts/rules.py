"""The catalogue of facts: the one shape of evidence that outcomes and claims are judged from."""

from collections.abc import Mapping
from dataclasses import dataclass

CATEGORIES: Mapping[str, str] = {
    "education": "School attendance and exclusion",
    "asb": "Antisocial behaviour",
    "offending": "Offences",
    "work": "Benefits and work",
    "domestic_abuse": "Domestic abuse",
    "social_care": "Children's social care",
    "housing": "Housing and homelessness",
    "concern": "What the service itself found",
    "health": "Health",
}
"""Categories of data: what a lawful basis and a sharing agreement are about."""

OWN = ""
"""What stands for the service itself where an agency is named."""

AGENCIES: Mapping[str, str] = {
    "schools": "Schools and academies",
    "csp": "Community safety partnership",
    "police": "Police and youth offending service",
    "dwp": "Department for Work and Pensions",
    "social_care": "Children's social care",
    "housing": "Housing services",
    "health": "Health services",
    "esf": "ESF provider",
}


@dataclass(frozen=True)
class FactKind:
    """What a fact of this kind says, whether it is about one person, and the keys its value must hold.

    ``safety``: knowing it keeps somebody safe, so nothing a family takes back hides it from who works with them.
    """

    code: str
    label: str
    about_person: bool
    category: str
    keys: tuple[str, ...] = ()
    safety: bool = False


KINDS: Mapping[str, FactKind] = {
    kind.code: kind
    for kind in (
        FactKind("offence_proven", "Proven offence", about_person=True, category="offending"),
        FactKind(
            "asb_intervention",
            "Antisocial behaviour intervention",
            about_person=True,
            category="asb",
            keys=("instrument",),
        ),
        FactKind("exclusion_fixed", "Fixed-term exclusion", about_person=True, category="education"),
        FactKind("exclusion_permanent", "Permanent exclusion", about_person=True, category="education"),
        FactKind(
            "attendance_term",
            "School attendance for a term",
            about_person=True,
            category="education",
            keys=("term", "possible", "attended", "unauthorised"),
        ),
        FactKind("benefit_spell", "Out-of-work benefit", about_person=True, category="work", keys=("benefit",)),
        FactKind("employment_spell", "Employment", about_person=True, category="work"),
        FactKind("esf_attached", "Attached to ESF provision", about_person=True, category="work"),
        FactKind("work_programme", "Volunteered for the Work Programme", about_person=True, category="work"),
        FactKind(
            "domestic_abuse_incident",
            "Domestic abuse incident",
            about_person=False,
            category="domestic_abuse",
            safety=True,
        ),
        FactKind("child_in_need", "Child in need", about_person=True, category="social_care", safety=True),
        FactKind(
            "child_protection_plan", "Child protection plan", about_person=True, category="social_care", safety=True
        ),
        FactKind("homelessness", "Homelessness", about_person=False, category="housing"),
        FactKind("alternative_provision", "Alternative provision", about_person=True, category="education"),
        FactKind("not_on_roll", "On no school's roll", about_person=True, category="education"),
        FactKind("local_concern", "Local concern", about_person=False, category="concern", keys=("concern",)),
    )
}


SAFETY = frozenset(kind.code for kind in KINDS.values() if kind.safety)


def missing_keys(kind: str, value: Mapping[str, object]) -> list[str]:
    """Return the keys that a fact of this kind needs and ``value`` does not hold."""
    return [key for key in KINDS[kind].keys if key not in value]
