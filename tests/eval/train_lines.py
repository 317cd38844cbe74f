#!/usr/bin/env python3
"""Makes src/stage/line_model.def: the weights of line features in dumps of whole pages.

    train_lines.py DATA LINE_FEATURES [--half N] > src/stage/line_model.def

DATA is the folder of labelled pages (../shared/data/wcxb), LINE_FEATURES the built line_features.c.
Needs numpy, scipy and scikit-learn. With --half 0 or 1 only that half of the sites is trained on.
Prints the scores of both halves on standard error. The halves are told apart by the CRC-32 of the
registrable domain, so no site is in both.
"""
import argparse
import re
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from urllib.parse import urlparse

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

WORD = re.compile(r"\w+")
REGULARISATION, WORD_POWER, THRESHOLD = 0.1, 0.7, -1.1


def half_of(url):
    return zlib.crc32(".".join((urlparse(url).hostname or "").split(".")[-2:]).encode()) % 2


def label(words, gold_lines, gold_grams):
    """A line is content when it stands in the gold, or most of its 4-word sequences do."""
    if words and " ".join(words) in gold_lines:
        return 1
    grams = list(zip(words, words[1:], words[2:], words[3:]))
    return int(bool(grams) and sum(g in gold_grams for g in grams) >= 0.6 * len(grams))


class Document:
    def __init__(self, page, rows):
        gold = WORD.findall(page.gold.lower())
        grams = set(zip(gold, gold[1:], gold[2:], gold[3:]))
        lines = {" ".join(WORD.findall(p.lower())) for p in re.split(r"\n+", page.gold)}
        self.kind, self.half, self.gold = page.kind, half_of(page.url), Counter(gold)
        self.kept = np.array([row[0] for row in rows], bool)
        self.features = [row[1] for row in rows]
        self.words = [WORD.findall(row[2].lower()) for row in rows]
        self.labels = np.array([label(w, lines, grams) for w in self.words], int)

    def weights(self):
        weights = np.maximum(1, [len(w) for w in self.words]) ** WORD_POWER
        return weights / max(0.15 * weights.sum(), weights[self.labels == 1].sum())

    def f1(self, keep):
        got = Counter(word for words, kept in zip(self.words, keep) if kept for word in words)
        shared = sum((got & self.gold).values())
        return 2 * shared / (sum(got.values()) + sum(self.gold.values()) or 1)


def read(data, tool):
    sys.path.insert(0, str(data.parent.parent / "eval"))
    import pages
    with tempfile.TemporaryDirectory() as folder:
        by_name = {}
        for kind in ("article", "forum"):
            for page in pages.load(data, kind):
                path = Path(folder) / f"{kind}-{page.name}.txt"
                path.write_text(pages.scraped_text(page), encoding="utf-8")
                by_name[str(path)] = page
        out = subprocess.run([tool, "line"], input="\n".join(by_name) + "\n", text=True, encoding="utf-8",
                             stdout=subprocess.PIPE, check=True).stdout
    documents, lines = [], out.split("\n")
    at = 0
    while at < len(lines) and lines[at]:
        _, name, count = lines[at].split(" ")
        rows = []
        for line in lines[at + 1:at + 1 + int(count)]:
            facts, text = line.split("\t", 1)
            numbers = list(map(int, facts.split()))
            rows.append((numbers[0], numbers[1:], text))
        at += 1 + int(count)
        if rows:
            documents.append(Document(by_name[name], rows))
    return documents


def matrix(documents, count):
    columns = [f for d in documents for row in d.features for f in row]
    ends = np.cumsum([0] + [len(row) for d in documents for row in d.features])
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, count))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("tool")
    parser.add_argument("--half", type=int)
    args = parser.parse_args()
    documents = read(args.data, args.tool)
    count = 1 + max(f for d in documents for row in d.features for f in row)
    chosen = [d for d in documents if args.half in (None, d.half)]
    kept = np.concatenate([d.kept for d in chosen])
    model = LogisticRegression(max_iter=1000, C=REGULARISATION)
    model.fit(matrix(chosen, count)[kept], np.concatenate([d.labels for d in chosen])[kept],
              sample_weight=(lambda w: w / w.mean())(np.concatenate([d.weights() for d in chosen]))[kept])
    for kind in ("article", "forum"):
        for half in (0, 1):
            scores = [d.f1((model.decision_function(matrix([d], count)) >= THRESHOLD) & d.kept)
                      for d in documents if (d.kind, d.half) == (kind, half)]
            print(f"{kind} half {half}: F1 {np.mean(scores):.4f} without smoothing", file=sys.stderr)
    print("/* line_model.def: made by tests/eval/train_lines.py, not by hand. */")
    print(f"BIAS({model.intercept_[0]:.3f}f)")
    for feature, weight in enumerate(model.coef_[0]):
        if abs(weight) >= 0.0005:
            print(f"WEIGHT({feature}, {weight:.3f}f)")


if __name__ == "__main__":
    main()
