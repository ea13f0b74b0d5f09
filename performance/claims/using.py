"""What a claim may use: by a lawful basis and gateways for claiming, in force on the day the run is prepared.

A run keeps what that was, and what was left out and why; it never changes when the register does.
"""

import json
from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Coalesce

from families.facts.models import Fact
from families.facts.rules import OWN
from families.hub.models import FeedFile
from families.hub.rules import FEEDS
from families.register.rules import Use
from families.sharing.use import LeftOut, counted
from performance.claims.assembly import attached_cases
from performance.claims.models import ClaimRun
from performance.claims.record.facts import OWN_FINDINGS
from performance.pbr.rules import Period
from slf.accounts.models import User

RECORD_CLOSED = (
    "What the service itself found and did may not be used for a claim: the register has no lawful basis for it today."
)


def use_of_run(run: ClaimRun) -> Use:
    return Use.from_dict(json.loads(run.shared)["use"])


def left_out_of_claims(use: Use, *, by: User, on: date, within: Period | None = None) -> list[LeftOut]:
    """Count what is known of the attached families and may not be used for a claim, by kind and agency."""
    families = attached_cases(by=by, on=on, within=within).values("one")
    facts = Fact.objects.visible_to(by).known_on(on).annotate(one=Coalesce("family__merged_into", "family"))
    return counted(facts.filter(one__in=families), use, user=by)


def left_out_of_run(run: ClaimRun) -> list[LeftOut]:
    """Return what the run left out when it was prepared; a run from before that was kept says nothing."""
    return [LeftOut(**each) for each in json.loads(run.shared).get("left_out", [])]


def may_use_the_record(use: Use) -> bool:
    """Tell whether a claim may use what the service itself found: its own basis for that, without consent."""
    return OWN_FINDINGS in use.free.get(OWN, ())


def may_be_used(file: FeedFile, use: Use) -> bool:
    """Tell whether what an agency's file says, and does not say, may be used at all."""
    feed = FEEDS[file.feed]
    return feed.fact_kind in use.free.get(feed.agency, ())


def unusable(files: Iterable[FeedFile], use: Use) -> list[str]:
    """Return a sentence for each file that nothing lets a claim use: its silence proves nothing either."""
    closed = [] if may_use_the_record(use) else [RECORD_CLOSED]
    return closed + [
        f"{file.name} may not be used for a claim: nothing in the register lets {FEEDS[file.feed].agency_name} share "
        "it for that today."
        for file in files
        if not may_be_used(file, use)
    ]
