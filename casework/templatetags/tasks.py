"""The door to set a task from wherever one is, and how a task stands in a word."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework.tasks.about import PAGES
from casework.tasks.models import Task
from casework.tasks.services import may_set
from families.people.models import Family
from slf.web.templatetags.components import tag

register = template.Library()
SET = "Set a task"


@register.simple_tag
def task_tag(task: Task, *, on: date) -> SafeString:
    text, tone = task.tag_on(on)
    return tag(text, tone=tone)


@register.simple_tag(takes_context=True)
def task_door(context: template.Context, family: Family) -> SafeString | str:
    """The way to set a task about the record on this page, for whoever may."""
    href = door(context["request"], family)
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, SET) if href else ""


def door(request: HttpRequest, family: Family) -> str:
    """Return where a task about this page is set; nothing to who may not."""
    if not may_set(family, request.user):  # type: ignore[arg-type]
        return ""
    return f"{reverse('casework:set_task', args=[family.uid])}{about(request)}"


def about(request: HttpRequest) -> str:
    """Return the query that says from which page it is asked, if that is a page tasks know."""
    here: Any = request.resolver_match
    page = PAGES.get(here.url_name) if here else None
    if page is None or here.app_name != page.app:
        return ""
    record = {"record": here.kwargs["uid"]} if page.model else {}
    return f"?{urlencode({'about': here.url_name} | record)}"
