/*
 * test.h: checks that are counted, say where they failed, and go on.
 * Used by every file of tests/unit; a new file is one row in suites.def.
 */
#ifndef NEWSFOLD_TEST_H
#define NEWSFOLD_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define SUITE(name) void test_##name(void);
#include "suites.def"
#undef SUITE

/* Begin a test: the checks up to the next one belong to it. */
void test_begin(const char *format, ...) __attribute__((format(printf, 1, 2)));

#define CHECK(condition, ...) test_check(__FILE__, __LINE__, (condition), __VA_ARGS__)
#define CHECK_TEXT(got, want) test_text(__FILE__, __LINE__, (got), (want))

/* out  `good`; the message tells what was looked at */
bool test_check(const char *file, int line, bool good, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool test_text(const char *file, int line, struct nf_span got, const char *want);

#define SPAN(literal) nf_span((literal), sizeof(literal) - 1)

/* Numbers that look random and are the same every time. in  *state: any number */
uint64_t test_random(uint64_t *state);

#endif
