"""The verbs of an audit: draw the sample and extend it, say what was found in a line, give the opinion."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from performance.audit.frame import frame_of, lines_of, open_own_samples, put_in_sample, written
from performance.audit.models import AuditOpinion, AuditTest, SampleDraw
from performance.audit.rules import opinion
from performance.audit.rules.drawing import LONGEST_SEED, draw, extended
from performance.audit.rules.estimate import Counts
from performance.audit.rules.sheet import Answer, Section, result_of
from performance.audit.settings import LEAST, SHARE
from performance.claims.models import ClaimRun
from performance.claims.rules import Action, State, next_state
from performance.claims.services import lock, refuse_who_knows, stay_apart
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Incomplete, NotAllowed, NotForYou


@transaction.atomic
def draw_sample(run: ClaimRun, *, by: User, seed: str = "") -> ClaimRun:
    """Draw the sample of a frozen run by the auditor's seed, or by a new one. It is kept with the frame.

    Anybody can draw the same again. Raises ``NotAllowed`` for a run that is drawn already, ``NotForYou`` for whoever
    had another part in it or knows a family of it.
    """
    run = lock(run)
    stay_apart(run, by=by)
    refuse_who_knows(run)
    run.state = next_state(run.state, Action.DRAW_SAMPLE)
    run.seed, run.audited_by = seed.strip()[:LONGEST_SEED] or secrets.token_hex(8), by
    run.save(update_fields=["state", "seed", "audited_by"])
    frame, share, least = frame_of(run), value_of(SHARE, on=run.claim_on), value_of(LEAST, on=run.claim_on)
    SampleDraw.objects.create(
        scope_id=run.scope_id, run=run, round=1, seed=run.seed, share=share, least=least, frame=written(frame),
        drawn_by=by,
    )  # fmt: skip
    put_in_sample(run, draw(run.seed, lines_of(frame), share=share, least=least), number=1)
    return run


@transaction.atomic
def record_test(test: AuditTest, *, sheet: Mapping[Section, Answer], note: str = "", by: User) -> AuditTest:
    """Record what the auditor found in one line of the sample; its result follows.

    Raises ``Incomplete`` for half a sheet, and where the result changes without a reason of its own: both findings
    stay for whoever signs.
    """
    open_own_samples()
    run = lock(test.run)
    if run.state != State.SAMPLED or run.audited_by_id != by.pk:
        message = "Only the auditor who drew the sample tests it, and only until the run is passed."
        raise NotAllowed(message)
    result = result_of(sheet)
    test.refresh_from_db(fields=["result", "note"])
    if test.result not in {"", result} and note.strip() in {"", test.note.strip()}:
        raise Incomplete([("Say why you now find something else", None)], "A finding is changed with a reason.")
    for section, answer in sheet.items():
        setattr(test, section.value, answer.found)
        setattr(test, f"{section.value}_note", answer.note.strip())
    test.result, test.note, test.tested_by, test.tested_at = result, note.strip(), by, timezone.now()
    answers = [name for section in Section for name in (section.value, f"{section.value}_note")]
    test.save(update_fields=[*answers, "result", "note", "tested_by", "tested_at"])
    return test


@transaction.atomic
def extend_sample(run: ClaimRun, *, more: int, why: str, by: User) -> SampleDraw:
    """Take more of the lines into the sample: the next places of the same order, by the same seed.

    ``more`` is per cent of the lines that are not always tested. Raises ``NotAllowed`` where every line is in.
    """
    open_own_samples()
    run = lock(run)
    if run.state != State.SAMPLED or run.audited_by_id != by.pk:
        message = "Only the auditor who drew the sample extends it, and only until the run is passed."
        raise NotAllowed(message)
    last = SampleDraw.objects.visible_to(by).filter(run=run).order_by("-round").first()
    if last is None:
        message = "This sample was drawn before it was kept how, so it cannot go on in the same order."
        raise NotAllowed(message)
    share, least = extended(last.lines, last.places, share=last.share, more=more)
    added = draw(run.seed, last.lines, share=share, least=least)[len(last.places) :]
    if not added:
        message = "Every line of this claim is in the sample already."
        raise NotAllowed(message)
    drawing = SampleDraw.objects.create(
        scope_id=run.scope_id, run=run, round=last.round + 1, seed=run.seed, share=share, least=least,
        frame=last.frame, why=why.strip(), drawn_by=by,
    )  # fmt: skip
    put_in_sample(run, added, number=drawing.round)
    return drawing


@transaction.atomic
def pass_run(run: ClaimRun, *, level: str, reason: str = "", by: User) -> ClaimRun:
    """End the audit of a run whose whole sample is tested with an opinion, as the auditor who drew and tested it.

    Raises ``Incomplete`` while lines are untested and for an opinion without its reason, ``NotAllowed`` for one that
    the findings do not bear.
    """
    open_own_samples()
    run = lock(run)
    state = next_state(run.state, Action.PASS)
    if run.audited_by_id != by.pk:
        message = "Only the auditor who drew the sample passes the run."
        raise NotForYou(message)
    refuse_who_knows(run)
    tests = list(AuditTest.objects.visible_to(by).filter(run=run))
    if untested := sum(1 for test in tests if not test.result):
        raise Incomplete([(f"Claims of the sample still to test: {untested}", None)], "The sample is not tested yet.")
    counts = counted(tests, lines=lines_in(run, by=by, otherwise=len(tests)))
    opinion.check(level, failed=counts.failed, reason=reason)
    AuditOpinion.objects.create(
        scope_id=run.scope_id, run=run, level=level, reason=reason.strip(), failed=counts.failed, given_by=by,
        **asdict(counts),
    )  # fmt: skip
    run.state, run.audited_at = state, timezone.now()
    run.save(update_fields=["state", "audited_at"])
    return run


def lines_in(run: ClaimRun, *, by: User, otherwise: int) -> int:
    """Return how many lines the frame of a sample has."""
    last = SampleDraw.objects.visible_to(by).filter(run=run).order_by("-round").first()
    return len(last.lines) if last else otherwise


def counted(tests: Iterable[AuditTest], *, lines: int) -> Counts:
    """Return what was tested, and how many lines were not supported: always tested, and drawn."""
    found = [(bool(test.why), test.result == AuditTest.Result.FAILED) for test in tests if test.result]
    always, drawn = ([failed for why, failed in found if why is asked] for asked in (True, False))
    return Counts(lines, len(always), sum(always), len(drawn), sum(drawn))
