"""Seals a copy as a browser does, for tests."""

import base64
import json
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key

from slf.drafts.sealing import OAEP, public_key


def seal(inner: object, *, owner) -> dict[str, str]:
    key, iv = AESGCM.generate_key(256), os.urandom(12)
    body = AESGCM(key).encrypt(iv, json.dumps(inner).encode(), str(owner.uid).encode())
    wrapped = load_der_public_key(base64.b64decode(public_key())).encrypt(key, OAEP)
    return {name: base64.b64encode(part).decode() for name, part in (("key", wrapped), ("iv", iv), ("body", body))}
