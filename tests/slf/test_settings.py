"""Settings read from the environment as production would."""

import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PRODUCTION = {
    "SLF_MODE": "production",
    "SLF_SECRET_KEY": "a-long-key-for-the-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "SLF_DRAFT_KEYS": "none",
    "SLF_CLAMD": "none",
    "SLF_EMAIL_HOST": "mail.example",
    "SLF_FROM_EMAIL": "no-reply@families.example",
}


@pytest.fixture
def read(monkeypatch):
    """Return ``read(**environment)``: the settings production reads; None takes a variable away."""

    def settings_of(**given):
        for name, value in (PRODUCTION | given).items():
            monkeypatch.setenv(name, value) if value is not None else monkeypatch.delenv(name, raising=False)
        return runpy.run_path(str(Path(settings.BASE_DIR) / "slf" / "settings.py"))

    return settings_of


class TestMail:
    def test_leaves_encrypted_by_the_server_that_is_named(self, read):
        found = read(SLF_EMAIL_USER="slf", SLF_EMAIL_PASSWORD="a password")
        assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
        assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", 587)
        assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("slf", "a password")
        assert found["DEFAULT_FROM_EMAIL"] == found["SERVER_EMAIL"] == "no-reply@families.example"

    @pytest.mark.parametrize(
        ("security", "port", "expected"),
        [("tls", "", (465, False, True)), ("none", "", (25, False, False)), ("starttls", "2525", (2525, True, False))],
    )
    def test_leaves_as_it_is_told(self, read, security, port, expected):
        found = read(SLF_EMAIL_SECURITY=security, SLF_EMAIL_PORT=port)
        assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == expected

    @pytest.mark.parametrize("missing", ["SLF_EMAIL_HOST", "SLF_FROM_EMAIL"])
    def test_without_a_server_or_a_sender_stops_the_service_from_starting(self, read, missing):
        with pytest.raises(ImproperlyConfigured, match=missing):
            read(**{missing: None})

    def test_with_another_word_for_security_stops_it_too(self, read):
        with pytest.raises(ImproperlyConfigured, match="starttls, tls or none"):
            read(SLF_EMAIL_SECURITY="ssl")

    def test_of_a_demonstration_is_printed(self, read):
        assert read(SLF_MODE="demo", SLF_EMAIL_HOST=None)["EMAIL_BACKEND"].endswith("console.EmailBackend")


class TestAVirusScanner:
    def test_is_there_or_somebody_has_said_that_there_is_none(self, read):
        assert read()["CLAMD"] == ""
        assert read(SLF_CLAMD="clamd.example:3310")["CLAMD"] == "clamd.example:3310"
        with pytest.raises(ImproperlyConfigured, match="SLF_CLAMD"):
            read(SLF_CLAMD=None)

    def test_of_a_demonstration_is_not_asked_for(self, read):
        assert read(SLF_MODE="demo", SLF_CLAMD=None)["CLAMD"] == ""
