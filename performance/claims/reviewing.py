"""The review of a run by its localities: what each is asked about, what it sees, and the word of its manager."""

import json
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from performance.claims import rules
from performance.claims.checking import Places, checks_of
from performance.claims.checks import Level
from performance.claims.checks import State as Answer
from performance.claims.models import ClaimRun, Judged
from performance.claims.reviews import LocalityReview
from performance.claims.rules import CALLED, Action
from performance.claims.services import refuse_who_knows
from performance.claims.whole_run import ask
from slf.access.models import Locality, Scope
from slf.access.rights import rights_of
from slf.access.rules import ROLES, Can
from slf.accounts.models import User
from slf.web.errors import Incomplete, NotAllowed

KEEPS_OUT = {Answer.BLOCKS, Answer.NOT_KNOWN}
OVER = "The review of this run ended while you were writing."
ONLY_WITH_LINES = "This run claims for no family of that locality, or it is not yours to review."


class OfLocality(NamedTuple):
    """What a run asks for in one locality, and the last word on it. None where nobody has spoken, or it is hidden."""

    locality: Locality
    lines: int
    amount: Decimal
    review: LocalityReview | None

    @property
    def pounds(self) -> str:
        return rules.pounds(self.amount)

    @property
    def agreed(self) -> bool:
        return self.review is not None and self.review.agreed

    @property
    def sent_back(self) -> bool:
        return self.review is not None and not self.review.agreed


def localities_of(run: ClaimRun, *, by: User) -> list[OfLocality]:
    """Return each locality with lines in the run, by name, with the last word that ``by`` may read."""
    found = {pk: (lines, amount) for pk, lines, amount in ask("select * from slf.localities_of_run(%s)", run.pk)}
    last = {review.locality_id: review for review in LocalityReview.objects.visible_to(by).filter(run=run).for_list()}
    places = Locality.objects.filter(pk__in=found)
    return [OfLocality(place, *found[place.pk], last.get(place.pk)) for place in places]


def managed_by(user: User) -> list[Locality]:
    """Return the localities whose lines this person reviews."""
    reaches = rights_of(user).reaches
    scopes = [scope for role, scope in reaches if Can.REVIEW_CLAIM in ROLES[role]]
    of = Scope.objects.filter(pk__in=scopes, kind=Scope.Kind.LOCALITY)
    return list(Locality.objects.filter(pk__in=of.values("locality")))


def why_nothing(row: Judged, run: ClaimRun, places: Places) -> str:
    """Say why nothing is claimed for a family: it was not eligible, a check keeps it out, or no result is met."""
    if row.answer != Judged.Eligible.MET:
        return str(row.reason) or "Disposed of"
    for line in checks_of(row, run, places).values():
        kept_out = [each for each in line.told if each.level == Level.BLOCK and each.state in KEEPS_OUT]
        if line.met and line.keeps_out and kept_out:
            return f"{line.called}: met, and kept out by check {kept_out[0].number}. {kept_out[0].sentence}"
    results = json.loads(row.judgement or "{}").get("results", {})
    said = [f"{CALLED[code]}: {result['reason']}" for code, result in results.items() if code in CALLED]
    return " ".join(said) or str(row.reason) or "Disposed of"


@transaction.atomic
def review_claims(run: ClaimRun, *, locality: Locality, agreed: bool, word: str = "", by: User) -> ClaimRun:
    """Agree with what a run claims for the families of a locality, or send it back and say why.

    The run goes on to internal audit when every locality with lines has agreed. The last word of each counts.
    """
    run.refresh_from_db(fields=["state"])
    rules.next_state(run.state, Action.REVIEW)
    if not agreed and not word.strip():
        raise Incomplete([("Say why you send it back", None)])
    rules.different_people(by=by.pk, others=[run.prepared_by_id])
    refuse_who_knows(run)
    if locality.pk not in {pk for pk, *_ in ask("select * from slf.localities_of_run(%s)", run.pk)}:
        raise NotAllowed(ONLY_WITH_LINES)
    if not ask("select slf.review_claims(%s, %s, %s, %s)", run.pk, locality.pk, agreed, word.strip())[0][0]:
        raise NotAllowed(OVER)
    run.refresh_from_db()
    return run
