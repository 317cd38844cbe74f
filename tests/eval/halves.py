#!/usr/bin/env python3
"""Scores newsfold on the two halves of the sites of the labelled pages: the trees of pages are tuned on half 0.

    halves.py [PROGRAM] [--worst N]

The data and the scorer are in ../shared beside the repository. The halves are those of train_lines.py and
train_pages.py: by the CRC-32 of the registrable domain, so no site is in both. Prints mean word F1 of each.
"""
import argparse
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean
from urllib.parse import urlparse

sys.dont_write_bytecode = True
TOP = Path(__file__).resolve().parents[2]
SHARED = TOP.parent / "shared"
sys.path.insert(0, str(SHARED / "eval"))
import pages
import score


def half_of(url):
    return zlib.crc32(".".join((urlparse(url).hostname or "").split(".")[-2:]).encode()) % 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", default=TOP / "build" / "newsfold")
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    for kind in ("article", "forum"):
        corpus = pages.load(SHARED / "data" / "wcxb", kind)
        command = [str(args.program), "-q", "-f", "html"]
        with ThreadPoolExecutor(2) as pool:
            texts = list(pool.map(lambda page: score.run(command, "html", page.html), corpus))
        rows = [(score.word_scores(text, page.gold)[2], half_of(page.url), page) for text, page in zip(texts, corpus)]
        for half in (0, 1):
            chosen = [f1 for f1, its, _ in rows if its == half]
            print(f"html-{kind} half {half}: F1 {mean(chosen):.4f} of {len(chosen)} pages")
        print(f"html-{kind} both:   F1 {mean(f1 for f1, _, _ in rows):.4f}")
        for f1, half, page in sorted(rows, key=lambda row: row[0])[:args.worst]:
            print(f"    {f1:.3f} half {half} {page.name} {page.url[:90]}")


if __name__ == "__main__":
    main()
