"""The rules the product ships, put into rows: a version of each scheme, and another when a release changes them."""

import json
from dataclasses import replace
from datetime import date

from performance.pbr import schemes
from performance.pbr.rules import Row, Scheme
from performance.pbr.rules.shapes import PARTS
from performance.rulebook.models import FIRST_DAY, RuleProposal, SchemeRow, SchemeVersion
from slf.clock import today


def load(*, using: str) -> None:
    """Put the rows of each scheme that ships into a version. What two people confirmed or changed stays."""
    for code in schemes.versions():
        shipped = schemes.load(code)
        newest = SchemeVersion.objects.using(using).filter(scheme=code).order_by("-number").first()
        if newest is None:
            make(shipped, shipped=shipped.digest, number=1, live_from=FIRST_DAY, using=using)
            bring_over(shipped, using=using)
        elif newest.shipped != shipped.digest:
            succeed(newest, carried(newest.as_scheme, shipped), shipped=shipped.digest, using=using)


def carried(county: Scheme, shipped: Scheme) -> Scheme:
    """Return the rows of a release with what the county confirmed or set in the rules that are still the same kind."""
    kept = {
        row.id: replace(shipped.rows[row.id], value=row.value, confirmed=row.confirmed)
        for row in county.rows.values()
        if row.confirmed and row.id in shipped.rows and set(shipped.rows[row.id].value) == set(row.value)
    }
    parts = {part: tuple(kept.get(row.id, row) for row in getattr(shipped, part)) for part in PARTS}
    return replace(shipped, **parts)


def bring_over(shipped: Scheme, *, using: str) -> None:
    """Make a version of each confirmation from before there were versions."""
    scheme = shipped
    old = RuleProposal.objects.using(using).filter(scheme=shipped.version, confirmed_by__isnull=False, version=None)
    for proposal in old.order_by("pk"):
        newest = SchemeVersion.objects.using(using).filter(scheme=shipped.version).order_by("-number").first()
        known = {rule: proposal.document for rule in proposal.rules if rule in scheme.rows}
        scheme = scheme.confirming(known)
        succeed(newest, scheme, shipped=shipped.digest, using=using, made_by=proposal)


def succeed(old: SchemeVersion, scheme: Scheme, *, shipped: str, using: str, made_by: RuleProposal | None = None):
    day = max(old.live_from, today())
    SchemeVersion.objects.using(using).filter(pk=old.pk).update(live_until=day)
    return make(scheme, shipped=shipped, number=old.number + 1, live_from=day, using=using, made_by=made_by)


def make(
    scheme: Scheme, *, shipped: str, number: int, live_from: date, using: str, made_by: RuleProposal | None = None
) -> SchemeVersion:
    version = SchemeVersion.objects.using(using).create(
        scheme=scheme.version, number=number, name=scheme.name, starts_on=scheme.starts_on, ends_on=scheme.ends_on,
        shipped=shipped, live_from=live_from, made_by=made_by,
    )  # fmt: skip
    rows = [(part, row) for part in PARTS for row in getattr(scheme, part)]
    SchemeRow.objects.using(using).bulk_create(
        as_row(row, part, version=version, place=place) for place, (part, row) in enumerate(rows, start=1)
    )
    return version


def as_row(row: Row, part: str, *, version: SchemeVersion, place: int) -> SchemeRow:
    return SchemeRow(
        version=version, place=place, part=part, rule=row.id, group=row.group, kind=row.kind, sort=row.sort,
        unit=row.unit, question=row.question, value=in_order(row.value), grade=row.grade, source=row.source,
        strict="" if row.strict is None else in_order(row.strict), starts_on=row.starts_on, ends_on=row.ends_on,
        confirmed=row.confirmed,
    )  # fmt: skip


def in_order(value) -> str:
    return json.dumps(value, ensure_ascii=False)
