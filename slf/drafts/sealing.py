"""What a device keeps sealed, only this service can open, and only for the person who wrote it.

The device makes a new AES-256-GCM key for each copy, wraps it with the service's public RSA key (OAEP, SHA-256) and
binds the copy to its owner as additional data. The private keys come from ``SLF_DRAFT_KEYS`` (PEM, the newest first;
older ones still open what they sealed); only a demonstration makes its own, under ``.local/``.
"""

import base64
import json
import re
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from slf.embedded.addresses import keep_secret
from slf.embedded.places import private_dir

BITS, EXPONENT = 3072, 65537
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
ONE_KEY = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)


class CannotOpen(Exception):
    """Sealed for somebody else, under a key that is gone, or damaged."""


def public_key() -> str:
    """Return the newest key's public half (SPKI, base64), as a device imports it."""
    spki = (
        private_keys()[0]
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return base64.b64encode(spki).decode()


def unseal(sealed: dict[str, Any], *, owner: str) -> dict[str, Any]:
    """Return what was sealed on a device by this owner."""
    try:
        key, iv, body = (base64.b64decode(sealed[part], validate=True) for part in ("key", "iv", "body"))
        opened = json.loads(AESGCM(unwrapped(key)).decrypt(iv, body, owner.encode()))
    except (KeyError, TypeError, ValueError, InvalidTag) as error:
        raise CannotOpen from error
    if not isinstance(opened, dict):
        raise CannotOpen
    return opened


def unwrapped(wrapped: bytes) -> bytes:
    """Return the copy's own key, whichever of our keys it was wrapped with."""
    for private_key in private_keys():
        try:
            return private_key.decrypt(wrapped, OAEP)
        except ValueError:
            continue
    raise CannotOpen


@cache
def private_keys() -> tuple[RSAPrivateKey, ...]:
    given = settings.DRAFT_KEYS.replace("\\n", "\n")  # an environment file holds a key in one line
    found = ONE_KEY.findall(given or made_here())
    if not found:
        message = "SLF_DRAFT_KEYS holds no private key in PEM form (docs/operating.md says how to make one)."
        raise ImproperlyConfigured(message)
    return tuple(serialization.load_pem_private_key(pem.encode(), password=None) for pem in found)


def made_here() -> str:
    """Return this machine's own key, made once; ``settings`` refuses to start in production without a given one."""
    path = private_dir(settings.LOCAL_DIR / "secrets") / "draft_keys"
    if not path.exists():
        keep_secret(path, new_key())
    return path.read_text()


def new_key() -> str:
    return (
        generate_private_key(EXPONENT, BITS)
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )
