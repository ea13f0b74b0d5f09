"""What becomes of each family of a list that is to be taken back, as far as whoever looks may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When

from casework.taking_back import rules
from casework.taking_back.services import families_of, staying
from families.people.models import Family
from slf.accounts.models import User

A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One family: why it stays, in words, and who added something; nothing when it is taken back."""

    family: Family
    why: str = ""
    people: str = ""

    @property
    def stays(self) -> bool:
        return bool(self.why)


@dataclass(frozen=True)
class Sums:
    """How many families a list made, how many stay, and how many of all the reader does not see."""

    total: int
    stay: int
    unseen: int = 0

    @property
    def go(self) -> int:
        return self.total - self.stay


def sums_of(file: int) -> Sums:
    return Sums(len(families_of(file)), len(staying(file)))


def lines_of(file: int, *, user: User, page: str | None) -> tuple[Sums, Page, list[Line]]:
    """Return the sums, and one page of the families that the reader sees, those that stay first."""
    every, stay = families_of(file), staying(file)
    first = Case(When(pk__in=list(stay), then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Family.objects.visible_to(user).filter(pk__in=every).order_by(first, "name", "reference")
    shown = Paginator(rows, A_PAGE).get_page(page)
    names = names_of({who for added in stay.values() for one in added for who in one.people})
    lines = [line_of(family, stay.get(family.pk, ()), names) for family in shown]
    return Sums(len(every), len(stay), len(every) - shown.paginator.count), shown, lines


def names_of(people: Iterable[int]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=people)}


def line_of(family: Family, added: Sequence[rules.Added], names: dict[int, str]) -> Line:
    people = sorted({names[who] for one in added for who in one.people if who in names})
    return Line(family, ", ".join(rules.in_words(added)), ", ".join(people))
