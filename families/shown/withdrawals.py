"""What families took back and did not give again, whom of the partners it concerns, and until when they are told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce

from families.people.models import Family
from families.register.rules import Purpose
from families.sharing.models import Agreement, Consent
from families.sharing.use import agencies_that_gave
from families.shown import rules
from families.shown.gathering import shown_of
from families.shown.models import PartnerTold
from families.shown.rules import TELL_WITHIN, Shown, ToTell, Withdrawal
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import add_working_days
from slf.policy.models import value_of

Said = Agreement | Consent


@dataclass(frozen=True)
class TakenBack:
    """One statement by which something was taken back, the partners who are to hear of it, and by when."""

    row: Said
    withdrawal: Withdrawal
    partners: Sequence[ToTell]
    tell_by: date

    @property
    def to_tell(self) -> list[ToTell]:
        return [partner for partner in self.partners if not partner.is_told]


@dataclass(frozen=True)
class Waiting:
    """One partner who has not been told yet of what one family took back."""

    family: Family
    taken: TakenBack
    partner: ToTell
    days_left: int
    may_tell: bool

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


def may_see_who_waits(user: User) -> bool:
    """Tell whether somebody works with families, or decides what of them is shared, and reads their evidence."""
    rights = rights_of(user)
    return any(
        rights.open_scopes(RecordClass.EVIDENCE, can=can) | rights.held_scopes(RecordClass.EVIDENCE, can=can)
        for can in (Can.WORK_FAMILY, Can.DECIDE_SHARING)
    )


def partners_to_tell(user: User, *, on: date) -> list[Waiting]:
    """Return the partners nobody has told yet, the next due first: a worker's of their own families, and of a whole
    locality to whoever decides there on what is shared. As many queries for many families as for one."""
    families = families_that_took_something_back(user)
    rows = list(standing(list(families), user=user)) if families else []
    if not rows:
        return []
    keys = sorted({key for key, _ in rows})
    purposes = {withdrawal_of(row).purpose for _, row in rows}
    shown = shown_of(keys, user=user, purposes=purposes, inside=False)
    taken_back = taken_back_of(rows, shown, gave=agencies_that_gave(keys, user=user), user=user)
    found = [one for key, some in taken_back.items() for one in waiting_of(families[key], some, user=user, on=on)]
    return sorted(found, key=lambda each: (each.taken.tell_by, each.family.name, each.family.pk))


def waiting_of(family: Family, taken_back: Iterable[TakenBack], *, user: User, on: date) -> Iterator[Waiting]:
    where = {"scope_id": family.scope_id, "family_id": family.pk}
    may_tell = rights_of(user).opens(RecordClass.EVIDENCE, can=Can.WORK_FAMILY, **where)
    for taken in taken_back:
        for partner in taken.to_tell:
            yield Waiting(family, taken, partner, (taken.tell_by - on).days, may_tell)


def families_that_took_something_back(user: User) -> dict[int, Family]:
    """Return the families in which somebody ever took something back, that this person has to do with."""
    stands = Coalesce("family__merged_into", "family")
    said = [
        model.objects.visible_to(user).filter(state=model.State.WITHDRAWN).order_by().values_list(stands, flat=True)
        for model in (Agreement, Consent)
    ]
    evidence = RecordClass.EVIDENCE
    works = Family.objects.open_to(user, can=Can.WORK_FAMILY, record_class=evidence)
    decides = Family.objects.open_to(user, can=Can.DECIDE_SHARING, record_class=evidence)
    keys = list(said[0].union(said[1]))
    return {family.pk: family for family in (works | decides).filter(pk__in=keys)} if keys else {}


def taken_back_of(
    rows: Iterable[tuple[int, Said]],
    shown: Mapping[int, Sequence[Shown]],
    *,
    gave: Mapping[int, Collection[str]],
    user: User,
) -> dict[int, list[TakenBack]]:
    """Return of each family the withdrawals that still stand, newest first, with the partners they concern."""
    rows = list(rows)
    told: dict[tuple[str, int], dict[str, list[PartnerTold]]] = defaultdict(lambda: defaultdict(list))
    families = {family for family, _ in rows}
    for each in PartnerTold.objects.visible_to(user).filter(family__in=families).select_related("by"):
        key = ("agreement", each.agreement_id) if each.agreement_id else ("consent", each.consent_id)
        told[key][each.partner].append(each)
    found: dict[int, list[TakenBack]] = defaultdict(list)
    for family, row in rows:
        taken, of = withdrawal_of(row), told[str(row._meta.model_name), row.pk]
        partners = rules.to_tell(taken, shown.get(family, ()), gave=gave.get(family, ()), told=of)
        found[family].append(TakenBack(row, taken, partners, tell_by(taken)))
    return {key: sorted(some, key=lambda each: each.withdrawal.on, reverse=True) for key, some in found.items()}


def tell_by(taken: Withdrawal) -> date:
    """Return by when partners are told: the number of working days is the one in force when it was taken back."""
    return add_working_days(taken.on, value_of(TELL_WITHIN, on=taken.on))


def standing(families: Sequence[int], *, user: User) -> Iterator[tuple[int, Said]]:
    """Return the withdrawals after which nobody said yes again: the last word of each, about each use."""
    seen: set[tuple[Any, ...]] = set()
    agreed = Agreement.objects.visible_to(user).of_each(families).order_by("-said_on", "-pk")
    said = Consent.objects.visible_to(user).of_each(families).select_related("person__merged_into")
    for row in [*agreed, *said.order_by("-said_on", "-pk")]:
        if isinstance(row, Consent) and row.person_id and row.person is None:
            continue  # said of somebody of a family that was one with this one and is out of sight now
        use = (row.stands, *use_of(row))
        if use not in seen and row.state == row.State.WITHDRAWN:
            yield row.stands, row
        seen.add(use)


def use_of(row: Said) -> tuple[Any, ...]:
    """Return what a statement is about: the service as a whole, or one use of one kind of information of somebody."""
    if isinstance(row, Agreement):
        return ()
    return (row.person and row.person.pk, row.agency, row.category, row.purpose)


def withdrawal_of(row: Said) -> Withdrawal:
    if isinstance(row, Agreement):
        return Withdrawal(row.said_on, "Agreement to the service taken back")
    whose = f" from {row.get_agency_display().lower()}" if row.agency else ""
    whom = f" ({row.person})" if row.person else ""
    words = f"Consent taken back: {row.get_category_display().lower()}{whose}{whom}"
    return Withdrawal(row.said_on, words, row.agency, row.category, Purpose(row.purpose))
