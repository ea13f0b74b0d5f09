"""The schemes as they count: what a run freezes, and what the pages show."""

from datetime import date

from performance.pbr.rules import Scheme
from performance.rulebook.models import SchemeVersion
from slf.clock import today


def scheme_in_use(code: str, *, on: date | None = None) -> Scheme:
    """Return a scheme with all that counts on a day; today, unless said otherwise. Raises ``LookupError`` without."""
    return version_in_use(code, on=on).as_scheme


def version_in_use(code: str, *, on: date | None = None) -> SchemeVersion:
    found: SchemeVersion | None = (
        SchemeVersion.objects.live_on(on or today()).filter(scheme=code).with_rows().first()
    )  # not a door: a rule is of no family
    if found is None:
        raise LookupError(f"There is no scheme {code}.")
    return found


def schemes_in_use(*, on: date | None = None) -> list[SchemeVersion]:
    """Return the version of every scheme that counts on a day, the oldest programme first."""
    rows = SchemeVersion.objects.live_on(on or today()).with_rows()  # not a door: a rule is of no family
    return list(rows.select_related("made_by__proposed_by", "made_by__confirmed_by").order_by("starts_on"))
