"""Which page numbers a list offers, and the address of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page


@dataclass(frozen=True)
class PageLink:
    number: int | None
    href: str = ""
    is_current: bool = False


def links(page: Page, asked: Mapping[str, Any], *, name: str = "page") -> Iterator[PageLink]:
    """Yield the first, the last and the pages round this one; a gap is a link without a number."""
    shown = [n for n in page.paginator.page_range if n in {1, page.paginator.num_pages} or abs(n - page.number) <= 1]
    before = 0
    for number in shown:
        if number > before + 1:
            yield PageLink(None)
        yield PageLink(number, address(asked, number, name=name), number == page.number)
        before = number


def address(asked: Mapping[str, Any], number: int, *, name: str = "page") -> str:
    """Return this list's address with another page; filters and order stay."""
    pairs = [(key, value) for key, values in asked.lists() for value in values if key != name]
    return f"?{urlencode([*pairs, (name, number)])}"
