"""The JSON Schema of a case (`docs/judge-format.md`), made of the same table of kinds that the reader goes by."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from performance.pbr.rules.catalogue import KINDS, About, Field, Holds, KindOfFact, Shape

WORD = {"type": "string", "pattern": r"\S"}
DATE = {"type": "string", "format": "date", "pattern": r"^(1[89]|2[01])\d{2}-\d{2}-\d{2}$"}
COUNT = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
FLAG = {"type": "boolean"}
HELD: Mapping[Holds, dict[str, Any]] = {
    Holds.WORD: WORD,
    Holds.WORDS: {"type": "array", "items": WORD},
    Holds.COUNT: COUNT,
    Holds.YES_NO: FLAG,
    Holds.TERM: WORD,
    Holds.KIND: {"enum": list(KINDS)},
}


def thing(properties: Mapping[str, Any], *needed: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(needed),
        "additionalProperties": False,
        **more,
    }


PERIODS = {"type": "array", "minItems": 1, "items": thing({"from": DATE, "to": DATE}, "from")}
MEMBER = thing(
    {
        "id": WORD,
        "name": WORD,
        "born": DATE,
        "parenting": FLAG,
        "lived_here": PERIODS,
        "lives_elsewhere": PERIODS,
    },
    "id",
    anyOf=[{"required": ["lived_here"]}, {"required": ["lives_elsewhere"]}],
)
HOUSEHOLD = thing(
    {"id": WORD, "attached_on": DATE, "members": {"type": "array", "minItems": 1, "items": MEMBER}}, "id", "members"
)
TERM = thing({"name": WORD, "starts_on": DATE, "ends_on": DATE}, "name", "starts_on", "ends_on")


def value_of(fields: Mapping[str, Field]) -> dict[str, Any]:
    named = {name: HELD[field.holds] | {"description": field.meaning} for name, field in fields.items()}
    return thing(named, *(name for name, field in fields.items() if field.needed))


def fact_of(name: str, kind: KindOfFact) -> dict[str, Any]:
    when: dict[Shape, tuple[dict[str, Any], tuple[str, ...]]] = {
        Shape.EVENT: ({"day": DATE}, ("day",)),
        Shape.SPELL: ({"from": DATE, "to": DATE}, ("from",)),
        Shape.STRETCH: ({"from": DATE, "to": DATE}, ("from", "to")),
        Shape.TERM: ({}, ()),
    }
    days, needed = when[kind.shape]
    common = {"id": WORD, "kind": {"const": name}, "source": WORD, "recorded_on": DATE, "confirmed": FLAG}
    must = ["id", "kind", "source", "recorded_on", *needed]
    must += ["person"] if kind.about is About.PERSON else []
    must += ["value"] if any(field.needed for field in kind.value.values()) else []
    properties = {**common, "person": WORD, **days, "value": value_of(kind.value)}
    return thing(properties, *must, description=kind.meaning)


def fact() -> dict[str, Any]:
    chosen = [
        {"if": {"properties": {"kind": {"const": name}}, "required": ["kind"]}, "then": fact_of(name, kind)}
        for name, kind in KINDS.items()
    ]
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": chosen,
    }


def case_schema() -> dict[str, Any]:
    """Return the schema as `docs/judge.schema.json` holds it."""
    row = {"row": WORD, "reference": WORD}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One family's case, as manage.py judge reads it",
        **thing(
            {
                "scheme": WORD,
                "on": DATE,
                "household": HOUSEHOLD,
                "terms": {"type": "array", "items": TERM},
                "facts": {"type": "array", "items": fact()},
                "confirmed_rows": {"type": "array", "items": thing(row, "row", "reference")},
                "changed_rows": {
                    "type": "array",
                    "items": thing({**row, "value": {"type": "object"}}, "row", "value", "reference"),
                },
            },
            "household",
            "facts",
        ),
    }


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(case_schema(), format_checker=FormatChecker())


def problems_with(content: Any) -> Iterator[str]:
    """Yield a sentence with its place for each way in which a document is no case."""
    for error in validator().iter_errors(without_nulls(content)):
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
        yield f"{place.lstrip('.') or 'The file'}: {error.message}"


def without_nulls(content: Any) -> Any:
    """Leave out what is null: it is the same as not naming it."""
    if isinstance(content, dict):
        return {name: without_nulls(each) for name, each in content.items() if each is not None}
    return [without_nulls(each) for each in content] if isinstance(content, list) else content
