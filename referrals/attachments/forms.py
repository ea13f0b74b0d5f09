"""The file to attach."""

from django import forms

from slf.web.forms import GovForm


class FileForm(GovForm):
    file = forms.FileField(
        label="Choose a file",
        help_text="A PDF, a Word document or a picture, up to 10 MB. Attach only what the team needs to decide. "
        "Where a picture was taken is not kept.",
    )
