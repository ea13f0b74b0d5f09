"""The service's settings on the measuring database, with connections kept open and commits on disk as in production."""

import os

os.environ.setdefault("SLF_MODE", "test")

from slf.settings import *  # noqa: F403
from slf.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": True}
for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 60
    flags = database["OPTIONS"]["options"].split(" -c ")
    database["OPTIONS"]["options"] = " -c ".join(flag for flag in flags if "synchronous_commit" not in flag)
    if place := os.environ.get("SLF_BENCH_DATABASE"):
        database["NAME"] = place
