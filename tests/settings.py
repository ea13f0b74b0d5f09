"""The service's settings, in test mode."""

import os

os.environ.setdefault("SLF_MODE", "test")

from slf.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

CELERY_BROKER_URL = f"{CELERY_BROKER_URL}?virtual_host=8"  # noqa: F405  (the demonstration keeps 0 for itself)
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
