"""Reads a document back, as whoever opens it would."""

from io import BytesIO

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """Return the words of the whole document, one space between them."""
    return " ".join(" ".join(pages(pdf)).split())
