"""Documents to print and keep: a Typst template and data, made into a tagged PDF that screen readers can read.

``render_pdf("casework/plans/plan.typ", {...})`` takes the template from ``templates/``; every template begins with::

    #import "/slf/paper/templates/document.typ": data, document
    #show: document.with(title: data.title)

The data travels as JSON beside the template and is never part of it, so nothing that was typed can be markup.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from slf.paper.fonts import fonts, printable
from slf.web.words import day_in_words

STANDARD = "ua-1"


def render_pdf(template: str, data: dict[str, Any], *, at: datetime | None = None) -> bytes:
    """Return the document as PDF/UA, made now unless said. Dates in the data arrive in it as "3 October 2012"."""
    root = Path(settings.BASE_DIR)
    compiler = typst.Compiler(
        str(root / "templates" / template),
        root=str(root),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": as_json(data), "service": settings.SERVICE_NAME},
    )
    return compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=int((at or timezone.now()).timestamp()))


def pdf_response(name: str, template: str, data: dict[str, Any]) -> HttpResponse:
    """Return the document as a download."""
    response = HttpResponse(render_pdf(template, data), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.pdf"'
    return response


def as_json(data: dict[str, Any]) -> str:
    return json.dumps(printable(in_words(data)), cls=DjangoJSONEncoder, ensure_ascii=False)


def in_words(value: Any) -> Any:
    """Return the data with its dates as people write them and its own objects as plain values."""
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, dict):
        return {str(key): in_words(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [in_words(inner) for inner in value]
    return value
