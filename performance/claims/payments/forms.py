"""What is entered of a remittance, and why a line is let go of."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from performance.claims.payments.behind import REJECTED, WITHDRAWN
from performance.claims.payments.rules import MOST_TICKED, Kind
from performance.claims.payments.services import LineOfRun
from performance.claims.rules import pounds
from slf.clock import today
from slf.web.forms import Checkboxes, GovDateField, MoneyField, OnceForm, Radios

LARGEST = 2_000_000
THREE = 3
NUL = "\0"


class RemittanceForm(OnceForm):
    """A remittance: its reference, day and amount, and the lines it pays, ticked or as a file."""

    reference = forms.CharField(label="Reference of the remittance", max_length=100)
    on = GovDateField(label="When did the money arrive?", called="The day", latest=today)
    amount = MoneyField(label="How much is it?", min_value=Decimal("0.01"))
    lines = forms.MultipleChoiceField(
        label="Which lines does it pay in full?", required=False, widget=Checkboxes,
        help_text="What is outstanding of each. For other amounts send a file.",
    )  # fmt: skip
    file = forms.FileField(
        label="Or a file of what it pays", required=False,
        help_text="CSV: family reference, result, amount in pounds. A first row of headings is left out.",
    )  # fmt: skip

    def __init__(self, *args: Any, owed: Sequence[LineOfRun], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.families = {line.owed.reference.upper() for line in owed}
        self.owed = {str(line.uid): line.owed for line in owed if line.money.outstanding}
        if len(self.owed) > MOST_TICKED or not self.owed:
            del self.fields["lines"]
        else:
            self.fields["lines"].choices = [
                (uid, f"{line.reference}, {line.called}: {pounds(line.money.outstanding)}")
                for uid, line in self.owed.items()
            ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        ticked, file = answers.get("lines") or [], answers.get("file")
        if bool(ticked) == bool(file) and not self.errors:
            self.add_error("file", "Tick the lines that it pays, or send a file of them")
        owed = [self.owed[uid] for uid in ticked]
        rows = [(line.reference, line.component, str(line.money.outstanding)) for line in owed]
        answers["rows"] = self.rows_of(file) if file else rows
        return answers

    def rows_of(self, file: Any) -> list[tuple[str, str, str]]:
        if file.size > LARGEST:
            self.add_error("file", "The file is larger than 2 MB")
            return []
        try:
            text = file.read().decode("utf-8-sig")
            read = list(csv.reader(io.StringIO(text), strict=True))
        except (UnicodeDecodeError, csv.Error):
            text, read = NUL, []
        if NUL in text:
            self.add_error("file", "The file cannot be read as CSV in UTF-8")
            return []
        rows = [(*row[:THREE], *[""] * (THREE - len(row))) for row in read if any(part.strip() for part in row)]
        return rows[1:] if rows and self.is_headings(rows[0]) else rows

    def is_headings(self, row: tuple[str, ...]) -> bool:
        """Tell a row of headings from one whose amount somebody wrote in words."""
        return row[0].strip().upper() not in self.families and not any(letter.isdigit() for letter in row[THREE - 1])


class LetGoForm(OnceForm):
    """What became of a line that is not paid."""

    kind = forms.ChoiceField(
        label="What became of this line?",
        choices=[
            (Kind.REJECTED.value, REJECTED),
            (Kind.WITHDRAWN.value, WITHDRAWN),
        ],
        widget=Radios(),
        error_messages={"required": "Say what became of this line"},
    )
    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record. Where nothing is paid of the line, its people may be claimed for again.",
    )  # fmt: skip

    def __init__(self, *args: Any, outstanding: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not outstanding:
            self.fields["kind"].choices = self.fields["kind"].choices[1:]

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class BehindForm(OnceForm):
    """What became of a line whose family was closed to named people: let go of, or one entry of it reversed."""

    what = forms.ChoiceField(
        label="What became of this line?",
        widget=Radios(),
        error_messages={"required": "Say what became of this line"},
    )
    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record. Write nothing about the family.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices


class ReverseForm(OnceForm):
    """Why an entry is reversed."""

    reason = forms.CharField(
        label="Why is this entry reversed?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
