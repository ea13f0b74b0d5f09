"""Addresses of a plan's pages, and what a page says."""

import re
from html import unescape

from django.urls import reverse


def to(name, subject):
    return reverse(f"casework:{name}", args=[subject.uid])


def shown(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(html, name):
    return unescape(re.search(rf'name="{name}" value="([^"]+)"', html)[1])


def day_of(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
