from django import forms

from families.hub.files import check_file
from families.hub.rules import FEEDS, BadFile, days_problem
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios


class FileForm(OnceForm):
    """A file from an agency. A file that is refused whole is refused here, beside the field."""

    called = {"feed": "What the file holds"}

    feed = forms.ChoiceField(
        label="What does the file hold?",
        choices=[(feed.code, feed.label) for feed in FEEDS.values()],
        widget=Radios(
            hints={feed.code: f"From: {feed.agency}. Legal gateway: {feed.gateway}." for feed in FEEDS.values()}
        ),
    )
    first_day = GovDateField(label="First day the file covers")
    last_day = GovDateField(
        label="Last day the file covers",
        help_text="The agency searched its records for every day from the first to the last: "
        "what is not in the file did not happen.",
    )
    file = forms.FileField(
        label="The file", help_text="A spreadsheet saved as “CSV UTF-8”, at most 200,000 rows and 50 MB."
    )

    def clean(self):
        answers = super().clean()
        first, last = answers.get("first_day"), answers.get("last_day")
        if first and last and (problem := days_problem(first, last, on=today())):
            self.add_error("last_day", problem)
        if answers.get("feed") and answers.get("file"):
            try:
                check_file(answers["file"].file, FEEDS[answers["feed"]])
            except BadFile as refusal:
                self.add_error("file", str(refusal))
        return answers
