/*
 * test_fold.c: properties of folding, over documents of made-up words in four scripts and copies damaged at random.
 */
#include "stage/fold.h"

#include "base/alloc.h"
#include "stage/digest_keys.h"
#include "test.h"

#define SEEDS 150
#define MOST 64                 /* paragraphs of a document */

struct texts {
    struct nf_buf paragraph[MOST];
    size_t count;
};

/* A document in memory, folded. */
struct folded {
    struct nf_paragraph paragraph[MOST];
    struct nf_place source[MOST];       /* of those that are repeats */
    struct nf_document document;
};

/* What a run holds, between documents. */
struct bench {
    struct nf_fold *fold;
    struct nf_normaliser normaliser;
    struct nf_key key;
    struct nf_words words;
    bool exact;
    uint64_t documents;
};

static const char *const syllables[4][16] = {
    {"ba", "ke", "li", "mo", "nu", "ra", "te", "vi", "zo", "dun", "fer", "gal", "hon", "jas", "pel", "wen"},
    {"ба", "ке", "ли", "мо", "ну", "ра", "те", "ви", "зо", "дун", "фер", "гал", "хон", "жас", "пел", "вен"},
    {"با", "كي", "لي", "مو", "نو", "را", "تي", "في", "زو", "دن", "فر", "جل", "هن", "جس", "بل", "ون"},
    {"山", "水", "火", "木", "金", "土", "风", "云", "雨", "雪", "花", "草", "鸟", "鱼", "马", "羊"},
};

static void add_words(struct nf_buf *text, uint64_t *state, unsigned script, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i && script < 3)
            nf_buf_add_char(text, ' ');
        for (uint64_t s = 3 + test_random(state) % 3; s > 0; s--)
            nf_buf_add_text(text, syllables[script][test_random(state) % 16]);
    }
}

static void add_paragraph(struct texts *texts, uint64_t *state, unsigned script, size_t words)
{
    struct nf_buf *text = &texts->paragraph[texts->count++];
    text->len = 0;
    add_words(text, state, script, words);
    nf_buf_add_text(text, ".");
}

/* At least three long paragraphs, some short lines among them. */
static void make_article(struct texts *texts, uint64_t *state, unsigned script)
{
    size_t count = 3 + test_random(state) % 12;
    for (size_t i = 0; i < count; i++) {
        bool is_short = i > 0 && i + 1 < count && test_random(state) % 4 == 0;
        add_paragraph(texts, state, script, is_short ? 2 + test_random(state) % 6 : 15 + test_random(state) % 50);
    }
}

static void copy_paragraph(struct texts *to, const struct nf_buf *from)
{
    struct nf_buf *text = &to->paragraph[to->count++];
    text->len = 0;
    nf_buf_add(text, from->data, from->len);
}

/* Cut, joined, left out, with a word more, or as it was. */
static void damage(struct texts *to, const struct texts *from, uint64_t *state, unsigned script)
{
    for (size_t i = 0; i < from->count && to->count + 2 < MOST; i++) {
        uint64_t how = test_random(state) % 8;
        if (how == 0)
            continue;
        copy_paragraph(to, &from->paragraph[i]);
        struct nf_buf *text = &to->paragraph[to->count - 1];
        if (how == 1 && script == 0)
            text->len = text->len / 2 + 1;
        if (how == 2 && i + 1 < from->count) {
            i++;
            nf_buf_add_char(text, ' ');
            nf_buf_add(text, from->paragraph[i].data, from->paragraph[i].len);
        }
        if (how == 3)
            add_words(text, state, script, 1);
        if (how == 4)
            add_paragraph(to, state, script, 10);
    }
}

static void release_texts(struct texts *texts)
{
    for (size_t i = 0; i < MOST; i++)
        nf_buf_release(&texts->paragraph[i]);
}

static struct bench start(bool exact)
{
    struct bench bench = {.fold = nf_fold_new(exact, NF_SCOPE_RUN), .exact = exact};
    nf_fold_name_sources(bench.fold);
    return bench;
}

static void end(struct bench *bench)
{
    nf_fold_free(bench->fold);
    nf_normaliser_release(&bench->normaliser);
    nf_key_release(&bench->key);
    nf_words_release(&bench->words);
}

/* A repeat names one paragraph that is not itself and stands before it, or stays. */
static void check_verdicts(const struct folded *folded, bool exact)
{
    const struct nf_document *document = &folded->document;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &folded->paragraph[i];
        if (paragraph->verdict == NF_KEEP)
            continue;
        CHECK(paragraph->verdict == NF_REPEAT, "paragraph %zu is kept or a repeat", i);
        CHECK(!exact || !paragraph->near, "nothing is alike in exact mode");
        const struct nf_place *source = nf_source_of(document, paragraph);
        CHECK(source->document <= document->number, "the source of %zu is no later document", i);
        if (source->document != document->number)
            continue;
        CHECK(source->paragraph < document->count && source->paragraph != i, "the source of %zu exists", i);
        CHECK(source->paragraph < i || folded->paragraph[source->paragraph].verdict == NF_KEEP,
              "the source of %zu is earlier or stays", i);
    }
}

