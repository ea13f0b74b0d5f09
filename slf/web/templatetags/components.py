"""The parts pages are made of. Every part is shown, with the lines that make it, at /components/.

Leaves are ``{% tag "Overdue" tone="late" %}``; wrappers have an end, ``{% panel title="Plan" %}...{% endpanel %}``.
Arguments are keywords, but for the one thing a part is about.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, now

from slf.clock import shown
from slf.web import navigation, paging
from slf.web.cards import FamilyCard, ago
from slf.web.charts import Chart, Spark
from slf.web.summary import all_errors
from slf.web.tables import Column, columns_of
from slf.web.tones import MESSAGES, colour_of
from slf.web.words import day_in_words, moment_in_words

register = template.Library()


def leaf(name: str):
    return register.inclusion_tag(f"components/{name}.html", name=name)


def wrapper(name: str, content: str, **context: Any) -> SafeString:
    return get_template(f"components/{name}.html").render({"content": content, **context})


# Words and figures


@register.simple_tag
def tag(text: Any, *, tone: str = "", state: str = "") -> SafeString:
    """A state in a word and a colour."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour_of(tone=tone, state=state), text)


@register.simple_tag
def day(value: date | datetime | None, *, none: str = "Not yet") -> SafeString | str:
    """A date as "3 October 2012", a moment as "3 October 2012, 14:32"; a machine reads it too."""
    if value is None:
        return none
    if isinstance(value, datetime):
        machine, words = localtime(value).isoformat(), moment_in_words(shown(value))
    else:
        machine, words = value.isoformat(), day_in_words(value)
    return format_html('<time datetime="{}" class="slf-day">{}</time>', machine, words)


@register.simple_tag
def printed_at() -> str:
    """Now, as the foot of a printed page says it."""
    return moment_in_words(shown(now()))


@register.simple_tag
def days_ago(days: int | None, *, none: str = "never") -> str:
    """A number of days as "today", "yesterday", "12 days ago"."""
    return none if days is None else ago(days)


@leaf("stat")
def stat(label: str, *, value: Any, href: str = "", note: str = "", tone: str = "") -> dict[str, Any]:
    """One figure that opens the list behind it."""
    return {"label": label, "value": value, "href": href, "note": note, "colour": colour_of(tone=tone) if tone else ""}


@leaf("progress_bar")
def progress_bar(label: str, *, done: int, total: int | None = None, note: str = "") -> dict[str, Any]:
    """How far a job is. Without a total it says only that it goes on."""
    share = f"{done:,} of {total:,}" if total else f"{done:,} so far"
    id_ = f"progress-{uuid4().hex[:8]}"
    return {"label": label, "done": done, "total": total, "share": share, "note": note, "id": id_}


# Things to press


@leaf("button")
def button(
    text: str, *, kind: str = "", name: str = "", value: str = "", form: str = "", once: bool = True
) -> dict[str, Any]:
    """A button that sends its form. ``kind``: secondary, warning or inverse."""
    return {"text": text, "kind": kind, "name": name, "value": value, "form": form, "once": once}


@leaf("link_button")
def link_button(text: str, *, href: str, kind: str = "", start: bool = False) -> dict[str, Any]:
    """A link that looks like a button, for the one thing to do next."""
    return {"text": text, "href": href, "kind": kind, "start": start}


@leaf("print_button")
def print_button(text: str = "Print this page") -> dict[str, Any]:
    """Prints the page; hidden where there is no JavaScript."""
    return {"text": text}


@leaf("once")
def once() -> dict[str, Any]:
    """The once-only key for a form that has only a button."""
    return {"key": uuid4()}


@register.inclusion_tag("components/urgent_link.html", takes_context=True)
def urgent_link(context: template.Context) -> dict[str, Any]:
    """What everybody may need at once (``navigation.add_urgent``); on a page of a family it is about that family."""
    about = getattr(context.get("family"), "uid", None)
    item = next(iter(navigation.URGENT.values()), None)
    href = reverse(item.url_name) + (f"?family={about}" if about else "") if item else ""
    return {"label": item.label if item else "", "href": href}


# Notices


@leaf("warning")
def warning(text: Any) -> dict[str, Any]:
    """Something that must not be overlooked."""
    return {"text": text}


@leaf("alert")
def alert(text: Any, *, tone: str = "info") -> dict[str, Any]:
    """What just happened: info, success, warning or error."""
    return {"text": text, "variant": MESSAGES.get(tone, "information")}


