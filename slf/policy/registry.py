"""The settings there are. An area registers its own in ``AppConfig.ready``; a lower one knows nothing of them."""

from itertools import groupby
from typing import Any

from slf.policy.rules import Setting

SETTINGS: dict[str, Setting[Any]] = {}


def register(*settings: Setting[Any]) -> None:
    """Offer settings on the page of settings. The same key again replaces the entry."""
    for setting in settings:
        setting.kind.check(setting.default)
        SETTINGS[setting.key] = setting


def by_place() -> list[tuple[str, list[Setting[Any]]]]:
    """Return the settings by where they act."""
    ordered = sorted(SETTINGS.values(), key=lambda setting: setting.where)
    return [(where, list(some)) for where, some in groupby(ordered, key=lambda setting: setting.where)]
