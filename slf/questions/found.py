"""Every question there is, found in the forms themselves, and the page made of them."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django import forms

from slf.questions.rules import ASKED, HOW_WORDS, STANDING

FLOORS = ("families", "referrals", "casework", "performance")
NOT_DOORS = frozenset({"migrations", "management"})
NO_QUESTION = (forms.HiddenInput, forms.MultipleHiddenInput)


@dataclass(frozen=True)
class Question:
    """One field of one form, where it is declared; ``means`` is what it asks of a record, where it has such a thing."""

    form: str
    name: str
    label: str
    means: str

    @property
    def where(self) -> str:
        return f"{self.form}.{self.name}"

    @property
    def called(self) -> str:
        return self.form.rsplit(".", 1)[1]

    @property
    def area(self) -> str:
        return ".".join(self.form.split(".")[:2])


def questions() -> list[Question]:
    """Return what every form of the floors of the record asks, in order."""
    load()
    found = {one.where: one for form in forms_of(forms.BaseForm) for one in asked_by(form)}
    return [found[where] for where in sorted(found)]


def load() -> None:
    """Import every module of the floors, so that each form is known."""
    for floor in FLOORS:
        package = importlib.import_module(floor)
        for module in pkgutil.walk_packages(package.__path__, f"{floor}."):
            if not NOT_DOORS & set(module.name.split(".")):
                importlib.import_module(module.name)


def forms_of(base: type) -> Iterator[type]:
    for form in base.__subclasses__():
        if form.__module__.split(".")[0] in FLOORS and form.__module__ in sys.modules:
            yield form
        yield from forms_of(form)


def asked_by(form: type) -> Iterator[Question]:
    """Yield the questions a form declares itself: those it inherits stand with the form above it."""
    above = {name for base in form.__bases__ for name in getattr(base, "base_fields", {})}
    for name, field in getattr(form, "base_fields", {}).items():
        if name not in above and not isinstance(field.widget, NO_QUESTION):
            label = str(field.label or name.replace("_", " "))
            yield Question(f"{form.__module__}.{form.__qualname__}", name, label, meaning_of(name, label))


def meaning_of(name: str, label: str) -> str:
    return next((key for key, one in STANDING.items() if one.is_asked_by(name, label)), "")


def in_words(found: list[Question]) -> str:
    """Return the inventory as the page in ``docs/questions.md``."""
    lines = [HEAD]
    for key, one in STANDING.items():
        lines += [f"### {one.meaning[0].upper()}{one.meaning[1:]} (`{key}`)\n", f"Lives in {one.lives}.\n"]
        lines += ["| asked in | words | why |", "| --- | --- | --- |"]
        for question in (row for row in found if row.means == key):
            how, why = ASKED.get(question.where, (None, "not said yet"))
            said = HOW_WORDS[how] if how else ""
            lines.append(f"| `{question.where}` | {question.label} | {'; '.join(filter(None, (said, why)))} |")
        lines.append("")
    lines.append(REST)
    for area, rows in groupby((row for row in found if not row.means), key=lambda row: row.area):
        lines += [f"### `{area}`\n", "| form | question | key |", "| --- | --- | --- |"]
        lines += [f"| {row.called} | {row.label} | `{row.where.removeprefix(area + '.')}` |" for row in rows]
        lines.append("")
    return "\n".join(lines)


HEAD = """# Questions

Made by `manage.py questions` from the forms; do not edit. `make test` fails when a form asks what a record has and
`slf/questions/rules.py` does not say why, and when the first part of this page is not as it is made.

A question is a field of a form that a person sees. Not here: what programs send (the API takes
what another system has, to the same services), and what is made while a form runs: who was seen (`seen-…`, of each
member), help given (`help-…`), the questions of an assessment and the areas of a star (from their own dated tools), how
each goal went in a review. Those are asked of that day and kept with it.

## What a record has

"""
REST = """## What belongs to one act

Asked each time, because its answer is of that time; it lives with what the form records.
"""


def unsaid(found: list[Question]) -> list[str]:
    """Return the places that ask what a record has without saying why."""
    return [one.where for one in found if one.means and one.where not in ASKED]


def stale(found: list[Question]) -> list[str]:
    """Return what is said of places that ask no such thing any more."""
    return sorted(set(ASKED) - {one.where for one in found if one.means})
