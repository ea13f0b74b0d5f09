"""What each partner was shown of a family, what agencies gave, whom a withdrawal concerns; and the two verbs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from families.facts.rules import AGENCIES, KINDS
from families.people.models import Family
from families.register.rules import Purpose
from families.register.services import gateways_on
from families.sharing.models import Agreement, Consent
from families.sharing.use import given_by_agencies
from families.shown import rules
from families.shown.models import PartnerTold, Showing
from families.shown.rules import Shown, ToTell, What, Withdrawal
from families.shown.sources import Door, doors, told_by_all
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
class TakenBack:
    """One statement by which something was taken back, and the partners who are to hear of it."""

    row: Agreement | Consent
    withdrawal: Withdrawal
    partners: Sequence[ToTell]

    @property
    def waiting(self) -> int:
        return sum(not partner.is_told for partner in self.partners)


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
    rows = [*written_down(family, user=user), *from_the_log(family), *told_by_all(family, user=user)]
    given = given_by(family, user=user, on=on)
    taken_back = what_was_taken_back(family, rows, given={each.code for each in given}, user=user)
    shared = family.scope.kind == family.scope.Kind.SHARED
    return Report(rules.by_partner(rows), given, taken_back, looks_since(), open_to_esf=shared)


def written_down(family: Family, *, user: User) -> Iterator[Shown]:
    for row in Showing.objects.visible_to(user).filter(family=family).select_related("by"):
        yield Shown(
            row.shown_on, row.agency, What(row.what), row.words, to=row.to, by=str(row.by), category=row.category,
            gateway=row.gateway or rules.NO_GATEWAY,
        )  # fmt: skip


def from_the_log(family: Family) -> Iterator[Shown]:
    """Return what the view log knows: looks by people of the ESF provider, and files that left for a partner."""
    by_pattern = {door.pattern: door for door in doors()}
    with connection.cursor() as cursor:
        cursor.execute(
            "select shown_on, who, door, what, times from slf.shown_in_log(%s, %s)", [family.pk, list(by_pattern)]
        )
        looks = cursor.fetchall()
    people = User.objects.in_bulk({who for _, who, *_ in looks})
    for day, who, pattern, what, times in looks:
        name = str(people[who])
        yield sent_out(by_pattern[pattern], day, by=name) if pattern else looked(day, what, times, to=name)


def sent_out(door: Door, day: date, *, by: str) -> Shown:
    return Shown(day, door.code, door.what, door.detail, by=by, gateway=door.gateway, purpose=door.purpose)


def looked(day: date, what: Sequence[str], times: int, *, to: str) -> Shown:
    pages = ", ".join(what)
    detail = f"{pages}: {times} looks" if times > 1 else pages
    return Shown(day, "esf", What.RECORD, detail, to=to, gateway=rules.BY_AGREEMENT, by="Their own sign-in")


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


def what_was_taken_back(family: Family, rows: Sequence[Shown], *, given: set[str], user: User) -> list[TakenBack]:
    """Return each withdrawal that still stands, newest first, with the partners it concerns."""
    told: dict[tuple[str, int], dict[str, list[PartnerTold]]] = defaultdict(lambda: defaultdict(list))
    for each in PartnerTold.objects.visible_to(user).filter(family=family).select_related("by"):
        key = ("agreement", each.agreement_id) if each.agreement_id else ("consent", each.consent_id)
        told[key][each.partner].append(each)
    found = []
    for row in standing(family, user=user):
        taken, of = withdrawal_of(row), told[str(row._meta.model_name), row.pk]
        found.append(TakenBack(row, taken, rules.to_tell(taken, rows, gave=given, told=of)))
    return sorted(found, key=lambda each: each.withdrawal.on, reverse=True)


def standing(family: Family, *, user: User) -> Iterator[Agreement | Consent]:
    """Return the withdrawals after which nobody said yes again: the last word of each, about each use."""
    agreed = Agreement.objects.visible_to(user).filter(family=family).order_by("-said_on", "-pk").first()
    if agreed and agreed.state == Agreement.State.WITHDRAWN:
        yield agreed
    seen: set[tuple[Any, ...]] = set()
    said = Consent.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
    for row in said.order_by("-said_on", "-pk"):
        if row.person_id and row.person is None:
            continue  # said of somebody of a family that was one with this one and is out of sight now
        use = (row.person and row.person.pk, row.agency, row.category, row.purpose)
        if use not in seen and row.state == Consent.State.WITHDRAWN:
            yield row
        seen.add(use)


def withdrawal_of(row: Agreement | Consent) -> Withdrawal:
    if isinstance(row, Agreement):
        return Withdrawal(row.said_on, "Agreement to the service taken back")
    whose = f" from {row.get_agency_display().lower()}" if row.agency else ""
    whom = f" ({row.person})" if row.person else ""
    words = f"Consent taken back: {row.get_category_display().lower()}{whose}{whom}"
    return Withdrawal(row.said_on, words, row.agency, row.category, Purpose(row.purpose))


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
