"""The checks of a line and of a run, read from what the run froze, with where each is put right."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count
from django.urls import reverse

from families.people.models import Family
from performance.claims.checks import Checked, Line, State, Where, check_line, check_run
from performance.claims.checks.run import Run
from performance.claims.checks.shapes import Answer
from performance.claims.frozen import thaw_scheme
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.rules import CALLED
from performance.claims.rules import State as RunState
from performance.claims.settings import JUMP, PLEDGED
from performance.claims.submission import SUBMITTABLE
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.policy.models import value_of

SAID: Mapping[State, tuple[str, str]] = {
    State.PASSED: ("Passed", "good"),
    State.BLOCKS: ("Blocks", "late"),
    State.WARNS: ("Warns", "attention"),
    State.NOT_KNOWN: ("Not known", "waiting"),
    State.NOT_ASKED: ("Not asked", "neutral"),
}
PLACES: Mapping[Where, tuple[str, str]] = {
    Where.EVIDENCE: ("The family's evidence", "families:evidence"),
    Where.HOUSEHOLD: ("Who is in the household", "families:household"),
    Where.ASSESSMENT: ("The assessments", "casework:assessments"),
    Where.PLAN: ("The plan", "casework:plan"),
    Where.CONTACTS: ("The visits", "casework:visits"),
    Where.CASE: ("The case", "casework:case"),
    Where.FILES: ("The files of evidence", "families:feed_files"),
    Where.REGISTER: ("The register", "families:register"),
    Where.RULES: ("The rules of the scheme", "performance:rules_of"),
    Where.RUN: ("The claim run", "performance:claim_run"),
}
OF_THE_RECORD = {Where.HOUSEHOLD, Where.ASSESSMENT, Where.PLAN, Where.CONTACTS, Where.CASE}
SHARED_AT_ONCE = 8
YEAR_STARTS = (4, 1)


class Told(NamedTuple):
    """One check as a page and a program show it. ``href`` is empty for who may not open the place."""

    number: int
    level: str
    state: str
    asks: str
    sentence: str
    basis: str
    place: str
    href: str

    @property
    def said(self) -> str:
        return SAID[State(self.state)][0]

    @property
    def tone(self) -> str:
        return SAID[State(self.state)][1]


class Checks(NamedTuple):
    """The checks of one line: those that were asked, and the numbers of those that its scheme does not ask."""

    called: str
    met: bool
    told: list[Told]
    keeps_out: bool

    @property
    def asked(self) -> list[Told]:
        return [each for each in self.told if each.state != State.NOT_ASKED]

    @property
    def not_asked(self) -> str:
        return ", ".join(str(each.number) for each in self.told if each.state == State.NOT_ASKED)

    @property
    def summary(self) -> str:
        counts = [(SAID[state][0].lower(), sum(1 for each in self.told if each.state == state)) for state in SAID]
        return ", ".join(f"{number} {word}" for word, number in counts[:-1] if number)


class Places:
    """Where somebody may go to put right what checks of some families found: two questions, however many families."""

    def __init__(self, user: User, families: Iterable[int]) -> None:
        pks = list(families)
        self.may = rights_of(user).may
        self.record, self.evidence = (
            dict(Family.objects.open_to(user, record_class=part).filter(pk__in=pks).values_list("pk", "uid"))
            if pks else {}
            for part in (RecordClass.RECORD, RecordClass.EVIDENCE)
        )  # fmt: skip

    def href(self, where: Where, run: ClaimRun, family: int | None = None) -> str:
        name = PLACES[where][1]
        if where is Where.EVIDENCE or where in OF_THE_RECORD:
            uid = (self.evidence if where is Where.EVIDENCE else self.record).get(family)
            return reverse(name, args=[uid]) if uid else ""
        if where is Where.RULES:
            return reverse(name, args=[run.scheme])
        if where is Where.RUN:
            return reverse(name, args=[run.uid])
        return reverse(name) if where is Where.REGISTER or self.may(Can.LOAD_FEED) else ""


@lru_cache(SHARED_AT_ONCE)
def shared_of(text: str) -> Mapping[str, Any]:
    shared: Mapping[str, Any] = json.loads(text)
    return shared


def as_frozen(asked: Iterable[Checked]) -> list[list[Any]]:
    """Return what some checks answered, as it is frozen."""
    return [[each.check.number, each.state.value, each.sentence] for each in asked]


def answered(kept: Iterable[Sequence[Any]]) -> dict[int, Answer]:
    return {number: Answer(State(state), sentence) for number, state, sentence in kept}


def checks_of(row: Judged, run: ClaimRun, places: Places) -> dict[str, Checks]:
    """Return the checks of each result of a family, by the result's code; none once they were disposed of."""
    if row.is_gone:
        return {}
    judgement, case = json.loads(row.judgement), json.loads(row.case)
    claimed = {claim.component for claim in row.claims.all()}
    found, kept = {}, json.loads(row.checks or "{}")
    for component in judgement.get("results", {}):
        if component not in CALLED:
            continue
        line = Line(thaw_scheme(run.rules), component, judgement, case, shared_of(run.shared))
        is_decided = run.state != RunState.PREPARING
        line.frozen(row.judgement, row.digest, claimed=component in claimed if is_decided else None)
        checked = check_line(line, answered(kept[component]) if component in kept else None)
        told = [as_told(each, run, places, row.family_id) for each in checked]
        asked = [each for each in checked if is_decided or not each.check.needs_frozen]
        found[component] = Checks(CALLED[component], line.met, told, any(each.keeps_out for each in asked))
    return found


def checks_of_run(run: ClaimRun, *, by: User) -> list[Checked]:
    """Return what the checks of a run as a whole answer now."""
    of_scheme = ClaimRun.objects.visible_to(by).filter(scheme=run.scheme, claim_on__lt=run.claim_on)
    earlier = of_scheme.filter(state__in=SUBMITTABLE).annotate(number=Count("claims"))
    is_frozen = run.state != RunState.PREPARING
    return check_run(
        Run(
            scheme=thaw_scheme(run.rules), claim_on=run.claim_on, preparer=run.prepared_by_id,
            auditor=run.audited_by_id, passed=run.audited_at is not None,
            claims=Claim.objects.visible_to(by).filter(run=run).count() if is_frozen else None,
            earlier=list(earlier.values_list("number", flat=True)), jump=value_of(JUMP, on=run.claim_on),
            attached=attached_in_the_year(run, by=by), pledged=value_of(PLEDGED, on=run.claim_on) or None,
        )
    )  # fmt: skip


def attached_in_the_year(run: ClaimRun, *, by: User) -> int:
    """Return with how many families of the run the service began in the year of the claim, from April on."""
    on = run.claim_on
    starts = date(on.year if (on.month, on.day) >= YEAR_STARTS else on.year - 1, *YEAR_STARTS)
    return int(Judged.objects.counted_for(by).filter(run=run, attached_on__range=(starts, on)).count())


def told_of_run(run: ClaimRun, *, by: User) -> list[Told]:
    places = Places(by, [])
    kept = answered(json.loads(run.answers or "[]"))
    asked = checks_of_run(run, by=by)
    stands = [Checked(each.check, *kept[each.check.number]) if each.check.number in kept else each for each in asked]
    return [as_told(each, run, places) for each in stands]


def as_told(checked: Checked, run: ClaimRun, places: Places, family: int | None = None) -> Told:
    check = checked.check
    return Told(
        check.number, check.level.value, checked.state.value, check.asks, checked.sentence, check.basis,
        PLACES[check.where][0], places.href(check.where, run, family),
    )  # fmt: skip
