/*
 * read_format.h: telling text, pages and records apart.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_STAGE_READ_FORMAT_H
#define NEWSFOLD_STAGE_READ_FORMAT_H

#include <newsfold/document.h>

/* As far as a page is looked into to tell it from text. A first line that may be JSON is looked at as a whole. */
#define NF_SNIFF_LEN 1024

enum nf_looks_like {
    NF_LOOKS_UNDECIDED, NF_LOOKS_LIKE_TEXT, NF_LOOKS_LIKE_HTML, NF_LOOKS_LIKE_JSONL, NF_LOOKS_LIKE_WARC
};

/* By the ending of a file's name, or what stands before .gz and .zst. */
enum nf_looks_like nf_name_looks(const char *name);

/*
 * By the first bytes.
 *
 * in      whole: there is no more; otherwise, too few bytes may leave it undecided
 * source  MIME Sniffing Standard (WHATWG), 7.1: the tags that it takes for HTML
 */
enum nf_looks_like nf_bytes_look(struct nf_span first, bool whole);

#endif
