"""Parts of every page of a family."""

from typing import Any
from urllib.parse import urljoin

from django import template
from django.urls import reverse

from casework.templatetags.tasks import SET, door
from families.people.models import Family
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, Rights

register = template.Library()

PAGES = (
    ("Overview", "families:family", RecordClass.CARD),
    ("Flags", "families:flags", RecordClass.CARD),
    ("Household", "families:household", RecordClass.RECORD),
    ("Genogram", "families:genogram", RecordClass.RECORD),
    ("Chronology", "casework:chronology", RecordClass.RECORD),
    ("Case", "casework:case", RecordClass.RECORD),
    ("Tasks", "casework:tasks_of_family", RecordClass.RECORD),
    ("Visits", "casework:visits", RecordClass.RECORD),
    ("Assessment", "casework:assessments", RecordClass.RECORD),
    ("Plan", "casework:plan", RecordClass.RECORD),
    ("Star", "casework:star", RecordClass.RECORD),
    ("Decisions on progress", "casework:equivalents", RecordClass.RECORD),
    ("Supervision", "casework:family_supervision", RecordClass.RECORD),
    ("Safeguarding", "casework:family_concerns", RecordClass.SAFEGUARDING),
    ("Documents", "casework:documents", RecordClass.SAFEGUARDING),
    ("Help given", "casework:help_given", RecordClass.RECORD),
    ("Team around the family", "casework:around", RecordClass.RECORD),
    ("Work and training", "casework:provision", RecordClass.RECORD),
    ("Meetings", "casework:meetings", RecordClass.MEETING),
    ("Budget", "casework:budget", RecordClass.MONEY),
    ("Evidence", "families:evidence", RecordClass.EVIDENCE),
    ("Progress to results", "performance:monitored", RecordClass.EVIDENCE),
    ("Sharing and consent", "families:sharing", RecordClass.EVIDENCE),
)
EVERY_DAY = frozenset(
    {"Overview", "Household", "Chronology", "Visits", "Assessment", "Plan", "Star", "Safeguarding", "Meetings"}
)
"""What is opened on most days stands in the line; everything else under "More"."""
BESIDE = {"Team around the family": ("meetings/", "requests/")}
"""Pages of a part that stand beside its first one, not below it."""
OF_STAFF = frozenset({"Supervision", "Decisions on progress"})
"""Of a record that is shared with a partner, what is not."""
BESIDE_THE_RECORD = frozenset({"Meetings"})
"""Reached from another page by who reads the record; the door of who does not."""
WHO_LOOKED = ("Who has looked", "access:looked")
WHY_ME = ("Why can I see this?", "access:why")


@register.inclusion_tag("casework/glance/family_nav.html", takes_context=True)
def family_nav(context: template.Context, family: Family) -> dict[str, Any]:
    """The pages of one family: ``{% block before_main %}{% family_nav family %}{% endblock %}``."""
    request = context["request"]
    rights = rights_of(request.user)
    left_out = OF_STAFF if family.scope_id in rights.as_partner else frozenset()
    left_out |= BESIDE_THE_RECORD if opens(rights, family, RecordClass.RECORD) else frozenset()
    pages = [(text, name) for text, name, kind in PAGES if opens(rights, family, kind) and text not in left_out]
    pages += [WHO_LOOKED] if rights.may(Can.REVIEW_ACCESS, family.scope_id) else []
    pages += [WHY_ME]
    found = [(text, reverse(name, args=[family.uid])) for text, name in pages]
    items = [{"text": text, "href": href, "current": where(text, href, request.path)} for text, href in found]
    more = [item for item in items if item["text"] not in EVERY_DAY]
    if href := door(request, family):
        more.insert(0, {"text": SET, "href": href, "current": ""})
    return {
        "items": [item for item in items if item["text"] in EVERY_DAY],
        "more": more,
        "here": next((item["text"] for item in more if item["current"]), ""),
        "family": family,
    }


def where(text: str, href: str, path: str) -> str:
    """Return what a link says of the open page: "page" of itself, "true" of another page of its part, else nothing."""
    if path == href:
        return "page"
    if text == "Overview":
        return ""
    below = path.startswith(href) or any(path.startswith(urljoin(href, f"../{name}")) for name in BESIDE.get(text, ()))
    return "true" if below else ""


def opens(rights: Rights, family: Family, record_class: RecordClass) -> bool:
    """Tell whether this class of the family's record is open, without asking the database again."""
    if family.scope_id in rights.open_scopes(record_class):
        return True
    return family.pk in rights.families and family.scope_id in rights.held_scopes(record_class)
