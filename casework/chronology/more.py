"""What areas above the chronology tell in it: each says so of its own, in ``AppConfig.ready``."""

from collections.abc import Callable, Iterator
from typing import Any

from casework.chronology.rules import Entry
from families.people.models import Family
from slf.accounts.models import User

Source = Callable[[Family, User, int | None], Iterator[Entry]]
MORE: dict[str, tuple[Any, Source]] = {}


def tell_also(name: str, model: Any, source: Source) -> None:
    """Register where entries come from, and the model of which a family mostly has no row (``has_copies``)."""
    MORE[name] = (model, source)
