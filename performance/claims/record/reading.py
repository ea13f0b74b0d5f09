"""The records of the families of a chunk, asked of PostgreSQL over the wall in one question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casework.equivalents.rules import REASONS
from performance.claims.models import ClaimRun
from performance.claims.record.facts import Entry, Reading, facts_of
from performance.claims.using import may_use_the_record, use_of_run
from performance.claims.whole_run import ask
from performance.pbr.rules import Fact, Household, Scheme
from slf.policy.models import value_of

FIRST_SCHEME = "P1"
"""It asks nothing of the record but contacts, for the check of a result found in data only."""


class Record:
    """What the record says to one run, if the register lets a claim use what the service itself found."""

    def __init__(self, run: ClaimRun, scheme: Scheme) -> None:
        self.run, self.reading = run, Reading(scheme, run.claim_on, value_of(REASONS, on=run.claim_on).label)
        self.everything = scheme.version != FIRST_SCHEME
        self.is_open = may_use_the_record(use_of_run(run))

    def of(self, families: Iterable[int], same: Mapping[str, str]) -> dict[int, list[Entry]]:
        """Return what the record says of some families; ``same`` is the one person by each other entry of them."""
        found: dict[int, list[Entry]] = defaultdict(list)
        if not self.is_open:
            return found
        rows = ask("select * from slf.record_for_claim(%s, %s, %s)", self.run.pk, list(families), self.everything)
        for family, what, entry, about, *rest in rows:
            found[family].append(Entry(what, entry, same.get(about, about), *rest))
        return found

    def facts(self, entries: Sequence[Entry], household: Household) -> list[Fact]:
        attached_on = household.attached_on or self.run.claim_on
        return facts_of(entries, household.members, self.reading, attached_on)
