/*
 * learn.c: lines that recur over many documents of one site.
 * Used by the pipeline.
 */
#include "stage/learn.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <newsfold/rules.h>

#include "adapt/digest.h"
#include "base/alloc.h"

#define LINE_LEN_MAX 300
#define LINE_WORDS_MAX 24       /* more are a paragraph: copies of it are fold's to judge */
#define REPLY_WORDS 6           /* a sentence of fewer words may be a reply */
#define PROSE_WORDS 15
#define DOCUMENTS_LEAST 4
#define DOCUMENTS_SHARE 10      /* one in so many */
#define SHORT_WORDS 4           /* so short a line goes only next to another one */

#define NOWHERE 1               /* the key of what stands before the first line and after the last one */

void nf_learner_init(struct nf_learner *learner)
{
    *learner = (struct nf_learner){0};
    nf_table_init(&learner->known, 0);
}

void nf_learner_release(struct nf_learner *learner)
{
    for (size_t i = 0; i < learner->count; i++) {
        nf_free((char *)learner->line[i].text.data);
        nf_free(learner->line[i].example);
    }
    nf_table_release(&learner->known);
    nf_plain_line_release(&learner->plain);
    nf_free(learner->line);
    nf_free(learner->key);
}

static bool is_prose(struct nf_learner *learner, struct nf_span text)
{
    nf_plain_line_set(&learner->plain, text);
    return learner->plain.words >= PROSE_WORDS && learner->plain.ends_sentence;
}

/* 0 for what is too long to be chrome. */
static uint64_t key_of(struct nf_learner *learner, const struct nf_paragraph *paragraph)
{
    const struct nf_plain_line *plain = &learner->plain;
    if (paragraph->text.len > LINE_LEN_MAX || paragraph->fragment)
        return 0;
    nf_plain_line_set(&learner->plain, paragraph->text);
    bool reply = plain->ends_sentence && plain->words < REPLY_WORDS;
    if (!plain->bytes.len || plain->words > LINE_WORDS_MAX || reply)
        return 0;
    return nf_digest_of(nf_buf_span(&plain->bytes)).low | 2;
}

/* source: Boyer and Moore's majority vote */
static void vote(struct nf_recurring *line, int side, uint64_t key)
{
    if (line->neighbour[side] == key) {
        line->votes[side]++;
    } else if (line->votes[side]) {
        line->votes[side]--;
    } else {
        line->neighbour[side] = key;
        line->votes[side] = 1;
    }
}

static struct nf_recurring *find(struct nf_learner *learner, uint64_t key)
{
    uint64_t at = nf_table_put(&learner->known, key, 0, learner->count);
    if (at == learner->count) {
        learner->line = nf_grow(learner->line, &learner->capacity, learner->count + 1, sizeof *learner->line);
        learner->line[learner->count++] = (struct nf_recurring){.key = key, .last = NF_NONE};
    }
    return &learner->line[at];
}

/* Most lines come once: only what comes again is worth the memory of its text. */
static void keep_text(struct nf_learner *learner, struct nf_recurring *line, const struct nf_document *document, size_t i)
{
    size_t name_len = strlen(document->name) + 1;
    nf_plain_line_set(&learner->plain, document->paragraphs[i].text);
    struct nf_span plain = nf_buf_span(&learner->plain.bytes);
    line->text = nf_span(memcpy(nf_alloc(plain.len), plain.data, plain.len), plain.len);
    line->example = memcpy(nf_alloc(name_len), document->name, name_len);
}

static void learn_line(struct nf_learner *learner, const struct nf_document *document, size_t i)
{
    const struct nf_paragraph *paragraph = &document->paragraphs[i];
    bool first = i == 0, last = i + 1 == document->count;
    struct nf_recurring *line = find(learner, learner->key[i]);
    if (line->last != document->number) {
        line->documents++;
        if (line->documents == 2)
            keep_text(learner, line, document, i);
    }
    line->last = document->number;
    line->times++;
    line->in_copies += paragraph->verdict == NF_REPEAT;
    line->in_prose += !first && !last && is_prose(learner, paragraph[-1].text) && is_prose(learner, paragraph[1].text);
    vote(line, 0, first ? NOWHERE : learner->key[i - 1]);
    vote(line, 1, last ? NOWHERE : learner->key[i + 1]);
}

/* What a rule knows needs no other one; what was seen by its place may be missed in the next document. */
static bool is_news(const struct nf_paragraph *paragraph)
{
    return paragraph->verdict != NF_BOILERPLATE || paragraph->rule == NF_RULE_STRUCTURE;
}

