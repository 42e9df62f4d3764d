// The npm packages jose and jsonwebtoken as the other side: one JSON object a line in, one out.
//
// {"library": "jose" or "jsonwebtoken", "do": "sign", "alg": ..., "key": a PEM private key or the text of a secret,
//  "claims": {...}} -> {"token": ...}
// {"library": ..., "do": "verify", "alg": ..., "key": a PEM public key or the text of a secret, "token": ...}
//  -> {"claims": {...}}

const { createRequire } = require("node:module");
const readline = require("node:readline");

const load = createRequire(process.argv[2] + "/");
const jsonwebtoken = load("jsonwebtoken");

const libraries = {
  async jose({ do: what, alg, key, claims, token }) {
    const jose = await import(load.resolve("jose"));
    const secret = () => new TextEncoder().encode(key);
    const read = what === "sign" ? jose.importPKCS8 : jose.importSPKI;
    const imported = alg.startsWith("HS") ? secret() : await read(key, alg);
    if (what === "sign") {
      return { token: await new jose.SignJWT(claims).setProtectedHeader({ alg }).sign(imported) };
    }
    return { claims: (await jose.jwtVerify(token, imported, { algorithms: [alg] })).payload };
  },
  async jsonwebtoken({ do: what, alg, key, claims, token }) {
    return what === "sign"
      ? { token: jsonwebtoken.sign(claims, key, { algorithm: alg, noTimestamp: true }) }
      : { claims: jsonwebtoken.verify(token, key, { algorithms: [alg] }) };
  },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    const told = await libraries[asked.library](asked).catch((error) => ({ error: `${error.name}: ${error.message}` }));
    process.stdout.write(JSON.stringify(told) + "\n");
  }
})();
