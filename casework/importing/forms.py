from typing import Any

from django import forms

from casework.importing.files import check_file
from casework.importing.services import may_load_for
from families.hub.rules import BadFile
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.forms import OnceForm

LONGEST_SOURCE = 80


class ListForm(OnceForm):
    """A list that a locality kept. A file that is refused whole is refused here, beside the field."""

    called = {"locality": "The locality", "source": "What the locality calls the list"}

    locality = forms.ModelChoiceField(
        label="Whose list is it?", queryset=Locality.objects.none(), to_field_name="slug", empty_label="Choose",
        help_text="The families are made in this locality.",
    )  # fmt: skip
    source = forms.CharField(
        label="What does the locality call this list?", max_length=LONGEST_SOURCE,
        help_text="Like “Charnwood family list”. Say the same each time: the list and its family reference together "
        "are how a family that was brought over before is known again.",
    )  # fmt: skip
    file = forms.FileField(
        label="The file",
        help_text="XLSX with the sheets “People” and “Cases”, or one of them as “CSV UTF-8”. At most 20,000 rows a "
        "sheet and 20 MB. Send people before, or together with, their cases.",
        error_messages={"required": "Choose the file that holds the list"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["locality"].queryset = may_load_for(user)

    def clean_source(self) -> str:
        said = " ".join(self.cleaned_data["source"].split())
        if not said.isprintable():
            message = "The name of the list has a character in it that cannot be kept. Type it again"
            raise forms.ValidationError(message)
        return said

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            check_file(upload.file)
        except BadFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload
