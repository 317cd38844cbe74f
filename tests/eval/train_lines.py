#!/usr/bin/env python3
"""Makes src/stage/strip_model.def: decision trees that tell the content from the clutter in dumps of whole pages.

    train_lines.py DATA LINE_CUES [--half N] > src/stage/strip_model.def

DATA is the folder of labelled pages (../shared/data/wcxb), LINE_CUES the built line_cues.c. Needs numpy and
lightgbm. With --half 0 or 1 only that half of the sites is trained on. Prints on standard error what each half
scores, decided as strip_structure.c decides, repeats not folded. The halves are told apart by the CRC-32 of the
site's domain, so no site is in both.
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

import lightgbm
import numpy as np

WORD = re.compile(r"\w+")
ROUNDS, WORD_POWER = 180, 0.7
POST_WEIGHT = 2         # few of the pages are threads, and a lost post is worse than a menu that stays
SETTINGS = {"objective": "binary", "num_leaves": 8, "max_depth": 3, "learning_rate": 0.08, "min_data_in_leaf": 500,
            "lambda_l2": 50, "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127,
            "verbose": -1, "num_threads": 2, "deterministic": True, "force_row_wise": True, "seed": 1}
THRESHOLD, SWITCH_COST = -1.2, 0.6      # as in strip_structure.c


def half_of(url):
    names = (urlparse(url).hostname or "").split(".")
    public = 2 if len(names) > 2 and len(names[-1]) == 2 and names[-2] in ("ac", "co", "com", "edu", "gov", "net", "org") else 1
    return zlib.crc32(".".join(names[-public - 1:]).encode()) % 2


def label(words, gold_lines, gold_grams):
    """A line is content when it stands in the gold, or most of its 4-word sequences do."""
    if words and " ".join(words) in gold_lines:
        return 1
    grams = list(zip(words, words[1:], words[2:], words[3:]))
    return int(bool(grams) and sum(g in gold_grams for g in grams) >= 0.6 * len(grams))


class Document:
    def __init__(self, page, dump, rows, cues):
        gold = WORD.findall(page.gold.lower())
        grams = set(zip(gold, gold[1:], gold[2:], gold[3:]))
        lines = {" ".join(WORD.findall(p.lower())) for p in re.split(r"\n+", page.gold)}
        self.kind, self.half, self.gold, self.dump, self.cues = page.kind, half_of(page.url), Counter(gold), dump, cues
        self.kept = np.array([row[0] == "1" for row in rows], bool)
        self.words = [WORD.findall(row[2:].lower()) for row in rows]
        self.labels = np.array([label(w, lines, grams) for w in self.words], int)

    def weights(self):
        """Words, but of each document its content counts alike, and little content does not count without bound."""
        weights = np.maximum(1, [len(w) for w in self.words]) ** WORD_POWER
        weights /= max(0.15 * weights.sum(), weights[self.labels == 1].sum(), 1e-9)
        return weights * np.where((self.labels == 1) & (self.kind == "forum"), POST_WEIGHT, 1)

    def scores(self, keep):
        got = Counter(word for words, kept in zip(self.words, keep) if kept for word in words)
        shared = sum((got & self.gold).values())
        return (2 * shared / (sum(got.values()) + sum(self.gold.values()) or 1),
                shared / (sum(self.gold.values()) or 1))

    def decide(self, odds):
        """Viterbi's algorithm, as in strip_structure.c."""
        if not self.dump or not len(odds):
            return self.kept
        best, changed = [0.0, 0.0], []
        for i, value in enumerate(odds):
            start, turn = list(best), [False, False]
            for state in (0, 1) if i else ():
                turn[state] = start[1 - state] - SWITCH_COST > start[state]
                best[state] = max(start[1 - state] - SWITCH_COST, start[state])
            best[1] += (value - THRESHOLD) * self.kept[i]
            changed.append(turn)
        state, content = int(best[1] > best[0]), np.zeros(len(odds), bool)
        for i in reversed(range(len(odds))):
            content[i] = state
            state ^= changed[i][state]
        return content & self.kept


def read(data, tool):
    sys.path.insert(0, str(data.parent.parent / "eval"))
    import pages
    with tempfile.TemporaryDirectory() as folder:
        by_name, cue_file = {}, Path(folder) / "cues"
        for kind in ("article", "forum"):
            for page in pages.load(data, kind):
                path = Path(folder) / f"{kind}-{page.name}.txt"
                path.write_text(pages.scraped_text(page), encoding="utf-8")
                by_name[str(path)] = page
        out = subprocess.run([tool, "line", cue_file], input="\n".join(by_name) + "\n", text=True, encoding="utf-8",
                             stdout=subprocess.PIPE, check=True).stdout
        cues = np.fromfile(cue_file, np.float32)
    lines = out.split("\n")[:-1]
    heads = [line.split(" ") for line in lines if line.startswith("DOC ")]
    cues = cues.reshape(sum(int(head[2]) for head in heads), -1)
    documents, at, row = [], 0, 0
    for _, name, count, dump in heads:
        at, end = at + 1, row + int(count)
        documents.append(Document(by_name[name], dump == "1", lines[at:at + int(count)], cues[row:end]))
        at, row = at + int(count), end
    return documents


def flat(tree):
    """A tree of three levels as its seven inner nodes and eight leaves; a leaf further up is repeated below."""
    level, inner = [tree], []
    for _ in range(3):
        below = []
        for node in level:
            leaf = "leaf_value" in node
            inner.append((0, 0.0) if leaf else (node["split_feature"], node["threshold"]))
            below += [node, node] if leaf else [node["left_child"], node["right_child"]]
        level = below
    return inner, [node["leaf_value"] for node in level]


def number(value):
    text = f"{value:.6g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def write(model):
    print("/*\n * strip_model.def: decision trees that tell content from clutter in a dump, one row each:\n"
          " * TREE({cues}, {limits}, {leaves}). Made by tests/eval/train_lines.py, not by hand.\n */\nBASE(0.0f)")
    for tree in model.dump_model()["tree_info"]:
        inner, leaves = flat(tree["tree_structure"])
        print("TREE({" + ",".join(str(cue) for cue, _ in inner) + "},{" + ",".join(number(limit) for _, limit in inner)
              + "},{" + ",".join(number(leaf) for leaf in leaves) + "})")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("tool")
    parser.add_argument("--half", type=int)
    args = parser.parse_args()
    documents = read(args.data, args.tool)
    chosen = [d for d in documents if args.half in (None, d.half) and len(d.kept)]
    weights = np.concatenate([d.weights()[d.kept] for d in chosen])
    rows = lightgbm.Dataset(np.concatenate([d.cues[d.kept] for d in chosen]),
                            np.concatenate([d.labels[d.kept] for d in chosen]), weight=weights / weights.mean())
    model = lightgbm.train(SETTINGS, rows, ROUNDS)
    for kind in ("article", "forum"):
        for half in (0, 1):
            those = [d for d in documents if (d.kind, d.half) == (kind, half)]
            scores = [d.scores(d.decide(model.predict(d.cues, raw_score=True) if len(d.kept) else [])) for d in those]
            print(f"{kind} half {half}: %d documents F1 %.4f R %.4f" % (len(those), *np.mean(scores, 0)), file=sys.stderr)
    write(model)


if __name__ == "__main__":
    main()
