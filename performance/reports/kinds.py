"""The kinds of report there are."""

from collections.abc import Mapping

from performance.reports import reading
from performance.reports.asking import Kind
from performance.reports.rules import claims
from slf.access.rules import RecordClass

CLAIMS = Kind(
    "claims", "Claims by locality and route",
    "How many claims were made for each result in each locality, and what they are worth.",
    RecordClass.CLAIM, reading.claims_by_locality, claims.by_locality,
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (CLAIMS,)}