void nf_learn_document(struct nf_learner *learner, const struct nf_document *document)
{
    learner->documents++;
    learner->key = nf_grow(learner->key, &learner->key_capacity, document->count, sizeof *learner->key);
    for (size_t i = 0; i < document->count; i++)
        learner->key[i] = key_of(learner, &document->paragraphs[i]);
    for (size_t i = 0; i < document->count; i++)
        if (learner->key[i] && is_news(&document->paragraphs[i]))
            learn_line(learner, document, i);
}

static bool is_beside(const struct nf_recurring *line, int side, uint64_t key)
{
    return line->neighbour[side] == key && line->votes[side] * 3 > line->times;
}

/* Each is most times beside the other; what people say may stand before a footer, but the footer not behind it. */
static bool has_neighbour(const struct nf_learner *learner, const struct nf_recurring *line, int side)
{
    uint64_t key = line->neighbour[side];
    if (!key || !is_beside(line, side, key))        /* prose (key 0) is another one each time */
        return false;
    if (key == NOWHERE)
        return (uint64_t)line->documents * 2 >= learner->documents;
    uint64_t at = nf_table_get(&learner->known, key, 0);
    return at == NF_TABLE_ABSENT || is_beside(&learner->line[at], !side, line->key);    /* absent: a rule knows it */
}

static bool is_chrome(const struct nf_learner *learner, const struct nf_recurring *line)
{
    return line->documents >= DOCUMENTS_LEAST && (uint64_t)line->documents * DOCUMENTS_SHARE >= learner->documents
           && !line->in_copies && line->in_prose * 10 <= line->times
           && (has_neighbour(learner, line, 0) || has_neighbour(learner, line, 1));
}

/* Letters, digits, blanks and what is not ASCII stand for themselves in a pattern. */
static void add_pattern(struct nf_buf *out, struct nf_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\^$.[]|()?*+{}#-/", text.data[i]) && text.data[i])
            nf_buf_add_char(out, '\\');
        nf_buf_add_char(out, text.data[i]);
    }
}

/* A name of a file in a comment must not end the comment. */
static void add_name(struct nf_buf *out, const char *name)
{
    for (; *name; name++)
        nf_buf_add_char(out, (unsigned char)*name < ' ' || *name == 127 ? '?' : *name);
}

static size_t count_words(struct nf_span text)
{
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.data[i] == ' ';
    return words;
}

static void add_rule(const struct nf_learner *learner, struct nf_buf *out, const struct nf_recurring *line, size_t number)
{
    char text[160];
    int len = snprintf(text, sizeof text, "\n# In %" PRIu32 " of %" PRIu64 " documents, for example ", line->documents,
                       learner->documents);
    nf_buf_add(out, text, (size_t)len);
    add_name(out, line->example);
    len = snprintf(text, sizeof text, "\nrule learned-%zu\ncategory navigation\nline ", number);
    nf_buf_add(out, text, (size_t)len);
    add_pattern(out, line->text);
    nf_buf_add_text(out, count_words(line->text) <= SHORT_WORDS ? "\nneeds 2 in 4\nhit " : "\nhit ");
    nf_buf_add(out, line->text.data, line->text.len);
    nf_buf_add_char(out, '\n');
}

/* Most documents first, then by their texts. */
static int by_documents(const void *a, const void *b)
{
    const struct nf_recurring *x = *(struct nf_recurring *const *)a, *y = *(struct nf_recurring *const *)b;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    size_t len = x->text.len < y->text.len ? x->text.len : y->text.len;
    int order = memcmp(x->text.data, y->text.data, len);
    return order ? order : (x->text.len > y->text.len) - (x->text.len < y->text.len);
}

void nf_learned_rules(const struct nf_learner *learner, struct nf_buf *out)
{
    const struct nf_recurring **chrome = nf_alloc((learner->count + 1) * sizeof *chrome);
    size_t count = 0;
    for (size_t i = 0; i < learner->count; i++)
        if (is_chrome(learner, &learner->line[i]))
            chrome[count++] = &learner->line[i];
    if (count)
        qsort(chrome, count, sizeof *chrome, by_documents);
    nf_buf_add_text(out, "# Lines that recur over the documents of a site, found by newsfold learn. Read them before\n"
                         "# they are used, and take out what a reader would miss: newsfold --rules=FILE ...\n"
                         "# The format is described in newsfold-rules(5).\n");
    for (size_t i = 0; i < count; i++)
        add_rule(learner, out, chrome[i], i + 1);
    nf_free(chrome);
}
