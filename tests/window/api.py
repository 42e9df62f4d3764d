"""An API that wants a token, as a stranger's would: PyJWT decides, and a refusal gives no reason.

Arguments: the secret, the audience or "", the issuer or "". Prints its port; answers until it is ended.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt

secret, audience, issuer = sys.argv[1:4]


class Orders(BaseHTTPRequestHandler):
    def do_GET(self):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(
                token, secret, algorithms=["HS256"], audience=audience or None, issuer=issuer or None
            )
            self.answer(200, claims)
        except jwt.InvalidTokenError:
            self.answer(401, {"error": "unauthorized"})

    def answer(self, status, what):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Orders)
print(server.server_address[1], flush=True)
server.serve_forever()
