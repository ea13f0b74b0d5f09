"""The first account of a new service. Everybody else's is made by an administrator."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from slf.accounts.services import console_account, first_administrator
from slf.accounts.typed import typed_password
from slf.web.errors import NotAllowed


class Command(BaseCommand):
    help = "Make the first account, with the administrator's post. Refused once there is an administrator."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        try:
            first_administrator(username, password=typed_password(), by=console_account(), on=timezone.localdate())
        except NotAllowed as refusal:
            raise CommandError(refusal.message) from refusal
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"{username} may sign in now, and is asked for a second step first.")
