"""Whom a referral being written is like, for staff: families they may see. Partners are told nothing, ever."""

from collections.abc import Sequence
from dataclasses import dataclass

from referrals.intake.models import Referral, ReferralPerson
from referrals.intake.services import PersonRow
from referrals.triage.likeness import Like, like_families
from slf.access.rights import rights_of
from slf.access.rules import RecordClass
from slf.accounts.models import User


@dataclass(frozen=True)
class People:
    """People as they are typed, where likeness looks for those of a referral."""

    typed: Sequence[ReferralPerson]

    def all(self) -> Sequence[ReferralPerson]:
        return self.typed


@dataclass(frozen=True)
class Typed:
    """A referral as it is typed and not saved."""

    people: People
    postcode: str
    pk: int = 0
    family_id: int | None = None


def families_like(draft: Referral | Typed, *, user: User) -> list[Like]:
    """Return the like families this person may see. Nothing is looked up for who opens no cards at all, so that no
    answer, number or time of a partner's page depends on who is known."""
    rights = rights_of(user)
    if not rights.open_scopes(RecordClass.CARD) | rights.held_scopes(RecordClass.CARD):
        return []
    return like_families([draft], user=user)[draft.pk]


def as_typed(rows: Sequence[PersonRow], *, postcode: str) -> Typed:
    """Return people as a page sends them; each has a number of its own, as saved ones have."""
    fields = [vars(row.answer) for row in rows]
    people = [ReferralPerson(pk=-n, position=n, **said) for n, said in enumerate(fields, start=1)]
    return Typed(People(people), postcode)
