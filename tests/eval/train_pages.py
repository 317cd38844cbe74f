#!/usr/bin/env python3
"""Makes src/stage/page_model.def: the trees that tell an article's blocks from the rest of a page.

    train_pages.py DATA PAGE_FEATURES [--half N] > src/stage/page_model.def

DATA is the folder of labelled pages (../shared/data/wcxb), PAGE_FEATURES the built page_features.c
(`make build/page_features`). Needs numpy and scikit-learn. With --half 0 or 1 only that half of the sites is trained on.
Prints the scores of both halves on standard error, for the trees alone: what page_article.c adds to them (headline,
siblings, pages of an unusual make) is measured by tests/eval/halves.py. The halves are told apart by the CRC-32 of
the registrable domain, so no site is in both. The same data and version of scikit-learn give the same trees.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")   # sums in the same order on every machine
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from train_lines import half_of, label

WORD = re.compile(r"\w+")
TREES, LEAVES, RATE, LEAF_BLOCKS, SHRINKAGE = 200, 6, 0.05, 200, 30
WORD_POWER = 1.0
LIMIT = -0.6                        # KEEP_LIMIT of page_article.c
HEADER = """/*
 * page_model.def: decision trees that tell an article's blocks from the rest, one row each: TREE(nodes).
 * Made by tests/eval/train_pages.py. A node is {feature, left, right, limit}: on to `left` if the feature is at
 * most the limit, else to `right`; left and right 0: a leaf, with its value in place of the limit.
 */"""


class Document:
    def __init__(self, page, features, texts):
        gold = WORD.findall(page.gold.lower())
        grams = set(zip(gold, gold[1:], gold[2:], gold[3:]))
        lines = {" ".join(WORD.findall(p.lower())) for p in re.split(r"\n+", page.gold)}
        words = [WORD.findall(text.lower()) for text in texts]
        numbers = {word: i for i, word in enumerate(dict.fromkeys(gold))}
        self.kind, self.half, self.features = page.kind, half_of(page.url), features
        self.gold = np.bincount([numbers[word] for word in gold], minlength=len(numbers) or 1)
        self.labels = np.array([label(w, lines, grams) for w in words], int)
        self.words = np.array([len(w) for w in words], int)
        self.known = [np.array([numbers[word] for word in w if word in numbers], int) for w in words]

    def weights(self):
        weights = np.maximum(1, self.words) ** WORD_POWER
        return weights / max(0.15 * weights.sum(), weights[self.labels == 1].sum())

    def f1(self, kept):
        counts = np.bincount(np.concatenate([np.zeros(0, int), *(self.known[i] for i in np.flatnonzero(kept))]),
                             minlength=len(self.gold))
        got, want = self.words[kept].sum(), self.gold.sum()
        return 2 * np.minimum(counts, self.gold).sum() / (got + want) if got + want else 1.0


def read(data, tool):
    sys.path.insert(0, str(data.parent.parent / "eval"))
    import pages
    documents = []
    with tempfile.TemporaryDirectory() as folder:
        by_name = {}
        for kind in ("article", "forum"):
            for page in pages.load(data, kind):
                path = Path(folder) / f"{kind}-{page.name}.html"
                path.write_bytes(page.html)
                by_name[str(path)] = page
        out = subprocess.run([tool], input="\n".join(by_name).encode() + b"\n", stdout=subprocess.PIPE, check=True).stdout
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        _, name, blocks, count = out[at:end].decode().split(" ")
        shape = int(blocks), int(count)
        features = np.frombuffer(out, np.float32, shape[0] * shape[1], end + 1).reshape(shape)
        at = end + 1 + features.nbytes
        texts = []
        for _ in range(shape[0]):
            end = out.index(b"\n", at)
            texts.append(out[at:end].decode())
            at = end + 1
        if texts:
            documents.append(Document(by_name[name], features, texts))
    return documents


def rows(tree):
    """A tree's nodes as page_model.def has them, each in front of what is below it."""
    nodes, out = tree.nodes, []

    def add(number):
        at, node = len(out), nodes[number]
        out.append(None)
        if node["is_leaf"]:
            out[at] = f"{{0,0,0,{number_of(node['value'])}}}"
            return at
        left, right = add(node["left"]), add(node["right"])
        out[at] = f"{{{node['feature_idx']},{left},{right},{number_of(node['num_threshold'])}}}"
        return at
    add(0)
    return ",".join(out)


def number_of(value):
    text = f"{value:.6g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("tool")
    parser.add_argument("--half", type=int)
    args = parser.parse_args()
    documents = read(args.data.resolve(), args.tool)
    chosen = [d for d in documents if args.half in (None, d.half)]
    weights = np.concatenate([d.weights() for d in chosen])
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE,
                                           min_samples_leaf=LEAF_BLOCKS, l2_regularization=SHRINKAGE,
                                           early_stopping=False, random_state=0)
    model.fit(np.concatenate([d.features for d in chosen]), np.concatenate([d.labels for d in chosen]),
              sample_weight=weights / weights.mean())
    for half in (0, 1):
        scores = [d.f1(model.decision_function(d.features) > LIMIT) for d in documents
                  if (d.kind, d.half) == ("article", half)]
        print(f"article half {half}: F1 {np.mean(scores):.4f} of {len(scores)}", file=sys.stderr)
    print(HEADER)
    print(f"BASE({number_of(float(model._baseline_prediction[0, 0]))})")
    for stage in model._predictors:
        print(f"TREE({rows(stage[0])})")


if __name__ == "__main__":
    main()
