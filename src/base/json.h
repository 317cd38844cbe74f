/*
 * json.h: writing JSON.
 * Used by the writers and by --stats.
 */
#ifndef NEWSFOLD_BASE_JSON_H
#define NEWSFOLD_BASE_JSON_H

#include <stdint.h>

#include "base/buf.h"

/* in  text: valid UTF-8. Adds it escaped, as it stands between quotes. */
void nf_json_escaped(struct nf_buf *out, struct nf_span text);

/* The same, in quotes. */
void nf_json_text(struct nf_buf *out, struct nf_span text);

/* Adds `"name":`, after a comma unless an object or array was just opened. */
void nf_json_name(struct nf_buf *out, const char *name);
void nf_json_number(struct nf_buf *out, const char *name, uint64_t value);
void nf_json_string(struct nf_buf *out, const char *name, struct nf_span text);

#endif
