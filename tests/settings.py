"""The service's settings, in test mode."""

import os

os.environ.setdefault("SLF_MODE", "test")

from slf.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
