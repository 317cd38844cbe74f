#!/usr/bin/env python3
"""Holds newsfold against what other tools make of records and of packed files.

    run.py [--build DIR] [--records N] [--seed N]

Random JSONL, written in every way that Python's json and a person may write it: bytes outside the text must come out
as they went in, the text must be what Python reads it as, but for the paragraphs that went. Files packed by gzip,
zstd and Python must give what they give unpacked; cut short or damaged they must be reported. WARC files are made by
warcio if it is there, else by hand. The last line is newsfold-tests: P passed, F failed.
"""
import argparse
import gzip
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

try:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError:
    WARCWriter = None

TESTS = Path(__file__).resolve().parent.parent
SYLLABLES = "ba ke li mo nu ra te vi zo dun fer gal hon jas pel qui sor tam wen xil bor cla dre".split()
BOILERPLATE = ["Advertisement", "Share on Facebook", "Reply With Quote"]
ODD = ["é", "ß", "\u2019", "\u20ac", "\U0001f600", "\U00010348", '"', "\\", "/", "\t", "\u00a0", "\u2028", "\x7f", "中文"]


class Runner:
    def __init__(self, build):
        self.program = build / "newsfold"
        self.passed = self.failed = 0

    def run(self, data, *arguments):
        return subprocess.run([self.program, *arguments], input=data, capture_output=True, timeout=120)

    def check(self, good, what):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAILED {what}")
        return good


def word(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))


def paragraph(rng):
    words = [word(rng) for _ in range(rng.choice([2, 5, 20, 60]))]
    for _ in range(rng.randint(0, 4)):
        words.insert(rng.randint(1, len(words)), word(rng) + rng.choice(ODD) + word(rng))
    return " ".join(words)


def text(rng, earlier):
    """Paragraphs, some of them boilerplate, some an article that was there before."""
    lines = []
    for _ in range(rng.randint(0, 6)):
        kind = rng.random()
        if kind < 0.2:
            lines.append(rng.choice(BOILERPLATE))
        elif kind < 0.35 and earlier:
            lines += rng.choice(earlier)
        else:
            article = [paragraph(rng) for _ in range(rng.randint(1, 4))]
            earlier.append(article)
            lines += article
    out = rng.choice(["", "", "\n"])
    for line in lines:
        out += line + rng.choice(["", "", " "]) + rng.choice(["\n", "\n", "\n\n", "\r\n", "\n \n"])
    return out if rng.random() < 0.5 else out.rstrip()


def character(rng, c, style):
    """One of the ways to write a character; style is the record's own."""
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    units = "".join(f"\\u{unit:04x}" for unit in memoryview(c.encode("utf-16-le")).cast("H"))
    if rng.random() < 0.001:
        return rng.choice([units, units.upper().replace("U", "u")])
    if c in short:
        return short[c]
    if c == "/":
        return rng.choice(["/", "\\/"])
    return c if c.isascii() or style == "plain" else units


def string(rng, value):
    style = rng.choice(["plain", "escaped"])
    return "".join(character(rng, c, style) for c in value)


def junk(rng, depth=0):
    kinds = [lambda: rng.randint(-10**20, 10**20), lambda: rng.random(), lambda: None, lambda: True,
             lambda: float("nan"), lambda: paragraph(rng), lambda: {"text": paragraph(rng)}, lambda: "\ud800"]
    if depth < 4:
        kinds += [lambda: [junk(rng, depth + 1) for _ in range(rng.randint(0, 3))],
                  lambda: {word(rng): junk(rng, depth + 1) for _ in range(rng.randint(0, 3))}]
    return rng.choice(kinds)()


