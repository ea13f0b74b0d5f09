import re

import pytest
from django.urls import reverse

from tests.families.register.factories import close_gateway

pytestmark = pytest.mark.django_db
HARDEST_GRADE = 7.0
"""Flesch-Kincaid: what a child of eleven or twelve reads."""


def text_of(response) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.replace("</li>", ". ").replace("</dd>", ". ")).split())


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: long sentences and long words make it hard."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(len(re.findall(r"[.?!]+(?:\s|$)", text)), 1)
    syllables = sum(max(len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))), 1) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@pytest.fixture
def notice(client):
    return lambda: client.get(reverse("notice:privacy"))


class TestThePrivacyNotice:
    def test_is_read_without_signing_in(self, notice):
        assert notice().status_code == 200

    def test_is_in_words_that_a_child_of_eleven_reads(self, notice):
        assert grade(text_of(notice())) < HARDEST_GRADE

    def test_says_that_it_is_an_example(self, notice):
        assert "example, not Leicestershire policy" in text_of(notice())

    def test_names_who_tells_us_things_today_and_nobody_else(self, notice):
        assert "Your children's school if a child has missed school" in text_of(notice()).replace("&#x27;", "'")
        assert "only if you say yes" in text_of(notice())
        for purpose in ("support", "claim", "identify"):
            close_gateway("schools", "education", purpose)
        assert "missed school" not in text_of(notice())

    def test_is_linked_from_every_page_the_sign_in_too(self, client, notice):
        assert reverse("notice:privacy") in client.get("/accounts/login/").content.decode()
