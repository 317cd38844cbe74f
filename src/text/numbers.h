/*
 * numbers.h: which numbers a paragraph has, in one word.
 * Filled by the digest stage, read by fold.
 */
#ifndef NEWSFOLD_TEXT_NUMBERS_H
#define NEWSFOLD_TEXT_NUMBERS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/cpu.h"

/*
 * A set of the words with digits in a key: three bits of 64 for each. Words are compared by 16 bits when copies are
 * looked for, which two figures may share by chance; a figure that a source does not have is then told by its bits.
 *
 * in      cpu: which way to go; the bits are the same by all of them. key: NF_KEY_PADDING bytes after it may be read
 * out     a part of a text has a part of its bits
 * source  Bloom's filter; with five numbers another one passes in about one of a hundred cases
 */
uint64_t nf_numbers_of(enum nf_cpu cpu, struct nf_span key);

#endif
