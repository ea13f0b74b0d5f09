"""The way back in for somebody who has lost both password and second step."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from slf.accounts.models import User
from slf.accounts.services import by_directory_only, console_account, reset_sign_in
from slf.accounts.typed import typed_password


class Command(BaseCommand):
    help = "Reset password and second steps of one account and end its sessions. Council people get no password here."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username, is_service=False).first()
        if user is None:
            message = f"There is no account called {username}."
            raise CommandError(message)
        password = None if by_directory_only(user) else typed_password()
        try:
            reset_sign_in(user, password=password, by=console_account())
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"Password and second steps of {username} are reset, and every session has ended.")