def record(rng, earlier):
    """What stands before the text, the text's literal, what stands behind it."""
    def space():
        return rng.choice(["", "", " ", "  ", "\t"])
    value = text(rng, earlier)
    before = [json.dumps(word(rng)) + space() + ":" + space() + json.dumps(junk(rng)) for _ in range(rng.randint(0, 3))]
    after = [json.dumps(word(rng)) + space() + ":" + space() + json.dumps(junk(rng), ensure_ascii=False).replace("\ud800", "\\ud800")
             for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.1:
        before.append('"text":"an earlier one that does not count"')
    head = space() + "{" + space() + "".join(part + space() + "," + space() for part in before)
    key = rng.choice(['"text"', '"text"', '"t\\u0065xt"'])
    head += key + space() + ":" + space() + '"'
    tail = '"' + "".join(space() + "," + space() + part for part in after) + space() + "}" + space()
    return head.encode(), string(rng, value), tail.encode(), value


def lines_of(value):
    return [line.strip(" \t\r\u00a0\v") for line in re.split(r"\n|\r(?!\n)", value) if line.strip(" \t\r\u00a0\v")]


def check_record(runner, got, made, verdicts, number):
    head, literal, tail, value = made
    if not runner.check(got.startswith(head) and got.endswith(tail), f"record {number}: other bytes than the text's: {got[:200]}"):
        return
    inner = got[len(head):len(got) - len(tail)].decode()
    kept = [paragraph["text"] for paragraph in verdicts if paragraph["verdict"] == "keep"]
    if len(kept) == len(verdicts):
        runner.check(inner == literal, f"record {number}: nothing went, yet the text is written otherwise")
    runner.check(lines_of(json.loads('"' + inner + '"')) == kept, f"record {number}: its text is not what was kept")
    runner.check(set(re.findall(r"\\u....|\\/", inner)) <= set(re.findall(r"\\u....|\\/", literal)),
                 f"record {number}: escapes that were not there")
    runner.check([paragraph["text"] for paragraph in sorted(verdicts, key=lambda p: p["offset"])] == lines_of(value),
                 f"record {number}: its paragraphs are not its lines")


def check_jsonl(runner, count, seed):
    rng = random.Random(seed)
    earlier = []
    made = [record(rng, earlier) for _ in range(count)]
    data = b"\n".join(head + literal.encode() + tail for head, literal, tail, _ in made) + b"\n"
    arguments = ("--paragraphs=line", f"--jobs={rng.randint(1, 3)}")
    done = runner.run(data, "-f", "jsonl", *arguments)
    explained = runner.run(data, "-f", "jsonl", "--explain=jsonl", *arguments)
    runner.check(done.returncode == 0 and explained.returncode == 0, f"exit status: {done.stderr[:300]}")
    verdicts = {}
    for line in explained.stdout.decode().split("\n")[:-1]:
        paragraph = json.loads(line)
        verdicts.setdefault(paragraph["record"], []).append(paragraph)
    lines = done.stdout.split(b"\n")[:-1]
    runner.check(len(lines) == count, f"{len(lines)} records of {count}")
    for number, (got, one) in enumerate(zip(lines, made), 1):
        check_record(runner, got, one, verdicts.get(number, []), number)
    kept = runner.run(data, "-f", "jsonl", "--keep=all", "--exact", "--scope=document", "--paragraphs=line")
    runner.check(kept.stdout.count(b"\n") == count, "every record again")
    pieces = b"".join(subprocess.run([runner.program, "-f", "jsonl", *arguments], input=data[:len(data) - cut],
                                     capture_output=True).stdout[-1:] for cut in (0, 1))
    runner.check(pieces[1:] != b"\n", "a last line without an end gets none")


def check_packed(runner, name, pack, suffix, plain):
    """pack: bytes to bytes. plain: what is packed."""
    want = runner.run(plain)
    packed = pack(plain)
    got = runner.run(packed)
    if b"was built without" in got.stderr:
        print(f"skipped {name}: {got.stderr.decode().strip()}")
        runner.check(got.returncode == 2 and not got.stdout, f"{name}: what cannot be unpacked is no text")
        return
    runner.check((got.returncode, got.stdout) == (want.returncode, want.stdout), f"{name}: as unpacked: {got.stderr[:200]}")
    half = len(plain) // 2
    got = runner.run(pack(plain[:half]) + pack(plain[half:]))
    runner.check((got.returncode, got.stdout) == (0, want.stdout), f"{name}: two members are one text: {got.stderr[:200]}")
    cut = runner.run(packed[:len(packed) * 2 // 3])
    runner.check(cut.returncode == 2 and b"end too soon" in cut.stderr, f"{name}: cut short: {cut.stderr[:200]}")
    runner.check(cut.stdout and plain.startswith(cut.stdout[:40]), f"{name}: cut short: what came before is written")
    behind = runner.run(packed + b"garbage")
    runner.check(behind.returncode == 0 and b"7 bytes behind" in behind.stderr and behind.stdout == want.stdout,
                 f"{name}: garbage behind: {behind.stderr[:200]}")
    if name != "zstd without a check":
        broken = bytearray(packed)
        broken[-3] ^= 0x10
        damaged = runner.run(bytes(broken))
        runner.check(damaged.returncode == 2 and b"damaged" in damaged.stderr, f"{name}: damaged: {damaged.stderr[:200]}")
    large = pack(bytes(20 << 20))
    bomb = runner.run(large, "-n")
    runner.check(bomb.returncode == 2 and b"--max-expansion" in bomb.stderr, f"{name}: a bomb: {bomb.stderr[:200]}")
    free = runner.run(large, "-n", "--max-expansion=1000000")
    runner.check(free.returncode == 0, f"{name}: a bomb that was asked for: {free.stderr[:200]}")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"page.html{suffix}"
        page.write_bytes(pack(b"A line, as text it would end here<br>and go on"))
        runner.check(runner.run(b"", page).stdout.count(b"\n") == 2, f"{name}: the name before {suffix} says what it is")


def tool(*command):
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def check_all_packed(runner, seed):
    rng = random.Random(seed)
    plain = "\n".join(paragraph(rng) for _ in range(2000)).encode() + b"\n"
    check_packed(runner, "Python's gzip", gzip.compress, ".gz", plain)
    if shutil.which("gzip"):
        check_packed(runner, "gzip", tool("gzip", "-c"), ".gz", plain)
    if shutil.which("zstd"):
        check_packed(runner, "zstd", tool("zstd", "-q", "--check", "-c"), ".zst", plain)
        check_packed(runner, "zstd without a check", tool("zstd", "-q", "--no-check", "-c"), ".zst", plain)


def page_of(rng, lines):
    return ("<html><head><title>A page</title></head><body><article><h1>" + word(rng) + "</h1>"
            + "".join(f"<p>{line}</p>" for line in lines) + "</article></body></html>").replace("\x7f", "")


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data):
    return b"".join(b"%x\r\n%s\r\n" % (len(data[i:i + 99]), data[i:i + 99]) for i in range(0, len(data), 99)) + b"0\r\n\r\n"


BODIES = [
    ([], lambda body: body), ([("Transfer-Encoding", "chunked")], chunked),
    ([("Content-Encoding", "gzip")], gzip.compress), ([("Content-Encoding", "deflate")], zlib.compress),
    ([("Content-Encoding", "deflate")], raw_deflate),
    ([("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")], lambda body: chunked(gzip.compress(body))),
]


def responses(rng):
    """Address, HTTP header lines, body, and the paragraphs that must come out."""
    for number in range(60):
        lines = [paragraph(rng).replace("<", "").translate({ord(c): None for c in '"\\/\t\x7f\u2028'}) for _ in range(5)]
        lines = [" ".join(line.replace("\u00a0", " ").split()) for line in lines]
        headers, pack = rng.choice(BODIES)
        yield f"http://a.example/{number}", [("Content-Type", "text/html; charset=utf-8"), *headers], \
            pack(page_of(rng, lines).encode()), lines


def by_hand(made, packed):
    out = b""
    for address, headers, body, _ in made:
        block = b"HTTP/1.1 200 OK\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers).encode() + b"\r\n" + body
        one = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http; " \
              f"msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
        out += gzip.compress(one) if packed else one
    return out


def by_warcio(made, packed):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    for address, headers, body, _ in made:
        head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head))
    return out.getvalue()


