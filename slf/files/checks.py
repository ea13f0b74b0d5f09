"""What `manage.py check --deploy` says of the virus scanner."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, Warning, register

from slf.files import scanner


@register(Tags.security, deploy=True)
def a_scanner_looks(**kwargs: Any) -> list[CheckMessage]:
    """Say that no scanner looks at what is sent, or that the one there is does not answer."""
    if not settings.CLAMD:
        said = "SLF_CLAMD=none: no virus scanner looks at the files that people send."
        return [Info(said, hint="Give clamd a machine, and SLF_CLAMD its address.", id="slf.I201")]
    if not scanner.answers():
        said = f"The virus scanner at {settings.CLAMD} does not answer: files that are sent wait unopened."
        return [Warning(said, hint="Start clamd, or say SLF_CLAMD=none.", id="slf.W202")]
    return []
