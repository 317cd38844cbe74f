/*
 * read_jsonl.h: a line of JSONL: the strings that are asked for, and whether it is JSON at all.
 * Used by the pipeline, and to tell JSONL from text.
 */
#ifndef NEWSFOLD_STAGE_READ_JSONL_H
#define NEWSFOLD_STAGE_READ_JSONL_H

#include <newsfold/document.h>
#include <newsfold/status.h>

/* Arrays and objects nested deeper are refused. */
#define NF_JSONL_DEPTH_MAX 1024

enum nf_jsonl_field { NF_JSONL_TEXT, NF_JSONL_ID, NF_JSONL_URL, NF_JSONL_FIELDS };

struct nf_jsonl_value {
    struct nf_span raw;         /* a string: between its quotes; else the whole value; data NULL: no such member */
    bool string;
};

/*
 * Read a line.
 *
 * in      line: without its line end, which may be there all the same
 *         names: of the members of the outermost object that are asked for; NULL: not asked for
 * out     value: of several members of one name the last counts, as for Python and jq
 *         fields are looked for in an object only; any other JSON text has none
 * fails   NF_ESYNTAX: it is not JSON, error->text says at which byte; NF_ELIMIT: nested too deep
 * source  RFC 8259, and NaN, Infinity and -Infinity, which Python writes
 */
NF_MUST_CHECK enum nf_status nf_jsonl_read(struct nf_span line, const char *const names[NF_JSONL_FIELDS],
                                           struct nf_jsonl_value value[NF_JSONL_FIELDS], struct nf_error *error);

/* Nothing but blanks: no record. */
bool nf_jsonl_is_blank(struct nf_span line);

#endif
