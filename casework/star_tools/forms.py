"""A star to be taken into use: as a file or typed, seen as families would see it, then taken."""

from typing import Any

from django import forms

from casework.star_tools.definition import star_in
from casework.stars.models import StarTool
from families.hub.rules import BadFile
from slf.accounts.models import User
from slf.clock import today
from slf.files.rules import WrongFile
from slf.files.services import look_at_table
from slf.web.forms import GovDateField, OnceForm

LONGEST_SHEET = 20_000
BESIDE = ""


class StarForm(OnceForm):
    """The sheet of a star with its first day. ``tool`` is the star once the sheet holds one."""

    called = {"starts_on": "The first day", "source": "Whose star it is"}

    file = forms.FileField(
        label="A file with the star",
        required=False,
        help_text="A table saved as “CSV UTF-8”. It is put into the box below.",
    )
    sheet = forms.CharField(
        label="Or the lines themselves", required=False, max_length=LONGEST_SHEET, strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text="One line for the star, one for each area, one for each stage, under the names of the columns.",
    )  # fmt: skip
    instead_of = forms.ChoiceField(
        label="Whose place does it take?", required=False,
        help_text="New words of a star that is in use take its place by themselves.",
    )  # fmt: skip
    starts_on = GovDateField(label="From which day?", called="The first day", initial=today)
    source = forms.CharField(label="Whose star is it, and where is it published?", max_length=200)
    licence = forms.CharField(
        label="Licence", required=False, max_length=120,
        help_text="The reference of the council's licence, where the owner asks for one.",
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by, self.tool = by, None
        in_use = StarTool.objects.each_in_use(on=today())
        self.fields["instead_of"].choices = [
            (BESIDE, "No star's: it is used beside the others"), *((tool.code, tool.name) for tool in in_use)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        file, sheet = answers.pop("file", None), answers.pop("sheet", "")
        if not file and not sheet.strip():
            self.add_error("sheet", "Choose a file, or type the lines of the star")
            return answers
        try:
            if file:
                look_at_table(file, what="Definition of a star", by=self.by)
            content = file.read(LONGEST_SHEET + 1) if file else sheet.encode()
            self.tool = star_in(within(content))
            self.say_again(content.decode("utf-8-sig"))
        except WrongFile as wrong:
            self.add_error("file", wrong.message)
        except BadFile as wrong:
            self.add_error("file" if file else "sheet", str(wrong))
        return answers

    def say_again(self, sheet: str) -> None:
        """Put what a file held into the box, so that it need not be chosen again."""
        self.data = self.data.copy()
        self.data["sheet"] = sheet


def within(content: bytes) -> bytes:
    if len(content) > LONGEST_SHEET:
        message = f"A star is at most {LONGEST_SHEET:,} characters. Send the table of one star only."
        raise BadFile(message)
    return content
