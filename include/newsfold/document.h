/*
 * document.h: the one thing that travels through newsfold, a document of annotated paragraphs.
 * Used by every stage, by the writers, and by programs that embed the library.
 */
#ifndef NEWSFOLD_DOCUMENT_H
#define NEWSFOLD_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Borrowed bytes; `data` is never NULL, and not NUL-terminated. */
struct nf_span {
    const char *data;
    size_t len;
};

/* XXH3-128 of a normalised paragraph. */
struct nf_digest {
    uint64_t low, high;
};

enum nf_verdict { NF_KEEP, NF_BOILERPLATE, NF_REPEAT };

enum nf_category {
#define CATEGORY(id, name) NF_CATEGORY_##id,
#include <newsfold/category.def>
#undef CATEGORY
    NF_CATEGORY_COUNT
};

#define NF_CATEGORY_MASK 63u    /* as many bits as a paragraph has for it */

#define NF_NONE UINT64_MAX

/*
 * The place of a paragraph: which document of the run (from 0), and which paragraph of it (from 0).
 * `line` is the paragraph's line in its input, or 0 where the run no longer knows it. A document NF_NONE
 * is one of an earlier run.
 */
struct nf_place {
    uint64_t document;
    uint64_t paragraph;
    uint64_t line;
};

/* Small, 48 bytes: a page may have a million. What only some have stands beside it in the document. */
struct nf_paragraph {
    struct nf_span text;        /* valid UTF-8; wrapped paragraphs hold their line breaks */
    struct nf_digest digest;    /* of the normalised text; unset while words is 0 */
    uint32_t words;             /* of the normalised text; 0: nothing to compare (rules, dots) */
    uint32_t offset;            /* bytes of the decoded input from the document's first: see nf_offset_of */
    uint32_t line;              /* lines from the document's first: see nf_line_of */
    uint16_t rule;              /* number in the run's rule set, for NF_BOILERPLATE */
    uint16_t verdict : 2;       /* enum nf_verdict */
    uint16_t category : 6;      /* enum nf_category, for NF_BOILERPLATE */
    bool blank_before : 1;      /* the input had a blank line here */
    bool opens_quote : 1;       /* its rule says that a quote begins after it */
    bool closes_quote : 1;
    bool fragment : 1;          /* part of a line too long to hold: it stays as it is */
    bool unfinished : 1;        /* a fragment that goes on: no line end belongs after it */
    bool near : 1;              /* NF_REPEAT: alike, not equal */
    bool moved : 1;             /* NF_KEEP: put where the earlier copy lacked it */
};

/* What a NF_REPEAT paragraph repeats: the earlier text that stays. */
struct nf_source {
    uint32_t paragraph;         /* the one that goes */
    struct nf_place place;
};

/* A record of a JSONL or WARC input. It views its bytes, which live as long as the document. */
struct nf_record {
    uint64_t number;            /* in its input, from 1; of a JSONL record, its line */
    struct nf_span whole;       /* JSONL: the line with its end, as it came */
    struct nf_span text;        /* JSONL: in it, between the quotes of the text field */
    struct nf_span id, url;     /* their text, valid UTF-8; empty where it has none */
};

/*
 * A document, of less than 4 GB. It views its bytes, which live as long as it travels; the paragraphs' texts are views
 * of them.
 */
struct nf_document {
    const char *name;           /* of the input it came from; lives as long as the run */
    const struct nf_record *record;     /* that it came from, or NULL */
    uint64_t number;            /* in the run, from 0 */
    struct nf_span bytes;
    uint64_t first_offset;      /* of bytes.data in the decoded input */
    uint64_t first_line;        /* from 1; 0: a page, whose lines are not those of `bytes`; of text, told when it is finished */
    uint64_t feeds;             /* line feeds in `bytes`, once they are split */
    bool continues;             /* the document was cut before this part: no blank line goes between */
    bool continues_line;        /* ... in the middle of a line */
    bool cut;                   /* the document is cut after this part: another one follows */
    bool cut_line;              /* ... in the middle of a line */
    struct nf_paragraph *paragraphs;
    size_t count, capacity;     /* at most UINT32_MAX */
    struct nf_source *sources;  /* one for each NF_REPEAT, in order, if they were asked for: see nf_source_of */
    size_t source_count, source_capacity;
    uint32_t *order;            /* count items: the order to write them in; NULL: as they come */
    struct nf_span *elements;   /* count items: where on a page each stands, "div.post > p"; NULL: not asked for, or text */
};

/* Where a paragraph begins in the decoded input: bytes from 0, lines from 1. */
static inline uint64_t nf_offset_of(const struct nf_document *document, const struct nf_paragraph *paragraph)
{
    return document->first_offset + paragraph->offset;
}

static inline uint64_t nf_line_of(const struct nf_document *document, const struct nf_paragraph *paragraph)
{
    return document->first_line + paragraph->line;
}

/* in  paragraph: of the document, a NF_REPEAT. lives: as long as the document */
const struct nf_place *nf_source_of(const struct nf_document *document, const struct nf_paragraph *paragraph);

const char *nf_category_name(enum nf_category category);

#endif
