#!/usr/bin/env python3
"""Kills newsfold at random moments while it writes files, and looks at every file after that.

    kill.py [--build DIR] [--seed N] [--kills N]

With -O and -i each target is, whole, what it was or what it becomes; with -O the inputs are unchanged; with --seen the
next run finds a file that it can use. Temporary files have their own name and are no inputs of the next run. SIGTERM,
SIGINT and SIGHUP leave none. The moments are drawn from a seed, and spread over the time that a whole run takes.
The last line is newsfold-tests: P passed, F failed.
"""
import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEMPORARY = re.compile(r"\.newsfold-[0-9a-f]{16}$")
FILES = 24
TRIES = 6
WORDS = "harbour council ferry terminal voted close sell land around city housing crews march clear ticket office " \
        "workshop sheds eastern quay note vote winter storm wall sand bags repairs meeting midnight residents".split()


def paragraph(source):
    return " ".join(source.choice(WORDS) + str(source.randrange(90)) for _ in range(source.randrange(40, 70))) + ".\n"


def make_corpus(folder, source):
    """Files of some paragraphs, a third of them shared with files before."""
    articles = []
    for i in range(FILES):
        again = articles and source.random() < 1 / 3
        article = source.choice(articles) if again else "".join(paragraph(source) for _ in range(6))
        articles.append(article)
        place = folder / f"{i % 7}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{i:03}.txt").write_text(f"Post number {i} of the day.\nShare:\n" + article + f"Answer {i}.\n")


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and not TEMPORARY.search(p.name)}


def temporary(folder):
    return [p for p in folder.rglob("*") if TEMPORARY.search(p.name)]


def default_signals():
    """A job in the background of a shell ignores some, and whoever it starts would too."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Trial:
    def __init__(self, program, folder, source):
        self.program, self.folder, self.source = program, folder, source
        self.wrong = []
        self.hit = 0

    def start(self, arguments):
        return subprocess.Popen([self.program, "-j2", *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={"LC_ALL": "C.UTF-8"},
                                preexec_fn=default_signals)

    def whole(self, arguments):
        began = time.monotonic()
        process = self.start(arguments)
        message = process.communicate()[1]
        if process.returncode:
            sys.exit(f"a run that nobody killed ended with {process.returncode}: {message.decode()}")
        return time.monotonic() - began

    def killed(self, arguments, seconds, number):
        process = self.start(arguments)
        time.sleep(self.source.random() * seconds)
        process.send_signal(number)
        process.communicate()
        self.hit += process.returncode == -number
        return process.returncode == -number

    def check(self, what, good):
        if not good:
            self.wrong.append(what)


def old_or_new(now, old, new):
    return all(text in (old.get(name), new.get(name)) for name, text in now.items()) and set(old) <= set(now)


def set_folder(folder, name, files):
    shutil.rmtree(folder / name, ignore_errors=True)
    for path, text in files.items():
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_bytes(text)


def kill_tree(trial, kills, number):
    """-O over a tree that holds an older output."""
    inputs = contents(trial.folder / "in")
    seconds = trial.whole(["-O", "out", "in"])
    new = contents(trial.folder / "out")
    old = {name: b"old text of " + name.encode() + b"\n" for name in new}
    for i in range(kills):
        set_folder(trial.folder, "out", old if i % 2 else {})
        ended = trial.killed(["-O", "out", "in"], seconds, number)
        trial.check("a target is neither old nor new", old_or_new(contents(trial.folder / "out"), old if i % 2 else {}, new))
        trial.check("an input changed", contents(trial.folder / "in") == inputs)
        trial.check("a temporary file is left", number == signal.SIGKILL or not ended or not temporary(trial.folder / "out"))
    trial.whole(["-O", "out", "in"])
    trial.check("the run after that does not give the whole", contents(trial.folder / "out") == new)
    for path in temporary(trial.folder):
        path.unlink()


def kill_in_place(trial, kills, number):
    """-i with a backup: each file old or new, each backup whole, and no text lost."""
    inputs = contents(trial.folder / "in")
    set_folder(trial.folder, "files", inputs)
    seconds = trial.whole(["-i.old", "files"])
    new = {name: text for name, text in contents(trial.folder / "files").items() if not name.endswith(".old")}
    for _ in range(kills):
        set_folder(trial.folder, "files", inputs)
        ended = trial.killed(["-i.old", "files"], seconds, number)
        now = contents(trial.folder / "files")
        backups = {name[:-4]: text for name, text in now.items() if name.endswith(".old")}
        files = {name: text for name, text in now.items() if not name.endswith(".old")}
        trial.check("a file is neither old nor new", old_or_new(files, inputs, new))
        trial.check("a backup is not what was there", all(inputs[name] == text for name, text in backups.items()))
        trial.check("a changed file has no backup", all(files[name] == inputs[name] or name in backups for name in files))
        trial.check("a temporary file is left", number == signal.SIGKILL or not ended or not temporary(trial.folder / "files"))
    shutil.rmtree(trial.folder / "files")


def kill_seen(trial, kills, number):
    """--seen with one output: the file of --seen is what it was or what it becomes, and so is the output."""
    first, second = trial.folder / "in" / "0", trial.folder / "in"
    trial.whole(["--seen=seen", "-o", "out.txt", str(first)])
    old = {name: (trial.folder / name).read_bytes() for name in ("seen", "out.txt")}
    seconds = trial.whole(["--seen=seen", "-o", "out.txt", str(second)])
    new = {name: (trial.folder / name).read_bytes() for name in ("seen", "out.txt")}
    for _ in range(kills):
        for name, text in old.items():
            (trial.folder / name).write_bytes(text)
        trial.killed(["--seen=seen", "-o", "out.txt", str(second)], seconds, number)
        now = {name: (trial.folder / name).read_bytes() for name in old}
        trial.check("a file is neither old nor new", all(now[name] in (old[name], new[name]) for name in now))
        trial.check("--seen knows text that was not written", now["seen"] == old["seen"] or now["out.txt"] == new["out.txt"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, default=Path(__file__).resolve().parents[2] / "build")
    parser.add_argument("--seed", type=int, default=20161103)
    parser.add_argument("--kills", type=int, default=200)
    args = parser.parse_args()
    program, source = (args.build / "newsfold").resolve(), random.Random(args.seed)
    passed = failed = 0
    parts = [(kill_tree, signal.SIGKILL, 40), (kill_in_place, signal.SIGKILL, 40), (kill_seen, signal.SIGKILL, 20)]
    asked = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
    # In memory, where there is such a folder: what counts here is the order of the calls, not the disk.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="newsfold-kill-", dir=memory) as name:
        folder = Path(name)
        make_corpus(folder / "in", source)
        runs = [(part, number, args.kills * share // 100) for part, number, share in parts]
        runs += [(part, number, max(1, args.kills // 40)) for part in (kill_tree, kill_in_place) for number in asked]
        for part, number, kills in runs:
            trial = Trial(program, folder, source)
            for _ in range(TRIES):          # a run may be over sooner than the one that was timed
                if not trial.hit:
                    part(trial, kills, number)
            if not trial.hit:
                trial.wrong.append("no run was still running when the signal came")
            passed, failed = passed + (not trial.wrong), failed + bool(trial.wrong)
            for wrong in sorted(set(trial.wrong)):
                print(f"FAILED {part.__name__}, {number.name}: {wrong}, {trial.wrong.count(wrong)} of {kills} times")
    print(f"newsfold-tests: {passed} passed, {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
