"""A judgement as a page shows it: answers in words, and each step with the evidence it rests on."""

from typing import Any

from performance.claims.services import CALLED
from performance.pbr.rules import Judgement

SAID = {"met": "Yes", "not_met": "No", "not_known": "Not known", "neutral": "Neutral"}


def shown(found: Judgement, case: dict[str, Any]) -> dict[str, Any]:
    """Return the judgement's content with words for answers and the facts behind each step."""
    content = found.as_dict()
    facts = {fact["id"]: fact for fact in case["facts"]}
    results = {name: result | said(result) | {"called": CALLED.get(name, "Attachment")} for name, result in content["results"].items()}
    trace = [step | said(step) | {"evidence": evidence(step, facts)} for step in content["trace"]]
    return content | {"results": results, "trace": trace}


def said(part: dict[str, Any]) -> dict[str, str]:
    return {"said": SAID[part["answer"]]}


def evidence(step: dict[str, Any], facts: dict[str, dict]) -> list[dict[str, Any]]:
    return [facts[fact] for fact in step["facts"] if fact in facts]
