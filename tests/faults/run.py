#!/usr/bin/env python3
"""Makes each read, write, open, close and allocation of a run fail in turn, and looks at what newsfold makes of it.

    run.py [--build DIR] [--every N]

A run with a failed call must either give the full and right output, or exit with 2 and a message; it must never crash.
Reads and writes of one byte, and calls that were interrupted, must change nothing. --every N: of the many allocations
only each Nth fails. The last line is newsfold-tests: P passed, F failed.
"""
import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FAULTS = Path(__file__).resolve().parent
SECONDS = 60

RULES = "rule own\ncategory tags\nline harbour (?:watch|letter) [0-9]+\n\nrule more\ncategory related\nlabel see also\n" \
        "after 2 headline\n"
PARAGRAPH = "The harbour council of Port Alder voted on Tuesday to close the old ferry terminal for good and to sell " \
            "the land around it to the city\u2019s housing company, cafe\u0301 and all."
SECOND = "Ferry crews have until the end of March to clear the ticket office, the workshop and the two sheds on the " \
         "eastern quay, according to a note handed out after the vote."
ARTICLE = f"{PARAGRAPH}\nSee also\nTen things about old ferries\n{SECOND}\nHarbour watch 12\n"

OWN = ("--no-builtin-rules", "--rules", "own.rules")
# name, arguments, the calls that are made to fail, and with what
RUNS = [
    ("text", (*OWN, "a.txt", "folder"), {"read": ("EIO",), "write": ("EIO", "ENOSPC"), "open": ("EMFILE",),
                                         "close": ("EIO",), "alloc": ("ENOMEM",)}),
    ("explain", (*OWN, "--explain", "a.txt", "folder"), {"write": ("ENOSPC",), "alloc": ("ENOMEM",)}),
    ("stats", (*OWN, "--stats=stats.json", "a.txt"), {"write": ("ENOSPC",), "open": ("EMFILE",), "close": ("EIO",),
                                                      "alloc": ("ENOMEM",)}),
    ("separator", (*OWN, "--separator", "^See", "a.txt"), {"alloc": ("ENOMEM",)}),
    ("records", (*OWN, "dump.jsonl"), {"read": ("EIO",), "write": ("ENOSPC",), "alloc": ("ENOMEM",)}),
    ("packed records", (*OWN, "dump.jsonl.gz"), {"read": ("EIO",), "open": ("EMFILE",), "alloc": ("ENOMEM",)}),
    ("list", (*OWN, "--list-rules"), {"write": ("ENOSPC",), "alloc": ("ENOMEM",)}),
    ("help", ("--help",), {"write": ("EIO",), "alloc": ("ENOMEM",)}),
    ("built-in rules", ("a.txt",), {"read": ("EIO",), "alloc": ("ENOMEM",)}),
]
HARMLESS = [("read", "short"), ("write", "short"), ("read", "EINTR"), ("write", "EINTR")]


class Runner:
    def __init__(self, build, every):
        self.program, self.library, self.every = build / "newsfold", build / "inject.so", every
        self.passed = self.failed = 0

    def run(self, arguments, **fault):
        environment = {"LC_ALL": "C.UTF-8", **fault}
        if fault:
            environment |= {"LD_PRELOAD": str(self.library), "FAULT_HIT": "hit"}
        Path("hit").unlink(missing_ok=True)
        try:
            return subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                                  env=environment, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(arguments, "no end", b"", b"")

    def judge(self, what, problem):
        self.passed, self.failed = self.passed + (not problem), self.failed + bool(problem)
        if problem:
            print(f"FAILED {what}: {problem}", flush=True)

    def failing_calls(self, name, arguments, call, how, right):
        """One test for all the calls of a kind: it fails with the first few that go wrong."""
        wrong, at, step = [], 1, self.every if call == "alloc" and "a.txt" == arguments[0] else 1
        while len(wrong) < 3:
            done = self.run(arguments, FAULT_CALL=call, FAULT_AT=str(at), FAULT_HOW=how)
            if not Path("hit").exists():
                break
            if not (done.returncode == 2 and done.stderr.startswith(b"newsfold: ")
                    or done.returncode == 0 and done.stdout == right):
                message = done.stderr.decode(errors="replace").strip()[-160:]
                kind = "wrong output" if done.returncode == 0 else message or "no message"
                wrong.append(f"number {at}: exit {done.returncode}, {kind}")
            at += step
        self.judge(f"{name}, {call} fails with {how}", "; ".join(wrong))

    def harmless(self, name, arguments, right):
        for call, how in HARMLESS:
            done = self.run(arguments, FAULT_CALL=call, FAULT_AT="0", FAULT_HOW=how)
            good = done.returncode == 0 and done.stdout == right
            self.judge(f"{name}, every {call} {how}", "" if good else f"exit {done.returncode}, {done.stderr[-160:]}")


def make_inputs():
    Path("folder").mkdir()
    Path("own.rules").write_text(RULES)
    Path("a.txt").write_text(ARTICLE + "A line of its own.\n\f" + ARTICLE)
    records = [json.dumps({"id": i, "text": text}) for i, text in enumerate((ARTICLE, "Harbour watch 1\n" + ARTICLE))]
    Path("dump.jsonl").write_text("\n".join(records) + "\nnull\n")
    Path("dump.jsonl.gz").write_bytes(gzip.compress(Path("dump.jsonl").read_bytes()))
    Path("folder/b.txt").write_text(ARTICLE.replace("\u2019", "'"))
    Path("folder/c.txt").write_text("Caf\u00c3\u00a9 &amp; more, na\u00efve.\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, default=FAULTS.parents[1] / "build")
    parser.add_argument("--every", type=int, default=211)
    args = parser.parse_args()
    runner = Runner(args.build.resolve(), args.every)
    with tempfile.TemporaryDirectory(prefix="newsfold-faults-") as folder:
        os.chdir(folder)
        make_inputs()
        for name, arguments, faults in RUNS:
            done = runner.run(arguments)
            runner.judge(f"{name}, nothing fails", done.stderr.decode() if done.returncode else "")
            for call, kinds in faults.items():
                for how in kinds:
                    runner.failing_calls(name, arguments, call, how, done.stdout)
            runner.harmless(name, arguments, done.stdout)
        os.chdir("/")
    print(f"newsfold-tests: {runner.passed} passed, {runner.failed} failed")
    sys.exit(bool(runner.failed))


if __name__ == "__main__":
    main()
