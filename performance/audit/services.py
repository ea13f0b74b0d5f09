"""The verbs of an audit: draw the sample, say what was found in a line, pass the run."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from performance.audit.frame import frame_of, lines_of, open_own_samples, put_in_sample, written
from performance.audit.models import AuditTest, SampleDraw
from performance.audit.rules.drawing import LONGEST_SEED, draw
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
def pass_run(run: ClaimRun, *, by: User) -> ClaimRun:
    """Pass a run whose whole sample was tested and supported, as the auditor who drew and tested it."""
    open_own_samples()
    run = lock(run)
    state = next_state(run.state, Action.PASS)
    if run.audited_by_id != by.pk:
        message = "Only the auditor who drew the sample passes the run."
        raise NotForYou(message)
    refuse_who_knows(run)
    tests = AuditTest.objects.visible_to(by).filter(run=run)
    if untested := tests.filter(result="").count():
        raise Incomplete([(f"Claims of the sample still to test: {untested}", None)], "The sample is not tested yet.")
    if tests.filter(result=AuditTest.Result.FAILED).exists():
        message = (
            "The evidence of a sampled claim does not support it, so the run cannot pass. "
            "Withdraw it and prepare another."
        )
        raise NotAllowed(message)
    run.state, run.audited_at = state, timezone.now()
    run.save(update_fields=["state", "audited_at"])
    return run
