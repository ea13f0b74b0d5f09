#!/usr/bin/env python
"""Django's command line for Supporting Leicestershire Families."""

import os
import secrets
import sys

from django.core.management import execute_from_command_line

FILES_ONLY = {"judge", "apportion"}  # work on a file alone: no database, no secret, so no settings of a real service

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slf.settings")
    if FILES_ONLY & set(sys.argv[1:2]) and "SLF_SECRET_KEY" not in os.environ:
        os.environ["SLF_SECRET_KEY"] = secrets.token_hex(32)
        os.environ.setdefault("SLF_MODE", "demo")
    execute_from_command_line(sys.argv)
