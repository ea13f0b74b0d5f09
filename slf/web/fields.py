"""Widgets and fields that Django does not have: choices with hints and follow-up questions, money, whole numbers."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Choosing:
    """What radios and checkboxes share.

    ``hints`` puts a line under a choice, ``reveals`` names the field asked when a choice is taken, ``inline``
    sets two short answers side by side.
    """

    use_fieldset = True

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[Any, str] | None = None,
        reveals: Mapping[Any, str] | None = None,
        inline: bool = False,
    ):
        super().__init__(attrs, choices)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.reveals = {str(value): name for value, name in (reveals or {}).items()}
        self.inline = inline


class Radios(Choosing, forms.RadioSelect):
    pass


class Checkboxes(Choosing, forms.CheckboxSelectMultiple):
    pass


class MoneyField(forms.DecimalField):
    """Pounds and pence, two decimals; a pound sign and thousands' commas may be typed."""

    prefix = "£"

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_digits": 12, "decimal_places": 2, "min_value": 0} | kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", "").strip().lstrip("£") if isinstance(value, str) else value)
