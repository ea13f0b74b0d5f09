"""The list behind a figure: what each row says, whatever it is a row of."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet
from django.urls import reverse

from casework.plans.models import Plan
from casework.stars.models import Reading
from casework.visits.models import Visit
from families.people.models import Family, Membership
from referrals.intake.models import Referral
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One row of the list: what it is, where it opens to its reader, the day that put it there, what else to know."""

    title: str
    href: str
    day: date | None
    detail: str


def loaded(rows: QuerySet) -> QuerySet:
    """Load what the lines show in a fixed number of queries."""
    joins = {Family: (), Referral: ("family",), Membership: ("family", "person")}.get(rows.model, ("family",))
    many = ("people",) if rows.model is Referral else ()
    return rows.select_related(*joins).prefetch_related(*many)


def line(row: Model, *, reader: User) -> Line:
    """Return what the list says of one row."""
    if isinstance(row, Referral):
        return Line(str(row), way_to(row, reader=reader), row.sent_on, f"From {row.agency}")
    if isinstance(row, Family):
        return Line(row.name, row.get_absolute_url(), row.known_since, row.reference)
    if isinstance(row, Membership):
        return Line(str(row.person), row.family.get_absolute_url(), row.person.born_on, f"{row.family.name}, born")
    days = {Visit: "happened_on", Plan: "agreed_on", Reading: "taken_on"}
    words = {
        Visit: lambda v: v.get_kind_display(),
        Plan: lambda p: "First plan agreed",
        Reading: lambda r: r.get_completed_display(),
    }
    day = getattr(row, days.get(type(row), ""), None) or getattr(row, "opened_on", None)
    return Line(
        row.family.name, row.family.get_absolute_url(), day, words.get(type(row), lambda r: r.family.reference)(row)
    )


def way_to(referral: Referral, *, reader: User) -> str:
    """Return the page of a referral this reader may open: where it is decided, or the family it became, or none."""
    if rights_of(reader).may(Can.TRIAGE, referral.scope_id):
        return reverse("referrals:triage", args=[referral.uid])
    return referral.family.get_absolute_url() if referral.family else ""
