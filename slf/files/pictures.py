"""A picture as it is kept: without the place and the device it was taken with, and the right way up."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageOps

from slf.files.rules import JPEG, LARGEST, PNG, TOO_LARGE, Kind, WrongFile

MOST_PIXELS = 50_000_000
"""Of a picture that is opened: a telephone of today takes 12 to 48 million."""
HOW: Mapping[Kind, Mapping[str, Any]] = {JPEG: {"format": "JPEG", "quality": 90}, PNG: {"format": "PNG"}}
CANNOT_BE_READ = "This picture cannot be read. Save it again, or take another."
TOO_MANY_PIXELS = "This picture has too many points. Save it smaller: 50 million are enough."
PREVIEW = (1000, 1000)


def without_whereabouts(content: bytes, kind: Kind) -> bytes:
    """Return the picture anew from its points alone: position, time, device, thumbnail and comments stay behind.

    A child's school or a refuge can be found by the position that a telephone writes into each picture. Raises
    ``WrongFile`` for one that cannot be read to its end or is too large to be opened.
    """
    picture = upright(content, kind)
    kept = io.BytesIO()
    picture.save(kept, **HOW[kind])
    if len(kept.getvalue()) > LARGEST:
        raise WrongFile(TOO_LARGE)
    return kept.getvalue()


def upright(content: bytes, kind: Kind) -> Image.Image:
    """Open a picture whole and turn it the way it was held; only its points are taken along."""
    try:
        with Image.open(io.BytesIO(content), formats=[HOW[kind]["format"]]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise WrongFile(TOO_MANY_PIXELS)
            turned = ImageOps.exif_transpose(opened)
            shown = turned.convert("RGBA" if kind is PNG and turned.has_transparency_data else "RGB")
    except WrongFile:
        raise
    except Exception as wrong:  # whatever a broken picture makes the library say
        raise WrongFile(CANNOT_BE_READ) from wrong
    shown.info.clear()
    return shown


def preview_of(content: bytes, kind: Kind) -> bytes:
    """Return a smaller picture to look at, made anew: never the file that somebody sent."""
    picture = upright(content, kind).convert("RGB")
    picture.thumbnail(PREVIEW)
    made = io.BytesIO()
    picture.save(made, format="JPEG", quality=80)
    return made.getvalue()
