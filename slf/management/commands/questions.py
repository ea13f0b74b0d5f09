"""Write ``docs/questions.md``: what every form asks, and where its answer lives."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from slf.questions.found import in_words, questions


class Command(BaseCommand):
    help = "Write the inventory of questions to docs/questions.md."

    def handle(self, *args: Any, **options: Any) -> None:
        Path(settings.BASE_DIR, "docs", "questions.md").write_text(in_words(questions()))
