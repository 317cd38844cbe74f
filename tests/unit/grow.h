/*
 * grow.h: texts that a pattern matches, made at random.
 * Used by test_strip_facts.c.
 */
#ifndef NEWSFOLD_TESTS_UNIT_GROW_H
#define NEWSFOLD_TESTS_UNIT_GROW_H

#include <stdint.h>

#include "base/buf.h"

/*
 * One of the texts that the pattern matches, often as long as it can be; looks around are not heeded, so that some
 * texts do not match.
 *
 * in      pattern: what needs.h reads
 * out     text: added to
 */
void test_grow(struct nf_span pattern, uint64_t *random, struct nf_buf *text);

#endif
