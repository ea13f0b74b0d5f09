from django import forms

from families.hub.files import check_file
from families.hub.rules import FEEDS, BadFile
from slf.web.forms import OnceForm, Radios


class FileForm(OnceForm):
    """A file from an agency. A file that is refused whole is refused here, beside the field."""

    feed = forms.ChoiceField(
        label="What does the file hold?",
        choices=[(feed.code, feed.label) for feed in FEEDS.values()],
        widget=Radios(hints={feed.code: f"From {feed.agency}. Gateway: {feed.gateway}." for feed in FEEDS.values()}),
    )
    file = forms.FileField(label="The file", help_text="A CSV file saved as “CSV UTF-8”, at most 200,000 rows.")

    def clean(self):
        answers = super().clean()
        if answers.get("feed") and answers.get("file"):
            try:
                check_file(answers["file"].file, FEEDS[answers["feed"]])
            except BadFile as refusal:
                self.add_error("file", str(refusal))
        return answers