static size_t fold(struct bench *bench, const struct texts *texts, struct folded *folded)
{
    size_t kept = 0;
    memset(folded, 0, sizeof *folded);
    for (size_t i = 0; i < texts->count; i++)
        folded->paragraph[i].text = nf_buf_span(&texts->paragraph[i]);
    folded->document = (struct nf_document){.name = "test", .number = bench->documents++,
                                            .paragraphs = folded->paragraph, .count = texts->count};
    struct nf_words *words = bench->exact ? NULL : &bench->words;
    nf_digest_keys(&folded->document, &bench->normaliser, &bench->key, words);
    nf_fold_document(bench->fold, &folded->document, words);
    check_verdicts(folded, bench->exact);
    for (size_t i = 0; i < texts->count; i++) {
        kept += folded->paragraph[i].verdict == NF_KEEP;
        if (folded->paragraph[i].verdict == NF_REPEAT)
            folded->source[i] = *nf_source_of(&folded->document, &folded->paragraph[i]);
    }
    nf_free(folded->document.order);
    nf_free(folded->document.sources);
    return kept;
}

static void check_distinct(unsigned seed, bool exact)
{
    static struct texts texts[6];
    struct folded folded;
    struct bench bench = start(exact);
    uint64_t state = seed;
    for (size_t d = 0; d < 6; d++) {
        texts[d].count = 0;
        make_article(&texts[d], &state, (unsigned)(seed + d / 2) % 4);
        size_t kept = fold(&bench, &texts[d], &folded);
        CHECK(kept == texts[d].count, "seed %u: %zu of %zu kept", seed, kept, texts[d].count);
    }
    end(&bench);
    for (size_t d = 0; d < 6; d++)
        release_texts(&texts[d]);
}

static void check_again(unsigned seed, bool exact, bool one_document)
{
    struct texts texts = {.count = 0};
    struct folded folded;
    struct bench bench = start(exact);
    uint64_t state = seed;
    make_article(&texts, &state, seed % 4);
    size_t count = texts.count, kept = one_document ? 0 : fold(&bench, &texts, &folded);
    for (size_t i = 0; one_document && i < count; i++)
        copy_paragraph(&texts, &texts.paragraph[i]);
    kept += fold(&bench, &texts, &folded);
    CHECK(kept == count, "seed %u: %zu of %zu kept", seed, kept, count);
    for (size_t i = 0; one_document && i < count; i++)
        CHECK(folded.paragraph[i].verdict == NF_KEEP, "seed %u: the first copy stays", seed);
    end(&bench);
    release_texts(&texts);
}

/* Original, a stranger or none, a damaged copy: the stranger must not change what is said of the copy. */
static void check_stranger(unsigned seed, bool exact)
{
    struct texts article = {.count = 0}, stranger = {.count = 0}, copy = {.count = 0};
    struct folded with, without;
    struct bench first = start(exact), second = start(exact);
    uint64_t state = seed;
    make_article(&article, &state, seed % 4);
    make_article(&stranger, &state, seed % 4);
    damage(&copy, &article, &state, seed % 4);
    fold(&first, &article, &with);
    fold(&first, &stranger, &with);
    fold(&first, &copy, &with);
    fold(&second, &article, &without);
    fold(&second, &copy, &without);
    for (size_t i = 0; i < copy.count; i++) {
        const struct nf_paragraph *a = &with.paragraph[i], *b = &without.paragraph[i];
        bool here = with.source[i].document == with.document.number;
        CHECK(a->verdict == b->verdict && a->near == b->near && with.source[i].paragraph == without.source[i].paragraph
                  && here == (without.source[i].document == without.document.number),
              "seed %u: paragraph %zu is judged alike", seed, i);
    }
    end(&first);
    end(&second);
    release_texts(&article);
    release_texts(&stranger);
    release_texts(&copy);
}

/* Damaged copies one behind the other in one document, whatever comes of it: every removal names a source. */
static void check_damaged(unsigned seed, bool exact)
{
    struct texts article = {.count = 0}, all = {.count = 0};
    struct folded folded;
    struct bench bench = start(exact);
    uint64_t state = seed;
    make_article(&article, &state, seed % 4);
    damage(&all, &article, &state, seed % 4);
    damage(&all, &article, &state, seed % 4);
    damage(&all, &article, &state, seed % 4);
    size_t kept = fold(&bench, &all, &folded);
    CHECK(all.count == 0 || kept > 0, "seed %u: something stays", seed);
    end(&bench);
    release_texts(&article);
    release_texts(&all);
}

void test_fold(void)
{
    for (int exact = 0; exact < 2; exact++) {
        const char *mode = exact ? "exact" : "near";
        test_begin("fold, %s: of distinct paragraphs in several documents nothing goes", mode);
        for (unsigned seed = 0; seed < SEEDS; seed++)
            check_distinct(seed, exact);
        test_begin("fold, %s: a document behind itself goes whole", mode);
        for (unsigned seed = 0; seed < SEEDS; seed++) {
            check_again(seed, exact, true);
            check_again(seed, exact, false);
        }
        test_begin("fold, %s: a stranger between changes nothing", mode);
        for (unsigned seed = 0; seed < SEEDS; seed++)
            check_stranger(seed, exact);
        test_begin("fold, %s: every removal of a damaged copy names a source", mode);
        for (unsigned seed = 0; seed < SEEDS; seed++)
            check_damaged(seed, exact);
    }
}
