"""Mints a token as a stranger: PyJWT signs it with a key of its own.

Standard input: {"alg": "HS256" or "RS256", "claims": {...}, "expires_in": seconds, which may be negative}
Standard output: {"token": ..., "key": the secret's text or the public key as PEM}
"""

import json
import secrets
import sys
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

asked = json.load(sys.stdin)
if asked["alg"] == "HS256":
    private = public = secrets.token_hex(32)
else:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()
now = int(time.time())
claims = asked["claims"] | {"iat": now + min(asked["expires_in"], 0) - 60, "exp": now + asked["expires_in"]}
json.dump({"token": jwt.encode(claims, private, algorithm=asked["alg"]), "key": public}, sys.stdout)
