"""The council's directory, made up: OpenID Connect over HTTP that never leaves the process.

It answers what Entra ID answers: discovery, a token for a code (once, to whoever holds the code's secret half), the
keys. ``people`` is who works there; ``code_for`` is what a person's browser brings back after signing in there.
"""

import base64
import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm
from requests import PreparedRequest, Response

ISSUER = "https://login.council.example/tenant/v2.0"
CLIENT_ID, CLIENT_SECRET = "slf", "kept by the service"
KEY = generate_private_key(public_exponent=65537, key_size=2048)
STRANGERS_KEY = generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Directory:
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    signs_with: RSAPrivateKey = KEY
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def hire(self, username: str, *, groups: list[str] | None) -> None:
        claims = {"oid": f"object of {username}", "sub": f"subject of {username}", "preferred_username": username}
        self.people[username] = claims | ({} if groups is None else {"groups": groups})

    def code_for(self, username: str, *, sent_to: str, **claims: Any) -> dict[str, str]:
        """Sign in there as somebody who was sent to ``sent_to``; return what comes back to the service."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(sent_to).query).items()}
        assert sent_to.startswith(f"{ISSUER}/authorize?")
        assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
        code = f"code {len(self.asked) + 1}"
        self.asked[code] = asked | {"claims": json.dumps(self.people[username] | claims)}
        return {"code": code, "state": asked["state"]}

    def send(self, adapter: Any, request: PreparedRequest, **options: Any) -> Response:
        """Stand in for ``requests.adapters.HTTPAdapter.send``."""
        doors = {
            ("GET", f"{ISSUER}/.well-known/openid-configuration"): self._discovery,
            ("GET", f"{ISSUER}/keys"): self._keys,
            ("POST", f"{ISSUER}/token"): self._token,
        }
        return answer(request, *doors[request.method, request.url](request))

    def _discovery(self, request: PreparedRequest) -> tuple[int, dict[str, Any]]:
        return 200, {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _keys(self, request: PreparedRequest) -> tuple[int, dict[str, Any]]:
        return 200, {"keys": [json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "k1", "use": "sig"}]}

    def _token(self, request: PreparedRequest) -> tuple[int, dict[str, Any]]:
        sent = {name: values[0] for name, values in parse_qs(request.body).items()}
        asked = self.asked.pop(sent["code"], None)
        known = (sent["client_id"], sent["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)
        if asked is None or not known or challenge(sent["code_verifier"]) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        claims = {"iss": ISSUER, "aud": CLIENT_ID, "iat": time.time(), "exp": time.time() + 300}
        token = jwt.encode(claims | json.loads(asked["claims"]), self.signs_with, "RS256", headers={"kid": "k1"})
        return 200, {"access_token": "not used", "token_type": "Bearer", "id_token": token}


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def answer(request: PreparedRequest, status: int, body: dict[str, Any]) -> Response:
    response = Response()
    response.status_code, response.url, response.request = status, request.url, request
    response.headers["Content-Type"] = "application/json"
    response._content = json.dumps(body).encode()
    return response
