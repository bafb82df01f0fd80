#!/usr/bin/env python3
"""A second reader of sealed files, written from FORMAT.md and nothing else.

    reader.py AGE KEYS FILE...

AGE is the age program, KEYS a folder with *.pub (minisign public keys of those who may
sign) and *.identity (age secrets). For each file one line of JSON is printed: what it
holds, or {"error": "..."} when it is not exactly what somebody signed.
"""
import base64, hashlib, json, os, re, struct, subprocess, sys, zlib

def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()

def need(ok, what):
    if not ok: raise ValueError(what)

def b64(text, size):
    raw = base64.b64decode(text, validate=True)
    need(len(raw) == size and base64.b64encode(raw).decode() == text, "loose base64")
    return raw

# --- Ed25519 (RFC 8032), verification alone ---------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)

def point(b):
    y = int.from_bytes(b, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    need(y < P, "no point")
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P: x = x * ROOT % P
    need((x * x - xx) % P == 0 and not (x == 0 and sign), "no point")
    if x & 1 != sign: x = P - x
    return (x, y, 1, x * y % P)

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)

def times(n, p):
    out = (0, 1, 1, 0)
    while n:
        if n & 1: out = add(out, p)
        p, n = add(p, p), n >> 1
    return out

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def verify(key, message, sig):
    r, s = point(sig[:32]), int.from_bytes(sig[32:], "little")
    need(s < Q, "signature")
    k = int.from_bytes(hashlib.sha512(sig[:32] + key + message).digest(), "little") % Q
    a, b = times(s, BASE), add(r, times(k, point(key)))
    need((a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0, "signature")

# --- keys and signature texts -----------------------------------------------------

def device(key): return sha(b"sopb-device/1\n", key)[:16].hex()

def public_text(key):
    ident = bytes.fromhex(device(key))[:8]
    body = base64.b64encode(b"Ed" + ident[::-1] + key).decode()
    return "untrusted comment: minisign public key %s\n%s\n" % (ident.hex().upper(), body)

def minisign(key, message, text):
    """Checks a signature text in its one form and gives the trusted comment."""
    lines = text.decode("ascii").split("\n")
    need(len(lines) == 5 and lines[4] == "" and lines[0] == "untrusted comment: signature from sophobien", "signature text")
    need(lines[2].startswith("trusted comment: "), "trusted comment")
    comment, head = lines[2][17:], b64(lines[1], 74)
    need(head[:2] == b"ED" and head[2:10] == bytes.fromhex(device(key))[:8][::-1], "key of the signature")
    need(all(" " <= c <= "~" for c in comment), "trusted comment")
    verify(key, hashlib.blake2b(message).digest(), head[10:])
    verify(key, head[10:] + comment.encode(), b64(lines[3], 64))
    return comment

# --- the container ----------------------------------------------------------------

def unzip(raw):
    entries, at = [], 0
    while raw[at:at + 4] == b"PK\x03\x04":
        size, name = struct.unpack("<IH", raw[at + 22:at + 28])
        body = at + 30 + name
        entries.append((raw[at + 30:body], raw[body:body + size]))
        need(len(entries) <= 3 and body + size <= len(raw), "container is cut")
        at = body + size
    need(raw == rezip(entries), "container is not in its one form")
    return entries

def rezip(entries):
    out, directory = b"", b""
    for name, data in entries:
        common = struct.pack("<HHHHHIIIHH", 10, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        out += b"PK\x03\x04" + common + name + data
    n = len(entries)
    return out + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, n, n, len(directory), len(out), 0)

# --- JSON that two readers cannot understand differently --------------------------

def strict(text):
    def once(pairs):
        need(len({k.casefold() for k, _ in pairs}) == len(pairs), "a key stands twice")
        return dict(pairs)
    return json.loads(text, object_pairs_hook=once)

def members(text):
    """The members of an object as exact text: commitments are to bytes."""
    decoder, at, out = json.JSONDecoder(), 1, {}
    skip = lambda at: re.compile(r"[ \t\r\n,:]*").match(text, at).end()
    while text[skip(at)] != "}":
        key, at = decoder.raw_decode(text, skip(at))
        start = skip(at)
        _, at = decoder.raw_decode(text, start)
        out[key] = text[start:at]
    return out

# --- a bundle ---------------------------------------------------------------------

LETTERS = {"log": "HKSCP", "answers": "SHC", "blob": "BX", "ack": "A", "units": "VN"}

class Bundle:
    def __init__(self, path, age, keys, identities):
        self.keys = dict(keys)
        self.commits, self.values, self.pieces, self.out = {}, {}, [], {}
        entries = unzip(open(path, "rb").read())
        (name, raw), (signame, sig), (payname, payload) = entries
        need(name == b"envelope.json" and signame == b"envelope.json.minisig" and len(raw) <= 64 << 10, "entries")
        need(re.match(rb'\{"format":"sopb-bundle/1",', raw) and raw.endswith(b"}\n"), "format")
        self.env = env = strict(raw.decode())
        need(env["from"] in keys, "unknown sender")
        comment = minisign(keys[env["from"]], raw, sig)
        need(comment == "sopb-bundle/1 from=%(from)s no=%(no)d payload=sha256:%(payload_sha256)s" % env, "trusted comment")
        need(env["kind"] in LETTERS and env["critical"] == [], "kind")
        need(len(payload) == env["payload_size"] <= 8 << 20 and sha(payload).hex() == env["payload_sha256"], "payload")
        plain = env["to"] == "office-public" or env["kind"] in ("ack", "roster", "units")
        need(payname == (b"payload.jsonl.gz" if plain else b"payload.jsonl.gz.age"), "name of the payload")
        need((env["recipients"] == []) == plain, "recipients")
        self.lines(self.gunzip(payload if plain else self.decrypt(payload, age, identities)))
        self.finish()

    def decrypt(self, payload, age, identities):
        need(payload.split(b"\n---")[0].count(b"\n-> ") == len(self.env["recipients"]), "stanzas")
        args = [age, "-d"] + [a for i in identities for a in ("-i", i)]
        done = subprocess.run(args, input=payload, capture_output=True)
        need(done.returncode == 0, "age: " + done.stderr.decode(errors="replace"))
        return done.stdout

    def gunzip(self, packed):
        z, size = zlib.decompressobj(31), self.env["plain_size"]
        need(size <= 64 << 20, "size")
        text = z.decompress(packed, size + 1)
        need(z.eof and not z.unused_data and len(text) == size, "gzip")
        need(sha(text).hex() == self.env["plain_sha256"], "content")
        return text

    def lines(self, text):
        need(text.endswith(b"\n"), "end")
        head, *lines, end = text.decode().split("\n")[:-1]
        h = strict(head)
        need(h["sopb"] == self.env["kind"] + "/1" and h["id"] == self.env["id"] and len(h["nonce"]) == 64, "header")
        need(end == "E %d" % len(lines) and len(lines) == self.env["lines"] <= 200000, "end marker")
        for line in lines:
            need(re.match("[A-DF-Z] .", line) and len(line.encode()) <= 256 << 10, "line")
            need(not re.search("[\x00-\x1f\x7f]", line), "control character")
            if line[0] in LETTERS[self.env["kind"]]:
                getattr(self, "line_" + line[0])(line[2:])

    # log and answers

    def line_K(self, text):
        need(self.env["unit"] == self.env["to"] and "office" not in self.out and "certificates" not in self.out and "state" not in self.out and not self.commits, "key")
        self.out["office"] = base64.b64encode(b64(strict(text)["office"], 32)).decode()

    def line_S(self, text):
        need("state" not in self.out and not self.commits, "certificate")
        s = strict(text)
        key = b64(s["key"], 32)
        signer = self.env["from"]
        if self.env["kind"] == "log":  # handed on: the key id says who signed
            need(self.env["unit"] == self.env["to"], "certificate")
            ident = b64(s["sig"].split("\n")[1], 74)[2:10][::-1].hex()
            signer = next((d for d in self.keys if d.startswith(ident)), None)
        else:
            need(s["unit"] == self.env["to"], "certificate")
        if signer:
            comment = minisign(self.keys[signer], public_text(key).encode(), s["sig"].encode())
            need(comment == "sopb-stream/1 unit=%s stream=%s" % (s["unit"], device(key)), "certificate")
            self.keys[device(key)] = key
        self.out.setdefault("certificates", []).append(text)

    def line_H(self, text):
        need("state" not in self.out and not self.commits, "state")
        self.out["state"] = h = strict(text)
        need(h["roster"] == self.env["roster_seen"] and h["packs"] == self.env["packs_seen"], "state")

    def line_C(self, text):
        need(text[88] == " ", "commit")
        raw, c = text[89:].encode(), strict(text[89:])
        digest = sha(b"sopb-commit/1\n", raw)
        verify(self.keys[c["d"]], digest, b64(text[:88], 64))
        need(digest.hex() not in self.commits and c["n"] >= 1 and (c["n"] == 1) == (c["p"] == ""), "commit")
        same = [x for x in self.commits.values() if x["d"] == c["d"]]
        need(not same or c["p"] in self.commits and self.commits[c["p"]]["n"] == c["n"] - 1, "chain")
        self.commits[digest.hex()] = c

    def line_P(self, text):
        p, raw = strict(text), members(text)
        op = self.commits[p["h"]]["ops"][p["i"]]
        fields = [op["f"]] if "f" in op else op["h"]
        given = members(raw["v"])
        need("c" in op and sorted(given) == sorted(fields) and (p["h"], p["i"]) not in self.values, "values")
        leaves, shown = b"", {}
        for field in sorted(given):
            if "s" in p:
                value, salt = given[field], sha(b"sopb-salt/1\n", b64(p["s"], 16), field.encode())[:16]
            elif "l" in p["v"][field]:
                value, leaf = None, b64(p["v"][field]["l"], 32)
            else:
                value, salt = members(given[field])["v"], b64(p["v"][field]["s"], 16)
            if value is not None:
                leaf = sha(b"sopb-value/1\n", salt, field.encode(), b"\0", value.encode())
            leaves, shown[field] = leaves + leaf, value
        need(sha(b"sopb-values/1\n", leaves) == b64(op["c"], 32), "commitment")
        need(self.env["pii"] or not any(shown.values()), "values nobody announced")
        self.values[p["h"], p["i"]] = shown

    # blob

    def line_B(self, text):
        b = strict(text)
        need(0 < b["size"] <= 25 << 20 and b["at"] % (1 << 20) == 0 and 0 <= b["at"] < b["size"], "piece")
        need(b["length"] == min(1 << 20, b["size"] - b["at"]), "piece")
        self.pieces.append((b, []))

    def line_X(self, text):
        b, rows = self.pieces[-1]
        rows.append(b64(text, min(135000, b["length"] - sum(map(len, rows)))))

    # ack and units

    def line_A(self, text):
        r = strict(text)
        need("receipt" not in self.out and r["unit"] == self.env["to"] and r["created"] == self.env["created"], "receipt")
        devices, bundles = [d["d"] for d in r["devices"]], [b["id"] for b in r["bundles"]]
        need(devices == sorted(set(devices)) and bundles == sorted(set(bundles)), "order")
        self.out["receipt"], self.out["line"] = r, sha(b"A " + text.encode()).hex()

    def line_V(self, text):
        need("units" not in self.out, "version")
        self.out["units"] = dict(strict(text), units=[])

    def line_N(self, text):
        self.out["units"]["units"].append(strict(text))

    def finish(self):
        spans, heads = {}, {}
        for h, c in self.commits.items():
            first, last = spans.get(c["d"], (c["n"], 0))
            if c["n"] >= last: heads[c["d"]] = h
            spans[c["d"]] = [min(first, c["n"]), max(last, c["n"])]
        need(spans == self.env["range"] and heads == self.env["heads"], "range and heads")
        pieces = []
        for b, rows in self.pieces:
            data = b"".join(rows)
            need(len(data) == b["length"] and sha(data).hex() == b["piece_sha256"], "piece")
            pieces.append([b["sha256"], b["size"], b["at"], b["length"], sha(data).hex()])
        if pieces: self.out["pieces"] = pieces
        if self.commits: self.out["commits"] = [[h, c["d"], c["n"], len(c["ops"])] for h, c in self.commits.items()]
        if self.values: self.out["values"] = {"%s/%d" % k: v for k, v in self.values.items()}
        self.out["envelope"] = self.env

def main(age, folder, *paths):
    names = [os.path.join(folder, n) for n in sorted(os.listdir(folder))]
    keys = {}
    for name in (n for n in names if n.endswith(".pub")):
        text = open(name).read()
        key = base64.b64decode(text.split("\n")[1])[10:]
        need(public_text(key) == text, name)
        keys[device(key)] = key
    identities = [n for n in names if n.endswith(".identity")]
    for path in paths:
        try: print(json.dumps(Bundle(path, age, keys, identities).out, sort_keys=True))
        except Exception as e: print(json.dumps({"error": "%s: %s" % (type(e).__name__, e)}))

if __name__ == "__main__": main(*sys.argv[1:])
