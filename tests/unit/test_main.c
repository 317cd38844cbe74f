/*
 * test_main.c: runs the suites of suites.def, or those named as arguments.
 * Its last line is newsfold-tests: P passed, F failed.
 */
#include "test.h"

#include <stdarg.h>
#include <stdio.h>

#define SHOWN 3                 /* failures of one test that are printed */

static struct {
    char name[160];
    unsigned failed, run, failures;
} test;

static void end(void)
{
    test.run += test.name[0] != '\0';
    test.failures += test.failed > 0;
    test.failed = 0;
}

void test_begin(const char *format, ...)
{
    va_list args;
    end();
    va_start(args, format);
    vsnprintf(test.name, sizeof test.name, format, args);
    va_end(args);
}

bool test_check(const char *file, int line, bool good, const char *format, ...)
{
    va_list args;
    if (good || ++test.failed > SHOWN)
        return good;
    printf("FAILED %s\n  %s:%d: ", test.name, file, line);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    return false;
}

bool test_text(const char *file, int line, struct nf_span got, const char *want)
{
    return test_check(file, line, nf_span_is(got, want), "got  '%.*s'\n    want '%s'", (int)got.len, got.data, want);
}

uint64_t test_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);            /* splitmix64 */
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

int main(int argc, char **argv)
{
#define SUITE(name) if (argc < 2 || strstr(argv[1], #name)) test_##name();
#include "suites.def"
#undef SUITE
    end();
    printf("newsfold-tests: %u passed, %u failed\n", test.run - test.failures, test.failures);
    return test.failures != 0;
}
