"""The service navigation: what each app offers on every page, and to whom.

An app adds its items in ``AppConfig.ready``::

    navigation.add("Families", "families:list", needs=Can.READ, order=20)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from slf.access.rules import Can, Rights, Role


@dataclass(frozen=True)
class Item:
    """One entry, lit on its own page and those below ``over`` (its own address, unless said otherwise).

    Without ``needs`` it is for everyone who is signed in; with several, any one is enough."""

    label: str
    url_name: str
    needs: tuple[Can | Role, ...] = ()
    order: int = 50
    over: tuple[str, ...] | None = None

    def is_for(self, rights: Rights) -> bool:
        return not self.needs or any(holds(rights, need) for need in self.needs)


ITEMS: dict[str, Item] = {}
SEARCH: dict[str, Item] = {}
FOOTER: dict[str, Item] = {}
URGENT: dict[str, Item] = {}


def add(
    label: str,
    url_name: str,
    *,
    needs: Can | Role | Iterable[Can | Role] = (),
    order: int = 50,
    over: tuple[str, ...] | None = None,
) -> None:
    """Offer a page in the navigation. Adding the same address again replaces the entry."""
    ITEMS[url_name] = Item(label, url_name, as_tuple(needs), order, over)


def add_search(label: str, url_name: str, *, needs: Can | Role | Iterable[Can | Role] = ()) -> None:
    """Offer the one search box of the header; it asks the address with ``?q=``."""
    SEARCH.clear()
    SEARCH[url_name] = Item(label, url_name, as_tuple(needs))


def add_footer(label: str, url_name: str, *, needs: Can | Role | Iterable[Can | Role] = (), order: int = 50) -> None:
    """Offer a page in the footer: help, who may do what, privacy."""
    FOOTER[url_name] = Item(label, url_name, as_tuple(needs), order)


def add_urgent(label: str, url_name: str) -> None:
    """Offer what everybody may need at once, on every page; on a family's page it is asked with ``?family=``."""
    URGENT.clear()
    URGENT[url_name] = Item(label, url_name)


def items_for(rights: Rights, items: Mapping[str, Item]) -> list[Item]:
    """Return the entries for one person, in their order."""
    return sorted((item for item in items.values() if item.is_for(rights)), key=lambda item: (item.order, item.label))


def holds(rights: Rights, need: Can | Role) -> bool:
    if isinstance(need, Can):
        return rights.may(need)
    return any(role == need for role, _ in rights.reaches)


def as_tuple(needs: Can | Role | Iterable[Can | Role]) -> tuple[Can | Role, ...]:
    return (needs,) if isinstance(needs, Can | Role) else tuple(needs)
