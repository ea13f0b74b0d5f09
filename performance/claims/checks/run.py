"""Checks of a run as a whole: audit, window, the year's cohort, and a jump in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from performance.claims.checks.shapes import Answer, blocks, not_known, passed, warns
from performance.pbr.rules import Scheme, claim_window_on, is_behind
from performance.pbr.rules.calendar import spoken


@dataclass(frozen=True)
class Run:
    """What is known of a run: its rules and day, who did what, how many it claims and how many earlier runs did."""

    scheme: Scheme
    claim_on: date
    preparer: int
    auditor: int | None
    passed: bool
    claims: int | None
    """How many it claims; None before it is frozen."""
    earlier: Sequence[int] = ()
    attached: int = 0
    pledged: int | None = None
    jump: int = 50
    """How many per cent more claims than usual are a jump."""


def audited(run: Run) -> Answer:
    """20: internal audit passed it on a sample that the preparer did not draw."""
    if run.auditor == run.preparer:
        return blocks("Whoever prepared the run drew its sample.")
    if not run.passed:
        return blocks("Internal audit has not passed this run.")
    return passed("Somebody other than the preparer drew the sample by a seed that is kept, and passed the run.")


def in_window(run: Run) -> Answer:
    """22: the day of the claim lies in an open window and before the last payment."""
    last = run.scheme.by_kind.get("last_payment")
    if last and last.ends_on and run.claim_on > last.ends_on:
        return blocks(f"The last payment of this scheme was made by {spoken(last.ends_on)}.")
    window = claim_window_on(run.scheme, run.claim_on)
    if window is None:
        return blocks(f"No claim window was open on {spoken(run.claim_on)}.")
    if not window.settled:
        return not_known(f"The days of the claim window {window.id} have no source: to be confirmed.")
    return passed(f"{spoken(run.claim_on)} lies in the claim window {window.id}.")


def enough_families(run: Run) -> Answer:
    """23: at least 75% of the families pledged for the year are worked with."""
    if run.pledged is None:
        return not_known("How many families were pledged for the year is not confirmed: it is one of the settings.")
    if is_behind(run.scheme, attached=run.attached, pledged=run.pledged):
        return warns(
            f"{run.attached} of {run.pledged} pledged families are worked with: fewer than the scheme asks. "
            "Until that is made up, half of the attachment money of the year is kept back."
        )
    return passed(f"{run.attached} of {run.pledged} pledged families are worked with.")


def no_jump(run: Run) -> Answer:
    """24: no unusual jump against earlier runs of the scheme."""
    if run.claims is None:
        return not_known("The claims are counted when the run is frozen.")
    if not run.earlier:
        return not_known("There is no earlier run of this scheme to compare with.")
    usual = sum(run.earlier) / len(run.earlier)
    said = f"{run.claims} claims, where earlier runs of this scheme had {usual:.0f} on average."
    return warns(said) if run.claims * 100 > usual * (100 + run.jump) else passed(said)
