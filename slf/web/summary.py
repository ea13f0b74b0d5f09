"""Every error of a form or formset, as lines that lead to their boxes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BaseFormSet


@dataclass(frozen=True)
class ErrorLine:
    text: str
    href: str


def all_errors(form: BaseForm | BaseFormSet) -> Iterator[ErrorLine]:
    """Yield what is wrong with the whole, then with each field in the order of the page."""
    if isinstance(form, BaseFormSet):
        yield from of_formset(form)
    else:
        yield from of_form(form)


def of_formset(formset: BaseFormSet) -> Iterator[ErrorLine]:
    for text in formset.non_form_errors():
        yield ErrorLine(text, f"#{formset.prefix}-form-errors")
    for form in formset.forms:
        yield from of_form(form)


def of_form(form: BaseForm) -> Iterator[ErrorLine]:
    for text in form.non_field_errors():
        yield ErrorLine(text, f"#{form.prefix or ''}form-errors")
    for name in form.fields:
        for text in form.errors.get(name, ()):
            yield ErrorLine(text, f"#{form[name].first_id}")
