"""Reads a token as a stranger: PyJWT verifies it and tells what it found.

Standard input: {"token": ..., "alg": ..., "key": a PEM public key or the text of a secret,
    "audience": the name, true for any, or null for none}
Standard output: {"header": {...}, "claims": {...}, "payload": the payload's exact text, "exp_ahead": seconds}
"""

import base64
import json
import sys
import time

import jwt

asked = json.load(sys.stdin)
audience = asked["audience"]
options = {"verify_aud": False} if audience is True else None
names = audience if isinstance(audience, str) else None
claims = jwt.decode(asked["token"], asked["key"], algorithms=[asked["alg"]], audience=names, options=options)
payload = asked["token"].split(".")[1]
answer = {
    "header": jwt.get_unverified_header(asked["token"]),
    "claims": claims,
    "payload": base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode(),
    "exp_ahead": claims["exp"] - time.time(),
}
json.dump(answer, sys.stdout)
