/*
 * json_string.h: what a JSON string says, and where in it that stands.
 * Used by the JSONL reader and writer.
 */
#ifndef NEWSFOLD_TEXT_JSON_STRING_H
#define NEWSFOLD_TEXT_JSON_STRING_H

#include <stdint.h>

#include "base/buf.h"

/*
 * The end of a string.
 *
 * in      text: what follows the opening quote
 * out     bytes up to the closing quote; SIZE_MAX if there is none, or a control character or no escape comes
 *         first: *wrong is where
 * source  RFC 8259, section 7; bytes of 0x80 and more are not looked at
 */
size_t nf_json_string_end(struct nf_span text, size_t *wrong);

/*
 * The text of a string.
 *
 * in      string: between its quotes, as nf_json_string_end found it
 * out     out: valid UTF-8 is added; ill-formed bytes and surrogates without a partner become U+FFFD
 *         gives the number of those
 */
uint64_t nf_json_string_decode(struct nf_span string, struct nf_buf *out);

/* A place in a string, and in its text. Begins as {string, 0, 0}. */
struct nf_json_place {
    struct nf_span string;
    size_t at, decoded;
};

/* Go on to where the text at `decoded` comes from. in  decoded: between two characters, not before the place */
void nf_json_place_seek(struct nf_json_place *place, size_t decoded);

#endif
