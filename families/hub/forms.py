from django import forms

from families.hub.files import check_file
from families.hub.gate import gateway_in_words, no_gateway
from families.hub.rules import FEEDS, Area, BadFile, Feed, days_problem
from slf.access.models import Locality
from slf.clock import today
from slf.web.forms import Checkboxes, GovDateField, OnceForm, Radios


def localities_by_slug() -> list[tuple[str, str]]:
    return list(Locality.objects.values_list("slug", "name"))


def hint(feed: Feed) -> str:
    return f"From: {feed.agency_name}. Legal gateway: {gateway_in_words(feed, on=today()) or 'none in force'}."


class FileForm(OnceForm):
    """A file from an agency. A file that is refused whole is refused here, beside the field."""

    called = {
        "feed": "What the file holds",
        "area": "Where the agency searched",
        "localities": "The localities it searched",
    }

    feed = forms.ChoiceField(
        label="What does the file hold?",
        choices=[(feed.code, feed.label) for feed in FEEDS.values()],
        widget=Radios,
    )
    first_day = GovDateField(label="First day the file covers")
    last_day = GovDateField(
        label="Last day the file covers",
        help_text="The agency searched its records for every day from the first to the last: "
        "what is not in the file did not happen.",
    )
    area = forms.ChoiceField(
        label="Where did the agency search its records?",
        choices=[("county", "In the whole county"), ("localities", "In some localities only")],
        help_text="A claim may rest on what a file does not list, but only for families of the area that was searched. "
        "For school attendance it changes nothing: a term that no school reports is not known.",
        widget=Radios(
            hints={
                "county": "You state that the agency looked for every family of Leicestershire. Whatever this file "
                "does not list counts in claims as not having happened, for all families in all seven localities.",
                "localities": "What the file does not list counts as not having happened for families of these "
                "localities. For all others it is not known.",
            },
            reveals={"localities": "localities"},
        ),
    )
    localities = forms.MultipleChoiceField(label="Which localities?", choices=localities_by_slug, widget=Checkboxes)
    file = forms.FileField(
        label="The file",
        help_text="A spreadsheet saved as “CSV UTF-8”, at most 200,000 rows and 50 MB.",
        error_messages={"required": "Choose the file that the agency sent"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["feed"].widget.hints = {feed.code: hint(feed) for feed in FEEDS.values()}

    def clean_feed(self):
        code = self.cleaned_data["feed"]
        if problem := no_gateway(FEEDS[code], on=today()):
            raise forms.ValidationError(problem)
        return code

    def clean(self):
        answers = super().clean()
        first, last = answers.get("first_day"), answers.get("last_day")
        if first and last and (problem := days_problem(first, last, on=today())):
            self.add_error("last_day", problem)
        answers["area"] = Area(
            whole_county=answers.get("area") == "county",
            localities=tuple(answers.get("localities") or ()),
        )
        if answers.get("feed") and answers.get("file"):
            try:
                check_file(answers["file"].file, FEEDS[answers["feed"]])
            except BadFile as refusal:
                self.add_error("file", str(refusal))
        return answers
