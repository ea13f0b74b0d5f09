"""``manage.py verify_claims``: recompute the trail of claims from the rows as they stand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from performance.trail.services import disposed_of, verify


class Command(BaseCommand):
    help = "Verifies the trail of claims: names the first row that is not as it was chained, and exits with 1."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        for sentence in disposed_of():
            self.stdout.write(sentence)
        if found.faults:
            raise CommandError("\n".join(found.sentences))
        self.stdout.write(
            f"{found.runs} runs, {found.entries} entries, {found.anchors} steps: as they were chained. "
            f"Head of the county's chain: {found.head or 'none yet'}"
        )
