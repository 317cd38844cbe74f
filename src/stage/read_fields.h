/*
 * read_fields.h: header fields as WARC and HTTP have them: lines of a name, a colon and a value.
 * Used by the WARC and the HTTP reader.
 */
#ifndef NEWSFOLD_STAGE_READ_FIELDS_H
#define NEWSFOLD_STAGE_READ_FIELDS_H

#include <newsfold/document.h>

/* All views below are of the head, and empty where there is no such thing. */

/* The first lines up to an empty one, with it. in  max: an end further on is none */
struct nf_span nf_fields_head(struct nf_span bytes, size_t max);

/* The value of the first field of this name, in any case, without blanks around it. */
struct nf_span nf_fields_get(struct nf_span head, const char *name);

/* What stands before the first semicolon, comma or blank. */
struct nf_span nf_fields_first_word(struct nf_span value);

/* The value of `name=` behind a semicolon, without its quotes. */
struct nf_span nf_fields_parameter(struct nf_span value, const char *name);

/* in  base: 10 or 16. fails: false unless it is digits throughout, and below 2^60 */
bool nf_fields_number(struct nf_span digits, unsigned base, uint64_t *number);

#endif
