"""The catalogue of facts: the one shape of evidence that outcomes and claims are judged from."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FactKind:
    """What a fact of this kind says, whether it is about one person, and the keys its value must hold."""

    code: str
    label: str
    about_person: bool
    keys: tuple[str, ...] = ()


KINDS: Mapping[str, FactKind] = {
    kind.code: kind
    for kind in (
        FactKind("offence_proven", "Proven offence", about_person=True),
        FactKind("asb_intervention", "Antisocial behaviour intervention", about_person=True, keys=("instrument",)),
        FactKind("exclusion_fixed", "Fixed-term exclusion", about_person=True),
        FactKind("exclusion_permanent", "Permanent exclusion", about_person=True),
        FactKind(
            "attendance_term",
            "School attendance for a term",
            about_person=True,
            keys=("term", "possible", "attended", "unauthorised"),
        ),
        FactKind("benefit_spell", "Out-of-work benefit", about_person=True, keys=("benefit",)),
        FactKind("employment_spell", "Employment", about_person=True),
        FactKind("esf_attached", "Attached to ESF provision", about_person=True),
        FactKind("work_programme", "Volunteered for the Work Programme", about_person=True),
        FactKind("domestic_abuse_incident", "Domestic abuse incident", about_person=False),
        FactKind("child_in_need", "Child in need", about_person=True),
        FactKind("child_protection_plan", "Child protection plan", about_person=True),
        FactKind("homelessness", "Homelessness", about_person=False),
        FactKind("alternative_provision", "Alternative provision", about_person=True),
        FactKind("not_on_roll", "On no school's roll", about_person=True),
        FactKind("local_concern", "Local concern", about_person=False, keys=("concern",)),
    )
}


def missing_keys(kind: str, value: Mapping[str, object]) -> list[str]:
    """Return the keys that a fact of this kind needs and ``value`` does not hold."""
    return [key for key in KINDS[kind].keys if key not in value]
