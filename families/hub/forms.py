from django import forms

from families.hub.files import check_file
from families.hub.rules import FEEDS, BadFile
from slf.web.forms import GovDateField, OnceForm, Radios


class FileForm(OnceForm):
    """A file from an agency. A file that is refused whole is refused here, beside the field."""

    feed = forms.ChoiceField(
        label="What does the file hold?",
        choices=[(feed.code, feed.label) for feed in FEEDS.values()],
        widget=Radios(hints={feed.code: f"From {feed.agency}. Gateway: {feed.gateway}." for feed in FEEDS.values()}),
    )
    first_day = GovDateField(label="First day the file covers")
    last_day = GovDateField(
        label="Last day the file covers", help_text="For these days, what is not in the file counts as not having happened."
    )
    file = forms.FileField(label="The file", help_text="A CSV file saved as “CSV UTF-8”, at most 200,000 rows.")

    def clean(self):
        answers = super().clean()
        if answers.get("first_day") and answers.get("last_day") and answers["last_day"] < answers["first_day"]:
            self.add_error("last_day", "The last day is before the first day.")
        if answers.get("feed") and answers.get("file"):
            try:
                check_file(answers["file"].file, FEEDS[answers["feed"]])
            except BadFile as refusal:
                self.add_error("file", str(refusal))
        return answers
