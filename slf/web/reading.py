"""Reading what a program sends: JSON that is nested deeper than anything of ours is no JSON."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEEPEST = 20
TOO_DEEP = "This is nested too deep."


class Json(JSONParser):
    """JSON, unless it is nested too deep."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            found = super().parse(stream, media_type, parser_context)
            check_depth(found)
        except (RecursionError, ValueError) as error:
            raise ParseError(TOO_DEEP) from error
        return found


def json_of(body: bytes | str) -> Any:
    """Return what a body says. ``ValueError`` when it is no JSON, or nested too deep to be worked with."""
    try:
        found = json.loads(body)
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error
    check_depth(found)
    return found


def check_depth(found: Any) -> None:
    """Refuse what is nested too deep, level by level: a walk that cannot run too deep itself."""
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in inside(one)]
        if not level:
            return
    raise ValueError(TOO_DEEP)


def inside(found: Any) -> list[Any]:
    return list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else []
