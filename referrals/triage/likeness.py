"""Whom a referral is like: families the viewer may see, with the reason. Of others nothing is said here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from families.addresses.models import Home
from families.identifiers.rules import identifier_in_words
from families.people.models import Family, Membership, Person
from families.people.rules import Known, Likeness, likeness, surname_in
from families.people.services import known_in
from referrals.intake.models import Referral, ReferralPerson
from slf.accounts.models import User
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Pair:
    """Somebody of the referral beside somebody of the record, and how like one person they are."""

    person: ReferralPerson
    member: Membership
    likeness: Likeness

    @property
    def told(self) -> tuple[str, ...]:
        return lines_of(str(self.person), self.person.known)

    @property
    def recorded(self) -> tuple[str, ...]:
        person = self.member.person
        return lines_of(f"{person.given_names} {person.family_name}", known_in(self.member))

    @property
    def reason(self) -> str:
        named = str(self.member.person)
        told = "" if str(self.person) == named else f"{self.person} in the referral, "
        return f"{told}{named}: {self.likeness.words}"


def lines_of(name: str, known: Known) -> tuple[str, ...]:
    """Return what tells one person from another, as it stands beside somebody else's."""
    born = birth_in_words(known.born_on, estimated=known.born_estimated)
    return tuple(filter(None, (name, born, *map(identifier_in_words, sorted(known.identifiers)))))


def birth_in_words(born_on: date | None, *, estimated: bool) -> str:
    if born_on is None:
        return "Date of birth not known"
    return f"Born {'about ' if estimated else ''}{day_in_words(born_on)}"


@dataclass(frozen=True)
class Like:
    """A family the viewer may see that could be the one referred, and why."""

    family: Family
    pairs: tuple[Pair, ...] = ()
    is_near: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        near = ("Same postcode and family name",) if self.is_near else ()
        return (*(pair.reason for pair in self.pairs), *near)

    @property
    def in_short(self) -> str:
        alike = len(self.pairs)
        people = (f"{alike} {'person is' if alike == 1 else 'people are'} alike",) if alike else ()
        near = ("same postcode and family name",) if self.is_near else ()
        found = "; ".join((*people, *near))
        return f"{found[:1].upper()}{found[1:]}"


def like_families(referrals: Sequence[Referral], *, user: User) -> dict[int, list[Like]]:
    """Return the like families the user may see, by referral. Four queries, however many referrals."""
    near = _living_near(referrals, user=user)
    memberships = list(_memberships_to_compare(referrals, near, user=user))
    return {referral.pk: _likes_of(referral, memberships, near) for referral in referrals}


def _living_near(referrals: Sequence[Referral], *, user: User) -> Mapping[int, set[str]]:
    """Return the postcodes of the referrals at which members live or lived, by membership. Never a protected one."""
    postcodes = {referral.postcode for referral in referrals if referral.postcode}
    homes = Home.objects.visible_to(user).in_the_open().filter(postcode__in=postcodes)
    found: dict[int, set[str]] = defaultdict(set)
    for membership, postcode in homes.values_list("membership", "postcode"):
        found[membership].add(postcode)
    return found


def _memberships_to_compare(
    referrals: Sequence[Referral], near: Mapping[int, set[str]], *, user: User
) -> Iterable[Membership]:
    """Fetch by dates, identifiers and postcodes, whose indexes row security lets work; names are compared here."""
    people = [person for referral in referrals for person in referral.people.all()]
    births = {p.born_on for p in people if p.born_on and not p.born_estimated}
    identified = Q(upn__in={p.upn for p in people if p.upn}) | Q(
        ni_number__in={p.ni_number for p in people if p.ni_number}
    )
    likely = Person.objects.visible_to(user).filter(Q(born_on__in=births) | identified).values_list("pk", flat=True)
    rows = Membership.objects.visible_to(user).filter(Q(person__in=list(likely)) | Q(pk__in=list(near)))
    return rows.select_related("family__merged_into", "person__merged_into").order_by(
        "family__name", "family__pk", "pk"
    )


def _likes_of(referral: Referral, memberships: Sequence[Membership], near: Mapping[int, set[str]]) -> list[Like]:
    """A family is like the referral by one of its people, or by postcode and family name; not by a name alone."""
    found: dict[Family, list[Membership]] = {}
    for membership in memberships:
        found.setdefault(membership.family.shown, []).append(membership)
    likes = [
        Like(
            family,
            tuple(likeliest(referral.people.all(), members)),
            is_near=any(_is_near(referral, one, near) for one in members),
        )
        for family, members in found.items()
        if family.pk != referral.family_id
    ]
    return [like for like in likes if like.is_near or any(pair.likeness > Likeness.NAME for pair in like.pairs)]


def likeliest(people: Iterable[ReferralPerson], members: Iterable[Membership]) -> list[Pair]:
    """Put people beside those of the record they are most like, the surest first, and nobody beside two."""
    members = list(members)
    pairs = [Pair(p, m, likeness(p.known, known_in(m))) for p in people for m in members]
    taken: dict[int, Pair] = {}
    for pair in sorted((pair for pair in pairs if pair.likeness), key=lambda pair: pair.likeness, reverse=True):
        if pair.person.pk not in taken and pair.member.person not in {one.member.person for one in taken.values()}:
            taken[pair.person.pk] = pair
    return sorted(taken.values(), key=lambda pair: (pair.person.position, pair.person.pk))


def _is_near(referral: Referral, membership: Membership, near: Mapping[int, set[str]]) -> bool:
    lives_there = bool(referral.postcode) and referral.postcode in near.get(membership.pk, ())
    return lives_there and surname_in(membership.person.family_name, [p.family_name for p in referral.people.all()])