def check_warc(runner, name, write, seed):
    made = list(responses(random.Random(seed)))
    for packed in (False, True):
        data = write(made, packed)
        done = runner.run(data, "-t", "jsonl", "--scope=document")
        if b"was built without" in done.stderr:
            print(f"skipped {name}: {done.stderr.decode().split(chr(10))[0]}")
            return
        objects = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
        runner.check(done.returncode == 0, f"{name}: {done.stderr[:300]}")
        runner.check([one["url"] for one in objects] == [address for address, *_ in made], f"{name}: the addresses")
        for one, (address, _, _, lines) in zip(objects, made):
            missing = [line for line in lines if line not in one["text"]]
            runner.check(not missing, f"{name}: {address}: missing {missing[:1]}")
    data = write(made, False)
    at = data.index(b"http://a.example/30")
    start = data.rindex(b"WARC/1.0", 0, at)
    lost = runner.run(data[:start] + b"X" + data[start + 1:], "-t", "jsonl", "--scope=document")
    runner.check(lost.returncode == 2 and lost.stdout.count(b"\n") == 59 and f"byte {start}:".encode() in lost.stderr,
                 f"{name}: of a damaged header only that record is lost: {lost.stderr[:300]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build", type=Path)
    parser.add_argument("--records", default=1500, type=int)
    parser.add_argument("--seed", default=7, type=int)
    options = parser.parse_args()
    runner = Runner((options.build if options.build.is_absolute() else Path.cwd() / options.build))
    check_jsonl(runner, options.records, options.seed)
    check_all_packed(runner, options.seed)
    check_warc(runner, "WARC by hand", by_hand, options.seed)
    if WARCWriter:
        check_warc(runner, "warcio", by_warcio, options.seed)
    else:
        print("skipped warcio: it is not there")
    print(f"newsfold-tests: {runner.passed} passed, {runner.failed} failed")
    return runner.failed > 0


if __name__ == "__main__":
    sys.exit(main())
