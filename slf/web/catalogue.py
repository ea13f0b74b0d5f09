"""What /components/ shows: each part drawn from an example file, and the lines of that very file beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import HttpRequest
from django.template.loader import get_template

from slf.web.cards import FamilyCard, Flag, Member
from slf.web.charts import Series, bar_chart, line_chart, star_chart
from slf.web.forms import Checkboxes, GovDateField, GovForm, GovFormSet, MoneyField, OnceForm, Radios

DAY = date(2014, 10, 15)


@dataclass(frozen=True)
class Example:
    """One part: its name is that of its file in ``slf/web/examples``."""

    name: str
    title: str
    why: str
    drawn: str = ""
    lines: str = ""


SECTIONS: Mapping[str, tuple[Example, ...]] = {
    "Our own": (
        Example("family_card", "Family card", "A family at a glance, the same everywhere a family is named."),
        Example("family_card_empty", "Family card, little known", "What is missing is said, never hidden."),
    ),
    "Page": (
        Example("page_title", "Page title", "The heading, its caption and the page's buttons."),
        Example("panel", "Panel", "A titled part of a page; at most one link beside its title."),
        Example("card", "Card", "A framed thing among others of its kind. The edge has a colour with a meaning."),
        Example("details", "Details", "Something that most people need not read."),
        Example("inset", "Inset", "A passage set off from the rest."),
        Example("sub_navigation", "Sub navigation", "The pages of one thing."),
        Example("back_link", "Back link and breadcrumbs", "In the block before_main."),
    ),
    "Words and figures": (
        Example("tag", "Tag", "A state in a word and a colour; the tones are one table."),
        Example("day", "Days", "Dates as people say them; a machine reads them too."),
        Example("stats", "Figures", "Each opens the list behind it."),
        Example("progress_bar", "Progress", "How far a job is."),
    ),
    "Notices": (
        Example("alert", "Message", "What just happened. The layouts show Django's messages by themselves."),
        Example("warning", "Warning", "Something that must not be overlooked."),
        Example("empty_state", "Empty state", "What a list says when nothing is in it, and what to do then."),
    ),
    "Lists and tables": (
        Example("summary_list", "Summary list", "What was answered, and the way to change it."),
        Example("key_values", "Key facts", "A few short facts side by side."),
        Example("task_list", "Task list", "What is to do and how far each is."),
        Example("timeline", "Timeline", "What happened, newest first."),
        Example("data_table", "Table", "Becomes a stack of cards on a phone."),
        Example("pagination", "Pages", "Filters stay in the addresses."),
        Example("filter_panel", "Filter", "Choices that narrow a list."),
    ),
    "Pictures": (
        Example("chart_bar", "Bars", "The same figures stand in the table beside it."),
        Example("chart_line", "Lines", "Where a figure is not known the line breaks."),
        Example("chart_star", "Star", "The first reading dashed, the last one solid."),
    ),
    "Forms": (
        Example("button", "Buttons", "One green button a page."),
        Example("form", "A form", "Hint, error beside the field, summary at the top of the page, nothing typed lost."),
        Example("formset", "Several of the same", "Add another needs no JavaScript."),
    ),
}


class ExampleForm(OnceForm):
    """Every kind of question."""

    called = {"seen_alone": "Whether Kelly was seen alone"}

    name = forms.CharField(label="Name of the school", max_length=60, help_text="As it is on the sign at the gate.")
    seen_on = GovDateField(
        label="When did you visit?", called="The date of the visit", latest=DAY, help_text="For example, 27 3 2014."
    )
    kind = forms.ChoiceField(
        label="Kind of visit", choices=[("", "Choose"), ("home", "Home visit"), ("school", "At school")]
    )
    seen_alone = forms.ChoiceField(
        label="Was Kelly seen alone?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Radios(reveals={"no": "why_not"}, hints={"yes": "Out of hearing of the adults."}),
    )
    why_not = forms.CharField(label="Why not?", max_length=200)
    needs = forms.MultipleChoiceField(
        label="What does the family want to change?",
        choices=[("school", "Getting to school"), ("home", "A safe home"), ("work", "Work and money")],
        widget=Checkboxes,
    )
    spend = MoneyField(label="Spend", required=False, max_value=500)
    visits = forms.IntegerField(label="Visits a week", min_value=1, max_value=14, required=False)
    note = forms.CharField(label="What changed?", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    letter = forms.FileField(label="Letter from the school", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    agreed = forms.BooleanField(label="The family has read this")


class ActionForm(GovForm):
    what = forms.CharField(label="What will be done", max_length=120)
    who = forms.CharField(label="Who will do it", max_length=60)


class ActionSet(GovFormSet):
    item_name = "Action"


WRONG = {
    "name": "",
    "seen_on_day": "31",
    "seen_on_month": "",
    "seen_on_year": "2014",
    "kind": "",
    "seen_alone": "no",
    "spend": "six hundred",
    "visits": "40",
    "note": "Kelly was in school on four days.",
    "once": "9f0f4c3e-5a0e-4d3b-9a0e-0d8f6f1f2b11",
}


def example_form(*, wrong: bool) -> ExampleForm:
    return ExampleForm(WRONG) if wrong else ExampleForm()


def sections(request: HttpRequest, *, form: ExampleForm) -> dict[str, list[Example]]:
    """Draw every example with the same made-up family."""
    context = example_context(form)
    return {title: [draw(example, context, request) for example in examples] for title, examples in SECTIONS.items()}


def draw(example: Example, context: Mapping[str, Any], request: HttpRequest) -> Example:
    template = get_template(f"slf/web/examples/{example.name}.html")
    return Example(
        example.name,
        example.title,
        example.why,
        template.render(dict(context), request),
        template.template.source.strip(),
    )


def example_context(form: ExampleForm) -> dict[str, Any]:
    actions = formset_factory(ActionForm, formset=ActionSet, extra=2)
    return {
        "form": form,
        "formset": actions(prefix="actions"),
        "day": DAY,
        "family": WALKERS,
        "bare": FamilyCard("Family of J. Bennett", locality="Melton"),
        "closed": CARD_ONLY,
        "page": Paginator(range(480), 50).page(4),
        "bars": BARS,
        "lines": LINES,
        "star": STAR,
        "rows": [
            {"family": "Walker", "worker": "Priya Shah", "days": 3, "state": "active", "words": "Active"},
            {"family": "Okafor and Reid", "worker": "Tom Allsop", "days": 24, "state": "overdue", "words": "Overdue"},
        ],
        "chosen": [("Charnwood", "?"), ("Overdue visits", "?")],
    }


WALKERS = FamilyCard(
    name="Walker family",
    href="#family_card",
    locality="Charnwood",
    worker="Priya Shah",
    household=(
        Member("Dawn Walker", 34),
        Member("Lee Marsh", 36, is_contested=True),
        Member("Kelly Walker", 14, is_child=True, days_since_seen=3),
        Member("Jake Walker", 11, is_child=True, days_since_seen=24, is_overdue=True),
        Member("Ruby Marsh", 4, is_child=True),
    ),
    flags=(Flag("Dog in the house"), Flag("Visit in pairs", tone="late"), Flag("Protected address", tone="sensitive")),
    days_since_contact=3,
    next_step="Home visit with the school",
    next_step_on=date(2014, 10, 17),
    star=(3.2, 3.9, 4.1, 5.8),
    action_text="Record a visit",
    action_href="#family_card",
)
CARD_ONLY = FamilyCard(
    "Okafor and Reid family",
    locality="Charnwood",
    worker="Tom Allsop",
    household=(Member("Ada Okafor", 41), Member("Sam Reid", 9, is_child=True, days_since_seen=8)),
    note="You see this family as a card. Open the record with a reason if your work needs it.",
    action_text="Open the record",
    action_href="#family_card_empty",
)
LOCALITIES = ("North West Leicestershire", "Charnwood", "Melton", "Oadby and Wigston", "Harborough", "Blaby")
BARS = bar_chart(
    "Families identified, March 2012",
    labels=LOCALITIES,
    series=[
        Series("Complex", (235, 431, 127, 68, 66, 80), hrefs=("#chart_bar",) * 6),
        Series("At risk", (354, 635, 161, 156, 150, 172)),
    ],
    says="Charnwood has the most of both.",
    heads="Locality",
)
LINES = line_chart(
    "Visits a month",
    labels=["April", "May", "June", "July", "August", "September", "October"],
    series=[Series("Charnwood", (62, 71, 80, 77, 41, 83, 90)), Series("Melton", (20, 24, None, None, 17, 26, 31))],
    says="Both fall in the school holidays. June and July in Melton are not known.",
    heads="Month",
)
STAR = star_chart(
    "Star of the Walker family",
    areas=[
        "Getting to school",
        "A safe home",
        "Health",
        "Money",
        "Work and learning",
        "Getting on together",
        "Friends and community",
        "Boundaries",
    ],
    readings=[Series("3 March 2014", (2, 4, 5, 3, 2, 3, 4, 2)), Series("1 October 2014", (6, 7, 5, 5, None, 6, 5, 7))],
    top=10,
    says="Better in six of eight areas; work and learning was not asked the second time.",
)
