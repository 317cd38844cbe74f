/*
 * utf8_valid.h: whether bytes are UTF-8, at the speed of the memory.
 * Used by utf8.c.
 */
#ifndef NEWSFOLD_TEXT_UTF8_VALID_H
#define NEWSFOLD_TEXT_UTF8_VALID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cpu.h"

/*
 * Whether the bytes are whole well-formed characters.
 *
 * in      cpu: which way to go; all give the same answer
 * source  John Keiser, Daniel Lemire: Validating UTF-8 in less than one instruction per byte (2021)
 */
bool nf_utf8_is_valid(enum nf_cpu cpu, const char *bytes, size_t len);

/* The ways: as much as they see from the start, in whole blocks that end anywhere; `*seen`: so many bytes. */
bool nf_utf8_valid_v2(const char *bytes, size_t len, size_t *seen);
bool nf_utf8_valid_v3(const char *bytes, size_t len, size_t *seen);
bool nf_utf8_valid_v4(const char *bytes, size_t len, size_t *seen);
bool nf_utf8_valid_neon(const char *bytes, size_t len, size_t *seen);

#endif