@leaf("empty_state")
def empty_state(title: str, *, text: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    """What a list says when nothing is in it, and what to do then."""
    return {"title": title, "text": text, "href": href, "action": action}


@leaf("error_summary")
def error_summary(*forms: BaseForm | BaseFormSet) -> dict[str, Any]:
    """What is wrong with a form, each line leading to its box. The layouts show it for ``form`` by themselves."""
    return {"errors": [error for form in forms for error in all_errors(form)]}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """A passage set off from the rest: a quotation, a definition."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


# Ways round


@leaf("back_link")
def back_link(*, href: str, text: str = "Back") -> dict[str, Any]:
    return {"href": href, "text": text}


@leaf("breadcrumbs")
def breadcrumbs(*pairs: str) -> dict[str, Any]:
    """``{% breadcrumbs "Families" list_url family.name family_url %}``: a text and its address, in turn."""
    return {"crumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, *, name: str = "page") -> dict[str, Any]:
    """The pages of a list; filters stay in the addresses."""
    asked = context["request"].GET
    step = {"previous": page.has_previous(), "next": page.has_next()}
    turn = {"previous": page.number - 1, "next": page.number + 1}
    ways = {way: paging.address(asked, turn[way], name=name) if there else "" for way, there in step.items()}
    return {"page": page, "links": list(paging.links(page, asked, name=name)), **ways}


@register.inclusion_tag("components/sub_navigation.html", takes_context=True)
def sub_navigation(context: template.Context, label: str, *pairs: str) -> dict[str, Any]:
    """The pages of one thing: ``{% sub_navigation "This family" "Overview" url1 "Visits" url2 %}``."""
    here = context["request"].path
    items = [{"text": t, "href": h, "current": h == here} for t, h in zip(pairs[::2], pairs[1::2], strict=True)]
    return {"label": label, "items": items}


@register.simple_block_tag
def page_title(content: str, title: Any, *, caption: Any = "", level: int = 1) -> SafeString:
    """The page's heading; what stands inside are its buttons."""
    return wrapper("page_title", content, title=title, caption=caption, level=level)


# Boxes


@register.simple_block_tag
def panel(content: str, *, title: Any, id: str = "", more: str = "", href: str = "", level: int = 2) -> SafeString:
    """A titled part of a page, with at most one link on the right of its title."""
    return wrapper("panel", content, title=title, id=id, more=more, href=href, level=level)


@register.simple_block_tag
def card(content: str, *, title: Any, href: str = "", tone: str = "", level: int = 3) -> SafeString:
    """A framed thing among others of its kind."""
    colour = colour_of(tone=tone) if tone else ""
    return wrapper("card", content, title=title, href=href, colour=colour, level=level)


@register.simple_block_tag
def details(content: str, *, summary: str, open: bool = False) -> SafeString:
    """Something that most people need not read."""
    return wrapper("details", content, summary=summary, open=open)


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """A row of figures."""
    return format_html('<ul class="slf-stats">{}</ul>', content)


@register.simple_block_tag
def button_group(content: str) -> SafeString:
    return format_html('<div class="govuk-button-group">{}</div>', content)


@register.simple_block_tag
def filter_panel(
    content: str, *, title: str = "Filter", action: str = "", chosen: Sequence = (), clear: str = "", level: int = 2
) -> SafeString:
    """Choices that narrow a list. ``chosen`` is ``(text, address without it)`` for each one taken."""
    return wrapper("filter_panel", content, title=title, action=action, chosen=chosen, clear=clear, level=level)


# Lists of facts


@register.simple_block_tag
def summary_list(content: str, *, title: str = "", level: int = 2) -> SafeString:
    """What was answered; holds ``summary_row``."""
    return wrapper("summary_list", content, title=title, level=level)


@leaf("summary_row")
def summary_row(
    label: str, value: Any, *, href: str = "", action: str = "Change", none: str = "Not given"
) -> dict[str, Any]:
    """One answer, and the way to change it."""
    return {"label": label, "value": none if value in (None, "") else value, "href": href, "action": action}


@register.simple_block_tag
def key_values(content: str) -> SafeString:
    """A few short facts side by side; holds ``key_value``."""
    return format_html('<dl class="slf-facts">{}</dl>', content)


@leaf("key_value")
def key_value(label: str, value: Any, *, none: str = "Not known") -> dict[str, Any]:
    return {"label": label, "value": none if value in (None, "") else value}


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """What is to do and how far each is; holds ``task``."""
    return format_html('<ul class="govuk-task-list">{}</ul>', content)


@leaf("task")
def task(text: str, *, status: str, href: str = "", hint: str = "", tone: str = "") -> dict[str, Any]:
    """One thing to do. A tone makes its status a tag; what is done needs none."""
    return {"text": text, "status": status, "href": href, "hint": hint, "tone": tone, "id": f"task-{uuid4().hex[:8]}"}


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What happened, newest first; holds ``event``."""
    return format_html('<div class="moj-timeline slf-timeline">{}</div>', content)


@register.simple_block_tag
def event(
    content: str, *, title: Any, on: date | datetime, by: Any = "", kind: str = "", href: str = "", level: int = 3
) -> SafeString:
    """One thing that happened."""
    return wrapper("event", content, title=title, on=on, by=by, kind=kind, href=href, level=level)


# Tables


@register.simple_block_tag
def data_table(
    content: str, *, caption: Any, columns: str | Sequence[Column], numeric: str = "", hide_caption: bool = False
) -> SafeString:
    """A table that becomes a stack of cards on a phone. Its rows are ``<tr>`` with ``th`` and ``td``."""
    heads = columns_of(columns, numeric=numeric)
    return wrapper("data_table", content, caption=caption, columns=heads, hide_caption=hide_caption)


@register.simple_block_tag
def th(content: str) -> SafeString:
    """What a row is about: its first cell."""
    return format_html('<th scope="row" class="govuk-table__header slf-table__head">{}</th>', content)


@register.simple_block_tag
def td(content: str, label: str, *, numeric: bool = False) -> SafeString:
    """A cell; the label is its column's, said beside it on a phone."""
    figure = " govuk-table__cell--numeric" if numeric else ""
    return format_html('<td class="govuk-table__cell{}" data-label="{}">{}</td>', figure, label, content)


# Pictures


@leaf("chart")
def chart(picture: Chart) -> dict[str, Any]:
    """A picture with the same numbers in a table beside it."""
    return {"chart": picture}


@leaf("family_card")
def family_card(family: FamilyCard | Mapping[str, Any], *, level: int = 3) -> dict[str, Any]:
    """A family at a glance, the same everywhere a family is named."""
    family = family if isinstance(family, FamilyCard) else FamilyCard(**family)
    spark = Spark(family.star, top=family.star_top, title=family.star_readings) if len(family.star) > 1 else None
    return {"family": family, "spark": spark, "level": level}
