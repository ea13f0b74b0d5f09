"""The marks of an entry where the entry is read: ``{% provenance provenances "visit" visit.uid %}``."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

from casework.provenance.models import Provenance

register = template.Library()


@register.simple_tag
def says_grade(marks: Mapping[str, Provenance], about: str, uid: UUID) -> bool:
    """Tell whether the marks say what kind of statement an entry is: then what its author said first is not shown."""
    found = marks.get(f"{about}:{uid}")
    return bool(found and found.grade)


@register.inclusion_tag("casework/provenance/marks.html")
def provenance(marks: Mapping[str, Provenance], about: str, uid: UUID) -> dict[str, Any]:
    found = marks.get(f"{about}:{uid}")
    return {"lines": found.lines if found else []}
