"""What somebody at the server types: a password, twice at a terminal, once from a pipe; never as an argument."""

import sys
from getpass import getpass

from django.core.management.base import CommandError


def typed_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("New password: ")
    if getpass("The same again: ") != password:
        message = "The two are not the same. Nothing was changed."
        raise CommandError(message)
    return password
