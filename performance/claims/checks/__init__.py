"""The 27 checks of a claim (spec of payment by results, section 5), each a small rule over what a line froze."""

from collections.abc import Iterator, Mapping, Sequence

from performance.claims.checks import family, result, run, work
from performance.claims.checks.shapes import Answer, Check, Checked, Level, Line, State, Where

BLOCK, WARN = Level.BLOCK, Level.WARN
CRIME, WORK = ("crime_asb_education",), ("continuous_employment",)
LATER = ("P2", "SF")
WITH_SCHOOL = ("crime_asb_education", "sustained_progress")

CHECKS: Sequence[Check] = (
    Check(1, BLOCK, "Was the family eligible when the service began?", "P1-Q, P2-ID-2, SF-3, SF-8", Where.EVIDENCE,
          family.eligible),
    Check(2, BLOCK, "Was there a dependent child, or one expected?", "P2-ID-3, SF-2", Where.HOUSEHOLD,
          family.dependent_child, schemes=LATER),
    Check(3, BLOCK, "Does a parent who lives elsewhere account for one problem at most?", "P2-ID-4", Where.HOUSEHOLD,
          family.elsewhere, schemes=("P2",)),
    Check(4, BLOCK, "Is nobody of the family in another claim?", "P1-M-2", Where.RUN, family.claimed_once,
          needs_frozen=True),
    Check(5, BLOCK, "Is the family claimed by one route only?", "P1-M-2", Where.RUN, family.one_route),
    Check(6, BLOCK, "Is the whole window over?", "P1-R, SF-6", Where.EVIDENCE, result.window_over),
    Check(7, BLOCK, "Is every child's attendance known for every term?", "P1-R-EDU", Where.FILES,
          result.schooling_known, results=WITH_SCHOOL),
    Check(8, BLOCK, "Did no other child and no new problem pass the threshold?", "P1-R-SIB, P2-R-1", Where.EVIDENCE,
          result.nobody_else, results=WITH_SCHOOL),
    Check(9, WARN, "Is education more than the only, neutral change?", "P1-R-NEU", Where.EVIDENCE, result.neutral,
          schemes=("P1",), results=CRIME),
    Check(10, BLOCK, "Is each reduction one from something?", "P1-R-ASB, P1-R-OFF", Where.EVIDENCE,
          result.from_something, schemes=("P1",), results=CRIME),
    Check(11, BLOCK, "Did lead worker, assessment and plan come before the result?", "P2-P-2, SF-4", Where.ASSESSMENT,
          work.worked_with, schemes=LATER),
    Check(12, WARN, "Do assessment and plan leave out nobody and no need?", "P2-P-2, SF-5", Where.PLAN,
          work.nobody_left_out, schemes=LATER),
    Check(13, WARN, "Was there contact between attachment and result?", "S28, S67", Where.CONTACTS,
          work.contact_between),
    Check(14, BLOCK, "Is the outcome from after the service began?", "Derived", Where.EVIDENCE,
          result.after_attachment),
    Check(15, BLOCK, "Is there evidence of work, not only of a benefit that ended?", "P1-R-CE-c", Where.EVIDENCE,
          result.in_work, results=WORK),
    Check(16, BLOCK, "Is it sure whose each piece of evidence is?", "4.1", Where.FILES, family.sure_matches),
    Check(17, WARN, "Was the evidence refreshed lately?", "Bradford notes, S40", Where.FILES, result.fresh),
    Check(18, BLOCK, "Was nothing lost again before the claim?", "To be confirmed", Where.EVIDENCE,
          result.no_regression),
    Check(19, WARN, "Was nothing opened again or stepped up meanwhile?", "SF-6", Where.CASE, work.stayed_closed,
          schemes=LATER),
    Check(20, BLOCK, "Has internal audit passed the run?", "P1-C-2", Where.RUN, run.audited, of_run=True),
    Check(21, BLOCK, "Is it within the most for one family, at a dated price?", "1.3, P2-M-1", Where.RULES,
          result.within_the_price),
    Check(22, BLOCK, "Does the day of the claim lie in an open window?", "P1-C-4", Where.RULES, run.in_window,
          of_run=True),
    Check(23, WARN, "Are at least 75% of the pledged families worked with?", "P1-M-6", Where.RUN, run.enough_families,
          schemes=("P1",), of_run=True),
    Check(24, WARN, "Are there no more claims than is usual?", "SF-10", Where.RUN, run.no_jump, of_run=True),
    Check(25, BLOCK, "Does each decision have its approver, grade and reason?", "P2-P-3", Where.PLAN,
          result.decided_by_somebody, schemes=LATER),
    Check(26, BLOCK, "Is the line as it was frozen?", "S36, S13", Where.RUN, result.still_frozen, needs_frozen=True),
    Check(27, BLOCK, "Could each piece of evidence be used by law?", "4.2", Where.REGISTER, family.gateways),
)  # fmt: skip
OF_A_LINE = tuple(check for check in CHECKS if not check.of_run)
BEFOREHAND = tuple(check for check in OF_A_LINE if check.level is BLOCK and not check.needs_frozen)
FROZEN = tuple(check for check in OF_A_LINE if not check.needs_frozen)
OF_A_RUN = tuple(check for check in CHECKS if check.of_run)
ELSEWHERE = "This scheme or result does not ask it."


def check_line(line: Line, kept: Mapping[int, Answer] | None = None) -> list[Checked]:
    """Return what each check of a line answers, in the order of their numbers.

    ``kept`` is what they answered when the line was frozen: those are not asked again, whatever is asked today.
    """
    if kept is None:
        line.is_stopped = line.claimed is False and bool(kept_out(line))
        return list(answers(line, OF_A_LINE))
    stands = {check.number: Checked(check, *kept[check.number]) for check in FROZEN if check.number in kept}
    line.is_stopped = line.claimed is False and any(each.keeps_out for each in stands.values())
    return [
        stands.get(check.number) or next(answers(line, [check]))
        if check.needs_frozen or check.number in stands
        else Checked(check, State.NOT_ASKED, ELSEWHERE)
        for check in OF_A_LINE
    ]


def beforehand(line: Line) -> list[Checked]:
    """Return what the checks of a line answer that can be asked before the run is frozen, and are frozen with it."""
    return [each for each in answers(line, FROZEN) if each.state is not State.NOT_ASKED]


def kept_out(line: Line) -> list[Checked]:
    """Return the checks that keep a line out of a claim, of those that can be asked before it is made."""
    return [each for each in answers(line, BEFOREHAND) if each.keeps_out]


def answers(line: Line, some: Sequence[Check]) -> Iterator[Checked]:
    for check in some:
        if check.applies(line.scheme.version, line.component):
            yield Checked(check, *check.rule(line))
        else:
            yield Checked(check, State.NOT_ASKED, ELSEWHERE)


def check_run(of: run.Run) -> list[Checked]:
    """Return what each check of a run as a whole answers."""
    asked = [check for check in OF_A_RUN if check.applies(of.scheme.version, "")]
    left = [Checked(check, State.NOT_ASKED, ELSEWHERE) for check in OF_A_RUN if check not in asked]
    return sorted((*(Checked(check, *check.rule(of)) for check in asked), *left), key=number_of)


def number_of(checked: Checked) -> int:
    return checked.check.number
