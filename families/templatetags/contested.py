"""The mark beside what somebody contests, wherever it is shown: ``{% contested marks "need" need.uid %}``."""

from collections.abc import Collection

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from families.contesting.marks import MARK
from families.contesting.rules import key_of
from slf.web.templatetags.components import tag

register = template.Library()


@register.simple_tag
def contested(marks: Collection[str], about: str, target: object) -> SafeString | str:
    """Return the mark with a space before it, or nothing."""
    return format_html(" {}", tag(MARK, tone="attention")) if key_of(about, target) in marks else ""


@register.simple_tag
def with_mark(value: object, marks: Collection[str], about: str, target: object) -> SafeString:
    """Return a value with its mark: ``{% with_mark person.full_name marks "name" person.uid as name %}``."""
    return format_html("{}{}", value, contested(marks, about, target))
