#!/usr/bin/env python3
"""Makes each call fail in turn while newsfold writes files, and ends it at each, and looks at every file after that.

    files.py [--build DIR] [--every N]

A run with a failed call gives the right files, or exits with 2 and a message; then each target is, whole, what it was
or what it becomes, at most one of several is not what it becomes, and no temporary file is left. A run that is killed
at a call leaves each target whole too. An input that grows, shrinks or vanishes while it is read is told, and the
others are done. Reads and writes of one byte, and calls that were interrupted, change nothing.
The last line is newsfold-tests: P passed, F failed.
"""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from kill import contents, old_or_new, set_folder, temporary

SECONDS = 60
ARTICLE = "The harbour council of Port Alder voted on Tuesday to close the old ferry terminal for good and to sell the " \
          "land around it to the city's housing company.\nFerry crews have until the end of March to clear the ticket " \
          "office, the workshop and the two sheds on the eastern quay, according to a note handed out after the vote.\n"
INPUTS = {"a.txt": ARTICLE + "First.\n", "deep/b.txt": ARTICLE + "Second.\n", "deep/er/c.txt": ARTICLE,
          "z.txt": "Share:\nA text of its own.\n"}
OLD = {name: f"old {name}\n" for name in INPUTS}
OWN = ("--no-builtin-rules", "--rules", "own.rules", "-j1")
RULES = "rule own\ncategory share\nline share:?\n"

# name, arguments, the files that are written, and what stands there before
RUNS = {
    "tree": ((*OWN, "-O", "out", "in"), "out", {}),
    "tree again": ((*OWN, "-O", "out", "in"), "out", OLD),
    "in place": ((*OWN, "-i", "in"), "in", INPUTS),
    "backup": ((*OWN, "-i.old", "in"), "in", INPUTS),
    "file": ((*OWN, "-o", "out/all", "--removed=out/gone", "--report=out/page", "--stats=out/stats", "in"), "out",
             {"all": "old\n", "gone": "old\n", "page": "old\n"}),
    "seen": ((*OWN, "--seen=out/seen", "-o", "out/all", "in"), "out", {"all": "old\n"}),
}
FAULTS = {"read": ("EIO",), "write": ("ENOSPC", "EIO"), "open": ("EACCES", "EMFILE"), "close": ("EIO",),
          "fsync": ("EIO",), "rename": ("EACCES",), "link": ("EIO",), "mkdir": ("ENOSPC",)}
HARMLESS = [("read", "short"), ("write", "short"), ("read", "EINTR"), ("write", "EINTR"), ("fsync", "EINTR")]


def encoded(files):
    return {name: text.encode() for name, text in files.items()}


class Runner:
    def __init__(self, build):
        self.program, self.library, self.folder = build / "newsfold", build / "inject.so", Path.cwd()
        self.passed = self.failed = 0

    def run(self, name, without=None, **fault):
        arguments, place, old = RUNS[name]
        set_folder(self.folder, "in", encoded(INPUTS))
        set_folder(self.folder, "out", encoded(old) if place == "out" else {})
        Path("out").mkdir(exist_ok=True)
        environment = {"LC_ALL": "C.UTF-8", **fault}
        if fault:
            environment |= {"LD_PRELOAD": str(self.library), "FAULT_HIT": str(self.folder / "hit")}
        Path("hit").unlink(missing_ok=True)
        if without:
            (self.folder / "in" / without).unlink()
        return subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, env=environment,
                              timeout=SECONDS)

    def files(self, name):
        # The times in --stats are never the same.
        return {path: text for path, text in contents(self.folder / RUNS[name][1]).items() if path != "stats"}

    def judge(self, what, problems):
        self.passed, self.failed = self.passed + (not problems), self.failed + bool(problems)
        if problems:
            print(f"FAILED {what}: " + "; ".join(problems[:3]), flush=True)


def allowed_texts(runner, name, new):
    """For each target what it was, what it becomes, and what it becomes where one of the inputs cannot be read."""
    allowed = {path: {text} for path, text in new.items()}
    for path, text in encoded(RUNS[name][2]).items():
        allowed.setdefault(path, set()).add(text)
        # A backup is what was there.
        allowed.setdefault(f"{path}.old", set()).add(text)
    # The lock makes the file of --seen: it may be empty.
    allowed.setdefault("seen", set()).add(b"")
    for left_out in INPUTS:
        runner.run(name, without=left_out)
        for path, text in runner.files(name).items():
            allowed.setdefault(path, set()).add(text)
    return allowed


