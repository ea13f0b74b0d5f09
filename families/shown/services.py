"""What each partner was shown of a family, what agencies gave, whom a withdrawal concerns; and the two verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from families.facts.rules import AGENCIES, KINDS
from families.people.models import Family
from families.register.services import gateways_on
from families.sharing.models import Agreement
from families.sharing.use import given_by_agencies
from families.shown import rules
from families.shown.gathering import shown_of
from families.shown.models import PartnerTold, Showing
from families.shown.rules import Shown
from families.shown.withdrawals import TakenBack, standing, taken_back_of
from slf.accounts.models import User
from slf.web.errors import NotAllowed

NOT_CONCERNED = "Nothing was shown to this partner under what the family took back."
NOT_YET = "This day is still to come."
BEFORE = "The family had not taken it back by that day."


@dataclass(frozen=True)
class Given:
    """How much of one kind an agency gave the service, from when to when, and by which gateway it does so today."""

    code: str
    kind: str
    number: int
    first: date
    last: date
    gateway: str

    @property
    def agency(self) -> str:
        return AGENCIES[self.code]

    @property
    def what(self) -> str:
        return KINDS[self.kind].label


@dataclass(frozen=True)
class Report:
    """All that is known of what partners were shown of one family."""

    shown: dict[str, list[Shown]]
    given: Sequence[Given]
    taken_back: Sequence[TakenBack]
    looks_since: date | None
    open_to_esf: bool = field(default=False)

    @property
    def rows(self) -> list[Shown]:
        return [row for rows in self.shown.values() for row in rows]


def report_on(family: Family, *, user: User, on: date) -> Report:
    """Return the report. It holds what stands in this family's own record, and nothing of another's."""
    one = [family.pk]
    rows = shown_of(one, user=user)
    given = given_by(family, user=user, on=on)
    gave = {family.pk: {each.code for each in given}}
    taken_back = taken_back_of(standing(one, user=user), rows, gave=gave, user=user).get(family.pk, [])
    shared = family.scope.kind == family.scope.Kind.SHARED
    return Report(rules.by_partner(rows[family.pk]), given, taken_back, looks_since(), open_to_esf=shared)


def looks_since() -> date | None:
    """Return since when every look is in the log."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.looks_since()")
        since: date | None = cursor.fetchone()[0]
    return since


def given_by(family: Family, *, user: User, on: date) -> list[Given]:
    """Return what each agency gave, by kind, with the gateways by which it may today."""
    found = given_by_agencies(family, user=user)
    gates = {pair: gateway_words(*pair, on=on) for pair in {(code, KINDS[kind].category) for code, kind, *_ in found}}
    return [
        Given(code, kind, number, first, last, gates[code, KINDS[kind].category])
        for code, kind, number, first, last in found
    ]


def gateway_words(agency: str, category: str, *, on: date) -> str:
    """Return by what an agency and the service share a category on a day; empty when by nothing."""
    return "; ".join(row.law for row in gateways_on(on, agency=agency, category=category))[:200]


@transaction.atomic
def write_down_showing(
    family: Family, *, agency: str, to: str, what: str, category: str, words: str, shown_on: date, by: User, on: date
) -> Showing:
    """Write down that a partner was shown something outside of the service. Written twice, it is there once.

    The gateway is what the register says of that day; without one it is kept all the same, and the report says so.
    """
    if shown_on > on:
        raise NotAllowed(NOT_YET)
    gateway = gateway_words(agency, category, on=shown_on)
    row, _ = Showing.objects.get_or_create(
        family=family, agency=agency, to=to, what=what, category=category, words=words, shown_on=shown_on,
        defaults={"gateway": gateway, "by": by},
    )  # fmt: skip
    return row


@transaction.atomic
def tell_partner(
    taken: TakenBack, *, partner: str, whom: str, told_on: date, how: PartnerTold.How, by: User, on: date
) -> PartnerTold:
    """Write down that a partner was told of a withdrawal. Written twice, it is there once; told again, it is two."""
    if partner not in {each.partner for each in taken.partners}:
        raise NotAllowed(NOT_CONCERNED)
    if told_on > on:
        raise NotAllowed(NOT_YET)
    if told_on < taken.withdrawal.on:
        raise NotAllowed(BEFORE)
    row = taken.row
    of = {"agreement": row} if isinstance(row, Agreement) else {"consent": row}
    told, _ = PartnerTold.objects.get_or_create(
        **of, family_id=row.family_id, partner=partner, whom=whom, told_on=told_on, how=how, defaults={"by": by}
    )
    return told
