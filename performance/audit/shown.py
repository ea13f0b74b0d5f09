"""What the pages of an audit show: how a sample was drawn, how far its testing is, which line is next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from performance.audit.frame import frame_of, lines_of
from performance.audit.models import AuditOpinion, AuditTest, SampleDraw
from performance.audit.rules.drawing import size, strata
from performance.audit.settings import LEAST, SHARE
from performance.claims.models import ClaimRun
from slf.accounts.models import User
from slf.policy.models import value_of

ORDER_OF_FRAME = ("Line", "Family", "Locality", "Route", "Always tested because", "Number (SHA-256)", "Place")


def before_drawing(run: ClaimRun) -> dict[str, Any]:
    """Return what would be drawn of, and how much; not which lines: the seed decides that, and it is not fixed yet."""
    lines = lines_of(frame_of(run))
    share, least = value_of(SHARE, on=run.claim_on), value_of(LEAST, on=run.claim_on)
    return {
        "frame_size": len(lines), "always": sum(1 for line in lines if line.always), "share": share, "least": least,
        "size": size(lines, share=share, least=least), "strata": strata(lines, []),
    }  # fmt: skip


def drawings_of(run: ClaimRun, *, user: User) -> Sequence[SampleDraw]:
    return list(SampleDraw.objects.visible_to(user).filter(run=run).for_list())


def next_to(test: AuditTest, tests: Iterable[AuditTest]) -> dict[str, AuditTest | None]:
    """Return the lines before and after one, and the next that is not tested: after it, else from the first on."""
    ordered = list(tests)
    here = next(k for k, each in enumerate(ordered) if each.pk == test.pk)
    later = [each for each in (*ordered[here + 1 :], *ordered[:here]) if not each.result]
    return {
        "previous": ordered[here - 1] if here else None,
        "following": ordered[here + 1] if here + 1 < len(ordered) else None,
        "next_untested": later[0] if later else None,
    }


def tally(tests: Iterable[AuditTest]) -> dict[str, int]:
    found = [test.result for test in tests]
    return {
        "sampled": len(found), "tested": sum(1 for each in found if each),
        "failed": found.count(AuditTest.Result.FAILED),
    }  # fmt: skip


class StratumFound(NamedTuple):
    """What was found in one stratum: how many lines it has, how many were tested and not supported."""

    locality: str
    route: str
    lines: int
    tested: int
    failed: int


def found_by_stratum(drawing: SampleDraw | None, tests: Iterable[AuditTest]) -> list[StratumFound]:
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for test in tests:
        if test.result:
            found[test.locality, test.claim.component_name].append(test.result == AuditTest.Result.FAILED)
    rows = drawing.strata if drawing else []
    return [StratumFound(row.locality, row.route, row.lines, len(found[row[:2]]), sum(found[row[:2]])) for row in rows]


def opinion_of(run: ClaimRun, *, user: User) -> AuditOpinion | None:
    given: AuditOpinion | None = AuditOpinion.objects.visible_to(user).filter(run=run).for_list().first()
    return given
