/*
 * markup.h: HTML source made small and safe for a parser: what parsers disagree on, choke on, or waste time on
 * is gone, all text is still there.
 * Used by the page stage, before the parser.
 */
#ifndef NEWSFOLD_TEXT_MARKUP_H
#define NEWSFOLD_TEXT_MARKUP_H

#include "base/buf.h"
#include "text/html_tags.h"

/* Stands in the output for a run of text. What comes as a number for this character (DEL) is left out. */
#define NF_MARKUP_TEXT 0x7F

#define NF_MARKUP_LEN_MASK UINT32_C(0x7FFFFFFF)

/*
 * Text between tags and character references, as it is in the source. Or, with a len of 0, an inline element that is not
 * in the output as a tag: where it opens, with its set; and where it closes, with its tag and `space`.
 */
struct nf_markup_run {
    uint32_t source;
    uint32_t len : 31;
    uint32_t space : 1;         /* blanks came before it */
};

/* A start tag with attributes: its '>' is at `out`. They are at `set` in `sets`. */
struct nf_markup_tag {
    uint32_t out, set;
};

/* What came into the output as it is, from `out` on, was at `source` (bytes): references, blanks that count. */
struct nf_markup_place {
    uint32_t out, source;
};

/* An inline element that is open and not a tag so far: its mark, and what it was made of. */
struct nf_markup_waiting {
    uint32_t out, run, set;
    uint32_t tag_end;           /* when it became one: its '>' */
    uint8_t tag;
};

#define NF_MARKUP_WAITING_MAX 64        /* pages nest a few */

/* Whether a link is open: none, one that waits, one that the parser has, or nobody but the parser knows. */
enum nf_markup_link { NF_MARKUP_LINK_NONE, NF_MARKUP_LINK_WAITS, NF_MARKUP_LINK_OPEN, NF_MARKUP_LINK_UNKNOWN };

#define NF_MARKUP_KNOWN 1024    /* sets of attributes that are looked for among those before; a power of two */

struct nf_markup {
    struct nf_buf out;
    struct nf_span source;
    struct nf_markup_run *run;  /* in the order of their marks in the output */
    size_t run_count, run_capacity;
    struct nf_markup_tag *tag;
    size_t tag_count, tag_capacity;
    struct nf_buf sets;
    struct nf_markup_place *place;
    size_t place_count, place_capacity;
    struct nf_span *json;       /* contents of JSON-LD scripts; views of the source */
    size_t json_count, json_capacity;
    size_t unclosed;            /* comments, attributes and raw elements without an end: their text was kept */

    /* own */
    uint32_t known[NF_MARKUP_KNOWN];    /* sets + 1, by a hash of them */
    bool has_nul;               /* the source has one somewhere */
    bool space;                 /* blanks were read since the last text */
    bool keeps_blanks;
    struct nf_buf spans;        /* for each open span: whether its tag was passed on */
    bool no_more[NF_TAG_COUNT]; /* no such end tag is ahead */
    bool no_comment_end, no_quote, no_apostrophe;
    struct nf_markup_waiting waiting[NF_MARKUP_WAITING_MAX];    /* the innermost one is the last */
    size_t waiting_count;
    bool in_body;               /* the parser surely is */
    enum nf_markup_link link;
    struct nf_buf in_link;      /* tags that are open inside it */
};

#define NF_MARKUP_LEN_MAX ((size_t)1 << 30)

void nf_markup_release(struct nf_markup *markup);

/*
 * Clean a page's source.
 *
 * in      source: valid UTF-8, at most NF_MARKUP_LEN_MAX bytes; lives as long as what is made of it is used
 * out     markup->out: comments, scripts, styles, drawings and form fields gone; of the tags, those that make
 *         lines or carry evidence; of text, a mark for each run of it, and its character references; no NUL. Links and
 *         spans that hold no other tag are marks among the runs: see markup_inline.h. What
 *         has no end (a comment, a quote, a script) is taken to end at once, and its text stays.
 *         Attributes that say what an element is are in sets beside it; those with references in their values, and
 *         those of <meta>, stay in the output
 * cost    linear, at most one look ahead to the end for each kind of thing that may be unclosed
 * source  HTML Standard 13.2.5 for where tags, comments and attributes end
 */
void nf_markup_read(struct nf_markup *markup, struct nf_span source);

enum nf_attribute {
#define ATTRIBUTE(id, name, kind) NF_ATTRIBUTE_##id,
#include "text/html_attributes.def"
#undef ATTRIBUTE
    NF_ATTRIBUTE_COUNT
};

const char *nf_attribute_name(enum nf_attribute attribute);

/* NF_ATTRIBUTE_COUNT for one that says nothing. in  name: any case, not NUL-terminated */
enum nf_attribute nf_attribute_find(struct nf_span name);

struct nf_markup_attribute {
    enum nf_attribute name;
    struct nf_span value;       /* NUL-terminated */
};

/* in  set: of a tag. out  attributes: each at most once; views of `sets`. gives how many */
size_t nf_markup_attributes(const struct nf_markup *markup, uint32_t set,
                            struct nf_markup_attribute attributes[NF_ATTRIBUTE_COUNT]);

/* Where output at `at` came from. in  hint: 0 at first, then as it was left; `at` must not fall */
size_t nf_markup_source(const struct nf_markup *markup, size_t at, size_t *hint);

#endif
