#!/usr/bin/env python3
"""Runs the golden cases of tests/cases on the newsfold program.

    run_cases.py [--update] [--prefix COMMAND] [--build DIR] [--jobs N] [--blocks] [FILTER ...]

A case is a folder tests/cases/AREA/CASE with

    args      the command line, as a shell would split it (default: none)
    input     standard input (default: empty); other files are there to be named in args
    cmd       instead of args: a shell script; `newsfold` is in its PATH. Exit 77: skipped, for the reason it prints
    stdout, stderr    what must be written (default: nothing)
    stdout.has, stderr.has    instead: each line must occur in what is written, in this order
    exit      the exit status (default: 0)
    note      what the case is about, for people

Each runs in a copy of its folder. FILTER is a part of AREA/CASE. --update writes down what happens now (read
the diff before you believe it). --blocks runs the inputs of cases and samples through the blocks program.
The last line is newsfold-tests: P passed, F failed.
"""
import argparse
import difflib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parent
EXPECTED = {"args", "cmd", "stdout", "stderr", "stdout.has", "stderr.has", "exit", "note"}
SKIPPED = 77
SECONDS = 60


class Outcome:
    def __init__(self, code, stdout, stderr):
        self.code, self.stdout, self.stderr = code, stdout, stderr


def read(path, default=b""):
    return path.read_bytes() if path.exists() else default


def run_case(case, environment, seconds):
    """Runs in a copy, so that scripts may write and nothing is left behind."""
    with tempfile.TemporaryDirectory(prefix="newsfold-case-") as folder:
        os.chmod(folder, 0o755)
        for entry in case.iterdir():
            if entry.name not in EXPECTED:
                (shutil.copytree if entry.is_dir() else shutil.copy)(entry, Path(folder) / entry.name)
        if (case / "cmd").exists():
            argv, given = ["sh", "-c", (case / "cmd").read_text()], b""
        else:
            argv, given = ["newsfold", *shlex.split(read(case / "args").decode())], read(case / "input")
        try:
            done = subprocess.run(argv, input=given, capture_output=True, cwd=folder, env=environment, timeout=seconds)
        except subprocess.TimeoutExpired:
            return Outcome("no end", b"", b"")
    return Outcome(done.returncode, done.stdout, done.stderr)


def has_in_order(text, wanted):
    at = 0
    for line in wanted.splitlines():
        at = text.find(line, at)
        if at < 0:
            return f"nowhere (or not in this order): {line.decode(errors='replace')}"
        at += len(line)
    return ""


def lines_of(text):
    """For people: what controls a terminal, or is no UTF-8, is spelled out."""
    plain = "".join(c if c >= " " or c in "\n\t" else f"\\x{ord(c):02x}" for c in text.decode(errors="backslashreplace"))
    return [line if len(line) < 180 else line[:177] + "..." for line in plain.split("\n")]


def difference(name, got, want):
    shown = list(difflib.unified_diff(lines_of(want), lines_of(got), f"{name}, expected", f"{name}, now", lineterm="",
                                      n=1))
    return "\n".join(shown[:24] + ["..."] * (len(shown) > 24)) or f"{name}: differs in line ends only"


def complaints(case, outcome):
    for name, got in (("stdout", outcome.stdout), ("stderr", outcome.stderr)):
        if (case / f"{name}.has").exists():
            problem = has_in_order(got, read(case / f"{name}.has"))
            if problem:
                yield "\n".join([f"{name}: {problem}", *lines_of(got[:2000])])
        elif got != read(case / name):
            yield difference(name, got, read(case / name))
    wanted = int(read(case / "exit", b"0"))
    if outcome.code != wanted:
        yield f"exit status {outcome.code}, expected {wanted}"


def update(case, outcome):
    def keep(name, data, default):
        if data == default:
            (case / name).unlink(missing_ok=True)
        else:
            (case / name).write_bytes(data)
    for name, got in (("stdout", outcome.stdout), ("stderr", outcome.stderr)):
        if not (case / f"{name}.has").exists():
            keep(name, got, b"")
    keep("exit", b"%d\n" % outcome.code, b"0\n")


def is_skipped(case, outcome):
    return outcome.code == SKIPPED and (case / "cmd").exists()


def install(build, prefix, folder):
    """The program in a folder of its own, where other users may run it too."""
    os.chmod(folder, 0o755)
    program = Path(folder) / "newsfold"
    if prefix:
        real = Path(folder) / "newsfold-program"
        shutil.copy(build / "newsfold", real)
        program.write_text(f'#!/bin/sh\nexec {prefix} {real} "$@"\n')
        program.chmod(0o755)
    else:
        shutil.copy(build / "newsfold", program)
    path = f"{folder}:{os.environ.get('PATH', '/usr/bin:/bin')}"
    kept = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS") or k in ("HOME", "LD_LIBRARY_PATH")}
    return {"LC_ALL": "C.UTF-8", **kept, "PATH": path, "NEWSFOLD_PREFIX": prefix}


def run_cases(cases, args):
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory(prefix="newsfold-bin-") as folder, ThreadPoolExecutor(args.jobs) as pool:
        environment = install(args.build, args.prefix, folder)
        seconds = SECONDS * (10 if args.prefix else 1)
        for case, outcome in zip(cases, pool.map(lambda c: run_case(c, environment, seconds), cases)):
            name = case.relative_to(TESTS / "cases")
            if is_skipped(case, outcome):
                skipped += 1
                print(f"skipped {name}: {outcome.stdout.decode().strip()}")
                continue
            if args.update:
                update(case, outcome)
            found = list(complaints(case, outcome))
            passed, failed = passed + (not found), failed + bool(found)
            if found:
                print(f"FAILED {name}: {read(case / 'note').decode().strip()}")
                print("\n".join("    " + line for text in found for line in text.splitlines()), flush=True)
    if skipped:
        print(f"{skipped} skipped")
    print(f"newsfold-tests: {passed} passed, {failed} failed")
    return failed


def run_blocks(cases, args):
    files = [f for case in cases for f in sorted(case.rglob("*")) if f.is_file() and f.name not in EXPECTED]
    if not args.filter:
        files += sorted(f for f in (TESTS.parent / "samples").glob("**/*.txt"))
    named = [os.path.relpath(f, Path.cwd()) for f in files]
    return subprocess.run([args.build / "blocks", *named]).returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("filter", nargs="*")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--blocks", action="store_true")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--build", type=Path, default=TESTS.parent / "build")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    args.build = args.build.resolve()
    cases = sorted({p.parent for p in (TESTS / "cases").glob("*/*/*")})
    if args.filter:
        cases = [c for c in cases if any(f in str(c.relative_to(TESTS / "cases")) for f in args.filter)]
    if not cases:
        sys.exit(f"no case has {' or '.join(args.filter)} in its name")
    sys.exit(bool(run_blocks(cases, args) if args.blocks else run_cases(cases, args)))


if __name__ == "__main__":
    main()
