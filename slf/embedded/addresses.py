"""Addresses of PostgreSQL and Redis: from the environment, else of the embedded servers. Imports nothing of Django."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from slf.embedded.places import POSTGRES_PORT, VALKEY_SOCKET, private_dir, socket_dir

APPLICATION_ENGINE = "slf.access.postgres"
OWNER_ENGINE = "django.db.backends.postgresql"
APPLICATION_ROLE, OWNER_ROLE, MAINTENANCE_ROLE = "slf_app", "slf_owner", "slf_maintenance"
DATABASE = "slf"
CACHE_NUMBER = 1

# Milliseconds. The owner migrates, so its statements may take an hour; nobody may sit in an open transaction.
APPLICATION_LIMITS = {
    "statement_timeout": 10_000,
    "lock_timeout": 5_000,
    "idle_in_transaction_session_timeout": 60_000,
}
OWNER_LIMITS = {
    "statement_timeout": 3_600_000,
    "lock_timeout": 30_000,
    "idle_in_transaction_session_timeout": 600_000,
}


def database_settings(environ: Mapping[str, str], local_dir: Path) -> dict[str, dict[str, Any]]:
    """Return DATABASES: `default` (the application's role) and, where its address is known, `owner` (migrations)."""
    databases = {"default": application_database(environ, local_dir)}
    if not environ.get("DATABASE_URL") or environ.get("DATABASE_OWNER_URL"):
        databases["owner"] = owner_database(environ, local_dir)
    return databases


def application_database(environ: Mapping[str, str], local_dir: Path) -> dict[str, Any]:
    """Return the database as the service uses it: a role that owns nothing, with short time-outs."""
    limits = dict(APPLICATION_LIMITS)
    if longer := environ.get("SLF_STATEMENT_TIMEOUT_MS"):
        limits["statement_timeout"] = int(longer)
    address = database_address(environ.get("DATABASE_URL"), APPLICATION_ROLE, local_dir)
    kept_open = 0 if environ.get("SLF_MODE") == "test" else 60
    return connection(address, APPLICATION_ENGINE, limits, environ) | {
        "CONN_MAX_AGE": kept_open,
        "CONN_HEALTH_CHECKS": True,
    }


def owner_database(environ: Mapping[str, str], local_dir: Path) -> dict[str, Any]:
    """Return the database as migrations use it: the role that owns every table."""
    address = database_address(environ.get("DATABASE_OWNER_URL"), OWNER_ROLE, local_dir)
    return connection(address, OWNER_ENGINE, OWNER_LIMITS, environ)


def connection(
    address: dict[str, Any], engine: str, limits: Mapping[str, int], environ: Mapping[str, str]
) -> dict[str, Any]:
    """Return one entry of DATABASES, with its time-outs sent when the connection opens."""
    session = {name: str(value) for name, value in limits.items()}
    if environ.get("SLF_MODE") == "test":
        session["synchronous_commit"] = "off"
    flags = " ".join(f"-c {name}={value}" for name, value in session.items())
    options = {**address.pop("OPTIONS"), "options": flags}
    test = {"NAME": f"test_{address['NAME']}"}
    return {"ENGINE": engine, **address, "OPTIONS": options, "ATOMIC_REQUESTS": False, "TEST": test}


def database_address(url: str | None, role: str, local_dir: Path) -> dict[str, Any]:
    """Return where the server is: as the address says, else the embedded server's socket."""
    if not url:
        host = str(socket_dir(local_dir))
        return {"NAME": DATABASE, "USER": role, "PASSWORD": "", "HOST": host, "PORT": str(POSTGRES_PORT), "OPTIONS": {}}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or role),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or POSTGRES_PORT),
        "OPTIONS": options,
    }


def broker_url(environ: Mapping[str, str], local_dir: Path) -> str:
    """Return Celery's address of Redis."""
    return environ.get("REDIS_URL") or f"redis+socket://{socket_dir(local_dir) / VALKEY_SOCKET}"


def cache_url(environ: Mapping[str, str], local_dir: Path) -> str:
    """Return the cache's address: its own numbered database, because clearing a cache empties all of it."""
    if given := environ.get("SLF_CACHE_URL"):
        return given
    if not (url := environ.get("REDIS_URL")):
        return f"unix://{socket_dir(local_dir) / VALKEY_SOCKET}?db={CACHE_NUMBER}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{CACHE_NUMBER}"))


def local_secret(local_dir: Path, name: str, *, size: int = 48) -> str:
    """Return a random secret of this machine, made once and readable by its owner only."""
    path = private_dir(local_dir / "secrets") / name.lower()
    if not path.exists():
        keep_secret(path, secrets.token_urlsafe(size))
    return path.read_text()


def keep_secret(path: Path, value: str) -> None:
    """Write the secret whole or not at all; of two processes at once the first wins and both read the same."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(value)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
