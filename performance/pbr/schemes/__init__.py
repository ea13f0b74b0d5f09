"""The schemes that ship with the product, one file of rows each."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from performance.pbr.rules.shapes import PARTS, Row, Scheme

FOLDER = Path(__file__).parent


def versions() -> list[str]:
    return sorted(path.stem.upper() for path in FOLDER.glob("*.toml"))


@cache
def load(version: str) -> Scheme:
    """The scheme of this name; LookupError names the ones there are."""
    if version not in versions():
        raise LookupError(f"There is no scheme {version}. There is {', '.join(versions())}.")
    return scheme_from(tomllib.loads((FOLDER / f"{version.lower()}.toml").read_text(encoding="utf-8")))


def scheme_from(content: Mapping[str, Any]) -> Scheme:
    parts = {part: tuple(Row(**row) for row in content.get(part, [])) for part in PARTS}
    return Scheme(content["version"], content["name"], content["starts_on"], content["ends_on"], **parts)
