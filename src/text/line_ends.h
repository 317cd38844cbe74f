/*
 * line_ends.h: where lines end, for many lines at a time.
 * Used by the readers, the splitter, and for the lines of pages.
 */
#ifndef NEWSFOLD_TEXT_LINE_ENDS_H
#define NEWSFOLD_TEXT_LINE_ENDS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/cpu.h"

/* So many bytes are looked at a time, which leaves their ends in the nearest cache. */
#define NF_ENDS_LEN ((size_t)4096)
#define NF_ENDS_ROOM (NF_ENDS_LEN + 64)         /* some may be written behind the last */

/*
 * Line feeds and carriage returns.
 *
 * in      cpu: which way to go; all give the same; text: at most NF_ENDS_LEN bytes; at: room for NF_ENDS_ROOM
 * out     at: where they stand, in order; gives their number
 */
size_t nf_line_ends(enum nf_cpu cpu, struct nf_span text, uint16_t at[NF_ENDS_ROOM]);

/* The line feeds among 64 bytes: a bit for each, the first lowest. */
uint64_t nf_feed_bits(const char *p);

/* The ways that not every processor of its kind has. */
size_t nf_line_ends_v3(struct nf_span text, uint16_t at[NF_ENDS_ROOM]);
size_t nf_line_ends_v4(struct nf_span text, uint16_t at[NF_ENDS_ROOM]);

#endif