def whole(name, now, allowed):
    return all(text in allowed.get(path, ()) for path, text in now.items()) and set(RUNS[name][2]) <= set(now)


def complaint(runner, name, done, new, allowed):
    now = runner.files(name)
    missing = [path for path in new if now.get(path) != new[path]]
    if done.returncode == 0:
        return "" if not missing else f"exit 0, but {missing[0]} is not right"
    if done.returncode != 2 or not done.stderr.startswith(b"newsfold: "):
        return f"exit {done.returncode}, {done.stderr.decode(errors='replace')[-120:]}"
    if not whole(name, now, allowed):
        return "a target is neither old nor new"
    if temporary(runner.folder):
        return "a temporary file is left"
    return ""


def failing(runner, name, new, allowed):
    for call, kinds in FAULTS.items():
        for how in kinds:
            problems, at = [], 1
            while True:
                done = runner.run(name, FAULT_CALL=call, FAULT_AT=str(at), FAULT_HOW=how)
                if not Path("hit").exists():
                    break
                problem = complaint(runner, name, done, new, allowed)
                problems += [f"number {at}: {problem}"] if problem else []
                at += 1
            runner.judge(f"{name}, {call} fails with {how}", problems)


def killed(runner, name, allowed):
    problems, at = [], 1
    while True:
        done = runner.run(name, FAULT_CALL="all", FAULT_AT=str(at), FAULT_HOW="KILL")
        if not Path("hit").exists():
            break
        good = done.returncode == -9 and whole(name, runner.files(name), allowed)
        problems += [] if good else [f"number {at}: exit {done.returncode}, or a target is neither old nor new"]
        at += 1
    runner.judge(f"{name}, killed at each call", problems + ([] if at > 4 else ["there were no calls to be killed at"]))


def harmless(runner, name, new):
    for call, how in HARMLESS:
        done = runner.run(name, FAULT_CALL=call, FAULT_AT="0", FAULT_HOW=how)
        good = done.returncode == 0 and runner.files(name) == new
        runner.judge(f"{name}, every {call} {how}", [] if good else [f"exit {done.returncode}, {done.stderr[-160:]}"])


def changing(runner):
    """The input that is being read is written to, cut, or removed. The first read is that of the rules."""
    for name in ("tree", "in place"):
        runner.run(name)
        new = runner.files(name)
        allowed = allowed_texts(runner, name, new)
        for how in ("grow", "shrink", "vanish"):
            done = runner.run(name, FAULT_CALL="read", FAULT_AT="3", FAULT_HOW=how, FAULT_FILE="in/a.txt")
            now = runner.files(name)
            others = [path for path in new if path != "a.txt" and now.get(path) not in allowed[path]]
            others += [] if now.get("z.txt") == new["z.txt"] else ["z.txt"]
            problems = [f"{others[0]} was not done"] if others else []
            if done.returncode != 2 and not (how == "vanish" and name == "tree"):
                problems.append(f"exit {done.returncode}, {done.stderr.decode()[-120:]}")
            if name == "tree" and now.get("a.txt", new["a.txt"]) != new["a.txt"]:
                problems.append("a half text was written")
            if name == "in place" and now.get("a.txt") == new["a.txt"]:
                problems.append("a text that somebody else wrote was replaced")
            runner.judge(f"{name}, an input that is to {how}", problems + (["a temporary file"] if temporary(runner.folder)
                                                                            else []))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, default=Path(__file__).resolve().parents[2] / "build")
    args = parser.parse_args()
    runner = None
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="newsfold-files-", dir=memory) as folder:
        build = args.build.resolve()
        os.chdir(folder)
        runner = Runner(build)
        Path("own.rules").write_text(RULES)
        for name in RUNS:
            done = runner.run(name)
            new = runner.files(name)
            runner.judge(f"{name}, nothing fails", [done.stderr.decode()] if done.returncode or not new else [])
            allowed = allowed_texts(runner, name, new)
            failing(runner, name, new, allowed)
            killed(runner, name, allowed)
            harmless(runner, name, new)
        changing(runner)
        os.chdir("/")
    print(f"newsfold-tests: {runner.passed} passed, {runner.failed} failed")
    sys.exit(bool(runner.failed))


if __name__ == "__main__":
    main()
