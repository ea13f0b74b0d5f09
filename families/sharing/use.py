"""Facts as they may be used: whoever reads facts to show, export or claim with them comes through here.

A fact without a lawful basis and a gateway in force on the day of use, for that use, is left out; who looks is told
that something was, and why, never what.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from families.facts.models import Fact, FactQuerySet
from families.facts.rules import AGENCIES, KINDS, OWN
from families.people.models import Family
from families.register.rules import Use, sentence
from families.sharing.models import Consent
from slf.accounts.models import User

NOTHING_MORE = Q(pk__in=[])


def facts_for(use: Use, *, user: User, also: Q = NOTHING_MORE) -> FactQuerySet:
    """Return the facts a person may see that may be used so on the day of the use.

    ``also`` are those that are shown to them all the same; a page alone asks for them, never a claim or an export.
    """
    return Fact.objects.visible_to(user).filter(permitted(use, user=user) | also).once()


def permitted(use: Use, *, user: User) -> Q:
    """Return the condition on a fact under which it may be used, one comparison for each set of kinds."""
    agencies: dict[frozenset[str], list[str]] = {}
    for agency, kinds in use.free.items():
        agencies.setdefault(kinds, []).append(agency)
    found = Q(pk__in=[])
    for kinds, whose in agencies.items():
        found |= Q(agency__in=whose, kind__in=sorted(kinds)) if kinds else Q(pk__in=[])
    for agency, kinds in use.by_consent.items():
        for category in sorted({KINDS[kind].category for kind in kinds}):
            ours = sorted(kind for kind in kinds if KINDS[kind].category == category)
            found |= Q(agency=agency, kind__in=ours) & consented(use, agency, category, user=user)
    return found


def consented(use: Use, agency: str, category: str, *, user: User) -> Q:
    """Return the condition that consent is in force: what somebody said themselves goes before what the family said.

    Of somebody who was entered twice, and of a family that is known twice, whatever was said last of either counts.
    """
    said = Consent.objects.visible_to(user).filter(
        family__one_with=OuterRef("family"), agency=agency, category=category, purpose=use.purpose, said_on__lte=use.on
    )
    one = Coalesce(OuterRef("person__merged_into"), OuterRef("person"))
    about = said.annotate(whom=Coalesce("person__merged_into", "person")).filter(Q(whom=one) | Q(person=None))
    last = about.order_by(IsNull(F("person"), True), "-said_on", "-pk").values("state")[:1]  # noqa: FBT003
    return Q(Exact(Coalesce(Subquery(last), Value("")), Value(Consent.State.GIVEN.value)))


@dataclass(frozen=True)
class LeftOut:
    """How many facts of one kind from one agency are left out, and why. Never what they say."""

    kind: str
    agency: str
    number: int
    because: str

    @property
    def what(self) -> str:
        return KINDS[self.kind].label

    @property
    def whose(self) -> str:
        return AGENCIES.get(self.agency, "Recorded by the service")

    @property
    def words(self) -> str:
        return f"{self.what}: {self.number}. {self.because}"


def left_out(family: Family, use: Use, *, user: User, also: Q = NOTHING_MORE) -> list[LeftOut]:
    """Return what of one family's evidence is left out of a use, but for what is shown all the same."""
    return counted(Fact.objects.visible_to(user).filter(family=family).exclude(also), use, user=user)


def counted(facts: FactQuerySet, use: Use, *, user: User) -> list[LeftOut]:
    """Count, of some facts, those that may not be used, by kind and agency."""
    rows = facts.exclude(permitted(use, user=user)).order_by("kind", "agency").values_list("kind", "agency")
    return [told(use, *row) for row in rows.annotate(number=Count("pk"))]


def told(use: Use, kind: str, agency: str, number: int) -> LeftOut:
    why, category = use.why_not(agency, kind), KINDS[kind].category
    return LeftOut(kind, agency, number, sentence(why, agency=agency, category=category))


def in_total(left: Iterable[LeftOut]) -> int:
    return sum(each.number for each in left)


def given_by_agencies(family: Family, *, user: User) -> list[tuple[str, str, int, date, date]]:
    """Return how much of each kind each agency gave: ``(agency, kind, number, first, last)``, never what they say."""
    rows = Fact.objects.visible_to(user).filter(family=family).exclude(agency=OWN).order_by("agency", "kind")
    told = rows.values("agency", "kind").annotate(n=Count("pk"), first=Min("recorded_on"), last=Max("recorded_on"))
    return [(row["agency"], row["kind"], row["n"], row["first"], row["last"]) for row in told]


def agencies_that_gave(families: Collection[int], *, user: User) -> dict[int, set[str]]:
    """Return the agencies whose information is in the record of each family."""
    rows = Fact.objects.visible_to(user).of_each(families).exclude(agency=OWN).order_by()
    found: dict[int, set[str]] = {}
    for family, agency in rows.values_list("stands", "agency").distinct():
        found.setdefault(family, set()).add(agency)
    return found
