"""What a home page is made of: panels of things to do. Plain values; the template knows nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One thing that waits. ``href`` opens it; ``press`` is an address to post to for starting it at once."""

    title: str
    href: str
    detail: str = ""
    tag: str = ""
    tone: str = ""
    press: str = ""
    press_text: str = ""
    families: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Panel:
    """A titled list. ``empty`` is what it says when nothing waits; a panel without it is then left out."""

    title: str
    items: Sequence[Item] = ()
    empty: str = ""
    more: str = ""
    href: str = ""
    waits: bool = True
    """Whether what is in it waits for this person, and does not only tell or lead somewhere."""

    @property
    def is_shown(self) -> bool:
        return bool(self.items or self.empty)


@dataclass(frozen=True)
class Tile:
    """A figure that opens the list behind it."""

    label: str
    value: int | str
    href: str
    note: str = ""
    tone: str = ""
    waits: bool = True


@dataclass(frozen=True)
class Main:
    """The one thing to do from here, as the button beside the page's heading."""

    text: str
    href: str


@dataclass(frozen=True)
class Part:
    """What one kind of post brings to the page."""

    main: Main | None = None
    tiles: Sequence[Tile] = ()
    panels: Sequence[Panel] = ()
