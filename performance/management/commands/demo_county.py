"""Make the demonstration county: `SLF_DEMO_FAMILIES` families, once."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from performance.demo.county import make_county

FAMILIES = 330


class Command(BaseCommand):
    help = "Make the demonstration county: accounts, families, work, evidence, referrals. Does nothing a second time."

    def handle(self, *args, **options) -> None:
        if not (settings.DEMO or settings.TESTING):
            message = "The demonstration county is made in demo mode only."
            raise CommandError(message)
        if not (password := os.environ.get("SLF_DEMO_PASSWORD")):
            message = "Set SLF_DEMO_PASSWORD: the password that the demonstration's accounts are to have."
            raise CommandError(message)
        made = make_county(total=int(os.environ.get("SLF_DEMO_FAMILIES", FAMILIES)), password=password)
        self.stdout.write(f"{made} families made." if made else "The demonstration county is there already.")
