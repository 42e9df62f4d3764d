"""PyJWT as the other side: one JSON object a line in, one out.

{"do": "sign", "alg": ..., "key": a PEM private key or the text of a secret, "claims": {...}} -> {"token": ...}
{"do": "verify", "alg": ..., "key": a PEM public key or the text of a secret, "token": ...} -> {"claims": {...}}
"""

import json
import sys

import jwt


def answer(asked):
    if asked["do"] == "sign":
        return {"token": jwt.encode(asked["claims"], asked["key"], algorithm=asked["alg"])}
    options = {"verify_aud": False}
    return {"claims": jwt.decode(asked["token"], asked["key"], algorithms=[asked["alg"]], options=options)}


for line in sys.stdin:
    try:
        told = answer(json.loads(line))
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(told), flush=True)
