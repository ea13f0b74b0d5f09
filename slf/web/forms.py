"""Forms that render as GOV.UK: the renderer for every form, a mixin for ours, formsets, and the once-only key.

``Renderer`` gives any Django form its GOV.UK markup, those of libraries included. ``GovForm`` adds our wording.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.http import HttpRequest, QueryDict

from slf.web import kept
from slf.web.boundfield import GovBoundField
from slf.web.dates import DateParts, GovDateField, as_number
from slf.web.errors import DomainError
from slf.web.fields import Checkboxes, MoneyField, Radios
from slf.web.followups import FollowUps
from slf.web.wording import sentences_for

__all__ = [
    "Checkboxes",
    "DateParts",
    "GovDateField",
    "GovForm",
    "GovFormSet",
    "GovModelForm",
    "MoneyField",
    "OnceForm",
    "OnceModelForm",
    "Radios",
    "Renderer",
    "refusals_in",
    "sent",
    "whole_number",
]


DASHES = "---------"
ONCE = "once"
Became = TypeVar("Became")


class Renderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/formset.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = GovBoundField


class GovWording:
    """Our sentences, no browser bubbles, "(optional)" after what may be left out, no colon after labels.

    ``called = {"met": "The person you met"}`` names a field whose label is a question, for its sentences.
    """

    use_required_attribute = False
    called: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        for name, field in self.fields.items():
            self._word(name, field)

    def _word(self, name: str, field: forms.Field) -> None:
        """Give the field our sentences, except where its author wrote one."""
        field.label = field.label or pretty_name(name)
        field.called = getattr(field, "called", "") or self.called.get(name, "")
        ours = sentences_for(field, label=str(field.label), name=field.called)
        stock = stock_sentences(field)
        kept = {code: text for code, text in field.error_messages.items() if text != stock.get(code)}
        field.error_messages = stock | ours | kept
        if getattr(field, "empty_label", None) == DASHES:
            field.empty_label = "Choose"


class Typed:
    """Shows, while it is not sent, what its person typed before they were signed out (``slf.web.kept``)."""

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name != ONCE and self.was_kept():
            return field.widget.value_from_datadict(kept.here(), {}, self.add_prefix(field_name))
        return super().get_initial_for_field(field, field_name)

    def was_kept(self) -> bool:
        """Tell whether any of this form's own answers is among what was kept for this page."""
        if self.is_bound or (answers := kept.here()) is None:
            return False
        return any(
            not field.widget.value_omitted_from_data(answers, {}, self.add_prefix(name))
            for name, field in self.fields.items()
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.SelectMultiple)
        )


class Gov(Typed, FollowUps, GovWording):
    """All that our forms share."""

    def asked_first(self) -> list[GovBoundField]:
        """Return the fields to show, without those that a choice of another field reveals."""
        return [field for field in self.visible_fields() if self.is_asked_first(field.name)]


class GovForm(Gov, forms.Form):
    """A form of ours."""


class GovModelForm(Gov, forms.ModelForm):
    """A form of ours over a model."""


class OnceOnly:
    """A form that must take effect once. Its key travels as ``once``; the door that stores keys reads ``form.once``.

    The key is not an answer, so it is not in ``cleaned_data``.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields[ONCE] = forms.UUIDField(initial=uuid.uuid4, required=False, widget=forms.HiddenInput)
        self.fields[ONCE].error_messages["invalid"] = "This page is out of date. Open it again and send it once more"
        self.once: uuid.UUID | None = None

    def _clean_form(self) -> None:
        self.once = self.cleaned_data.pop(ONCE, None)
        super()._clean_form()


class OnceForm(OnceOnly, GovForm):
    """A form of ours that takes effect once."""


class OnceModelForm(OnceOnly, GovModelForm):
    """A form of ours over a model that takes effect once."""


class GovFormSet(forms.BaseFormSet):
    """Several of the same: ``item_name`` heads each one ("Person 1"), and "Add another" needs no JavaScript."""

    item_name = "Item"

    def total_form_count(self) -> int:
        """Return as many as were typed, where what was typed before signing out is shown again."""
        answers = None if self.is_bound else kept.here()
        typed = whole_number((answers or {}).get(f"{self.prefix}-{TOTAL_FORM_COUNT}", ""), other=0)
        return max(super().total_form_count(), min(typed, self.max_num))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = f"Remove this {self.item_name.lower()}"

    @classmethod
    def with_another(cls, sent: QueryDict, *, prefix: str) -> QueryDict:
        """Return what was sent with room for one more; for a button named ``add``."""
        more, name = sent.copy(), f"{prefix}-{TOTAL_FORM_COUNT}"
        more[name] = str(whole_number(sent.get(name, ""), other=0) + 1)
        return more


@contextmanager
def refusals_in(form: forms.BaseForm, *, of: type[DomainError] = DomainError) -> Iterator[None]:
    """Have a rule's refusal stand above the form, with what was typed, instead of on a page of its own."""
    try:
        yield
    except of as refused:
        form.add_error(None, refused.message)


def did(form: forms.BaseForm, verb: Callable[[], Became], *, but: tuple[type[DomainError], ...] = ()) -> Became | None:
    """Do it and return what became of it; where it is refused, say so beside the answer it is about, else above all.

    ``but``: refusals that are an answer of their own.
    """
    try:
        return verb()
    except but:
        raise
    except DomainError as refused:
        field = getattr(refused, "field", "")
        if field in form.fields:
            form.add_error(field, refused.message.rstrip("."))
        else:
            form.add_error(None, refused.message)
    return None


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, however little, else nothing."""
    return request.POST if request.method == "POST" else None


def whole_number(text: str, *, other: int) -> int:
    """Return the number somebody sent; ``other`` when it is none."""
    return other if (number := as_number(text)) is None else number


def stock_sentences(field: forms.Field) -> dict[str, str]:
    """Return the sentences a field of this class has when nobody wrote any."""
    found: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        found |= getattr(kind, "default_error_messages", {})
    return found
