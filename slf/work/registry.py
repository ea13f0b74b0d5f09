"""The kinds of work that can be promised, by name. A kind is a function in an area's ``jobs.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.conf import settings

from slf.work.rules import Queue


@dataclass(frozen=True)
class Kind:
    name: str
    title: str
    queue: Queue
    function: Callable[..., dict[str, Any] | None]


_kinds: dict[str, Kind] = {}


def job(name: str, *, title: str, queue: str = Queue.DEFAULT) -> Callable[..., Any]:
    """Register a function ``(job, **arguments)`` as work that can be promised under ``name``.

    It runs in the name of the person who asked, may be run again from ``job.cursor`` after a worker dies,
    reads and writes inside ``with job.step(...)``, and returns figures for the result (or nothing).
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        if (known := _kinds.get(name)) and known.function.__module__ != function.__module__:
            message = f"Two functions are called {name}: one in {known.function.__module__}."
            raise ValueError(message)
        _kinds[name] = Kind(name, title, Queue(queue), function)
        function.kind = name
        return function

    return register


def kind_of(name_or_function: str | Callable[..., Any]) -> Kind:
    """Return the kind of this name, or of this decorated function."""
    load()
    return _kinds[getattr(name_or_function, "kind", name_or_function)]


@cache
def load() -> None:
    """Import every area's ``jobs.py`` on all floors, so that each worker and each page knows every kind."""
    floors = (config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR)
    areas = (f"{floor.name}.{area.name}" for floor in floors for area in iter_modules([floor.path]) if area.ispkg)
    for area in areas:
        if find_spec(f"{area}.jobs"):
            import_module(f"{area}.jobs")
