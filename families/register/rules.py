"""What may be used for what: purposes, what a row of the register says, and what follows for one day. No Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from families.facts.rules import AGENCIES, CATEGORIES, KINDS, OWN, SAFETY


class Purpose(StrEnum):
    """What a fact is used for. Another use is another purpose, with a basis and gateways of its own."""

    SUPPORT = "support"
    CLAIM = "claim"
    IDENTIFY = "identify"

    @property
    def label(self) -> str:
        return PURPOSES[self]


PURPOSES: Mapping[Purpose, str] = {
    Purpose.SUPPORT: "Working with the family",
    Purpose.CLAIM: "Showing results and claiming for them",
    Purpose.IDENTIFY: "Finding which families a scheme is for",
}

GRADES: Mapping[str, str] = {
    "P": "Primary source, text seen",
    "S": "Secondary source",
    "D": "Derived from the sources",
    "U": "No source yet",
}


class Why(StrEnum):
    """Why a fact may not be used."""

    NO_BASIS = "no_basis"
    NO_GATEWAY = "no_gateway"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True)
class Ground:
    """One row of the register that counts on a day: a lawful basis (``agency`` is None) or one agency's gateway."""

    category: str
    agency: str | None
    by_consent: bool


Kinds = Mapping[str, frozenset[str]]
"""Kinds of fact by the agency whose information they are."""


@dataclass(frozen=True)
class Use:
    """What one purpose may use on one day: freely, or where somebody consented. Everything else is left out."""

    purpose: Purpose
    on: date
    free: Kinds
    by_consent: Kinds
    based: frozenset[str]
    """Categories that have a lawful basis at all."""

    def why_not(self, agency: str, kind: str) -> Why:
        """Return why facts of a kind may not be used: what is missing first."""
        if KINDS[kind].category not in self.based:
            return Why.NO_BASIS
        return Why.NO_CONSENT if kind in self.by_consent.get(agency, ()) else Why.NO_GATEWAY

    def as_dict(self) -> dict[str, Any]:
        """Return it as a claim run freezes it."""
        kinds = {name: {a: sorted(k) for a, k in getattr(self, name).items()} for name in ("free", "by_consent")}
        return {"purpose": self.purpose.value, "on": self.on.isoformat(), **kinds, "based": sorted(self.based)}

    @classmethod
    def from_dict(cls, frozen: Mapping[str, Any]) -> "Use":
        free, by_consent = (
            {agency: frozenset(kinds) for agency, kinds in frozen[name].items()} for name in ("free", "by_consent")
        )
        return cls(
            Purpose(frozen["purpose"]), date.fromisoformat(frozen["on"]), free, by_consent, frozenset(frozen["based"])
        )


def use_of(grounds: Iterable[Ground], *, purpose: Purpose, on: date) -> Use:
    """Work out what may be used: a kind needs a basis for its category, and of an agency also its gateway.

    A gateway without consent is enough where there is one beside another by consent. What keeps somebody safe is shown
    to who works with the family whatever is missing.
    """
    grounds = list(grounds)
    basis = {ground.category: ground.by_consent for ground in grounds if ground.agency is None}
    safe = SAFETY if purpose is Purpose.SUPPORT else frozenset()
    free, by_consent = {}, {}
    for agency in (OWN, *AGENCIES):
        open_, asked = ways_in(agency, basis, grounds)
        free[agency] = frozenset(kind.code for kind in KINDS.values() if kind.category in open_) | safe
        by_consent[agency] = frozenset(kind.code for kind in KINDS.values() if kind.category in asked) - safe
    return Use(purpose, on, free, by_consent, frozenset(basis))


def ways_in(agency: str, basis: Mapping[str, bool], grounds: Iterable[Ground]) -> tuple[set[str], set[str]]:
    """Return the categories of an agency that are open without consent, and those that are with it."""
    if agency == OWN:
        gates = dict.fromkeys(basis, False)
    else:
        ours = [ground for ground in grounds if ground.agency == agency and ground.category in basis]
        gates = {g.category: all(o.by_consent for o in ours if o.category == g.category) for g in ours}
    asked = {category for category, by_consent in gates.items() if by_consent or basis[category]}
    return set(gates) - asked, asked


def sentence(why: Why, *, agency: str, category: str) -> str:
    """Say why something was left out, in words for who reads the page."""
    whose, what = AGENCIES.get(agency, "the service"), CATEGORIES[category].lower()
    return {
        Why.NO_BASIS: f"There is no lawful basis for using {what} here today.",
        Why.NO_GATEWAY: f"There is no gateway today by which {whose} shares {what} for this.",
        Why.NO_CONSENT: f"{CATEGORIES[category]} from {whose} is used with consent only, and there is none today.",
    }[why]
