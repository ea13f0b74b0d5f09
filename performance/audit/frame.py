"""The frame of a run: every line it claims, families closed to named people since included, asked of PostgreSQL."""

import json
from collections.abc import Iterable

from performance.audit.rules.drawing import Line, Place
from performance.claims.models import ClaimRun
from performance.claims.whole_run import ask

STANDS_FOR_PROGRESS = "A decision stands for progress"
SELF_CERTIFIED = "Employment that the county certifies itself"
WARNED = "A warning that somebody has to sign off"


def frame_of(run: ClaimRun) -> list[dict]:
    """Return every line of a run with its stratum and why it is always tested, by its identifier."""
    rows = ask(
        "select line::text, reference, locality, component_name, stands_for_progress, self_certified, warned "
        "from slf.run_frame(%s)",
        run.pk,
    )
    found = [
        {"line": line, "reference": reference, "locality": locality, "route": route, "always": reasons(*always)}
        for line, reference, locality, route, *always in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: each["line"])


def reasons(*holds: bool) -> list[str]:
    """Return why a line is always tested, of what PostgreSQL says holds of it."""
    said = zip((STANDS_FOR_PROGRESS, SELF_CERTIFIED, WARNED), holds, strict=True)
    return [reason for reason, so in said if so]


def lines_of(frame: Iterable[dict]) -> list[Line]:
    return [Line(each["line"], each["locality"], each["route"], tuple(each["always"])) for each in frame]


def written(frame: list[dict]) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def put_in_sample(run: ClaimRun, places: Iterable[Place], *, number: int) -> None:
    """Put these lines in the sample, in the name of the auditor who drew it."""
    lines, order, whys = [], [], []
    for place in places:
        lines.append(place.line.uid)
        order.append(place.place)
        whys.append(place.why)
    ask("select slf.put_in_sample(%s, %s, %s::uuid[], %s::integer[], %s::text[])", run.pk, number, lines, order, whys)


def audit_of(run: ClaimRun) -> tuple[str, int, int, int]:
    """Return the opinion on a run (none yet: nothing), and how many lines are sampled, tested and not supported."""
    told = ask("select opinion, sampled, tested, failed from slf.audit_of_run(%s)", run.pk)
    opinion, sampled, tested, failed = told[0]
    return opinion, sampled, tested, failed


def open_own_samples() -> None:
    """Open to whoever acts, until the transaction ends, the lines of the samples they drew."""
    ask("select slf.open_own_samples()")
