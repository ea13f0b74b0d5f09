"""Questions that are asked only after a certain answer: required then, and forgotten when the answer changes."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms


class FollowUps:
    """For forms whose radios or checkboxes carry ``reveals={"no": "why_not"}``.

    A revealed field that its author made required is required only when its choice is taken. When it is not
    taken, whatever was typed there is not part of the answer.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow = {name for _, _, name in self.follow_ups() if self.fields[name].required}
        for name in self.must_follow:
            self.fields[name].required = False

    def follow_ups(self) -> Iterator[tuple[str, str, str]]:
        """Yield ``(question, answer that reveals, name of the field revealed)``."""
        for question, field in self.fields.items():
            for answer, name in getattr(field.widget, "reveals", {}).items():
                yield question, answer, name

    def is_asked_first(self, name: str) -> bool:
        return name not in {revealed for _, _, revealed in self.follow_ups()}

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for question, answer, name in self.follow_ups():
            if answer not in answers(self.cleaned_data.get(question)):
                self._forget(name)
            elif name in self.must_follow and self.cleaned_data.get(name) in self.fields[name].empty_values:
                self._insist(name)

    def _forget(self, name: str) -> None:
        self._errors.pop(name, None)
        field = self.fields[name]
        self.cleaned_data[name] = field.clean(field.widget.value_from_datadict({}, {}, name))

    def _insist(self, name: str) -> None:
        if name not in self._errors:
            self.add_error(name, forms.ValidationError(self.fields[name].error_messages["required"], code="required"))


def answers(value: Any) -> set[str]:
    """Return what was chosen as the strings that stand in the page."""
    if value is None:
        return set()
    several = isinstance(value, Iterable) and not isinstance(value, str)
    return {str(getattr(one, "pk", one)) for one in (value if several else [value])}
