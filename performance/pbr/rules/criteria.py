"""Whom a scheme is for: one function for each kind of criterion, asked of the household on the day it is judged."""

from collections.abc import Callable

from performance.pbr.rules.answers import MET, NOT_MET, Finding, of_several
from performance.pbr.rules.benefits import out_of_work_benefit
from performance.pbr.rules.concerns import local_concern
from performance.pbr.rules.crime import asb_intervention, offence_by_a_minor
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.problems import of_the_record, somebody_found_it, something_goes_on, something_happened
from performance.pbr.rules.school import (
    fixed_exclusions,
    low_attendance,
    permanent_exclusion,
    spell_of_child,
    unauthorised_absence,
)
from performance.pbr.rules.shapes import Member, Row

Criterion = Callable[[Row, Case], Finding]
OfChild = Callable[[Row, Case, Member], Finding]

OF_CHILD: dict[str, OfChild] = {
    "fixed_exclusions": fixed_exclusions,
    "unauthorised_absence": unauthorised_absence,
    "low_attendance": low_attendance,
    "permanent_exclusion": permanent_exclusion,
    "alternative_provision": spell_of_child,
    "not_on_roll": spell_of_child,
}
OF_FAMILY: dict[str, Criterion] = {
    "offence_by_a_minor": offence_by_a_minor,
    "asb_intervention": asb_intervention,
    "out_of_work_benefit": out_of_work_benefit,
    "local_concern": local_concern,
    "happened": something_happened,
    "goes_on": something_goes_on,
    "found": somebody_found_it,
}


def judge_criterion(row: Row, case: Case) -> Finding:
    """What a criterion finds; one whose row is not confirmed says so wherever it is met."""
    of_child = OF_CHILD.get(row.kind)
    found = of_any_child(of_child, row, case) if of_child else OF_FAMILY[row.kind](row, case)
    if found.answer is not MET:
        return found
    decided = (*row.unsettled, *(of_the_record(case, found.facts) if row.kind == "found" else ()))
    more = [each for each in decided if each not in found.unsettled]
    return found._replace(unsettled=(*found.unsettled, *more)) if more else found


def of_any_child(of_child: OfChild, row: Row, case: Case) -> Finding:
    findings = [found_for(child, of_child, row, case) for child in case.children]
    return of_several(findings, Finding(NOT_MET, "Nobody of school age lived in the household."))


def found_for(child: Member, of_child: OfChild, row: Row, case: Case) -> Finding:
    """Asked for the family and again for each result; worked out once."""
    key = row.id, child.id
    if key not in case.of_children:
        case.of_children[key] = of_child(row, case, child)
    return case.of_children[key]
